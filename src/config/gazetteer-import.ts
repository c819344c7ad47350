import {
  createReadStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { boxesOf, Gathering, type ImportReport } from '../gazetteer/import/merge.ts';
import { formatOf, READING_ORDER, readerOf } from '../gazetteer/import/read.ts';
import type { GazetteerRow } from '../gazetteer/row.ts';
import { formatTable, parseTable } from '../gazetteer/table.ts';
import { GazetteerError } from './gazetteer.ts';

/** How far an import is: bytes of all files. Called at most once for each percent. */
type ImportProgress = (done: number, total: number, file: string) => void;

export interface ImportOptions {
  /** GeoNames dumps and alternate names, COD-AB tables, in any order. */
  readonly files: readonly string[];
  /** Folder for the tables, one a country; made when missing. */
  readonly folder: string;
  /** The curated rows that ship. */
  readonly shipped: readonly GazetteerRow[];
  /** Towns of the world: what lies far outside those of its country is refused. */
  readonly towns?: readonly GazetteerRow[];
  readonly progress?: ImportProgress;
}

/** The report, and the tables that were written. */
export interface ImportOutcome extends ImportReport {
  readonly tables: readonly string[];
}

const tableOf = (folder: string, country: string): string => join(folder, `${country.toLowerCase()}.tsv`);

function earlierRows(folder: string, country: string): readonly GazetteerRow[] {
  const file = tableOf(folder, country);
  if (!existsSync(file)) return [];
  const { rows, problems } = parseTable(file, readFileSync(file, 'utf8'));
  if (problems.length > 0) throw new GazetteerError(problems);
  return rows;
}

function ordered(files: readonly string[]): readonly { readonly file: string; readonly rank: number }[] {
  return files
    .map((file) => {
      if (!existsSync(file)) throw new RangeError(`${file}: there is no such file`);
      const format = formatOf(basename(file));
      if (format === undefined)
        throw new RangeError(
          `${file}: not a file that is read; give GeoNames' XX.txt, admin1CodesASCII.txt or alternateNamesV2.txt under their own names, or a COD-AB table as .csv or .tsv`,
        );
      return { file, rank: READING_ORDER.indexOf(format) };
    })
    .sort((a, b) => a.rank - b.rank);
}

/**
 * Reads places from disk into tables of the user's folder, a file at a time and a line at a time. Rows of an earlier
 * import stay, and are enriched. Tables are replaced whole, at the end.
 * @throws RangeError for a file that is not there or of no known format, GazetteerError for a table of the folder that cannot be read.
 */
export async function importGazetteer({
  files,
  folder,
  shipped,
  towns = [],
  progress,
}: ImportOptions): Promise<ImportOutcome> {
  const order = ordered(files);
  const total = files.reduce((sum, file) => sum + statSync(file).size, 0);
  const countries = [...new Set(shipped.map((row) => row.country))];
  const earlier = countries.flatMap((country) => earlierRows(folder, country));
  const gathering = new Gathering([...shipped, ...earlier], boxesOf(towns));
  let done = 0;
  let told = -1;
  for (const { file } of order) {
    const name = basename(file);
    const format = formatOf(name);
    if (format === undefined) continue;
    const take = readerOf(format, name, gathering);
    const stream = createReadStream(file);
    let number = 0;
    stream.on('data', (chunk) => {
      done += chunk.length;
      const percent = Math.floor((100 * done) / Math.max(1, total));
      if (percent > told) progress?.(done, total, file);
      told = Math.max(told, percent);
    });
    for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
      number += 1;
      take(line, number);
    }
  }
  return { ...gathering.report(), tables: writeTables(folder, gathering) };
}

function writeTables(folder: string, gathering: Gathering): string[] {
  const result = gathering.result();
  if (result.size > 0) mkdirSync(folder, { recursive: true });
  return [...result].map(([country, rows]) => {
    const file = tableOf(folder, country);
    const byId = new Map([...earlierRows(folder, country), ...rows].map((row) => [row.id, row]));
    const fresh = `${file}.new`;
    writeFileSync(fresh, formatTable([...byId.values()]));
    renameSync(fresh, file);
    return file;
  });
}
