import type { Fact, Incident, Reason } from '../model/incident.ts';
import type { StatementType } from '../model/statement.ts';
import type { Day } from '../model/time.ts';
import { ascending } from './id.ts';
import { factDay, gapDays } from './days.ts';
import { reason } from './reasons.ts';
import { closest, isCity, isQuarter, relation, type Relation } from './relation.ts';
import { compared } from './sides.ts';
import type { Knowledge } from './types.ts';
import type { Unit } from './unit.ts';

/** From here on a report belongs to an incident; from `MAYBE` on it opens its own, linked as maybe the same. */
const JOIN = 0.7;
const MAYBE = 0.55;

/**
 * What likeness is made of; sums to 1. Place and actors decide: the same place with the other side's people, or the same
 * people at another place, does not reach `JOIN`.
 */
const WEIGHTS = { place: 0.35, actors: 0.35, date: 0.2, type: 0.1 } as const;

const PLACE: Readonly<Record<Relation, number>> = {
  same: 1,
  inside: 0.8,
  neighbours: 0.6,
  wide: 0.1,
  country: 0,
  near: 0.1,
  apart: 0,
};
const ACTORS = { same: 1, unknown: 0.6, different: 0 } as const;

/** Days beyond which two reports are not on one happening: a deal and its departures run for long, a capture does not. */
const WINDOW = { ground: 7, movement: 14 } as const;

const dateScore = (gap: number): number => (gap <= 1 ? 1 : gap <= 3 ? 0.8 : gap <= 7 ? 0.6 : 0.4);

/** Kinds of movement that a deal brings about, and the deal; flight and return are happenings of their own. */
const ARRANGED: ReadonlySet<StatementType> = new Set(['agreement', 'evacuation', 'withdrawal', 'aid_access']);

function typeScore(a: StatementType, b: StatementType): number {
  if (a === b || (ARRANGED.has(a) && ARRANGED.has(b))) return 1;
  const both = new Set([a, b]);
  if (both.has('agreement') || (both.has('evacuation') && both.has('displacement'))) return 0.6;
  return both.has('displacement') || both.has('return') ? 0 : 1;
}

function placeScore(unit: Unit, fact: Fact, { places }: Knowledge): number {
  if (unit.places.length === 0 || fact.places.length === 0)
    return closest([...unit.places, ...unit.toPlaces], [...fact.places, ...fact.toPlaces], places) === 'same'
      ? 0.8
      : 0;
  const relationship = closest(unit.places, fact.places, places);
  return unit.family === 'ground' ? groundScore(unit, fact, relationship) : PLACE[relationship];
}

/** Ground is taken place by place: only a town and its quarters, or its quarters among each other, are one happening. */
function groundScore(unit: Unit, fact: Fact, relationship: Relation): number {
  if (relationship === 'same' || relationship === 'neighbours') return PLACE[relationship];
  if (relationship !== 'inside') return 0;
  const ends = [...unit.places, ...fact.places];
  return ends.some(isQuarter) && ends.some((place) => isCity(place)) ? PLACE.inside : 0;
}

function actorScore(unit: Unit, fact: Fact, { actors }: Knowledge): number | 'opposed' {
  const { to = [], from = [], parties = [] } = unit.statement;
  if (unit.family === 'ground') {
    const gaining = compared(to, fact.to, actors);
    if (gaining === 'different') return 'opposed';
    if (gaining === 'same') return ACTORS.same;
    // "Rebels lost X" after "rebels took X" is the next happening.
    if (to.length === 0 && compared(from, fact.to, actors) === 'same') return 'opposed';
    return ACTORS[compared(from, fact.from, actors) === 'same' ? 'same' : 'unknown'];
  }
  return ACTORS[compared([...from, ...parties, ...to], [...fact.from, ...fact.parties, ...fact.to], actors)];
}

/** How like a unit is to a fact, 0 … 1; 0 when something rules it out. */
function likeness(unit: Unit, fact: Fact, knowledge: Knowledge): number {
  const gap = gapDays(unit.dated.day, factDay(fact).day);
  if (gap > WINDOW[unit.family]) return 0;
  const place = placeScore(unit, fact, knowledge);
  const actors = actorScore(unit, fact, knowledge);
  const type = typeScore(unit.statement.type, fact.type);
  if (place === 0 || type === 0 || actors === 'opposed') return 0;
  const score =
    WEIGHTS.place * place + WEIGHTS.actors * actors + WEIGHTS.date * dateScore(gap) + WEIGHTS.type * type;
  return score;
}

