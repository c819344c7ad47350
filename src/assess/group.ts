import { gapDays } from './days.ts';
import { closest, holds, isCity, isQuarter, isWide } from './relation.ts';
import { compared } from './sides.ts';
import type { Knowledge } from './types.ts';
import type { Unit } from './unit.ts';

/** Movements and deals that one report tells together may lie further apart in time than ground changing hands. */
const TOGETHER_DAYS = { ground: 3, movement: 14 } as const;

const movers = ({ statement: { from = [], parties = [], to = [] } }: Unit) => [...from, ...parties, ...to];

/** A deal and what it brings, or its denial: one report tells them as one story even of places that only lie near each other. */
function movementTied(a: Unit, b: Unit, { places, actors }: Knowledge): boolean {
  const relation = closest(a.places, b.places, places);
  if (relation === 'same' || relation === 'inside' || relation === 'neighbours') return true;
  const deal = a.statement.type === 'agreement' || b.statement.type === 'agreement';
  const who = compared(movers(a), movers(b), actors);
  // "Southern Damascus" may stand for its quarters; the governorate as a whole does not.
  const partly = a.statement.part === true || b.statement.part === true;
  if (relation === 'wide') return who === 'same' || (deal && partly && who === 'unknown');
  return (relation === 'near' || relation === 'country') && deal && who === 'same';
}

function groundTied(a: Unit, b: Unit, { places, actors }: Knowledge): boolean {
  const [one] = a.places;
  const [other] = b.places;
  if (!one || !other || compared(a.statement.to ?? [], b.statement.to ?? [], actors) === 'different')
    return false;
  if (
    a.statement.to === undefined &&
    compared(a.statement.from ?? [], b.statement.to ?? [], actors) === 'same'
  )
    return false;
  if (
    b.statement.to === undefined &&
    compared(b.statement.from ?? [], a.statement.to ?? [], actors) === 'same'
  )
    return false;
  const relation = closest([one], [other], places);
  if (relation === 'same' || relation === 'neighbours') return true;
  const ends = [one, other];
  return relation === 'inside' && ends.some(isQuarter) && ends.some(isCity);
}

const tied = (a: Unit, b: Unit, knowledge: Knowledge): boolean =>
  a.family === b.family &&
  gapDays(a.dated.day, b.dated.day) <= TOGETHER_DAYS[a.family] &&
  (a.family === 'ground' ? groundTied(a, b, knowledge) : movementTied(a, b, knowledge));

/** Groups of what is tied, directly or through others, in text order. */
function clusters(units: readonly Unit[], knowledge: Knowledge): readonly (readonly Unit[])[] {
  return units.reduce<readonly (readonly Unit[])[]>((groups, unit) => {
    const touched = groups.filter((group) => group.some((other) => tied(unit, other, knowledge)));
    return [...groups.filter((group) => !touched.includes(group)), [...touched.flat(), unit]];
  }, []);
}

/** Ground made somewhere in a wide area, no more being said. */
const isVague = (group: readonly Unit[]): boolean =>
  group.every(({ statement, places }) => statement.type === 'advance' && places.every(isWide));

/** The advance on a pocket in the province belongs to the village that the same side took there. */
function hostOf(
  group: readonly Unit[],
  all: readonly (readonly Unit[])[],
  { places, actors }: Knowledge,
): readonly Unit[] | undefined {
  return all.find((other) =>
    other.some(
      (taken) =>
        taken.statement.type === 'control' &&
        taken.statement.status !== 'denied' &&
        group.some(
          (unit) =>
            unit.places.some((wide) => taken.places.some((place) => holds(wide, place, places))) &&
            compared(unit.statement.to ?? [], taken.statement.to ?? [], actors) === 'same',
        ),
    ),
  );
}

/** What one report tells of one happening each: units of one group go to one incident. */
export function groupsOf(units: readonly Unit[], knowledge: Knowledge): readonly (readonly Unit[])[] {
  const all = clusters(units, knowledge);
  const precise = all.filter((group) => group[0]?.family !== 'ground' || !isVague(group));
  const vague = all.filter((group) => !precise.includes(group));
  const hosts = new Map(vague.map((group) => [group, hostOf(group, precise, knowledge)]));
  return [
    ...precise.map((group) => [...group, ...vague.filter((guest) => hosts.get(guest) === group).flat()]),
    ...vague.filter((group) => hosts.get(group) === undefined),
  ];
}
