import type { Change, Fact, Incident, Reason, Update, UpdateKind } from '../model/incident.ts';
import { incidentId, updateId } from '../model/ids.ts';
import type { ReportId } from '../model/ids.ts';
import { accountKey, type RulingNote } from '../model/ruling.ts';
import type { Instant } from '../model/time.ts';
import type { Happening } from './arrange.ts';
import { incidentBlocks } from './blocks.ts';
import { changesOf } from './changes.ts';
import { factsOf } from './fact.ts';
import { idOf } from './id.ts';
import { isSurer } from './standing.ts';
import type { AssessedIncident, Knowledge } from './types.ts';
import { accountOf } from './unit.ts';

const GONE: ReadonlySet<Change['kind']> = new Set(['gone', 'figure_gone', 'place_gone']);

export function kindOf(change: Change, facts: readonly Fact[]): UpdateKind {
  if (GONE.has(change.kind)) return 'corrected';
  if (change.kind === 'denial') return 'contested';
  if (change.kind === 'support') return 'corroborated';
  if (change.kind === 'merged' || change.kind === 'quiet') return 'closed';
  if (change.kind === 'parted' || change.kind === 'resumed') return 'corrected';
  if (change.kind !== 'standing') {
    const fact = facts.find(({ id }) => id === change.fact);
    return change.kind === 'new_fact' && fact?.standing === 'denied' ? 'denied' : 'progressed';
  }
  if (change.now === 'contested' || change.now === 'denied') return change.now;
  return isSurer(change.now, change.was) ? 'corroborated' : 'progressed';
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

export const byWeight = (kinds: readonly UpdateKind[]): readonly UpdateKind[] =>
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

/** A happening, and how it is told. */
export interface Course {
  readonly happening: Happening;
  readonly reason: Reason;
  /** Changes what is known without telling it: a copy, or what is known already. */
  readonly silent: boolean;
  /** It is no news: it lay in the past when it was heard of. */
  readonly past?: true;
}

/** What changes incidents: a report, or a person's decision on what is one happening. */
export interface Cause {
  /** Names the updates that it makes. */
  readonly id: string;
  /** By whose word they are told. */
  readonly report: ReportId;
  readonly at: Instant;
  readonly ruling?: RulingNote;
}

/** What becomes of one incident, new or old. */
export interface Applied {
  readonly incident: Incident;
  /** What it is; absent of an incident that went up in another one. */
  readonly happening?: Happening;
  /** Absent: nothing that a reader has to be told. */
  readonly update?: Update;
}

/** As news: whoever asks for the past may have been told before. */
export const wasTold = ({ was }: Happening): boolean =>
  was.some(({ revision, past }) => revision > 0 && past !== true);

function opened({ units, maybe, partedFrom }: Happening, { id, at }: Cause): Incident {
  // What was part of another incident may have begun as that very one.
  const before = partedFrom ? [partedFrom.id, id] : [];
  const said = units.map(accountKey);
  return {
    id: incidentId(idOf('i', [...before, ...said])),
    family: units[0]?.family ?? 'ground',
    state: 'open',
    revision: 0,
    opened: at,
    lastActivity: at,
    facts: [],
    accounts: [],
    maybeSame: maybe ? [maybe.incident.id] : [],
  };
}

/** An incident with the facts that the report leaves it, and with those that its readers were told of before. */
interface Draft extends Course {
  readonly incident: Incident;
  readonly before: readonly Fact[];
  /** Nobody was told of it before, or of it as news. */
  readonly fresh: boolean;
}

/** An incident that had gone up in another one, as it goes on by itself. */
function resumed({ mergedInto: _, ...incident }: Incident): Incident {
  return { ...incident, state: 'open' };
}

function draft(course: Course, cause: Cause, knowledge: Knowledge): Draft {
  const { units, was, resumes } = course.happening;
  const { past: wasPast, ...base } = was[0] ?? (resumes ? resumed(resumes) : opened(course.happening, cause));
  const earlier = resumes ? [...was, resumes] : was;
  const facts = factsOf(
    units,
    earlier.flatMap((incident) => incident.facts),
    knowledge,
  );
  const past = course.silent ? (course.past ?? wasPast) : course.past;
  const told = earlier.filter((one) => one.revision > 0 && (past === true || one.past !== true));
  const maybeSame = base.maybeSame.filter((id) => !was.some((incident) => incident.id === id));
  return {
    ...course,
    incident: { ...base, facts, accounts: units.map(accountOf), maybeSame, ...(past && { past }) },
    before: told.flatMap((incident) => incident.facts),
    fresh: told.length === 0,
  };
}

const leadOf = ({ facts: [lead] }: Incident): Fact => {
  if (!lead) throw new RangeError('an incident has at least one fact');
  return { ...lead, claims: [] };
};

/** That what was told in two threads is one happening, or the other way round. */
function threadChanges(draft: Draft, all: readonly Draft[]): readonly Change[] {
  const { happening, incident } = draft;
  const fact = leadOf(incident).id;
  if (incident.revision === 0) return [];
  const absorbed = happening.was.slice(1).filter(({ revision }) => revision > 0);
  const parted = all.filter(({ happening: { partedFrom } }) => partedFrom?.id === incident.id);
  return [
    ...absorbed.map((other): Change => ({ kind: 'absorbed', fact, other: other.id, lead: leadOf(other) })),
    ...parted.map((other): Change => ({
      kind: 'parted',
      fact,
      other: other.incident.id,
      lead: leadOf(other.incident),
    })),
    ...(happening.resumes && happening.partedFrom
      ? [
          {
            kind: 'resumed',
            fact,
            other: happening.partedFrom.id,
            lead: leadOf(happening.partedFrom),
          } as const,
        ]
      : []),
  ];
}

function updateOf(
  incident: Incident,
  changes: readonly Change[],
  { fresh, reason }: { readonly fresh: boolean; readonly reason: Reason },
  { id, report, at, ruling }: Cause,
): Update {
  const { facts } = incident;
  const changed = changes.map((change) => kindOf(change, facts));
  // What a report opens is told as opened, not as contested, even where it brings the denial with it.
  const kinds = fresh ? (['opened'] as const) : byWeight(changed);
  return {
    id: updateId(idOf('u', [incident.id, id])),
    incident: incident.id,
    revision: incident.revision + 1,
    report,
    at,
    kinds,
    changes: changes.toSorted((a, b) => WEIGHT.indexOf(kindOf(a, facts)) - WEIGHT.indexOf(kindOf(b, facts))),
    broadcast: !fresh && incident.past !== true && isBroadcast(changes, kinds, facts),
    reason,
    ...(ruling && { ruling }),
  };
}

function applied(draft: Draft, all: readonly Draft[], cause: Cause, knowledge: Knowledge): Applied {
  const { happening, incident, before, fresh, silent, reason } = draft;
  const changes = [
    ...(silent ? [] : changesOf(before, incident.facts, knowledge)),
    ...threadChanges(draft, all),
  ];
  if (changes.length === 0) return { incident, happening };
  const update = updateOf(incident, changes, { fresh, reason }, cause);
  return {
    incident: {
      ...incident,
      state: 'open',
      revision: update.revision,
      opened: earliest(incident.opened, cause.at),
      lastActivity: latest(incident.lastActivity, cause.at),
    },
    happening,
    update,
  };
}

/** The incidents that went up in another one: closed, and their readers told where it goes on. */
function absorbed({ happening, incident, reason }: Draft, cause: Cause): readonly Applied[] {
  return happening.was.slice(1).map((other): Applied => {
    const closed: Incident = { ...other, state: 'closed', accounts: [], mergedInto: incident.id };
    if (other.revision === 0) return { incident: closed };
    const change: Change = {
      kind: 'merged',
      fact: leadOf(other).id,
      other: incident.id,
      lead: leadOf(incident),
    };
    const update = updateOf(other, [change], { fresh: false, reason }, cause);
    return { incident: { ...closed, revision: update.revision }, update };
  });
}

/** That a side lost the place, which nobody else says yet, is linked with how it left: who takes it is told as maybe the same. */
function withDeparture(draft: Draft, all: readonly Draft[]): Draft {
  const { happening, incident } = draft;
  if (!happening.units.every(({ implied }) => implied)) return draft;
  const said = new Set(happening.units.map(({ statement }) => statement));
  const departures = all
    .filter((one) => one !== draft && one.happening.news.some(({ statement }) => said.has(statement)))
    .map((one) => one.incident.id);
  return {
    ...draft,
    incident: { ...incident, maybeSame: [...new Set([...incident.maybeSame, ...departures])] },
  };
}

/** Puts what one report says, or a person decided, into incidents: those that it opens, joins, merges and splits. */
export function apply(courses: readonly Course[], cause: Cause, knowledge: Knowledge): readonly Applied[] {
  const made = courses.map((course) => draft(course, cause, knowledge));
  const drafts = made.map((one) => withDeparture(one, made));
  return drafts.flatMap((one) => [applied(one, drafts, cause, knowledge), ...absorbed(one, cause)]);
}

/** The incidents with the blocks under which they are found from now on. */
export const assessed = (all: readonly Applied[], knowledge: Knowledge): readonly AssessedIncident[] =>
  all.map(({ incident, happening }) => ({
    incident,
    blocks: incidentBlocks(incident, knowledge),
    ...(happening?.partedFrom && { partedFrom: happening.partedFrom.id }),
  }));