/** Two days given for one capture rarely differ by more; further apart it may have been lost in between. */
export const SAME_TAKE_DAYS = 2;

/** A capture dated so far from another of the same side's that it may be a second one. */
function anotherTake(unit: Unit, fact: Fact): boolean {
  const day = factDay(fact);
  return (
    unit.statement.type === 'control' &&
    fact.type === 'control' &&
    unit.statement.status !== 'denied' &&
    unit.dated.exact &&
    day.exact &&
    gapDays(unit.dated.day, day.day) > SAME_TAKE_DAYS
  );
}

const between = (value: Day, a: Day, b: Day, withLast: boolean): boolean => {
  const [first, last] = a < b ? [a, b] : [b, a];
  return value > first && (value < last || (withLast && value === last));
};

/** The other side took the place between the fact and the unit: taken, lost and retaken are three. */
function reversed(unit: Unit, fact: Fact, all: readonly Incident[], { places, actors }: Knowledge): boolean {
  const day = factDay(fact).day;
  return all.some(({ facts }) =>
    facts.some(
      (other) =>
        other.type === 'control' &&
        other.status !== 'denied' &&
        other.places.some((a) => fact.places.some((b) => relation(a, b, places) === 'same')) &&
        compared(other.to, fact.to, actors) === 'different' &&
        between(factDay(other).day, day, unit.dated.day, unit.dated.exact),
    ),
  );
}

interface Match {
  readonly incident: Incident;
  readonly score: number;
  readonly days: number;
  readonly place: string;
}

function matchOf(unit: Unit, incident: Incident, all: readonly Incident[], knowledge: Knowledge): Match {
  const scored = incident.facts.map((fact) => {
    const raw = likeness(unit, fact, knowledge);
    const ruledOut = raw > 0 && unit.family === 'ground' && reversed(unit, fact, all, knowledge);
    const score = ruledOut ? 0 : anotherTake(unit, fact) ? Math.min(raw, JOIN - 0.01) : raw;
    return { score, days: gapDays(unit.dated.day, factDay(fact).day), place: fact.places[0]?.name ?? '' };
  });
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a), { score: 0, days: 0, place: '' });
  // One capture of the same place that may be another one rules out joining by the incident's other facts.
  const score = incident.facts.some((fact) => anotherTake(unit, fact))
    ? Math.min(best.score, JOIN - 0.01)
    : best.score;
  return { incident, ...best, score };
}

/** Where what belongs together in one report goes, and why. */
export type Verdict =
  | { readonly kind: 'join'; readonly incident: Incident; readonly reason: Reason }
  | { readonly kind: 'open'; readonly maybe?: Incident; readonly reason: Reason };

/** Scores every candidate by its likest unit; ties go to the newest incident. */
export function decide(
  units: readonly Unit[],
  candidates: readonly Incident[],
  knowledge: Knowledge,
): Verdict {
  const matches = candidates
    .flatMap((incident) => units.map((unit) => ({ unit, incident })))
    .filter(({ unit, incident }) => unit.family === incident.family)
    .map(({ unit, incident }) => matchOf(unit, incident, candidates, knowledge))
    .sort(
      (a, b) =>
        b.score - a.score ||
        ascending(b.incident.lastActivity, a.incident.lastActivity) ||
        (a.incident.id < b.incident.id ? -1 : 1),
    );
  const [best] = matches;
  const place = units[0]?.places[0]?.name ?? units[0]?.toPlaces[0]?.name ?? '';
  if (!best || best.score < MAYBE) return { kind: 'open', reason: reason('match.open', { place }) };
  const values = { place: best.place, days: best.days, score: Math.round(best.score * 100) / 100 };
  return best.score >= JOIN
    ? { kind: 'join', incident: best.incident, reason: reason('match.join', values) }
    : { kind: 'open', maybe: best.incident, reason: reason('match.maybe', values) };
}
