import type { PlaceIndex, PlaceKind, PlaceRef } from '../model/place.ts';

/**
 * How two places lie to each other. `inside`: one in the other, the outer one no wider than a district. `wide`: one in the
 * other, a governorate. `country`: one in the other, a country. `neighbours`: parts of one city. `near`: in one district.
 */
export type Relation = 'same' | 'inside' | 'neighbours' | 'wide' | 'country' | 'near' | 'apart';

const QUARTERS: ReadonlySet<PlaceKind> = new Set(['quarter', 'camp', 'site', 'base', 'airbase', 'crossing']);
const CITIES: ReadonlySet<PlaceKind> = new Set(['city', 'town', 'camp']);
const DISTRICTS: ReadonlySet<PlaceKind> = new Set(['district', 'subdistrict']);

/** A part of a town: what happens there is a stage of what happens to the town. */
export const isQuarter = ({ kind }: PlaceRef): boolean => kind !== undefined && QUARTERS.has(kind);
export const isCity = ({ kind }: PlaceRef): boolean => kind !== undefined && CITIES.has(kind);
export const isCountry = ({ kind }: PlaceRef): boolean => kind === 'country';
/** So wide that a part of it says nothing of the whole. */
export const isWide = ({ kind }: PlaceRef): boolean =>
  kind === 'country' ||
  kind === 'governorate' ||
  kind === 'region' ||
  (kind !== undefined && DISTRICTS.has(kind));

export const holds = (outer: PlaceRef, inner: PlaceRef, places: PlaceIndex): boolean =>
  outer.id !== undefined &&
  outer.key !== inner.key &&
  (inner.within.includes(outer.id) || (inner.id !== undefined && places.contains(outer.id, inner.id)));

function containment(outer: PlaceRef): Relation {
  if (outer.kind === 'country') return 'country';
  return outer.kind === 'governorate' ? 'wide' : 'inside';
}

/** Something of the given kinds that both lie in. */
const shared = (a: PlaceRef, b: PlaceRef, kinds: ReadonlySet<PlaceKind>, places: PlaceIndex): boolean =>
  a.within.some((id) => {
    const kind = places.get(id)?.kind;
    return kind !== undefined && kinds.has(kind) && b.within.includes(id);
  });

function relation(a: PlaceRef, b: PlaceRef, places: PlaceIndex): Relation {
  if (a.key === b.key) return 'same';
  if (holds(a, b, places)) return containment(a);
  if (holds(b, a, places)) return containment(b);
  if (isQuarter(a) && isQuarter(b) && (a.within[0] === b.within[0] || shared(a, b, CITIES, places)))
    return 'neighbours';
  return shared(a, b, DISTRICTS, places) ? 'near' : 'apart';
}

const ORDER: readonly Relation[] = ['same', 'inside', 'neighbours', 'wide', 'country', 'near', 'apart'];

/** The closest that any place of one is to any of the other. */
export function closest(a: readonly PlaceRef[], b: readonly PlaceRef[], places: PlaceIndex): Relation {
  const ranks = a.flatMap((one) => b.map((other) => ORDER.indexOf(relation(one, other, places))));
  return ORDER[Math.min(...ranks, ORDER.length - 1)] ?? 'apart';
}

/** Both sets in one, each place once; of a place and what it lies in, the narrower. */
export function joinedPlaces(
  a: readonly PlaceRef[],
  b: readonly PlaceRef[],
  places: PlaceIndex,
): readonly PlaceRef[] {
  const all = [...new Map([...b, ...a].map((place) => [place.key, place])).values()];
  const narrow = all.filter((place) => !all.some((other) => holds(place, other, places)));
  const first = a.filter((place) => narrow.some(({ key }) => key === place.key));
  return [...first, ...narrow.filter((place) => !first.some(({ key }) => key === place.key))];
}
