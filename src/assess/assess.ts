import type { Incident, Reason } from '../model/incident.ts';
import type { StatementId } from '../model/ids.ts';
import type { StoredStatement } from '../model/statement.ts';
import { apply, assessed, wasTold, type Applied, type Course as Told } from './apply.ts';
import { arrange, type Happening } from './arrange.ts';
import { repeats } from './copy.ts';
import { contraries } from './contrary.ts';
import { isKnown, isOvertaken, wasHeardOf } from './known.ts';
import { sightingsOf } from './ledger/observe.ts';
import { ledgerChange } from './ledger/rows.ts';
import { originsOf } from './origin.ts';
import { reason } from './reasons.ts';
import { rulingsOf } from './rulings.ts';
import { saidBefore, type SaidBefore } from './said-before.ts';
import { COPY_SHARE, drawnOn, nearest } from './sketch.ts';
import { withTies } from './ties.ts';
import { courseOf, type Course } from './triage.ts';
import type { Assessment, Decision, Knowledge, Snapshot } from './types.ts';
import { sided, unitsOf, type Unit, type Voiced } from './unit.ts';

export { blocksOf, ledgerPlacesOf } from './blocks.ts';
export { sketch } from './sketch.ts';

interface Routed {
  readonly statement: StoredStatement;
  readonly course: Course;
}

/** Statements whose claims an incident has already: the report was judged before. */
const claimed = (incidents: readonly Incident[]): ReadonlySet<StatementId> =>
  new Set(
    incidents.flatMap(({ facts }) => facts.flatMap(({ claims }) => claims.map(({ statement }) => statement))),
  );

const firstPlace = ({ places, toPlaces }: Unit): string => (places[0] ?? toPlaces[0])?.name ?? '';

/** Why a happening goes where it goes. */
function matchReason({ units, was, partedFrom, likest, maybe }: Happening): Decision['reason'] {
  const [first] = units;
  const place = first ? firstPlace(first) : '';
  const values = (one: NonNullable<Happening['likest']>) => ({
    place: one.place,
    days: one.days,
    score: Math.round(one.score * 100) / 100,
  });
  if (partedFrom) return reason('match.parted', { place });
  if (was.length > 1) return reason('match.merged', { place });
  if (was.length === 1)
    return likest ? reason('match.join', values(likest)) : reason('match.parted', { place });
  return maybe ? reason('match.maybe', values(maybe)) : reason('match.open', { place });
}

/**
 * What was not told as news before, and is none: `known` of by the ledger or from an incident, which is put into the incidents
 * silently; or `past`, overtaken by what the ledger knows, or told by its reports as history.
 */
function unnewsworthy(
  { news, was }: Happening,
  { ledger, incidents }: Snapshot,
  knowledge: Knowledge,
): { readonly is: 'known' | 'past'; readonly reason?: Reason } | undefined {
  const [first] = news;
  if (!first) return undefined;
  const place = firstPlace(first);
  const reaffirmed = { is: 'known', reason: reason('record.reaffirmed', { place }) } as const;
  const others = incidents.filter((incident) => !was.includes(incident));
  const isHeardOf = (unit: Unit): boolean => wasHeardOf(unit, others, knowledge);
  const isHeld = (unit: Unit): boolean => isKnown(unit, ledger, knowledge);
  if (news.every(({ past }) => past))
    return !was.some(({ revision }) => revision > 0) && news.every((unit) => isHeld(unit) || isHeardOf(unit))
      ? reaffirmed
      : { is: 'past' };
  const captures = news.filter(({ type }) => type === 'control');
  if ((captures.length > 0 ? captures : news).every((unit) => isOvertaken(unit, ledger, knowledge)))
    return news.every(isHeardOf)
      ? reaffirmed
      : { is: 'past', reason: reason('record.older_than_known', { place }) };
  return news.every(isHeld) ? reaffirmed : undefined;
}

function told(
  happening: Happening,
  { copied, before }: { readonly copied: boolean; readonly before: SaidBefore },
  snapshot: Snapshot,
  knowledge: Knowledge,
): Told {
  const why = matchReason(happening);
  if (!wasTold(happening) && happening.units.every(({ implied }) => implied))
    return { happening, reason: why, silent: true };
  const [first] = happening.news.map(({ statement }) => before.get(statement));
  const repeated = first && happening.news.every(({ statement }) => before.has(statement));
  if (repeated && !wasTold(happening))
    return { happening, reason: reason('record.copy', { outlet: first.outlet }), silent: true };
  const old =
    wasTold(happening) || happening.partedFrom ? undefined : unnewsworthy(happening, snapshot, knowledge);
  return {
    happening,
    reason: old?.reason ?? why,
    silent: copied || old?.is === 'known',
    ...(old?.is === 'past' && { past: true }),
  };
}

