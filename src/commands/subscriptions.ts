import { z } from 'zod';
import { renderSubscriptions } from '../render/answers.ts';
import { defineCommand } from './definition.ts';

export const subscriptions = defineCommand({
  name: 'subscriptions',
  summary: 'What this channel watches',
  access: 'anyone',
  parameters: [],
  input: z.object({}),
  run: async (_, { store, destination, places, wording }) => {
    const held = (await store.subscriptionsOf(destination.id)).map((subscription) => {
      const place = subscription.place === undefined ? undefined : places.get(subscription.place);
      return { subscription, ...(place && { place }) };
    });
    return renderSubscriptions({ destination: destination.name, subscriptions: held }, wording);
  },
});
