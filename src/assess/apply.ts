import type { Change, Fact, Incident, Update, UpdateKind } from '../model/incident.ts';
import { incidentId, updateId } from '../model/ids.ts';
import type { Report } from '../model/report.ts';
import type { StatementType } from '../model/statement.ts';
import type { Instant } from '../model/time.ts';
import { deniedFact, factChanges, isSameFact, newFact, withUnit } from './fact.ts';
import { ascending, byText, idOf } from './id.ts';
import type { Verdict } from './match.ts';
import { closest } from './relation.ts';
import type { Knowledge } from './types.ts';
import type { Unit } from './unit.ts';

/** What a happening is told as first: who is gone or holds the place, before the deal or the fight behind it. */
const LEADS: Readonly<Record<StatementType, number>> = {
  control: 0,
  evacuation: 0,
  withdrawal: 1,
  displacement: 1,
  return: 1,
  aid_access: 1,
  siege: 2,
  advance: 3,
  agreement: 3,
  held: 4,
};

/** What has happened leads what is announced or failed; then the first of it by day. Independent of the order of arrival. */
const leadFirst = (a: Fact, b: Fact): number =>
  Number(a.status === 'planned') - Number(b.status === 'planned') ||
  LEADS[a.type] - LEADS[b.type] ||
  ascending(a.date ?? '9999', b.date ?? '9999') ||
  Number(a.places.length === 0) - Number(b.places.length === 0) ||
  byText(a.claims[0]?.statement ?? '', b.claims[0]?.statement ?? '') ||
  ascending(a.id, b.id);

/** What is said before what is denied, so that a denial finds it. */
const saidFirst = (units: readonly Unit[]): readonly Unit[] => [
  ...units.filter(({ statement }) => statement.status !== 'denied'),
  ...units.filter(({ statement }) => statement.status === 'denied'),
];

function factOf(unit: Unit, facts: readonly Fact[], knowledge: Knowledge): Fact | undefined {
  if (unit.statement.status === 'denied') return deniedFact(unit, facts, knowledge);
  return facts.find((fact) => isSameFact(unit, fact, knowledge));
}

function withUnits(facts: readonly Fact[], units: readonly Unit[], knowledge: Knowledge): readonly Fact[] {
  return saidFirst(units)
    .reduce<readonly Fact[]>((known, unit) => {
      const fact = factOf(unit, known, knowledge);
      if (!fact) return [...known, newFact(unit)];
      return known.map((one) => (one === fact ? withUnit(one, unit, knowledge) : one));
    }, facts)
    .toSorted(leadFirst);
}

/** A new phase of a deal or siege is told as a step from the one before. */
function arrival(fact: Fact, before: readonly Fact[], { places }: Knowledge): Change {
  const earlier = before.findLast(
    (old) =>
      old.type === fact.type &&
      old.phase !== fact.phase &&
      closest(old.places, fact.places, places) !== 'apart',
  );
  if (fact.phase === undefined || earlier?.phase === undefined) return { kind: 'new_fact', fact: fact.id };
  return { kind: 'phase', fact: fact.id, was: earlier.phase, now: fact.phase };
}

function changesOf(before: readonly Fact[], after: readonly Fact[], knowledge: Knowledge): readonly Change[] {
  return after.flatMap((now) => {
    const was = before.find(({ id }) => id === now.id);
    return was ? factChanges(was, now, knowledge) : [arrival(now, before, knowledge)];
  });
}

const RANKS = { denied: 0, claimed: 1, reported: 2, confirmed: 3, contested: 0, stale: 0 } as const;

function kindOf(change: Change, facts: readonly Fact[]): UpdateKind {
  if (change.kind === 'denial') return 'contested';
  if (change.kind !== 'standing') {
    const fact = facts.find(({ id }) => id === change.fact);
    return change.kind === 'new_fact' && fact?.standing === 'denied' ? 'denied' : 'progressed';
  }
  if (change.now === 'contested' || change.now === 'denied') return change.now;
  return RANKS[change.now] > RANKS[change.was] ? 'corroborated' : 'progressed';
}

