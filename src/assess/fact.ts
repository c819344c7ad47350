import type { Claim, Fact } from '../model/incident.ts';
import { factId } from '../model/ids.ts';
import type { PlaceRef } from '../model/place.ts';
import type { StatementType, Status } from '../model/statement.ts';
import { dayOf, daysBetween, type Day } from '../model/time.ts';
import { factDay, gapDays } from './days.ts';
import { ascending, byText, idOf } from './id.ts';
import { closest, holds, joinedPlaces, type Relation } from './relation.ts';
import { compared, joinedActors } from './sides.ts';
import { standingOf } from './standing.ts';
import type { Knowledge } from './types.ts';
import type { Unit } from './unit.ts';

/** Later steps of one thing; it never goes back by a repetition of an earlier one. */
const STEPS: Readonly<Record<Status, number>> = {
  denied: 0,
  background: 0,
  planned: 1,
  ongoing: 2,
  failed: 3,
  happened: 4,
};

/** Days that two accounts of one thing may differ by; an announced day is often missed by a few. */
const SAME_DAYS = 1;
const ANNOUNCED_DAYS = 3;

/** What is told on a day as having been taken was taken within so many days before. */
const TOLD_DAYS = 7;

/** A place is taken on one day, and that it was taken is told on others. Not so what recurs: flights, attacks, single quarters. */
function isToldAfter(unit: Unit, fact: Fact, day: Day): boolean {
  if (unit.type !== 'control' || unit.part) return false;
  const since = daysBetween(day, unit.day);
  return (
    (unit.dateAtLatest === true && since >= 0 && since <= TOLD_DAYS) ||
    (fact.dateAtLatest === true && since <= 0 && since >= -TOLD_DAYS)
  );
}

function datesFit(unit: Unit, fact: Fact): boolean {
  const day = factDay(fact);
  if (!unit.exact || !day.exact || isToldAfter(unit, fact, day.day)) return true;
  return gapDays(unit.day, day.day) <= (fact.status === 'planned' ? ANNOUNCED_DAYS : SAME_DAYS);
}

const actorsFit = (unit: Unit, fact: Fact, { actors }: Knowledge): boolean =>
  compared(unit.to, fact.to, actors) !== 'different' &&
  compared(unit.from, fact.from, actors) !== 'different';

/** Parts of one city are told apart as facts, though they may be one happening; a wide area may stand for the place itself. */
const FITTING: Readonly<Record<Unit['family'], ReadonlySet<Relation>>> = {
  ground: new Set<Relation>(['same', 'inside']),
  movement: new Set<Relation>(['same', 'inside', 'wide']),
};

const within = (
  family: Unit['family'],
  some: readonly PlaceRef[],
  others: readonly PlaceRef[],
  { places }: Knowledge,
): boolean => some.every((place) => FITTING[family].has(closest([place], others, places)));

/** All that one names lies in what the other names: "Yarmouk and Hajar" is not one word more on "Yarmouk and Tadamun". */
function placesFit(unit: Unit, fact: Fact, knowledge: Knowledge): boolean {
  if (unit.places.length === 0 || fact.places.length === 0) return true;
  return (
    within(unit.family, unit.places, fact.places, knowledge) ||
    within(unit.family, fact.places, unit.places, knowledge)
  );
}

/** Of what is planned for four towns, that it happened in two of them is a part: the plan stands beside it. */
function planFits(unit: Unit, fact: Fact, knowledge: Knowledge): boolean {
  if ((unit.status === 'planned') === (fact.status === 'planned')) return true;
  const [plan, done] = unit.status === 'planned' ? [unit, fact] : [fact, unit];
  return done.places.length === 0 || within(unit.family, plan.places, done.places, knowledge);
}

/** Who is brought to one town is not who is brought to another, unless one account names both. */
function destinationsFit(unit: Unit, fact: Fact, { places }: Knowledge): boolean {
  if (unit.toPlaces.length === 0 || fact.toPlaces.length === 0) return true;
  return closest(unit.toPlaces, fact.toPlaces, places) !== 'apart';
}

