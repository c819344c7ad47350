import type { Fact, Incident } from '../model/incident.ts';
import type { ReportId } from '../model/ids.ts';
import type { Figure } from '../model/statement.ts';
import { closest } from './relation.ts';
import { compared } from './sides.ts';
import type { Knowledge } from './types.ts';
import type { Unit } from './unit.ts';

const same = (a: Figure, b: Figure): boolean => a.low === b.low && a.high === b.high && a.unit === b.unit;

/** The unit says nothing that the fact does not have: no other place, side, speaker or figure, no denial that was not there. */
function repeatsFact(unit: Unit, fact: Fact, { places, actors }: Knowledge): boolean {
  const denies = unit.status === 'denied';
  const figures = fact.claims.flatMap((claim) => claim.figures);
  const relation = closest(unit.places, [...fact.places, ...fact.toPlaces], places);
  return (
    (unit.places.length === 0 || relation === 'same' || relation === 'inside' || relation === 'wide') &&
    compared(unit.to, fact.to, actors) !== 'different' &&
    (!denies || fact.claims.some(({ stance }) => stance === 'denies')) &&
    // Another speaker's word in the same pattern is a word of its own.
    unit.claims.every(
      ({ origin }) =>
        origin.kind === 'outlet' || fact.claims.some((claim) => claim.origin.key === origin.key),
    ) &&
    unit.claims.every((claim) =>
      claim.figures.every((figure) => figures.some((known) => same(known, figure))),
    )
  );
}

/**
 * Does a report whose words are an earlier one's also say the same? Short reports that follow one pattern share most of
 * their words and may yet name another village: such a report is no copy.
 */
export function repeats(
  units: readonly Unit[],
  original: ReportId,
  incidents: readonly Incident[],
  knowledge: Knowledge,
): boolean {
  const known = incidents.filter(({ facts }) =>
    facts.some(({ claims }) => claims.some(({ report }) => report === original)),
  );
  return units.every(
    (unit) =>
      // History is told in one copy and cut from another.
      unit.past === true ||
      known.some(
        ({ family, facts }) =>
          family === unit.family && facts.some((fact) => repeatsFact(unit, fact, knowledge)),
      ),
  );
}
