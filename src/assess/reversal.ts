import { placeKeyOf, type PlaceKey } from '../model/place.ts';
import { holds } from './relation.ts';
import { compared } from './sides.ts';
import type { Knowledge } from './types.ts';
import type { Unit } from './unit.ts';

/** Accounts that a place changed hands, by place: what lies between two captures by the other side makes them two. */
export type Reversals = ReadonlyMap<PlaceKey, readonly Unit[]>;

/** A place that is taken in part is fought over; that parts nothing, nor does what is told as history. */
export const isReversal = ({ type, status, part, past }: Unit): boolean =>
  type === 'control' && status === 'happened' && !part && past !== true;

export const reversalsIn = (units: readonly Unit[]): Reversals =>
  Map.groupBy(units.filter(isReversal), ({ places }) => places[0]?.key ?? ('' as PlaceKey));

/** An account without a day of its own, published on the day of the reversal, tells of what was before it. */
const isAfter = ({ day, exact }: Unit, reversal: Unit): boolean =>
  day > reversal.day || (day === reversal.day && exact);

function opposes({ to, from }: Unit, unit: Unit, { actors }: Knowledge): boolean {
  if (compared(to, unit.to, actors) === 'different') return true;
  if (to.length === 0) return compared(from, unit.to, actors) === 'same';
  return unit.to.length === 0 && compared(to, unit.from, actors) === 'same';
}

const concerns = ({ places: [at] }: Unit, { places: [place] }: Unit, { places }: Knowledge): boolean =>
  at !== undefined && place !== undefined && (at.key === place.key || holds(at, place, places));

const onlyClaimed = ({ claims }: Unit): boolean => claims.every(({ stance }) => stance === 'gains');

/** Of two accounts on different sides of a reversal, does the later one say that the place was taken once more? */
const tellsOfLoss = (reversal: Unit, a: Unit, b: Unit): boolean =>
  (isAfter(a, reversal) ? a : b).anew === true;

/**
 * Does the reversal lie between the two? One that is claimed by its winner alone does not part accounts without a day: it may
 * be a contested town's old claim, repeated; unless the later account bears it out.
 */
export function parts(reversal: Unit, a: Unit, b: Unit, knowledge: Knowledge): boolean {
  return (
    isAfter(a, reversal) !== isAfter(b, reversal) &&
    (opposes(reversal, a, knowledge) || opposes(reversal, b, knowledge)) &&
    concerns(reversal, a, knowledge) &&
    concerns(reversal, b, knowledge) &&
    !(onlyClaimed(reversal) && !(a.exact && b.exact) && !tellsOfLoss(reversal, a, b))
  );
}

/** Does any of them lie between the two? */
export function parted(a: Unit, b: Unit, reversals: Reversals, knowledge: Knowledge): boolean {
  if (a.family !== 'ground') return false;
  const around = [a, b].flatMap(({ places: [place] }) =>
    place ? [place.key, ...place.within.map(placeKeyOf)] : [],
  );
  return [...new Set(around)].some((key) =>
    (reversals.get(key) ?? []).some((reversal) => parts(reversal, a, b, knowledge)),
  );
}