/** Is the unit one more word on this fact? Each phase of a deal or a siege is a fact of its own. */
function isSameFact(unit: Unit, fact: Fact, knowledge: Knowledge): boolean {
  const { type, phase, status, part } = unit;
  if (type !== fact.type || !actorsFit(unit, fact, knowledge)) return false;
  const wholes = unit.family === 'movement' || part === fact.part;
  return (
    phase === fact.phase &&
    wholes &&
    // Fought off and made, on the same front, are two things.
    (unit.family === 'movement' || (status === 'failed') === (fact.status === 'failed')) &&
    placesFit(unit, fact, knowledge) &&
    planFits(unit, fact, knowledge) &&
    destinationsFit(unit, fact, knowledge) &&
    datesFit(unit, fact)
  );
}

/** Nobody denies what is said to have happened on a later day. */
function isLater(fact: Fact, { at }: Unit): boolean {
  const { day, exact } = factDay(fact);
  return exact && day > dayOf(at);
}

/** What a denial denies: something of its kind there, whatever its phase; the newest first. */
function deniedFact(unit: Unit, facts: readonly Fact[], knowledge: Knowledge): Fact | undefined {
  const denies = (fact: Fact): boolean =>
    !unit.contrary || compared(unit.from, fact.to, knowledge.actors) === 'different';
  const fitting = facts.filter(
    (fact) =>
      fact.type === unit.type &&
      denies(fact) &&
      placesFit(unit, fact, knowledge) &&
      actorsFit(unit, fact, knowledge) &&
      !isLater(fact, unit),
  );
  const [best] = [...fitting].sort(
    (a, b) =>
      Number(b.phase === unit.phase) - Number(a.phase === unit.phase) ||
      ascending(factDay(b).day, factDay(a).day),
  );
  return best;
}

function newFact(unit: Unit): Fact {
  const { type, phase, status, part, places, toPlaces, viaPlaces, to, from, parties, claims } = unit;
  const { date, datePrecision, dateAtLatest } = unit;
  return {
    id: factId(idOf('f', [unit.statement, ...places.map(({ key }) => key)])),
    type,
    ...(phase !== undefined && { phase }),
    status,
    part,
    places,
    toPlaces,
    viaPlaces,
    to,
    from,
    parties,
    ...(date !== undefined && { date }),
    ...(datePrecision !== undefined && { datePrecision }),
    ...(dateAtLatest && { dateAtLatest }),
    ...standingOf(claims),
    claims,
  };
}

/**
 * The more exact day wins, and an earlier one over that on which it was told. Of two days, the one that was there, unless what
 * was announced has now happened.
 */
function dateOf(unit: Unit, fact: Fact, step: Status): Pick<Fact, 'date' | 'datePrecision' | 'dateAtLatest'> {
  const { date } = unit;
  const newer =
    date !== undefined &&
    (fact.date === undefined ||
      date.length > fact.date.length ||
      (fact.dateAtLatest === true && date < fact.date) ||
      step !== fact.status);
  const kept = newer ? unit : fact;
  return {
    ...(kept.date !== undefined && { date: kept.date }),
    ...(kept.datePrecision !== undefined && { datePrecision: kept.datePrecision }),
    ...(kept.dateAtLatest && { dateAtLatest: true }),
  };
}

export const claimKey = (claim: Claim): string => `${claim.statement}|${claim.origin.key}|${claim.stance}`;

/** Claims in the order of their reports, each once: what stands does not depend on which came first. */
const joinedClaims = (a: readonly Claim[], b: readonly Claim[]): readonly Claim[] =>
  [...new Map([...a, ...b].map((claim) => [claimKey(claim), claim])).values()].sort(
    (x, y) => ascending(x.at, y.at) || byText(x.statement, y.statement),
  );

/** Counts a group that came on top of others, of whom it says nothing. */
const isFurther = ({ figures }: Claim): boolean =>
  figures.length > 0 && figures.every(({ counts }) => counts === 'further');

/** Whoever announced a thing has not said that it came about, nor has who counts a further group. */
function sureness(claims: readonly Claim[], status: Status): Pick<Fact, 'standing' | 'why'> {
  const came = status === 'planned' ? claims : claims.filter(({ planned }) => planned !== true);
  const first = came.filter((claim) => !isFurther(claim));
  const said = first.some(({ stance }) => stance !== 'denies') ? first : came;
  return standingOf(said.some(({ stance }) => stance !== 'denies') ? said : claims);
}

