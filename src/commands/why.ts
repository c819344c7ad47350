import { renderWhy } from '../render/inquiries.ts';
import { defineCommand } from './definition.ts';
import { incidentInput } from './evidence.ts';
import { findIncident, incidentParameter } from './incident.ts';

export const why = defineCommand({
  name: 'why',
  summary: 'Why an alert was told here: by which subscription and rule, and why it is as sure as it is',
  access: 'anyone',
  parameters: [incidentParameter],
  input: incidentInput,
  run: async ({ incident: typed }, context) => {
    const { store, destination, wording } = context;
    const found = await findIncident(typed, 'why', context);
    if (found.kind === 'ask') return found.message;
    const { incident } = found;
    const shown = await context.show(incident);
    const [record, here, subscriptions] = await Promise.all([
      store.incident(incident.id),
      store.toldIn(incident.id, destination.id),
      store.subscriptionsOf(destination.id),
    ]);
    return renderWhy(
      {
        incident: shown,
        coarse: shown !== incident,
        destination: destination.name,
        statements: record?.statements ?? [],
        // Reasons of matching name places.
        decisions: shown === incident ? (record?.decisions ?? []) : [],
        subscriptions,
        ...(here && { here }),
      },
      wording,
    );
  },
});
