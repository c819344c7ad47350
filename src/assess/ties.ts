import type { StatementType } from '../model/statement.ts';
import { gapDays } from './days.ts';
import { closest, holds, isWide } from './relation.ts';
import { compared } from './sides.ts';
import type { Knowledge } from './types.ts';
import type { Unit } from './unit.ts';

/** Movements and deals that one report tells together may lie so far apart in time. */
const TOGETHER_DAYS = 14;

const movers = ({ from, parties, to }: Unit) => [...from, ...parties, ...to];

/** What a deal brings about; a flight, a return or a convoy is told with a deal, or by itself. */
const ARRANGED: ReadonlySet<StatementType> = new Set(['agreement', 'evacuation', 'withdrawal']);

const belongTogether = (a: Unit, b: Unit): boolean => {
  const both = [a.type, b.type];
  return (
    a.type === b.type ||
    both.includes('agreement') ||
    both.every((type) => ARRANGED.has(type)) ||
    (both.includes('evacuation') && both.includes('displacement'))
  );
};

/** A deal and what it brings, or its denial: one report tells them as one story even of places that only lie near each other. */
function tied(a: Unit, b: Unit, { places, actors }: Knowledge): boolean {
  if (a.past !== b.past || gapDays(a.day, b.day) > TOGETHER_DAYS || !belongTogether(a, b)) return false;
  const relation = closest(a.places, b.places, places);
  if (relation === 'same' || relation === 'inside' || relation === 'neighbours') return true;
  const deal = a.type === 'agreement' || b.type === 'agreement';
  const who = compared(movers(a), movers(b), actors);
  // "Southern Damascus" may stand for its quarters; the governorate as a whole does not.
  if (relation === 'wide') return who === 'same' || (deal && (a.part || b.part) && who === 'unknown');
  return (relation === 'near' || relation === 'country') && deal && who === 'same';
}

/** Groups of what is tied, directly or through others, in text order. */
function clusters(units: readonly Unit[], knowledge: Knowledge): readonly (readonly Unit[])[] {
  return units.reduce<readonly (readonly Unit[])[]>((groups, unit) => {
    const touched = groups.filter((group) => group.some((other) => tied(unit, other, knowledge)));
    return [...groups.filter((group) => !touched.includes(group)), [...touched.flat(), unit]];
  }, []);
}

/** Beside a town that the report names, its province stands for the town. */
const isBroad = ({ places }: Unit): boolean =>
  places.length > 0 && places.every(({ kind }) => kind === 'governorate' || kind === 'country');

/** What a unit is told together with, and whether it belongs there only. */
type Tie = Pick<Unit, 'tie' | 'guest'>;

function movements(units: readonly Unit[], knowledge: Knowledge): readonly (readonly [Unit, Tie])[] {
  return clusters(units, knowledge).flatMap((group, i) => {
    if (group.length === 1) return [];
    const narrow = group.some((unit) => !isBroad(unit));
    const tie = `${group[0]?.report ?? ''}.${i}`;
    return group.map((unit) => [unit, { tie, ...(narrow && isBroad(unit) && { guest: true }) }] as const);
  });
}

/** Ground made somewhere in a wide area, no more being said. */
const isVague = ({ type, places }: Unit): boolean => type === 'advance' && places.every(isWide);

/** The advance on a pocket in the province belongs to the village that the same side took there. */
const isHost = (taken: Unit, vague: Unit, { places, actors }: Knowledge): boolean =>
  taken.type === 'control' &&
  taken.status !== 'denied' &&
  taken.past === vague.past &&
  vague.places.some((wide) => taken.places.some((place) => holds(wide, place, places))) &&
  compared(vague.to, taken.to, actors) === 'same';

function ground(units: readonly Unit[], knowledge: Knowledge): readonly (readonly [Unit, Tie])[] {
  return units.filter(isVague).flatMap((vague) => {
    const host = units.find((unit) => isHost(unit, vague, knowledge));
    if (!host) return [];
    const tie = `${host.statement}.${host.places[0]?.key ?? ''}`;
    return [
      [host, { tie }],
      [vague, { tie, guest: true }],
    ] as const;
  });
}

/** The units of one report, with what it tells as one story tied together. */
export function withTies(units: readonly Unit[], knowledge: Knowledge): readonly Unit[] {
  const of = (wanted: Unit['family']): readonly Unit[] => units.filter(({ family }) => family === wanted);
  const ties = new Map([...ground(of('ground'), knowledge), ...movements(of('movement'), knowledge)]);
  return units.map((unit) => ({ ...unit, ...ties.get(unit) }));
}
