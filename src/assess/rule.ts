import type { StatementId } from '../model/ids.ts';
import type { Incident } from '../model/incident.ts';
import { accountKey, type Ruled } from '../model/ruling.ts';
import { apply, assessed, type Cause, type Course } from './apply.ts';
import { arrange, type Happening } from './arrange.ts';
import { linkStrength } from './link.ts';
import { canBeOne } from './one.ts';
import { reason } from './reasons.ts';
import { rulingsOf } from './rulings.ts';
import type { Assessment, Knowledge, RulingSnapshot } from './types.ts';
import { unitsIn, type Unit } from './unit.ts';

const statementsIn = ({ facts }: Incident): ReadonlySet<StatementId> =>
  new Set(facts.flatMap(({ claims }) => claims.map(({ statement }) => statement)));

/** What came since two threads were put together and is liker to the one that leaves: nobody decided on that. */
function since(going: readonly Unit[], staying: readonly Unit[], knowledge: Knowledge): ReadonlySet<Unit> {
  const closest = (unit: Unit, others: readonly Unit[]): number =>
    Math.max(0, ...others.filter((one) => one !== unit).map((one) => linkStrength(unit, one, knowledge)));
  return new Set(staying.filter((unit) => closest(unit, going) > closest(unit, staying)));
}

/** The accounts that the decision holds for; undefined when there is nothing to decide any more. */
function ruledOf(
  { ruling, incident, other, absorbed }: RulingSnapshot,
  knowledge: Knowledge,
): Ruled | undefined {
  const { kind, statements } = ruling;
  // What contradicts a capture goes where that goes.
  const units = unitsIn(incident).filter(({ contrary }) => !contrary);
  const ruled = (ones: readonly Unit[], others: readonly Unit[]): Ruled | undefined =>
    ones.length === 0 || others.length === 0
      ? undefined
      : { kind, ones: ones.map(accountKey), others: others.map(accountKey) };
  if (kind === 'same') {
    const joins = other !== undefined && other.id !== incident.id && canBeOne(incident, other, knowledge);
    return joins ? ruled(units, unitsIn(other)) : undefined;
  }
  const named = units.filter(({ statement }) => statements.includes(statement));
  const reports = new Set(named.map(({ report }) => report));
  const goes = (unit: Unit): boolean =>
    named.includes(unit) || (unit.drawsOn?.some((report) => reports.has(report)) ?? false);
  const going = units.filter(goes);
  const staying = units.filter((unit) => !goes(unit));
  const isThread = absorbed.some((one) => {
    const told = statementsIn(one);
    return told.size > 0 && told.isSubsetOf(new Set(statements));
  });
  const free = isThread ? since(going, staying, knowledge) : new Set();
  const bound = staying.filter((unit) => !free.has(unit));
  return ruled(going, bound.length > 0 ? bound : staying);
}

/** What goes on by itself again does so in the thread that it had: that of which most is in it. Each is resumed once. */
function withResumed(happenings: readonly Happening[], absorbed: readonly Incident[]): readonly Happening[] {
  const free = new Set(absorbed);
  return happenings.map((happening) => {
    if (!happening.partedFrom || happening.was.length > 0) return happening;
    const share = (incident: Incident): number => {
      const told = statementsIn(incident);
      const here = new Set(happening.units.map(({ statement }) => statement));
      return told.intersection(here).size / told.size;
    };
    const resumes = [...free].filter((one) => share(one) > 0.5).sort((a, b) => share(b) - share(a))[0];
    if (!resumes) return happening;
    free.delete(resumes);
    return { ...happening, resumes };
  });
}

/** Updates need a report that they stand on: the newest. */
function causeOf(happenings: readonly Happening[], { ruling }: RulingSnapshot): Cause | undefined {
  const claims = happenings.flatMap(({ units }) => units.flatMap((unit) => unit.claims));
  const [first, ...rest] = claims;
  if (!first) return undefined;
  const { report, at } = rest.reduce((a, b) => (b.at > a.at ? b : a), first);
  const { id, kind, reason: words } = ruling;
  return { id, report, at, ruling: { id, kind, reason: words } };
}

/** What was told of the past alone does not become news by being put together or parted. */
const isPast = ({ was, partedFrom }: Happening): boolean => {
  const before = was.length > 0 || !partedFrom ? was : [partedFrom];
  return before.length > 0 && before.every(({ past }) => past);
};

const NOTHING: Assessment = { incidents: [], updates: [], ledger: { close: [], open: [] }, decisions: [] };

/**
 * Judges a person's decision: puts two happenings together, or parts one. What the incidents are made of is arranged anew
 * with it; who holds what is not touched. Pure and deterministic; where it is so already it changes nothing.
 */
export function rule(snapshot: RulingSnapshot, knowledge: Knowledge): Assessment {
  const { ruling, incident, other, near, absorbed, rulings } = snapshot;
  const ruled = ruledOf(snapshot, knowledge);
  if (!ruled) return NOTHING;
  const all = [
    ...new Map([...near, incident, ...(other ? [other] : [])].map((one) => [one.id, one])).values(),
  ];
  const happenings = withResumed(arrange([], all, rulingsOf([...rulings, ruled]), knowledge), absorbed);
  const cause = causeOf(happenings, snapshot);
  if (!cause) return { ...NOTHING, ruled };
  const why = reason(ruling.kind === 'same' ? 'match.ruled_same' : 'match.ruled_apart', {});
  const courses = happenings.map((happening): Course => ({
    happening,
    reason: why,
    silent: false,
    ...(isPast(happening) && { past: true }),
  }));
  const applied = apply(courses, cause, knowledge);
  return {
    incidents: assessed(applied, knowledge),
    updates: applied.flatMap(({ update }) => update ?? []),
    ledger: { close: [], open: [] },
    decisions: [],
    ruled,
  };
}
