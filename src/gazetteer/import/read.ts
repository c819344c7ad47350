import { parseCodHeading, parseCodLine, type CodHeading } from './cod.ts';
import { parseAlternateLine, parseDumpLine } from './geonames.ts';
import type { Gathering } from './merge.ts';
import { isRejection } from './record.ts';

/** What a file is, by its name: GeoNames' names are fixed, anything else that is a table is taken for a COD-AB one. */
export type ImportFormat = 'geonames-dump' | 'geonames-alternates' | 'cod-ab';

/** `undefined`: no format that is read. */
export function formatOf(fileName: string): ImportFormat | undefined {
  if (/^(?:[A-Z]{2}|allCountries|cities\d+)\.txt$/.test(fileName)) return 'geonames-dump';
  if (/^alternateNames(?:V2)?\.txt$|^alternatenames-[A-Z]{2}\.txt$/i.test(fileName))
    return 'geonames-alternates';
  return /\.(?:tsv|csv)$/i.test(fileName) ? 'cod-ab' : undefined;
}

/** Order in which files are read: units before towns, towns before their further names. */
export const READING_ORDER: readonly ImportFormat[] = ['cod-ab', 'geonames-dump', 'geonames-alternates'];

/** Takes the lines of one file, in order. */
export type LineReader = (line: string, number: number) => void;

export function readerOf(format: ImportFormat, file: string, gathering: Gathering): LineReader {
  const readers: Record<ImportFormat, () => LineReader> = {
    'geonames-dump': () => dumpReader(file, gathering),
    'geonames-alternates': () => alternatesReader(file, gathering),
    'cod-ab': () => codReader(file, gathering),
  };
  return readers[format]();
}

const dumpReader =
  (file: string, gathering: Gathering): LineReader =>
  (line, number) => {
    if (line === '') return;
    const record = parseDumpLine(line);
    if (isRejection(record)) gathering.reject(record, `${file}:${number}`);
    else gathering.add(record);
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
    else for (const record of records) gathering.add(record);
  };
}
