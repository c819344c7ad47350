import type { Change, Claim, Fact } from '../model/incident.ts';
import { factId } from '../model/ids.ts';
import type { PlaceRef } from '../model/place.ts';
import type { Figure, Status } from '../model/statement.ts';
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

function datesFit(unit: Unit, fact: Fact): boolean {
  const day = factDay(fact);
  if (!unit.dated.exact || !day.exact) return true;
  return gapDays(unit.dated.day, day.day) <= (fact.status === 'planned' ? ANNOUNCED_DAYS : SAME_DAYS);
}

const actorsFit = ({ statement }: Unit, fact: Fact, { actors }: Knowledge): boolean =>
  compared(statement.to ?? [], fact.to, actors) !== 'different' &&
  compared(statement.from ?? [], fact.from, actors) !== 'different';

/** Parts of one city are told apart as facts, though they may be one happening; a wide area may stand for the place itself. */
const FITTING: Readonly<Record<Unit['family'], ReadonlySet<Relation>>> = {
  ground: new Set<Relation>(['same', 'inside']),
  movement: new Set<Relation>(['same', 'inside', 'wide']),
};

/** All that one names lies in what the other names: "Yarmouk and Hajar" is not one word more on "Yarmouk and Tadamun". */
function placesFit(unit: Unit, fact: Fact, { places }: Knowledge): boolean {
  if (unit.places.length === 0 || fact.places.length === 0) return true;
  const within = (some: readonly PlaceRef[], others: readonly PlaceRef[]): boolean =>
    some.every((place) => FITTING[unit.family].has(closest([place], others, places)));
  return within(unit.places, fact.places) || within(fact.places, unit.places);
}

/** Is the unit one more word on this fact? Each phase of a deal or a siege is a fact of its own. */
export function isSameFact(unit: Unit, fact: Fact, knowledge: Knowledge): boolean {
  const { type, phase, status, part } = unit.statement;
  if (type !== fact.type || !actorsFit(unit, fact, knowledge)) return false;
  const wholes = unit.family === 'movement' || (part ?? false) === fact.part;
  return (
    phase === fact.phase &&
    wholes &&
    // Fought off and made, on the same front, are two things.
    (unit.family === 'movement' || (status === 'failed') === (fact.status === 'failed')) &&
    placesFit(unit, fact, knowledge) &&
    datesFit(unit, fact)
  );
}

/** What a denial denies: something of its kind there, whatever its phase; the newest first. */
export function deniedFact(unit: Unit, facts: readonly Fact[], knowledge: Knowledge): Fact | undefined {
  const fitting = facts.filter(
    (fact) =>
      fact.type === unit.statement.type &&
      placesFit(unit, fact, knowledge) &&
      actorsFit(unit, fact, knowledge),
  );
  const [best] = [...fitting].sort(
    (a, b) =>
      Number(b.phase === unit.statement.phase) - Number(a.phase === unit.statement.phase) ||
      ascending(factDay(b).day, factDay(a).day),
  );
  return best;
}

export function newFact(unit: Unit): Fact {
  const { statement, places, toPlaces, viaPlaces, claims } = unit;
  const { type, phase, status, part, to = [], from = [], parties = [], date, datePrecision } = statement;
  return {
    id: factId(idOf('f', [statement.id, ...places.map(({ key }) => key)])),
    type,
    ...(phase !== undefined && { phase }),
    status,
    part: part ?? false,
    places,
    toPlaces,
    viaPlaces,
    to,
    from,
    parties,
    ...(date !== undefined && { date }),
    ...(datePrecision !== undefined && { datePrecision }),
    ...standingOf(claims),
    claims,
  };
}

const sameFigure = (a: Figure, b: Figure): boolean =>
  a.low === b.low && a.high === b.high && a.unit === b.unit;

/** The more exact day wins; of two days, the one that was there, unless what was announced has now happened. */
function dateOf(unit: Unit, fact: Fact, step: Status): Pick<Fact, 'date' | 'datePrecision'> {
  const { date, datePrecision } = unit.statement;
  const newer =
    date !== undefined && (fact.date === undefined || date.length > fact.date.length || step !== fact.status);
  const kept = newer ? { date, datePrecision } : { date: fact.date, datePrecision: fact.datePrecision };
  return {
    ...(kept.date !== undefined && { date: kept.date }),
    ...(kept.datePrecision !== undefined && { datePrecision: kept.datePrecision }),
  };
}

const claimKey = (claim: Claim): string => `${claim.statement}|${claim.origin.key}|${claim.stance}`;

/** Claims in the order of their reports, each once: what stands does not depend on which came first. */
const joinedClaims = (a: readonly Claim[], b: readonly Claim[]): readonly Claim[] =>
  [...new Map([...a, ...b].map((claim) => [claimKey(claim), claim])).values()].sort(
    (x, y) => ascending(x.at, y.at) || byText(x.statement, y.statement),
  );

