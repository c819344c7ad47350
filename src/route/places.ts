import type { PlaceId } from '../model/ids.ts';
import type { Incident, Update } from '../model/incident.ts';
import type { PlaceIndex, PlaceRef } from '../model/place.ts';
import type { Knowledge } from './types.ts';

/** By the gazetteer as it is now; what it does not know lies where the incident says. */
const around = ({ id, within }: PlaceRef, places: PlaceIndex): readonly PlaceId[] =>
  id === undefined ? within : [id, ...(places.get(id)?.within ?? within)];

/** Places whose subscribers an incident concerns: where it happens, where people are taken, and all that contain them. */
export const incidentPlaces = ({ facts }: Incident, { places }: Knowledge): readonly PlaceId[] => [
  ...new Set(
    facts.flatMap((fact) => [...fact.places, ...fact.toPlaces]).flatMap((place) => around(place, places)),
  ),
];

/**
 * Every place id whose subscribers are concerned by the updates. Subscriptions to everywhere are concerned too, whenever
 * there is an update. `incidents`: as they are after the updates.
 */
export function placesOf(
  updates: readonly Update[],
  incidents: readonly Incident[],
  knowledge: Knowledge,
): readonly PlaceId[] {
  const updated = new Set(updates.map(({ incident }) => incident));
  return [
    ...new Set(
      incidents
        .filter(({ id }) => updated.has(id))
        .flatMap((incident) => incidentPlaces(incident, knowledge)),
    ),
  ];
}
