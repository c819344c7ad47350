import { z } from 'zod';
import type { Place } from '../model/place.ts';
import { renderUnsubscribed } from '../render/answers.ts';
import { defineCommand, type CommandContext } from './definition.ts';
import { placeName } from './inputs.ts';
import { findPlace, isEverywhere, type Found } from './place.ts';

/** Of several places that bear the name, the one that is subscribed to is meant. */
async function findSubscribed(name: string, context: CommandContext): Promise<Found<Place>> {
  const found = context.places.lookup(name);
  if (found.kind === 'ambiguous') {
    const held = await context.store.subscriptionsOf(context.destination.id);
    const [only, ...others] = found.choices.filter(({ id }) => held.some(({ place }) => place === id));
    if (only && others.length === 0) return { kind: 'place', place: only };
  }
  return findPlace(name, 'unsubscribe', context);
}

export const unsubscribe = defineCommand({
  name: 'unsubscribe',
  summary: 'No more alerts here on a place',
  access: 'manager',
  parameters: [
    {
      name: 'place',
      summary: 'As it was subscribed to, or “everywhere”',
      required: true,
      shown: 'PLACE',
      completion: { kind: 'subscribed' },
    },
  ],
  input: z.object({ place: placeName }),
  run: async ({ place: name }, context) => {
    const { store, destination, wording } = context;
    if (isEverywhere(name)) {
      const removed = await store.unsubscribe(destination.id);
      return renderUnsubscribed({ removed, destination: destination.name }, wording);
    }
    const found = await findSubscribed(name, context);
    if (found.kind === 'ask') return found.message;
    const { place } = found;
    const removed = await store.unsubscribe(destination.id, place.id);
    return renderUnsubscribed({ removed, destination: destination.name, place }, wording);
  },
});
