import { createHash } from 'node:crypto';
import { z } from 'zod';
import { subscriptionId, type DestinationId, type PlaceId, type SubscriptionId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import type { Place } from '../model/place.ts';
import { STATEMENT_TYPES } from '../model/statement.ts';
import { SUBSCRIPTION_MODES, type SubscriptionFilters, type SubscriptionMode } from '../model/telling.ts';
import { renderSubscribed, renderUnknownPlace } from '../render/answers.ts';
import { defineCommand, type CommandContext } from './definition.ts';
import {
  optionalKinds,
  optionalMode,
  optionalStanding,
  optionalWord,
  placeName,
  STANDINGS,
  YES_NO,
} from './inputs.ts';
import { findKnownPlace, isEverywhere } from './place.ts';

/** One destination has one subscription to a place. */
export function subscriptionIdOf(destination: DestinationId, place: PlaceId | undefined): SubscriptionId {
  const hash = createHash('sha256')
    .update(`${destination}\n${place ?? ''}`)
    .digest('hex');
  return subscriptionId(`sub_${hash.slice(0, 24)}`);
}

async function subscribeTo(
  place: Place | undefined,
  filters: SubscriptionFilters,
  mode: SubscriptionMode,
  { store, destination, person, now, wording }: CommandContext,
): Promise<Message> {
  await store.addDestination(destination, person);
  // Whoever subscribes here says that it can be sent to: what waited for that is told now.
  await store.enableDestination(destination.id);
  const result = await store.subscribe({
    id: subscriptionIdOf(destination.id, place?.id),
    destination: destination.id,
    ...(place && { place: place.id }),
    filters,
    mode,
    created: now,
  });
  return renderSubscribed(
    { result, destination: destination.name, ...(place && { place }), filters, mode },
    wording,
  );
}

export const subscribe = defineCommand({
  name: 'subscribe',
  summary: 'Alerts here on a place and all that lies in it',
  access: 'manager',
  parameters: [
    {
      name: 'place',
      summary: 'In any spelling or script, or “everywhere”',
      required: true,
      shown: 'PLACE',
      completion: { kind: 'places' },
    },
    {
      name: 'kinds',
      keyword: 'only',
      summary: 'Only these kinds of change, such as control, siege; all when left out',
      required: false,
      shown: 'KINDS',
      completion: { kind: 'words', words: STATEMENT_TYPES, several: true },
    },
    {
      name: 'standing',
      keyword: 'from',
      summary: `Only from this standing on: ${STANDINGS.join(', ')}; all when left out`,
      required: false,
      shown: 'STANDING',
      completion: { kind: 'words', words: STANDINGS },
    },
    {
      name: 'mode',
      keyword: 'as',
      summary: 'Each update as it comes (live), or gathered (hourly, daily); live when left out',
      required: false,
      shown: 'MODE',
      completion: { kind: 'words', words: SUBSCRIPTION_MODES },
    },
    {
      name: 'past',
      keyword: 'past',
      summary: 'Also what is newly learned about the past (yes, no); no when left out',
      required: false,
      shown: 'YES',
      completion: { kind: 'words', words: YES_NO },
    },
  ],
  input: z.object({
    place: placeName,
    kinds: optionalKinds,
    standing: optionalStanding,
    mode: optionalMode,
    past: optionalWord(YES_NO),
  }),
  run: async ({ place: name, kinds, standing, mode, past }, context) => {
    const filters = { types: kinds, standing, ...(past === 'yes' && { past: true as const }) };
    if (isEverywhere(name)) return subscribeTo(undefined, filters, mode, context);
    const found = await findKnownPlace(name, 'subscribe', context);
    if (found.kind === 'ask') return found.message;
    const { id, within } = found.place;
    const place = id === undefined ? undefined : context.places.get(id);
    if (place) return subscribeTo(place, filters, mode, context);
    // Known from reports alone: what it lies in can be watched, and it with that.
    const suggestions = within.flatMap((container) => context.places.get(container) ?? []);
    return renderUnknownPlace({ name, command: 'subscribe', suggestions }, context.wording);
  },
});
