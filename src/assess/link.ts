import type { ActorMention } from '../model/actor.ts';
import type { StatementType } from '../model/statement.ts';
import { contradicts } from './contrary.ts';
import { gapDays } from './days.ts';
import { closest, isCity, isCountry, isQuarter, type Relation } from './relation.ts';
import { compared, overlap } from './sides.ts';
import type { Knowledge } from './types.ts';
import type { Unit } from './unit.ts';

/** From here on two accounts are of one happening; from `MAYBE` on they may be, and the second is told with that remark. */
export const JOIN = 0.7;
export const MAYBE = 0.55;

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

/** Days beyond which two accounts are not of one happening: a deal and its departures run for long, a capture does not. */
const WINDOW = { ground: 7, movement: 14 } as const;

/** A convoy gets through or is turned back within days; the next one is another. */
const CONVOY_DAYS = 3;

/** A siege is lifted, or closed again, long after it was laid. */
const SIEGE_DAYS = 14;

function windowOf(a: Unit, b: Unit): number {
  if (a.type === 'aid_access' && b.type === 'aid_access') return CONVOY_DAYS;
  return a.type === 'siege' && b.type === 'siege' && a.phase !== b.phase ? SIEGE_DAYS : WINDOW[a.family];
}

const dateScore = (gap: number): number => (gap <= 1 ? 1 : gap <= 3 ? 0.8 : gap <= 7 ? 0.6 : 0.4);

/** A deal, and what it brings about. */
const ARRANGED: ReadonlySet<StatementType> = new Set(['agreement', 'evacuation', 'withdrawal']);
const GROUND: ReadonlySet<StatementType> = new Set(['control', 'held', 'advance', 'siege']);

/** Flight, return and aid are happenings of their own; who is evacuated from a fight may be said to flee it. */
function typeScore(a: StatementType, b: StatementType): number {
  const both = [a, b];
  if (a === b || both.every((type) => ARRANGED.has(type)) || both.every((type) => GROUND.has(type))) return 1;
  return both.includes('evacuation') && both.includes('displacement') ? 0.6 : 0;
}

/** What is announced and comes to nothing is announced again: of movers that nobody names, only within days. */
const ANNOUNCED_DAYS = 3;
const isLoosePlan = (a: Unit, b: Unit, gap: number): boolean =>
  gap > ANNOUNCED_DAYS && [a, b].some(({ status }) => status === 'planned');

/** Of a whole country, a truce and a withdrawal are two things. */
const tooWide = (a: Unit, b: Unit): boolean => a.type !== b.type && a.places.every(isCountry);

/**
 * Ground is taken place by place: only a town and its quarters, or its quarters that change hands, are one happening. Attacks
 * on two quarters are not, nor is one that was fought off.
 */
function groundScore(a: Unit, b: Unit, relationship: Relation): number {
  if (relationship === 'same') return PLACE.same;
  if ([a, b].some(({ status }) => status === 'failed')) return 0;
  if (relationship === 'neighbours')
    return [a, b].every(({ type }) => type === 'control') ? PLACE.neighbours : 0;
  if (relationship !== 'inside') return 0;
  const ends = [...a.places, ...b.places];
  return ends.some(isQuarter) && ends.some((place) => isCity(place)) ? PLACE.inside : 0;
}

/** A fight in a quarter and one in its city are one only where the same side is known to win both. */
const isVaguelyInside = (a: Unit, b: Unit, { places }: Knowledge): boolean =>
  a.family === 'ground' && closest(a.places, b.places, places) === 'inside';

function placeScore(a: Unit, b: Unit, { places }: Knowledge): number {
  if (a.places.length === 0 || b.places.length === 0)
    return closest([...a.places, ...a.toPlaces], [...b.places, ...b.toPlaces], places) === 'same' ? 0.8 : 0;
  const relationship = closest(a.places, b.places, places);
  return a.family === 'ground' ? groundScore(a, b, relationship) : PLACE[relationship];
}

interface Sides {
  readonly gains: readonly ActorMention[];
  readonly loses: readonly ActorMention[];
}

/** Who is the better off, as against the other. Two accounts of a siege are compared as they name besieger and besieged. */
function sidesOf({ type, phase, to, from }: Unit, other: StatementType): Sides {
  const lifted = type === 'siege' && other !== 'siege' && (phase === 'broken' || phase === 'eased');
  return lifted ? { gains: from, loses: to } : { gains: to, loses: from };
}