/** Weightiest first. */
const WEIGHT: readonly UpdateKind[] = [
  'retracted',
  'denied',
  'contested',
  'opened',
  'corrected',
  'closed',
  'progressed',
  'corroborated',
];

const byWeight = (kinds: readonly UpdateKind[]): readonly UpdateKind[] =>
  WEIGHT.filter((kind) => kinds.includes(kind));

/** Goes to the whole channel: a place changed hands, or something told is disputed now. */
function isBroadcast(
  changes: readonly Change[],
  kinds: readonly UpdateKind[],
  facts: readonly Fact[],
): boolean {
  const flips = changes.some((change) => {
    const fact = facts.find(({ id }) => id === change.fact);
    if (fact?.type !== 'control' || fact.status !== 'happened') return false;
    return change.kind === 'new_fact' || change.kind === 'status';
  });
  return flips || kinds.includes('contested') || kinds.includes('denied');
}

const latest = (a: Instant, b: Instant): Instant => (a > b ? a : b);
const earliest = (a: Instant, b: Instant): Instant => (a < b ? a : b);

/** What becomes of one incident, new or old. `incident` absent: the report changes nothing, not even its claims. */
export interface Applied {
  readonly incident: Incident;
  /** Absent: nothing that a reader has to be told. */
  readonly update?: Update;
}

export interface Application {
  readonly verdict: Verdict;
  readonly units: readonly Unit[];
  /** Changes what is known without telling it: a copy, or what was overtaken before it was heard of. */
  readonly silent: boolean;
}

function opened(
  units: readonly Unit[],
  verdict: Extract<Verdict, { kind: 'open' }>,
  report: Report,
): Incident {
  const seed = units.map(({ statement, places }) => `${statement.id}|${places.map(({ key }) => key).join()}`);
  return {
    id: incidentId(idOf('i', seed)),
    family: units[0]?.family ?? 'ground',
    state: 'open',
    revision: 0,
    opened: report.published,
    lastActivity: report.published,
    facts: [],
    maybeSame: verdict.maybe ? [verdict.maybe.id] : [],
  };
}

function updateOf(
  incident: Incident,
  facts: readonly Fact[],
  changes: readonly Change[],
  { verdict }: Application,
  report: Report,
): Update {
  const changed = changes.map((change) => kindOf(change, facts));
  // What a report opens is told as opened, not as contested, even where it brings the denial with it.
  const fresh = verdict.kind === 'open';
  const kinds = fresh ? (['opened'] as const) : byWeight(changed);
  return {
    id: updateId(idOf('u', [incident.id, report.id])),
    incident: incident.id,
    revision: incident.revision + 1,
    report: report.id,
    at: report.published,
    kinds,
    changes: changes.toSorted((a, b) => WEIGHT.indexOf(kindOf(a, facts)) - WEIGHT.indexOf(kindOf(b, facts))),
    broadcast: !fresh && isBroadcast(changes, kinds, facts),
    reason: verdict.reason,
  };
}

/** Puts what one report says of one happening into its incident. */
export function apply(application: Application, report: Report, knowledge: Knowledge): Applied {
  const { verdict, units, silent } = application;
  const before = verdict.kind === 'join' ? verdict.incident : opened(units, verdict, report);
  const facts = withUnits(before.facts, units, knowledge);
  const changes = changesOf(before.facts, facts, knowledge);
  if (silent || changes.length === 0) return { incident: { ...before, facts } };
  const update = updateOf(before, facts, changes, application, report);
  return {
    incident: {
      ...before,
      facts,
      state: 'open',
      revision: update.revision,
      opened: earliest(before.opened, report.published),
      lastActivity: latest(before.lastActivity, report.published),
    },
    update,
  };
}
