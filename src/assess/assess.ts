import type { Incident } from '../model/incident.ts';
import type { StatementId } from '../model/ids.ts';
import type { StoredStatement } from '../model/statement.ts';
import { apply, type Application, type Applied } from './apply.ts';
import { incidentBlocks } from './blocks.ts';
import { repeats } from './copy.ts';
import { groupsOf } from './group.ts';
import { isKnown, isOvertaken, mayBeRetaken } from './known.ts';
import { sightingsOf } from './ledger/observe.ts';
import { ledgerChange } from './ledger/rows.ts';
import { decide } from './match.ts';
import { originsOf, type Origins } from './origin.ts';
import { reason } from './reasons.ts';
import { COPY_SHARE, nearest } from './sketch.ts';
import { courseOf, type Course } from './triage.ts';
import type { Assessment, Decision, Knowledge, Snapshot } from './types.ts';
import { unitsOf, type Unit } from './unit.ts';

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

interface Sorted {
  readonly application?: Application;
  readonly decisions: readonly Decision[];
}

/** Where one group goes. What the ledger knows already, or knows to be overtaken, is not told. */
function sorted(units: readonly Unit[], snapshot: Snapshot, knowledge: Knowledge): Sorted {
  const { incidents, ledger } = snapshot;
  const verdict = decide(units, incidents, knowledge);
  const why = (unit: Unit, cause: Decision['reason']): Decision => ({
    statement: unit.statement.id,
    reason: cause,
  });
  if (verdict.kind === 'join')
    return {
      application: { verdict, units, silent: false },
      decisions: units.map((unit) => why(unit, verdict.reason)),
    };
  const lead = units.filter(({ statement }) => statement.type === 'control');
  const known =
    lead.length > 0 && lead.length === units.length && lead.every((unit) => isKnown(unit, ledger, knowledge));
  const overtaken = lead.length > 0 && lead.every((unit) => isOvertaken(unit, ledger, knowledge));
  if (known && !overtaken && !lead.some((unit) => mayBeRetaken(unit, ledger)))
    return {
      decisions: units.map((unit) => why(unit, reason('record.reaffirmed', { place: firstPlace(unit) }))),
    };
  const silent = known || overtaken;
  const cause = (unit: Unit): Decision['reason'] => {
    if (!silent) return verdict.reason;
    return reason(overtaken ? 'record.older_than_known' : 'record.reaffirmed', { place: firstPlace(unit) });
  };
  return {
    application: { verdict, units, silent },
    decisions: units.map((unit) => why(unit, cause(unit))),
  };
}

/** Groups that go to one incident are put into it together: one report makes one update of one incident. */
function merged(applications: readonly Application[]): readonly Application[] {
  const joins = new Map<string, Application>();
  const opens: Application[] = [];
  for (const application of applications) {
    if (application.verdict.kind === 'open') {
      opens.push(application);
      continue;
    }
    const { id } = application.verdict.incident;
    const before = joins.get(id);
    joins.set(
      id,
      before
        ? {
            ...before,
            units: [...before.units, ...application.units],
            silent: before.silent && application.silent,
          }
        : application,
    );
  }
  return [...joins.values(), ...opens];
}

const incidentOf = (statement: StatementId, applied: readonly Applied[]): Incident | undefined =>
  applied.find(({ incident }) =>
    incident.facts.some(({ claims }) => claims.some((claim) => claim.statement === statement)),
  )?.incident;

function ledgerOf(
  routed: readonly Routed[],
  origins: Origins,
  snapshot: Snapshot,
  knowledge: Knowledge,
): Assessment['ledger'] {
  const sightings = routed
    .filter(({ course }) => course.kind !== 'record')
    .flatMap(({ statement }) => sightingsOf(statement, snapshot.report, origins, knowledge));
  return ledgerChange(sightings, snapshot.ledger, knowledge.actors, snapshot.now);
}

function decided({ statement, course }: Routed, already: ReadonlySet<StatementId>): readonly Decision[] {
  if (course.kind !== 'incident') return [{ statement: statement.id, reason: course.reason }];
  return already.has(statement.id) ? [{ statement: statement.id, reason: reason('record.already', {}) }] : [];
}

/**
 * Judges one report. Pure and deterministic; over a snapshot that has the report's effects already it changes nothing.
 * A copy of an earlier report adds its outlet to what that report said, silently.
 */
export function assess(snapshot: Snapshot, knowledge: Knowledge): Assessment {
  const { report, source, statements, incidents } = snapshot;
  const near = nearest(report.body, snapshot.near);
  const origins = originsOf(report, source, statements, knowledge.actors, near?.report.outlet);
  const already = claimed(incidents);
  const routed = statements.map((statement) => ({
    statement,
    course: courseOf(statement, report, knowledge),
  }));
  const units = routed
    .filter(({ statement, course }) => course.kind === 'incident' && !already.has(statement.id))
    .flatMap(({ statement }) => unitsOf(statement, report, origins, knowledge));

  const copied =
    near !== undefined &&
    near.share >= COPY_SHARE &&
    repeats(units, near.report.report, incidents, knowledge);
  const groups = groupsOf(units, knowledge).map((group) => sorted(group, snapshot, knowledge));
  const applications = merged(groups.flatMap(({ application }) => application ?? []))
    // A copy joins what it copies; what it would open, its original did not open either.
    .filter(({ verdict }) => !copied || verdict.kind === 'join')
    .map((application) => (copied ? { ...application, silent: true } : application));
  const applied = applications.map((application) => apply(application, report, knowledge));

  const decisions = [
    ...routed.flatMap((one) => decided(one, already)),
    ...groups
      .flatMap((group) => group.decisions)
      .map((decision) => {
        const incident = incidentOf(decision.statement, applied);
        const why = copied ? reason('record.copy', { outlet: near.report.outlet }) : decision.reason;
        return { ...decision, reason: why, ...(incident && { incident: incident.id }) };
      }),
  ];
  return {
    ...(copied && { duplicateOf: near.report.report }),
    incidents: applied.map(({ incident }) => ({ incident, blocks: incidentBlocks(incident, knowledge) })),
    updates: applied.flatMap(({ update }) => update ?? []),
    ledger: ledgerOf(routed, origins, snapshot, knowledge),
    decisions,
  };
}
