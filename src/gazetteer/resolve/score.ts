import type { Place } from '../../model/place.ts';
import type { Entry } from '../assemble.ts';
import type { Bearer } from '../names.ts';
import type { Evidence } from './evidence.ts';
import type { Frame } from './frame.ts';

/** What a candidate is judged by. */
export interface Setting {
  readonly evidence: Evidence;
  readonly frame: Frame;
  readonly stripped: boolean;
  /** A hospital, a street or the like bears the name. */
  readonly calledAfter: boolean;
  /** A locative preposition stands before the phrase. */
  readonly preposition: boolean;
  /** Places that the words right beside it name. */
  readonly beside: readonly Place[];
  /** What the place's distance to the report's other places is worth (`worthOfDistance`). */
  readonly distance: (place: Place) => number;
}

export const ACCEPT = 3;
/** What it costs that a hospital or street bears the name: only the well-known remain. */
const CALLED_AFTER = -4;

/** Great-circle distance in km (haversine, mean radius 6371 km). */
function distanceKm(a: Place, b: Place): number | undefined {
  if (a.lat === undefined || a.lon === undefined || b.lat === undefined || b.lon === undefined)
    return undefined;
  const rad = Math.PI / 180;
  const dLat = (b.lat - a.lat) * rad;
  const dLon = (b.lon - a.lon) * rad;
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(dLon / 2) ** 2;
  return 12742 * Math.asin(Math.min(1, Math.sqrt(h)));
}

const holds = (container: Place, place: Place): boolean => place.within.includes(container.id);

/** Alone, without a kind word, a name means the town before the units called after it. */
const PRIOR: Readonly<Partial<Record<Place['kind'], number>>> = {
  country: 6,
  city: 4,
  town: 3.5,
  governorate: 3.5,
  region: 3.5,
  river: 3,
  camp: 3,
  village: 3,
  quarter: 3,
  airbase: 2.5,
  base: 2.5,
  district: 1.5,
  subdistrict: 0.5,
};

function prior(entry: Entry): number {
  const size = Math.log10(Math.max(entry.place.population ?? 0, 1000)) - 3;
  if (entry.curated) return (PRIOR[entry.place.kind] ?? 2.5) + Math.min(1, size / 3);
  // A town of the world in bulk must be big, or be spoken for by its country.
  return size - 1.5 + (entry.weight >= 8 ? 2 : 0);
}

function byCountry(entry: Entry, evidence: Evidence): number {
  const { country, kind } = entry.place;
  if (kind === 'country') return 0;
  if (evidence.empty) return entry.curated ? 0 : entry.weight >= 7 ? 2 : -1;
  const share = evidence.share(country);
  if (share > 0) return evidence.named(country) ? 1 + 3 * Math.sqrt(share) : 2.5 * Math.sqrt(share);
  if (!entry.curated) return entry.weight >= 8.5 ? 0 : -4;
  if (evidence.near(country)) return entry.weight < 6 ? -4 : -1.5;
  // Of another war's places only its cities are named in passing: "Yarmouk camp" in Tripoli is not the one in Damascus.
  return kind === 'city' && entry.weight >= 6 ? -3.5 : -6;
}

function byKind(place: Place, frame: Frame): number {
  if (frame.around || (frame.holds && frame.kinds === undefined)) return place.kind === 'governorate' ? 3 : 0;
  if (frame.kinds === undefined) return 0;
  const rank = frame.kinds.indexOf(place.kind);
  return rank === 0 ? 3 : rank > 0 ? 2.5 : frame.plural ? -0.5 : -2;
}

function byNeighbours(place: Place, setting: Setting): number {
  let best = 0;
  for (const other of setting.beside) {
    // Twins ("Homs" the city, "Homs" the governorate) do not speak for each other.
    if (other.name === place.name) continue;
    if (holds(other, place))
      best = Math.max(best, other.kind === 'country' ? 2 : other.kind === 'city' ? 4.5 : 4);
    else if (holds(place, other)) best = Math.max(best, 0.5);
  }
  return best;
}

/** Near the report's other places or in one of them: for it; far from all: against it. */
export function worthOfDistance(place: Place, others: readonly Place[]): number {
  if (place.kind === 'governorate' || place.kind === 'country') return 0;
  let nearest = Infinity;
  let inside = false;
  for (const other of others) {
    if (other.name === place.name || other.kind === 'country') continue;
    if (holds(other, place) && other.kind !== 'governorate') inside = true;
    if (other.kind === 'governorate' || other.kind === 'region') continue;
    nearest = Math.min(nearest, distanceKm(place, other) ?? Infinity);
  }
  if (inside || nearest < 15) return 1.5;
  if (nearest < 50) return 1;
  if (nearest < 150) return 0.4;
  return nearest === Infinity ? 0 : nearest > 800 ? -2 : -0.3;
}

/** How well a bearer of the name fits its setting; `ACCEPT` and more is good enough to be the place. */
export function scoreOf(bearer: Bearer, setting: Setting): number {
  const { entry, exact, distance, borrowed } = bearer;
  if (borrowed && setting.frame.kinds?.includes(entry.place.kind) !== true) return -Infinity;
  const { evidence } = setting;
  const foreign = !evidence.empty && evidence.share(entry.place.country) === 0;
  // Abroad nothing is guessed at: the name is written as it should be, or it is another.
  // With nothing to go by, neither: "Cabo" is no Syrian village.
  if (evidence.empty && !exact && setting.frame.kinds === undefined) return -Infinity;
  if (foreign && (!exact || (setting.stripped && entry.place.kind !== 'country'))) return -Infinity;
  return (
    (setting.calledAfter ? CALLED_AFTER : 0) +
    prior(entry) +
    byCountry(entry, setting.evidence) +
    byKind(entry.place, setting.frame) +
    byNeighbours(entry.place, setting) +
    setting.distance(entry.place) +
    (exact ? 0 : -0.3 - 0.6 * distance) +
    (setting.stripped ? -0.5 : 0) +
    (setting.preposition ? 0.5 : entry.curated ? 0 : -2.5)
  );
}
