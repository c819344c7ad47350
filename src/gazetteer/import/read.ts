import { parseCodHeading, parseCodLine, type CodHeading } from './cod.ts';
import { parseAlternateLine, parseDumpLine, parseUnitLine } from './geonames.ts';
import type { Gathering } from './merge.ts';
import { isRejection, type ImportRecord, type Rejection } from './record.ts';

/** What a file is, by its name: GeoNames' names are fixed, anything else that is a table is taken for a COD-AB one. */
export type ImportFormat = 'geonames-dump' | 'geonames-units' | 'geonames-alternates' | 'cod-ab';

/** `undefined`: no format that is read. */
export function formatOf(fileName: string): ImportFormat | undefined {
  if (/^(?:[A-Z]{2}|allCountries|cities\d+)\.txt$/.test(fileName)) return 'geonames-dump';
  if (/^alternateNames(?:V2)?\.txt$|^alternatenames-[A-Z]{2}\.txt$/i.test(fileName))
    return 'geonames-alternates';
  if (fileName === 'admin1CodesASCII.txt') return 'geonames-units';
  return /\.(?:tsv|csv)$/i.test(fileName) ? 'cod-ab' : undefined;
}

/** Order in which files are read: units before towns, towns before their further names. */
export const READING_ORDER: readonly ImportFormat[] = [
  'cod-ab',
  'geonames-units',
  'geonames-dump',
  'geonames-alternates',
];

/** Takes the lines of one file, in order. */
export type LineReader = (line: string, number: number) => void;

export function readerOf(format: ImportFormat, file: string, gathering: Gathering): LineReader {
  const readers: Record<ImportFormat, () => LineReader> = {
    'geonames-dump': () => recordReader(parseDumpLine, file, gathering),
    'geonames-units': () => recordReader(parseUnitLine, file, gathering),
    'geonames-alternates': () => alternatesReader(file, gathering),
    'cod-ab': () => codReader(file, gathering),
  };
  return readers[format]();
}

/** A file with a place a line. */
const recordReader =
  (parse: (line: string) => ImportRecord | Rejection, file: string, gathering: Gathering): LineReader =>
  (line, number) => {
    if (line === '') return;
    const record = parse(line);
    const refused = isRejection(record) ? record : gathering.add(record);
    if (refused !== undefined) gathering.reject(refused, `${file}:${number}`);
  };

const alternatesReader =
  (file: string, gathering: Gathering): LineReader =>
  (line, number) => {
    if (line === '') return;
    const alternate = parseAlternateLine(line);
    if (alternate === undefined) return;
    if (isRejection(alternate)) gathering.reject(alternate, `${file}:${number}`);
    else gathering.name(alternate);
  };

function codReader(file: string, gathering: Gathering): LineReader {
  let heading: CodHeading | undefined;
  let broken = false;
  return (line, number) => {
    if (line.trim() === '' || broken) return;
    if (heading === undefined) {
      const read = parseCodHeading(line);
      broken = isRejection(read);
      if (isRejection(read)) gathering.reject(read, `${file}:${number}`);
      else heading = read;
      return;
    }
    const records = parseCodLine(line, heading);
    if (isRejection(records)) gathering.reject(records, `${file}:${number}`);
    else
      for (const record of records) {
        const refused = gathering.add(record);
        if (refused !== undefined) gathering.reject(refused, `${file}:${number}`);
      }
  };
}
