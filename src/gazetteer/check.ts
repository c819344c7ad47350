import type { GazetteerRow } from './row.ts';
import type { Table, TableProblem } from './table.ts';

/** What keeps the rows of all tables from fitting together: parents that do not exist, or that go round in a circle. */
export function checkTables(tables: readonly Table[]): TableProblem[] {
  const byId = new Map<string, GazetteerRow>();
  const where = new Map<string, Pick<TableProblem, 'file' | 'line'>>();
  for (const { file, rows, lines } of tables)
    for (const [index, row] of rows.entries()) {
      byId.set(row.id, row);
      where.set(row.id, { file, line: lines[index] ?? 0 });
    }
  const problems: TableProblem[] = [];
  const problem = (row: GazetteerRow, message: string): void =>
    void problems.push({ file: '', line: 0, ...where.get(row.id), message: `${row.id}: ${message}` });
  for (const row of byId.values()) {
    if (row.parent !== undefined && !byId.has(row.parent))
      problem(row, `parent "${row.parent}" is no entry; write the id of a row`);
    const seen = new Set([row.id]);
    for (let up = row.parent; up !== undefined; up = byId.get(up)?.parent) {
      if (seen.has(up)) {
        problem(row, `it lies in itself, by way of ${up}; mend the parent of one of them`);
        break;
      }
      seen.add(up);
    }
  }
  return problems;
}