/** Of a place and a part of it, the narrower counts; of two words on one place, a part only if both say so. */
function partOf(unit: Unit, fact: Fact, { places }: Knowledge): boolean {
  const part = unit.statement.part ?? false;
  const relation = closest(unit.places, fact.places, places);
  if (relation === 'same' || unit.places.length === 0) return fact.part && part;
  const wider = unit.places.some((place) => fact.places.some((narrow) => holds(place, narrow, places)));
  return wider ? fact.part : part;
}

/** The fact with one more word on it. A denial changes how sure it is, and nothing else. */
export function withUnit(fact: Fact, unit: Unit, knowledge: Knowledge): Fact {
  const { places } = knowledge;
  const claims = joinedClaims(fact.claims, unit.claims);
  const standing = standingOf(claims);
  if (unit.statement.status === 'denied') return { ...fact, ...standing, claims };
  const { status, to = [], from = [], parties = [] } = unit.statement;
  const step = STEPS[status] > STEPS[fact.status] ? status : fact.status;
  const { date: _date, datePrecision: _precision, ...rest } = fact;
  return {
    ...rest,
    ...dateOf(unit, fact, step),
    status: step,
    part: partOf(unit, fact, knowledge),
    places: joinedPlaces(fact.places, unit.places, places),
    toPlaces: joinedPlaces(fact.toPlaces, unit.toPlaces, places),
    viaPlaces: joinedPlaces(fact.viaPlaces, unit.viaPlaces, places),
    to: joinedActors(fact.to, to),
    from: joinedActors(fact.from, from),
    parties: joinedActors(fact.parties, parties),
    ...standing,
    claims,
  };
}

/** Places of `now` that say something that `was` did not: not there, and not around what was there. */
const added = (
  was: readonly PlaceRef[],
  now: readonly PlaceRef[],
  { places }: Knowledge,
): readonly PlaceRef[] =>
  now.filter((place) => !was.some((one) => one.key === place.key || holds(place, one, places)));

/** Figures that nobody gave before: of each, what the same origin had said. */
function figureChanges(was: Fact, now: Fact): readonly Change[] {
  const before = was.claims.flatMap((claim) =>
    claim.figures.map((figure) => ({ figure, origin: claim.origin })),
  );
  const fresh = now.claims.filter((claim) => !was.claims.some((old) => claimKey(old) === claimKey(claim)));
  return fresh.flatMap((claim) =>
    claim.figures
      .filter((figure) => !before.some((old) => sameFigure(old.figure, figure)))
      .map((figure): Change => {
        const own = before.findLast(
          (old) => old.origin.key === claim.origin.key && old.figure.unit === figure.unit,
        );
        return {
          kind: 'figure',
          fact: now.id,
          origin: claim.origin.name,
          ...(own && { was: own.figure }),
          now: figure,
        };
      }),
  );
}

/** Who denies it that did not before, where that alone is the news: it was contested already. */
function denialChanges(was: Fact, now: Fact): readonly Change[] {
  if (was.standing !== now.standing) return [];
  const known = new Set(
    was.claims.filter(({ stance }) => stance === 'denies').map(({ origin }) => origin.key),
  );
  const fresh = now.claims.filter(({ stance, origin }) => stance === 'denies' && !known.has(origin.key));
  return [...new Set(fresh.map(({ origin }) => origin.name))].map((origin) => ({
    kind: 'denial',
    fact: now.id,
    origin,
  }));
}

/** Whose word the newest of the claims is that were not there before. */
function bringer(was: Fact, now: Fact): string {
  const fresh = now.claims.filter((claim) => !was.claims.some((old) => claimKey(old) === claimKey(claim)));
  return (fresh.at(-1) ?? now.claims.at(-1))?.origin.name ?? '';
}

/** What a reader who knew the fact as it was has to be told. A repetition gives nothing. */
export function factChanges(was: Fact, now: Fact, knowledge: Knowledge): readonly Change[] {
  const places = added(was.places, now.places, knowledge);
  const origin = bringer(was, now);
  const destinations = added(was.toPlaces, now.toPlaces, knowledge);
  return [
    ...(was.standing === now.standing
      ? []
      : [{ kind: 'standing', fact: now.id, was: was.standing, now: now.standing } as const]),
    ...denialChanges(was, now),
    ...(was.status === now.status
      ? []
      : [{ kind: 'status', fact: now.id, was: was.status, now: now.status } as const]),
    ...(places.length > 0 ? [{ kind: 'place', fact: now.id, places, origin } as const] : []),
    ...(destinations.length > 0
      ? [{ kind: 'destination', fact: now.id, places: destinations, origin } as const]
      : []),
    ...figureChanges(was, now),
  ];
}
