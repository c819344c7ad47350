import type { PlaceKind } from '../../model/place.ts';
import { isRejection, type ImportRecord, type Rejection } from './record.ts';

/** Cells of a line of comma-separated (RFC 4180) or tab-separated values. */
function cellsOf(line: string, separator: ',' | '\t'): string[] {
  if (separator === '\t') return line.split('\t').map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const char = line[at] ?? '';
    if (quoted && char === '"' && line[at + 1] === '"') {
      cell += char;
      at += 1;
    } else if (char === '"') quoted = !quoted;
    else if (char === ',' && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += char;
  }
  return [...cells, cell.trim()];
}

const LEVELS: Readonly<Record<number, PlaceKind>> = { 1: 'governorate', 2: 'district', 3: 'subdistrict' };

/** Where a COD-AB table has what, read from its heading line. */
export interface CodHeading {
  readonly separator: ',' | '\t';
  /** By level: columns of the English or first name, the Arabic name and the p-code. */
  readonly levels: readonly {
    readonly level: number;
    readonly name: number;
    readonly arabic: number;
    readonly pcode: number;
  }[];
  readonly lat: number;
  readonly lon: number;
}

/**
 * Reads the heading of a COD-AB table as OCHA publishes them: `ADM1_EN`, `ADM1_AR`, `ADM1_PCODE`, `ADM2_EN`, … in any
 * order and case; `lat`/`center_lat` and `lon`/`center_lon` give the centre of the deepest level.
 */
export function parseCodHeading(line: string): CodHeading | Rejection {
  const separator = line.includes('\t') ? '\t' : ',';
  const columns = cellsOf(line.replace(/^\uFEFF/, ''), separator).map((cell) => cell.toLowerCase());
  const find = (pattern: RegExp): number => columns.findIndex((column) => pattern.test(column));
  const levels = [1, 2, 3].flatMap((level) => {
    const pcode = find(new RegExp(`^(?:admin|adm)${level}_?pcode$`));
    const english = find(new RegExp(`^(?:admin|adm)${level}(?:name)?_en$`));
    const name = english >= 0 ? english : find(new RegExp(`^(?:admin|adm)${level}(?:name)?_[a-z]{2}$`));
    const arabic = find(new RegExp(`^(?:admin|adm)${level}(?:name)?_ar$`));
    return pcode >= 0 && name >= 0 ? [{ level, name, arabic, pcode }] : [];
  });
  if (levels.length === 0)
    return { reason: 'the heading has no ADM1_EN and ADM1_PCODE, as a COD-AB table has' };
  return {
    separator,
    levels,
    lat: find(/^(?:center_?)?lat(?:itude)?$/),
    lon: find(/^(?:center_?)?lon(?:gitude)?$/),
  };
}

const PCODE = /^([A-Z]{2})\d+$/;

/** The units that a line of a COD-AB table names, the first level first. The centre belongs to the deepest. */
export function parseCodLine(line: string, heading: CodHeading): ImportRecord[] | Rejection {
  const cells = cellsOf(line, heading.separator);
  const records: ImportRecord[] = [];
  for (const [index, { level, name, arabic, pcode }] of heading.levels.entries()) {
    const record = unitOf(cells, { level, name, arabic, pcode }, records.at(-1)?.pcode);
    if (isRejection(record)) return record;
    const deepest = index === heading.levels.length - 1;
    const lat = Number(cells[heading.lat] ?? '');
    const lon = Number(cells[heading.lon] ?? '');
    const centred = deepest && heading.lat >= 0 && heading.lon >= 0 && cells[heading.lat] !== '';
    if (centred && !(Math.abs(lat) <= 90 && Math.abs(lon) <= 180))
      return { reason: 'no position on the globe' };
    records.push(centred ? { ...record, lat, lon } : record);
  }
  return records;
}

function unitOf(
  cells: readonly string[],
  columns: CodHeading['levels'][number],
  parentPcode: string | undefined,
): ImportRecord | Rejection {
  const pcode = cells[columns.pcode] ?? '';
  const name = cells[columns.name] ?? '';
  const nameAr = cells[columns.arabic] ?? '';
  const country = PCODE.exec(pcode)?.[1];
  const kind = LEVELS[columns.level];
  if (country === undefined || kind === undefined) return { reason: 'no p-code of two letters and digits' };
  if (name === '') return { reason: 'no name' };
  if (parentPcode !== undefined && !pcode.startsWith(parentPcode))
    return { reason: 'a p-code that does not start with that of the unit above' };
  return {
    country,
    name,
    kind,
    pcode,
    ...(nameAr !== '' && { nameAr }),
    ...(parentPcode !== undefined && { parentPcode }),
    variants: [],
  };
}
