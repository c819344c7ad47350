import { z } from 'zod';
import { canBeOne } from '../assess/one.ts';
import { renderDecided, renderUndecided } from '../render/inquiries.ts';
import { defineCommand, type Parameter } from './definition.ts';
import { findIncident, incidentParameter } from './incident.ts';
import { given, optionalText } from './inputs.ts';

/** Why a person decides so. */
export const becauseParameter: Parameter = {
  name: 'reason',
  keyword: 'because',
  summary: 'Why, as readers are told',
  required: false,
  shown: 'REASON',
};

export const merge = defineCommand({
  name: 'merge',
  summary: 'Tells two happenings as one from now on; that goes on record, and /split undoes it',
  access: 'manager',
  parameters: [
    incidentParameter,
    {
      ...incidentParameter,
      name: 'other',
      summary: 'The short name of the one that is the same happening',
      shown: 'OTHER',
    },
    becauseParameter,
  ],
  input: z.object({ incident: given('incident'), other: given('other'), reason: optionalText }),
  run: async ({ incident: typed, other: typedOther, reason }, context) => {
    const { store, destination, person, wording } = context;
    const one = await findIncident(typed, (name) => `merge ${name} ${typedOther}`, context);
    if (one.kind === 'ask') return one.message;
    const two = await findIncident(typedOther, (name) => `merge ${typed} ${name}`, context);
    if (two.kind === 'ask') return two.message;
    const [incident, other] = [one.incident, two.incident];
    const names = { incident, other };
    if (incident.id === other.id) return renderUndecided({ kind: 'one_already', ...names }, wording);
    if (!canBeOne(incident, other, context)) return renderUndecided({ kind: 'unlike', ...names }, wording);
    if (incident.facts.length === 0 || other.facts.length === 0)
      return renderUndecided({ kind: 'nothing_left', ...names }, wording);
    const by = person?.name ?? destination.name;
    await store.rule({
      kind: 'same',
      incident: incident.id,
      other: other.id,
      statements: [],
      by,
      reason,
    });
    return renderDecided({ kind: 'same', ...names }, wording);
  },
});