function ledgerOf(
  routed: readonly Routed[],
  voiced: Voiced,
  snapshot: Snapshot,
  knowledge: Knowledge,
): Assessment['ledger'] {
  const sightings = routed
    .filter(({ course }) => course.kind !== 'record')
    .flatMap(({ statement }) => sightingsOf(statement, snapshot.statements, voiced, knowledge));
  return ledgerChange(sightings, snapshot.ledger, knowledge.actors, snapshot.now);
}

function kept({ statement, course }: Routed, already: ReadonlySet<StatementId>): readonly Decision[] {
  if (course.kind === 'ledger' || course.kind === 'record')
    return [{ statement: statement.id, reason: course.reason }];
  return already.has(statement.id) ? [{ statement: statement.id, reason: reason('record.already', {}) }] : [];
}

/** Of each statement that went into incidents, where and why. */
function decided(
  courses: readonly Told[],
  applied: readonly Applied[],
  routed: readonly Routed[],
  copyOf: string | undefined,
): readonly Decision[] {
  const history = new Map(
    routed.flatMap(({ statement, course }) =>
      course.kind === 'past' ? [[statement.id, course.reason]] : [],
    ),
  );
  // What it brings to light of earlier reports is decided on already.
  const own = new Set(routed.map(({ statement }) => statement.id));
  const isOwn = ({ statement }: Unit): boolean => own.has(statement);
  return courses.flatMap(({ happening, reason: why }) =>
    happening.news.filter(isOwn).map(({ statement }): Decision => {
      const incident = applied.find((one) => one.happening === happening)?.incident;
      return {
        statement,
        reason:
          copyOf === undefined ? (history.get(statement) ?? why) : reason('record.copy', { outlet: copyOf }),
        ...(incident && { incident: incident.id }),
      };
    }),
  );
}

/** What is matched of a report, with what it tells as one story tied together. */
function newUnits(
  routed: readonly Routed[],
  already: ReadonlySet<StatementId>,
  { incidents, ledger }: Snapshot,
  voiced: Voiced,
  knowledge: Knowledge,
): readonly Unit[] {
  const fresh = routed.filter(({ statement }) => !already.has(statement.id));
  const units = fresh.flatMap(({ statement, course: { kind } }) =>
    kind === 'incident' || kind === 'past' ? unitsOf(statement, voiced, knowledge, kind === 'past') : [],
  );
  const held = fresh
    .filter(({ course }) => course.kind === 'ledger')
    .map(({ statement }) => statement)
    .filter(({ type, status }) => type === 'held' && status !== 'background');
  return [
    ...withTies(units, knowledge),
    ...contraries(held, units, { incidents, ledger, already }, voiced, knowledge),
  ];
}

/**
 * Judges one report. Pure and deterministic; over a snapshot that has the report's effects already it changes nothing.
 * A copy of an earlier report adds its outlet to what that report said, silently.
 */
export function assess(snapshot: Snapshot, knowledge: Knowledge): Assessment {
  const { report, source, statements, incidents } = snapshot;
  const near = nearest(report.body, snapshot.near);
  const drawsOn = drawnOn(report.body, snapshot.near);
  const origins = originsOf(report, source, statements, knowledge.actors);
  const voiced: Voiced = { report, origins, drawsOn };
  const already = claimed(incidents);
  const sources = snapshot.near.filter((other) => drawsOn.includes(other.report));
  const before = saidBefore(statements, report, sources);
  const routed = statements
    .map((one) => sided(one, knowledge.actors))
    .map((statement) => ({
      statement,
      course: courseOf(statement, report, knowledge),
    }));
  const units = newUnits(routed, already, snapshot, voiced, knowledge);
  const copied =
    near !== undefined &&
    near.share >= COPY_SHARE &&
    repeats(
      units.filter(({ statement }) => !before.has(statement)),
      near.report.report,
      incidents,
      knowledge,
    );
  const courses = arrange(units, incidents, rulingsOf(snapshot.rulings), knowledge).map((happening) =>
    told(happening, { copied, before }, snapshot, knowledge),
  );
  const cause = { id: report.id, report: report.id, at: report.published };
  const applied = apply(courses, cause, knowledge);
  const placed = new Set(courses.flatMap(({ happening }) => happening.news.map((unit) => unit.statement)));
  return {
    ...(copied && { duplicateOf: near.report.report }),
    incidents: assessed(applied, knowledge),
    updates: applied.flatMap(({ update }) => update ?? []),
    ledger: ledgerOf(routed, voiced, snapshot, knowledge),
    decisions: [
      ...routed.filter(({ statement }) => !placed.has(statement.id)).flatMap((one) => kept(one, already)),
      ...decided(courses, applied, routed, copied ? near.report.outlet : undefined),
    ],
  };
}
