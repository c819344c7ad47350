import type { PlaceId } from '../model/ids.ts';
import type { Change, Fact, Incident, Update } from '../model/incident.ts';
import { placeKeyOf, type PlaceIndex, type PlaceKind, type PlaceRef } from '../model/place.ts';

/** Wide enough that naming it leads nobody to a convoy; the nearest of these is told. */
const WIDE: ReadonlySet<PlaceKind> = new Set(['district', 'governorate', 'country']);

/** The district that a place lies in, else what is wider. A place that nothing is known to hold is not named at all. */
function widened(place: PlaceRef, places: PlaceIndex): readonly PlaceRef[] {
  if (place.kind !== undefined && WIDE.has(place.kind)) return [place];
  const found = place.within
    .map((id: PlaceId) => places.get(id))
    .find((one) => one !== undefined && WIDE.has(one.kind));
  if (!found) return [];
  const { id, name, kind, within } = found;
  return [{ key: placeKeyOf(id), id, name, kind, within }];
}

const allWidened = (refs: readonly PlaceRef[], places: PlaceIndex): readonly PlaceRef[] => [
  ...new Map(refs.flatMap((ref) => widened(ref, places)).map((ref) => [ref.key, ref])).values(),
];

/** By its district, without way, destination, time, and without the words of the reports, which name them. */
function coarseFact(fact: Fact, places: PlaceIndex): Fact {
  const { date: _, datePrecision: __, dateAtLatest: ___, ...rest } = fact;
  return {
    ...rest,
    part: false,
    places: allWidened(fact.places, places),
    toPlaces: [],
    viaPlaces: [],
    claims: fact.claims.map(({ quote: ___, ...claim }) => claim),
  };
}

/** The whole of it: what one fact leaves out, another of the same happening would tell. */
export const coarseIncident = (incident: Incident, places: PlaceIndex): Incident => ({
  ...incident,
  facts: incident.facts.map((fact) => coarseFact(fact, places)),
  accounts: [],
  ...(incident.withdrawn && { withdrawn: incident.withdrawn.map((fact) => coarseFact(fact, places)) }),
});

function coarseChange(change: Change, places: PlaceIndex): readonly Change[] {
  switch (change.kind) {
    case 'place':
    case 'place_gone':
      return [{ ...change, places: allWidened(change.places, places) }];
    case 'destination':
      return [];
    case 'gone':
      return [{ ...change, was: coarseFact(change.was, places) }];
    case 'merged':
    case 'absorbed':
    case 'parted':
    case 'resumed':
      return [{ ...change, lead: coarseFact(change.lead, places) }];
    default:
      return [change];
  }
}

export const coarseUpdate = (update: Update, places: PlaceIndex): Update => ({
  ...update,
  changes: update.changes.flatMap((change) => coarseChange(change, places)),
  // A person's own words may name what is held back.
  ...(update.ruling && { ruling: { ...update.ruling, reason: '' } }),
});
