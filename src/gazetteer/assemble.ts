import { placeId, type PlaceId } from '../model/ids.ts';
import type { Place } from '../model/place.ts';
import type { Spellings } from './fold.ts';
import { isSettlement, type GazetteerRow } from './row.ts';

/** A place with what only the gazetteer itself needs. */
export interface Entry {
  readonly place: Place;
  readonly curated: boolean;
  /** How likely a report means this one, all else unknown: 0 (a hamlet) to about 14 (a country). */
  readonly weight: number;
}

/** An entry with what the index of names is made of. */
export interface NamedEntry extends Entry {
  readonly names: readonly string[];
  /** Names of the place that it is called after: its own when a kind word follows ("Hama airbase", "Raqqa dam"). */
  readonly borrowed: readonly string[];
  readonly demonyms: readonly string[];
}

/** Two entries of one name nearer than this (degrees, about 10 km) are one place. */
const SAME_PLACE = 0.1;

const KIND_WEIGHT: Readonly<Partial<Record<Place['kind'], number>>> = {
  country: 14,
  governorate: 9,
  city: 4,
  region: 5,
  river: 5,
  town: 2.5,
  island: 2.5,
  airbase: 3,
  base: 2,
  camp: 4.6,
  dam: 2.5,
  crossing: 2.5,
  oil_field: 2,
  district: 1.5,
  subdistrict: 0.5,
  mountain: 2,
  quarter: 2,
  road: 2,
  site: 1.5,
  village: 1,
};

function weightOf(row: GazetteerRow): number {
  const size = Math.log10(Math.max(row.population ?? 0, 1000)) - 3;
  const seat = row.seat === 'country' ? 4 : row.seat === 'governorate' ? 1 : 0;
  return (KIND_WEIGHT[row.kind] ?? 1) + size + seat + (row.curated ? 2 : 0);
}

/** Before an id among the variants: the place bears that place's names too, with a kind word. */
const CALLED_AFTER = '@';

const ownNames = (row: GazetteerRow): string[] => [
  row.name,
  ...(row.nameAr === undefined ? [] : [row.nameAr]),
  ...row.variants.filter((variant) => !variant.startsWith(CALLED_AFTER)),
];

/** Key of the first-level unit that GeoNames' code names. */
const admin1Key = (row: GazetteerRow): string => `${row.country}.${row.admin1 ?? ''}`;

/** Curated rows with what the base knows of the same place, and the base rows that remain. */
function overlay(rows: readonly GazetteerRow[], spellings: Spellings): GazetteerRow[] {
  const byGeonames = new Map<number, GazetteerRow>();
  const byName = new Map<string, GazetteerRow[]>();
  const nameKeys = (row: GazetteerRow): string[] => [
    ...new Set(ownNames(row).map((name) => `${row.country}.${spellings.of(name).folded}`)),
  ];
  const curated = rows.filter((row) => row.curated);
  const tabled = new Set(curated.filter((row) => row.kind !== 'country').map((row) => row.country));
  for (const row of curated) {
    if (row.geonames !== undefined) byGeonames.set(row.geonames, row);
    if (isSettlement(row.kind) || row.kind === 'quarter' || row.kind === 'camp')
      for (const key of nameKeys(row)) byName.set(key, [...(byName.get(key) ?? []), row]);
  }
  const near = (a: GazetteerRow, b: GazetteerRow): boolean =>
    a.lat === undefined ||
    (Math.abs(a.lat - (b.lat ?? 0)) < SAME_PLACE &&
      Math.abs((a.lon ?? 0) - (b.lon ?? 0)) < SAME_PLACE / Math.cos((a.lat * Math.PI) / 180));
  const better = new Map<string, GazetteerRow>();
  const left: GazetteerRow[] = [];
  for (const row of rows) {
    if (row.curated) continue;
    if (!tabled.has(row.country)) {
      left.push(row);
      continue;
    }
    const twin =
      (row.geonames === undefined ? undefined : byGeonames.get(row.geonames)) ??
      byName
        .get(`${row.country}.${spellings.of(row.name).folded}`)
        ?.find((candidate) => near(candidate, row));
    if (twin === undefined) {
      left.push(row);
      continue;
    }
    const known = better.get(twin.id) ?? twin;
    better.set(twin.id, {
      ...known,
      ...(known.lat === undefined &&
        row.lat !== undefined &&
        row.lon !== undefined && { lat: row.lat, lon: row.lon }),
      ...(known.population === undefined && row.population !== undefined && { population: row.population }),
      ...(known.seat === undefined && row.seat !== undefined && { seat: row.seat }),
    });
  }
  return [...curated.map((row) => better.get(row.id) ?? row), ...left];
}

const NONE: readonly string[] = [];

const placeOf = (row: GazetteerRow, within: readonly PlaceId[]): Place => ({
  id: placeId(row.id),
  name: row.name,
  ...(row.nameAr !== undefined && { nameAr: row.nameAr }),
  kind: row.kind,
  country: row.country,
  ...(row.lat !== undefined && row.lon !== undefined && { lat: row.lat, lon: row.lon }),
  within,
  ...(row.pcode !== undefined && { pcode: row.pcode }),
  ...(row.population !== undefined && { population: row.population }),
  ...(row.seat === 'country' && isSettlement(row.kind) && { capital: true as const }),
});

/** Puts the hierarchy together. A parent that does not exist counts as the country; `checkRows` tells of it. */
export function assemble(rows: readonly GazetteerRow[], spellings: Spellings): NamedEntry[] {
  const merged = overlay(rows, spellings);
  const byId = new Map(merged.map((row) => [row.id, row]));
  const units = new Map(
    merged
      .filter((row) => row.kind === 'governorate' && row.admin1 !== undefined)
      .map((row) => [admin1Key(row), row.id]),
  );
  const parentOf = (row: GazetteerRow): string | undefined => {
    if (row.kind === 'country') return undefined;
    if (row.parent !== undefined && byId.has(row.parent)) return row.parent;
    const unit = row.admin1 === undefined ? undefined : units.get(admin1Key(row));
    return unit !== undefined && unit !== row.id ? unit : row.country.toLowerCase();
  };
  const chains = new Map<string, readonly PlaceId[]>();
  const chain = (id: string, depth: number): readonly PlaceId[] => {
    const known = chains.get(id);
    if (known !== undefined) return known;
    const row = byId.get(id);
    const parent = row === undefined || depth > 8 ? undefined : parentOf(row);
    const made = parent === undefined ? [] : [placeId(parent), ...chain(parent, depth + 1)];
    chains.set(id, made);
    return made;
  };
  return merged.map((row) => ({
    place: placeOf(row, chain(row.id, 0)),
    names: ownNames(row),
    borrowed:
      row.variants.length === 0
        ? NONE
        : row.variants.flatMap((variant) => {
            const called = variant.startsWith(CALLED_AFTER) ? byId.get(variant.slice(1)) : undefined;
            return called === undefined ? [] : ownNames(called);
          }),
    demonyms: row.demonyms,
    curated: row.curated,
    weight: weightOf(row),
  }));
}