/** What was fought off and what was won are one fight only where the same side is known to have made both. */
const endsOtherwise = (a: Unit, b: Unit, { actors }: Knowledge): boolean =>
  a.family === 'ground' &&
  (a.status === 'failed') !== (b.status === 'failed') &&
  compared(sidesOf(a, b.type).gains, sidesOf(b, a.type).gains, actors) !== 'same';

/** "Rebels lost X" after "rebels took X" is the next happening. */
const lostBy = (loser: Sides, winner: Sides, { actors }: Knowledge): boolean =>
  loser.gains.length === 0 && compared(loser.loses, winner.gains, actors) === 'same';

function groundActors(a: Unit, b: Unit, knowledge: Knowledge): number | 'opposed' {
  const { actors } = knowledge;
  // A siege that is eased or broken is the siege that was imposed, whoever is named for it.
  if (a.type === 'siege' && b.type === 'siege' && a.phase !== b.phase)
    return overlap([...a.to, ...a.from], [...b.to, ...b.from], actors) ? ACTORS.same : ACTORS.unknown;
  const [one, other] = [sidesOf(a, b.type), sidesOf(b, a.type)];
  const gaining = compared(one.gains, other.gains, actors);
  if (gaining === 'different' || lostBy(one, other, knowledge) || lostBy(other, one, knowledge))
    return 'opposed';
  // An account that names both sides as the winner says nothing of which.
  if (overlap(one.gains, other.loses, actors) || overlap(other.gains, one.loses, actors))
    return ACTORS.different;
  return gaining === 'same' ? ACTORS.same : ACTORS[compared(one.loses, other.loses, actors)];
}

const movers = ({ from, parties, to }: Unit): readonly ActorMention[] => [...from, ...parties, ...to];

function actorScore(a: Unit, b: Unit, knowledge: Knowledge): number | 'opposed' {
  if (a.family === 'ground') return groundActors(a, b, knowledge);
  return ACTORS[compared(movers(a), movers(b), knowledge.actors)];
}

const draws = (a: Unit, b: Unit): boolean => a.drawsOn?.includes(b.report) ?? false;

/** What a copy leaves undated is of the day of what it copies. */
export function daysApart(a: Unit, b: Unit): number {
  const dated = a.exact && b.exact;
  return !dated && (draws(a, b) || draws(b, a)) ? 0 : gapDays(a.day, b.day);
}

/** How like two accounts are, 0 … 1; 0 when something rules it out. The same both ways round. */
export function likeness(a: Unit, b: Unit, knowledge: Knowledge): number {
  if (a.family !== b.family || a.past !== b.past || a.guest === true || b.guest === true) return 0;
  if (a.contrary || b.contrary) return contradicts(a, b, knowledge) ? 1 : 0;
  const gap = daysApart(a, b);
  if (gap > windowOf(a, b)) return 0;
  const place = placeScore(a, b, knowledge);
  const type = typeScore(a.type, b.type);
  if (place === 0 || type === 0) return 0;
  const actors = actorScore(a, b, knowledge);
  if (actors === 'opposed' || tooWide(a, b)) return 0;
  const isLoose = isLoosePlan(a, b, gap) || isVaguelyInside(a, b, knowledge);
  if (endsOtherwise(a, b, knowledge) || (actors !== ACTORS.same && isLoose)) return MAYBE;
  return (
    WEIGHTS.place * place + WEIGHTS.actors * actors + WEIGHTS.date * dateScore(gap) + WEIGHTS.type * type
  );
}

export const isTied = (a: Unit, b: Unit): boolean =>
  a.report === b.report && a.tie !== undefined && a.tie === b.tie;

/** Told as one story by one report; or in words that one has from the other. */
const TIED = 3;
const DRAWN = 2;

/** How strong the link of two accounts is: 0 for none, `JOIN` … 1 by likeness, more where texts themselves tell them as one. */
export function linkStrength(a: Unit, b: Unit, knowledge: Knowledge): number {
  if (isTied(a, b)) return TIED;
  const like = likeness(a, b, knowledge);
  if (like < JOIN) return 0;
  return draws(a, b) || draws(b, a) ? DRAWN : like;
}
