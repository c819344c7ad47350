import type { PlaceKind } from '../../model/place.ts';
import type { ImportRecord, Rejection } from './record.ts';

/**
 * GeoNames feature codes that the gazetteer has a kind for (https://www.geonames.org/export/codes.html). Populated places
 * are told apart by size in `kindOf`.
 */
const KINDS: Readonly<Record<string, PlaceKind>> = {
  ADM1: 'governorate',
  ADM2: 'district',
  ADM3: 'subdistrict',
  CMPRF: 'camp',
  PPLX: 'quarter',
  AIRB: 'airbase',
  AIRP: 'airbase',
  INSM: 'base',
  CSTM: 'crossing',
  DAM: 'dam',
  OILF: 'oil_field',
  GASF: 'oil_field',
  OILR: 'site',
  PRN: 'site',
  RGN: 'region',
  DSRT: 'region',
  PLN: 'region',
  STM: 'river',
  LK: 'river',
  RSV: 'river',
  MT: 'mountain',
  MTS: 'mountain',
  HLL: 'mountain',
  HLLS: 'mountain',
  ISL: 'island',
};
/** Places that are no more, and destroyed or historical ones. */
const GONE = new Set(['PPLQ', 'PPLH', 'PPLW', 'PPLCH']);
const COLUMNS = 19;
const CITY = 100_000;
const TOWN = 5_000;

function kindOf(featureClass: string, code: string, population: number): PlaceKind | undefined {
  const own = Object.hasOwn(KINDS, code) ? KINDS[code] : undefined;
  if (own !== undefined || featureClass !== 'P') return own;
  if (code === 'PPLC' || code === 'PPLA' || population >= CITY) return 'city';
  return population >= TOWN || /^PPLA[2-5]$/.test(code) ? 'town' : 'village';
}

/** One line of `XX.txt` or `allCountries.txt` (GeoNames' readme: 19 tab-separated columns). */
export function parseDumpLine(line: string): ImportRecord | Rejection {
  const cells = line.split('\t');
  if (cells.length !== COLUMNS) return { reason: `not ${COLUMNS} columns, as a GeoNames dump has` };
  const [id = '', name = '', ascii = '', , latitude = '', longitude = '', featureClass = '', code = ''] =
    cells;
  const [country = '', , admin1 = '', admin2 = '', , , population = ''] = cells.slice(8);
  const lat = Number(latitude);
  const lon = Number(longitude);
  if (!/^\d+$/.test(id)) return { reason: 'the first column is no GeoNames id' };
  if (name === '') return { reason: 'no name' };
  if (!/^[A-Z]{2}$/.test(country)) return { reason: 'no country' };
  if (latitude === '' || !(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180))
    return { reason: 'no position on the globe' };
  if (GONE.has(code)) return { reason: `a place that is no more (${code})` };
  const kind = kindOf(featureClass, code, Number(population));
  if (kind === undefined) return { reason: 'a feature that reports are not read for' };
  return {
    country,
    name,
    kind,
    lat,
    lon,
    geonames: Number(id),
    ...(admin1 !== '' && admin1 !== '00' && { admin1 }),
    ...(admin2 !== '' && { admin2 }),
    variants: ascii !== '' && ascii !== name ? [ascii] : [],
  };
}

/** One line of `admin1CodesASCII.txt`: "IQ.07", the unit's name, the same in ASCII, its GeoNames id. */
export function parseUnitLine(line: string): ImportRecord | Rejection {
  const [code = '', name = '', ascii = '', id = ''] = line.split('\t');
  const [, country = '', admin1 = ''] = /^([A-Z]{2})\.(.+)$/.exec(code) ?? [];
  if (country === '' || name === '' || !/^\d+$/.test(id))
    return { reason: 'no code, name and id of a unit, as admin1CodesASCII.txt has them' };
  return {
    country,
    name,
    kind: 'governorate',
    geonames: Number(id),
    admin1,
    variants: ascii !== '' && ascii !== name ? [ascii] : [],
  };
}

/** One line of `alternateNamesV2.txt`: a name of a place in a language. */
export interface AlternateName {
  readonly geonames: number;
  readonly name: string;
  readonly language: string;
  readonly preferred: boolean;
}

/** Languages whose names reports in English or Arabic use. '' is a name of no stated language. */
const LANGUAGES = new Set(['', 'en', 'ar', 'ku', 'tr', 'fr', 'uk', 'ru', 'fa', 'so', 'ti', 'my']);

/** `undefined` for what is no name (links, codes), is historic, or is in a language that is not read. */
export function parseAlternateLine(line: string): AlternateName | Rejection | undefined {
  const [, id = '', language = '', name = '', preferred = '', , , historic = ''] = line.split('\t');
  if (!/^\d+$/.test(id) || name === '') return { reason: 'no alternate name as alternateNamesV2 has them' };
  if (!LANGUAGES.has(language) || historic === '1') return undefined;
  return { geonames: Number(id), name, language, preferred: preferred === '1' };
}
