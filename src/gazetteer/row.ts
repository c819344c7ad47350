import type { PlaceKind } from '../model/place.ts';

/** One entry as the tables hold it, before the hierarchy is put together. */
export interface GazetteerRow {
  readonly id: string;
  /** The usual English name. */
  readonly name: string;
  readonly nameAr?: string;
  readonly kind: PlaceKind;
  /** ISO 3166-1 alpha-2, upper case. */
  readonly country: string;
  /** WGS 84 degrees. */
  readonly lat?: number;
  readonly lon?: number;
  /** Id of the smallest entry that it lies in. Absent: the unit that `admin1` names, else the country. */
  readonly parent?: string;
  /** OCHA p-code. */
  readonly pcode?: string;
  /** GeoNames' code of the first-level unit: of a governorate its own, of a town that of where it lies. */
  readonly admin1?: string;
  /** GeoNames id of the base entry that this row stands in for. */
  readonly geonames?: number;
  readonly population?: number;
  /** Seat of a government or of a first-level unit. */
  readonly seat?: 'country' | 'governorate';
  /** Other names, in any script. */
  readonly variants: readonly string[];
  /** Words for what is from a country ("Syrian"): they speak for the country, and are no place. */
  readonly demonyms: readonly string[];
  /** From a curated table (or the user's own), as against the world's towns in bulk. */
  readonly curated: boolean;
}

export const PLACE_KINDS: readonly PlaceKind[] = [
  'country',
  'governorate',
  'district',
  'subdistrict',
  'city',
  'town',
  'village',
  'camp',
  'quarter',
  'road',
  'crossing',
  'base',
  'airbase',
  'dam',
  'oil_field',
  'site',
  'region',
  'river',
  'mountain',
  'island',
];

/** Kinds that people live in and reports name without a kind word. */
export const isSettlement = (kind: PlaceKind): boolean =>
  kind === 'city' || kind === 'town' || kind === 'village';