/** Of a place and a part of it, the narrower counts; of two words on one place, a part only if both say so. */
function partOf(unit: Unit, fact: Fact, { places }: Knowledge): boolean {
  const { part } = unit;
  const relation = closest(unit.places, fact.places, places);
  if (relation === 'same' || unit.places.length === 0) return fact.part && part;
  const wider = unit.places.some((place) => fact.places.some((narrow) => holds(place, narrow, places)));
  return wider ? fact.part : part;
}

/** The fact with one more word on it. A denial changes how sure it is, and nothing else. */
function withUnit(fact: Fact, unit: Unit, knowledge: Knowledge): Fact {
  const { places, actors } = knowledge;
  const claims = joinedClaims(fact.claims, unit.claims);
  if (unit.status === 'denied') return { ...fact, ...sureness(claims, fact.status), claims };
  const { status, to, from, parties } = unit;
  const step = STEPS[status] > STEPS[fact.status] ? status : fact.status;
  const { date: _date, datePrecision: _precision, dateAtLatest: _latest, ...rest } = fact;
  return {
    ...rest,
    ...dateOf(unit, fact, step),
    status: step,
    part: partOf(unit, fact, knowledge),
    places: joinedPlaces(fact.places, unit.places, places),
    toPlaces: joinedPlaces(fact.toPlaces, unit.toPlaces, places),
    viaPlaces: joinedPlaces(fact.viaPlaces, unit.viaPlaces, places),
    to: joinedActors(fact.to, to, actors),
    from: joinedActors(fact.from, from, actors),
    parties: joinedActors(fact.parties, parties, actors),
    ...sureness(claims, step),
    claims,
  };
}

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

/** By publication, and within a report in text order: the same whatever order the reports came in. */
const byPublication = (a: Unit, b: Unit): number =>
  ascending(a.at, b.at) ||
  byText(a.statement, b.statement) ||
  ascending(a.places[0]?.key ?? '', b.places[0]?.key ?? '');

/** A fact keeps the id under which it was known: that of the earlier fact with which it shares most claims. */
function withKnownIds(facts: readonly Fact[], known: readonly Fact[]): readonly Fact[] {
  const free = new Map(
    known.map((fact) => [fact.id, new Set(fact.claims.map(({ statement }) => statement))]),
  );
  return facts.map((fact) => {
    const shared = [...free].map(([id, statements]) => ({
      id,
      count: fact.claims.filter(({ statement }) => statements.has(statement)).length,
    }));
    const best = shared.reduce((a, b) => (b.count > a.count ? b : a), { id: fact.id, count: 0 });
    if (best.count > 0) free.delete(best.id);
    return { ...fact, id: best.id };
  });
}

const LEAVING: ReadonlySet<StatementType> = new Set<StatementType>([
  'evacuation',
  'withdrawal',
  'displacement',
]);

/** "They left the town for safer parts of Syria" says of a Syrian town not where to: what holds all they left is no destination. */
function withDestinations(fact: Fact, { places }: Knowledge): Fact {
  if (!LEAVING.has(fact.type) || fact.places.length === 0) return fact;
  const toPlaces = fact.toPlaces.filter(
    (goal) => !fact.places.every((origin) => holds(goal, origin, places)),
  );
  return { ...fact, toPlaces };
}

/**
 * The facts of an incident, from all that is said of it: what is said before what is denied, so that a denial finds it.
 * Depends on the units alone, but for the ids. `known`: the facts as they were, whose ids are kept.
 */
export function factsOf(
  units: readonly Unit[],
  known: readonly Fact[],
  knowledge: Knowledge,
): readonly Fact[] {
  const sorted = [...units].sort(byPublication);
  const facts = [
    ...sorted.filter(({ status }) => status !== 'denied'),
    ...sorted.filter(({ status }) => status === 'denied'),
  ].reduce<readonly Fact[]>((all, unit) => {
    const fact =
      unit.status === 'denied'
        ? deniedFact(unit, all, knowledge)
        : all.find((one) => isSameFact(unit, one, knowledge));
    if (!fact) return unit.contrary ? all : [...all, newFact(unit)];
    return all.map((one) => (one === fact ? withUnit(one, unit, knowledge) : one));
  }, []);
  return withKnownIds(facts.toSorted(leadFirst), known).map((fact) => withDestinations(fact, knowledge));
}
