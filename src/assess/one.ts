import type { Incident } from '../model/incident.ts';
import type { PlaceIndex, PlaceRef } from '../model/place.ts';
import { gapDays } from './days.ts';
import { closest, type Relation } from './relation.ts';
import { unitsIn } from './unit.ts';

/** A deal and what it brings may lie so far apart; so may a capture and the withdrawal that it was. */
const DAYS = 14;
const THERE: ReadonlySet<Relation> = new Set<Relation>(['same', 'inside', 'neighbours', 'wide']);

const placesIn = ({ facts }: Incident): readonly PlaceRef[] =>
  facts.flatMap((fact) => [...fact.places, ...fact.toPlaces]);

/**
 * May a person tell the two as one? Two captures or two movements wherever they are; a capture and a movement where they are
 * of one place and time: the withdrawal by which a town changed hands.
 */
export function canBeOne(a: Incident, b: Incident, { places }: { readonly places: PlaceIndex }): boolean {
  if (a.family === b.family) return true;
  const days = (incident: Incident) => unitsIn(incident).map(({ day }) => day);
  return (
    THERE.has(closest(placesIn(a), placesIn(b), places)) &&
    days(a).some((one) => days(b).some((other) => gapDays(one, other) <= DAYS))
  );
}
