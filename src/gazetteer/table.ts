import type { PlaceKind } from '../model/place.ts';
import { PLACE_KINDS, type GazetteerRow } from './row.ts';

/** What is wrong with a line of a table. `line` counts from 1. */
export interface TableProblem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

export interface Table {
  readonly file: string;
  readonly rows: readonly GazetteerRow[];
  /** Line of each row. */
  readonly lines: readonly number[];
  readonly problems: readonly TableProblem[];
}

const COLUMNS = [
  'id',
  'name',
  'name_ar',
  'kind',
  'lat',
  'lon',
  'parent',
  'pcode',
  'admin1',
  'geonames',
  'variants',
  'demonyms',
  'note',
] as const;
type Column = (typeof COLUMNS)[number];
const REQUIRED: readonly Column[] = ['id', 'name', 'kind'];
const isColumn = (name: string): name is Column => (COLUMNS as readonly string[]).includes(name);
const isKind = (name: string): name is PlaceKind => (PLACE_KINDS as readonly string[]).includes(name);
const ID = /^[a-z]{2}(?:-[a-z0-9]+)*$/;

type Cells = Readonly<Partial<Record<Column, string>>>;

const list = (cell: string | undefined): string[] =>
  cell === undefined
    ? []
    : cell
        .split('|')
        .map((part) => part.trim())
        .filter((part) => part.length > 0);

function degrees(cells: Cells, column: 'lat' | 'lon'): number | undefined | Error {
  const cell = cells[column];
  if (cell === undefined) return undefined;
  const limit = column === 'lat' ? 90 : 180;
  const value = Number(cell);
  return Number.isFinite(value) && Math.abs(value) <= limit
    ? value
    : new Error(`${column} is "${cell}"; write degrees between -${limit} and ${limit}, for example 34.45`);
}

function rowOf(cells: Cells): GazetteerRow | string {
  const { id = '', name = '', kind = '' } = cells;
  if (!ID.test(id))
    return `id is "${id}"; write the country's two letters, a hyphen and words in small letters: sy-hajin`;
  if (name === '') return 'name is empty';
  if (!isKind(kind)) return `kind is "${kind}"; write one of ${PLACE_KINDS.join(', ')}`;
  const lat = degrees(cells, 'lat');
  const lon = degrees(cells, 'lon');
  if (lat instanceof Error) return lat.message;
  if (lon instanceof Error) return lon.message;
  if ((lat === undefined) !== (lon === undefined)) return 'lat and lon: give both or neither';
  return {
    id,
    name,
    kind,
    country: id.slice(0, 2).toUpperCase(),
    ...(cells.name_ar !== undefined && { nameAr: cells.name_ar }),
    ...(lat !== undefined && lon !== undefined && { lat, lon }),
    ...(cells.parent !== undefined && { parent: cells.parent }),
    ...(cells.pcode !== undefined && { pcode: cells.pcode }),
    ...(cells.admin1 !== undefined && { admin1: cells.admin1 }),
    ...(cells.geonames !== undefined && { geonames: Number(cells.geonames) }),
    variants: list(cells.variants),
    demonyms: list(cells.demonyms),
    curated: true,
  };
}

/**
 * Reads a table of `config/gazetteer/` (its README has the columns): tab-separated, UTF-8, a heading line, `#` starts a
 * comment line, an empty cell is an absent value. Lines that cannot be read are left out and named in `problems`.
 */
export function parseTable(file: string, text: string): Table {
  const rows: GazetteerRow[] = [];
  const lines: number[] = [];
  const problems: TableProblem[] = [];
  const problem = (line: number, message: string): void => void problems.push({ file, line, message });
  let columns: Column[] | undefined;
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (line.trim() === '' || line.startsWith('#')) continue;
    const parts = line.split('\t').map((part) => part.trim());
    if (columns === undefined) {
      const unknown = parts.find((part) => !isColumn(part));
      const missing = REQUIRED.find((column) => !parts.includes(column));
      if (unknown !== undefined)
        problem(index + 1, `column "${unknown}" is not known; the columns are ${COLUMNS.join(', ')}`);
      if (missing !== undefined) problem(index + 1, `the heading lacks the column "${missing}"`);
      if (unknown !== undefined || missing !== undefined) break;
      columns = parts.filter(isColumn);
      continue;
    }
    if (parts.length > columns.length) {
      problem(index + 1, `${parts.length} cells under ${columns.length} columns`);
      continue;
    }
    const cells: Partial<Record<Column, string>> = {};
    for (const [at, column] of columns.entries()) {
      const cell = parts[at];
      if (cell !== undefined && cell !== '') cells[column] = cell;
    }
    const row = rowOf(cells);
    if (typeof row === 'string') problem(index + 1, row);
    else {
      rows.push(row);
      lines.push(index + 1);
    }
  }
  return { file, rows, lines, problems };
}

/** The text of a table, that `parseTable` reads back as the same rows. */
export function formatTable(rows: readonly GazetteerRow[]): string {
  const lines = rows.map((row) => {
    const cells: Readonly<Record<Column, string | number | undefined>> = {
      id: row.id,
      name: row.name,
      name_ar: row.nameAr,
      kind: row.kind,
      lat: row.lat,
      lon: row.lon,
      parent: row.parent,
      pcode: row.pcode,
      admin1: row.admin1,
      geonames: row.geonames,
      variants: row.variants.join('|'),
      demonyms: row.demonyms.join('|'),
      note: undefined,
    };
    return COLUMNS.map((column) => String(cells[column] ?? '').replaceAll('\t', ' '))
      .join('\t')
      .trimEnd();
  });
  return [COLUMNS.join('\t'), ...lines, ''].join('\n');
}
