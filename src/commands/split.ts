import { z } from 'zod';
import type { StatementId } from '../model/ids.ts';
import { shortIdOf, type Incident } from '../model/incident.ts';
import type { Report } from '../model/report.ts';
import { renderDecided, renderUndecided, renderWhichPart } from '../render/inquiries.ts';
import { defineCommand } from './definition.ts';
import { findIncident, incidentParameter } from './incident.ts';
import { given, optionalText } from './inputs.ts';
import { becauseParameter } from './merge.ts';
import { addressesOf } from './named-report.ts';
import type { CommandStore } from './ports.ts';

const statementsOf = ({ facts }: Incident): readonly StatementId[] => [
  ...new Set(facts.flatMap(({ claims }) => claims.map(({ statement }) => statement))),
];

/** Shorter beginnings of a report's id name too many. */
const LEAST_PREFIX = 4;

const isNamed = ({ id, url }: Report, typed: string): boolean =>
  (typed.length >= LEAST_PREFIX && (id.startsWith(typed) || id.startsWith(`r_${typed}`))) ||
  (url !== undefined && addressesOf(typed).includes(url));

/** Statements of the incident that a person means: those of a thread that went up in it, of a report, or the one so called. */
function meant(
  typed: string,
  incident: Incident,
  reports: readonly Report[],
  absorbed: readonly Incident[],
): readonly StatementId[] {
  const all = statementsOf(incident);
  const name = typed.replace(/^#/, '').toLowerCase();
  const gone = absorbed.find(({ id }) => id === name || shortIdOf(id) === name);
  if (gone) return statementsOf(gone).filter((statement) => all.includes(statement));
  const exact = all.filter((statement) => statement === typed);
  if (exact.length > 0) return exact;
  const named = reports.filter((report) => isNamed(report, typed));
  return named.length === 1 ? all.filter((statement) => statement.startsWith(`${named[0]?.id ?? ''}.`)) : [];
}

async function partsOf(incident: Incident, store: CommandStore) {
  const record = await store.incident(incident.id);
  const standing = new Set(incident.facts.flatMap(({ claims }) => claims.map(({ report }) => report)));
  return {
    reports: (record?.reports ?? []).filter(({ id }) => standing.has(id)),
    absorbed: await store.absorbedBy(incident.id),
  };
}

export const split = defineCommand({
  name: 'split',
  summary: 'Tells a part of a happening by itself from now on; that goes on record, and /merge undoes it',
  access: 'manager',
  parameters: [
    incidentParameter,
    {
      name: 'part',
      summary:
        'The part: a report (number or link), a statement, or a merged happening; listed when left out',
      required: false,
      shown: 'PART',
    },
    becauseParameter,
  ],
  input: z.object({ incident: given('incident'), part: optionalText, reason: optionalText }),
  run: async ({ incident: typed, part, reason }, context) => {
    const { store, destination, person, wording, show } = context;
    const found = await findIncident(typed, (name) => `split ${name} ${part}`, context);
    if (found.kind === 'ask') return found.message;
    const { incident } = found;
    const { reports, absorbed } = await partsOf(incident, store);
    const statements = meant(part, incident, reports, absorbed);
    if (statements.length === 0) {
      const shown = await Promise.all(absorbed.map(show));
      return renderWhichPart({ typed: part, incident, reports, absorbed: shown }, wording);
    }
    if (statementsOf(incident).every((statement) => statements.includes(statement)))
      return renderUndecided({ kind: 'all_of_it', incident }, wording);
    const by = person?.name ?? destination.name;
    await store.rule({ kind: 'apart', incident: incident.id, statements, by, reason });
    return renderDecided({ kind: 'apart', incident }, wording);
  },
});
