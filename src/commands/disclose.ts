import { z } from 'zod';
import { renderDisclosed } from '../render/inquiries.ts';
import { defineCommand } from './definition.ts';
import { findIncident, incidentParameter } from './incident.ts';
import { given } from './inputs.ts';

export const disclose = defineCommand({
  name: 'disclose',
  summary: 'Tells in full what is held back for the safety of people on the move; that goes on record',
  access: 'manager',
  parameters: [
    incidentParameter,
    { name: 'reason', keyword: 'because', summary: 'Why that is safe', required: true, shown: 'REASON' },
  ],
  input: z.object({ incident: given('incident'), reason: given('reason') }),
  run: async ({ incident: typed, reason }, context) => {
    const { store, destination, person, wording } = context;
    const found = await findIncident(typed, 'disclose', context);
    if (found.kind === 'ask') return found.message;
    const by = person?.name ?? destination.name;
    const done = await store.disclose(found.incident.id, by, reason);
    return renderDisclosed({ done, incident: found.incident, by }, wording);
  },
});
