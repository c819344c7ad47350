import type { GazetteerRow } from './row.ts';
import type { TableProblem } from './table.ts';

/** Where a row stands, when the caller knows. */
const at = (row: GazetteerRow, message: string): TableProblem => ({
  file: row.country.toLowerCase(),
  line: 0,
  message: `${row.id}: ${message}`,
});

/** What keeps curated rows from fitting together: parents that do not exist, or that go round in a circle. */
export function checkRows(rows: readonly GazetteerRow[]): TableProblem[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const problems: TableProblem[] = [];
  for (const row of rows) {
    if (row.parent !== undefined && !byId.has(row.parent))
      problems.push(at(row, `parent "${row.parent}" is no entry; write the id of a row`));
    const seen = new Set([row.id]);
    for (let up = row.parent; up !== undefined; up = byId.get(up)?.parent) {
      if (seen.has(up)) {
        problems.push(at(row, `it lies in itself, by way of ${up}; mend the parent of one of them`));
        break;
      }
      seen.add(up);
    }
  }
  return problems;
}
