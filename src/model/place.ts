import type { PlaceId } from './ids.ts';

/**
 * What a place is. `governorate`, `district` and `subdistrict` stand for the first, second and third administrative
 * level of any country. A `region` (the Badiya, Eastern Ghouta, the Donbas) is never shown as a pin.
 */
export type PlaceKind =
  | 'country'
  | 'governorate'
  | 'district'
  | 'subdistrict'
  | 'city'
  | 'town'
  | 'village'
  | 'camp'
  | 'quarter'
  | 'road'
  | 'crossing'
  | 'base'
  | 'airbase'
  | 'dam'
  | 'oil_field'
  | 'site'
  | 'region'
  | 'river'
  | 'mountain'
  | 'island';

/**
 * How exact a position is, as ACLED codes it (ACLED codebook, "Geo-precision"): 1 the named place itself, 2 a part
 * of a region or the vicinity of a known place, 3 a larger region or province.
 */
export type GeoPrecision = 1 | 2 | 3;

/** One gazetteer entry. */
export interface Place {
  readonly id: PlaceId;
  /** The usual English name, as alerts show it. */
  readonly name: string;
  readonly nameAr?: string;
  readonly kind: PlaceKind;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** WGS 84 degrees. Regions may have none. */
  readonly lat?: number;
  readonly lon?: number;
  /** What it lies in, nearest first, the country last. */
  readonly within: readonly PlaceId[];
  /** OCHA p-code. */
  readonly pcode?: string;
  readonly population?: number;
  /** The seat of its country's government. */
  readonly capital?: true;
}

/** What pure code asks of the gazetteer about places that it already has ids of. */
export interface PlaceIndex {
  get(id: PlaceId): Place | undefined;
  /** Does `container` hold `id`, at any depth? A place holds itself. */
  contains(container: PlaceId, id: PlaceId): boolean;
}

/** A place as a report names it. No `id`: nothing in the gazetteer fits; `within` then says where it must lie. */
export interface PlaceMention {
  /** The words of the report. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly id?: PlaceId;
  readonly name?: string;
  readonly kind?: PlaceKind;
  readonly lat?: number;
  readonly lon?: number;
  readonly precision: GeoPrecision;
  readonly country?: string;
  /** Name of the first-level administrative unit. */
  readonly admin1?: string;
  /** The smallest containing place that is known, of a place without `id`. */
  readonly within?: PlaceId;
}

declare const keyBrand: unique symbol;
/** Identifies a place in incidents and the ledger: a gazetteer id, or `~container/name` for a provisional place. */
export type PlaceKey = string & { readonly [keyBrand]: true };

/** A place as incidents and the ledger hold it. */
export interface PlaceRef {
  readonly key: PlaceKey;
  readonly id?: PlaceId;
  readonly name: string;
  readonly kind?: PlaceKind;
  readonly lat?: number;
  readonly lon?: number;
  /** What it lies in, nearest first, the country last. */
  readonly within: readonly PlaceId[];
}

const provisionalName = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

export function placeKey(mention: Pick<PlaceMention, 'id' | 'text' | 'within'>): PlaceKey {
  return (mention.id ?? `~${mention.within ?? ''}/${provisionalName(mention.text)}`) as PlaceKey;
}

export const placeKeyOf = (id: PlaceId): PlaceKey => id as string as PlaceKey;

export function placeRef(mention: PlaceMention, index: PlaceIndex): PlaceRef {
  const place = mention.id === undefined ? undefined : index.get(mention.id);
  const container = mention.within === undefined ? undefined : index.get(mention.within);
  const { lat, lon } = mention;
  return {
    key: placeKey(mention),
    ...(mention.id !== undefined && { id: mention.id }),
    name: mention.name ?? mention.text,
    ...(mention.kind !== undefined && { kind: mention.kind }),
    ...(lat !== undefined && lon !== undefined && { lat, lon }),
    within: place?.within ?? (container ? [container.id, ...container.within] : []),
  };
}
