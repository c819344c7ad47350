/** One number of `npm run bench` that the project holds itself to. */
export interface Measure {
  readonly what: string;
  readonly value: number;
  /** Nothing: a ratio of two numbers of this run. */
  readonly unit?: 'ms';
  /** What must be held, and what is aimed at. */
  readonly floor: number;
  readonly aim?: number;
  readonly better: 'higher' | 'lower';
}

/** What a benchmark found: the measures, and all numbers that they were made from. */
export interface Result {
  readonly measures: readonly Measure[];
  readonly numbers: Readonly<Record<string, number | string>>;
}

export type Verdict = 'aim reached' | 'floor held' | 'FLOOR MISSED';

export function verdictOf({ value, floor, aim, better }: Measure): Verdict {
  const reaches = (mark: number): boolean => (better === 'higher' ? value >= mark : value <= mark);
  if (aim !== undefined && reaches(aim)) return 'aim reached';
  return reaches(floor) ? 'floor held' : 'FLOOR MISSED';
}

const shown = (value: number, { unit }: Measure): string => `${value}${unit === undefined ? '' : ` ${unit}`}`;

/** The measures as a table, and the numbers behind them. */
export function printed(results: Readonly<Record<string, Result>>): string {
  const measures = Object.values(results).flatMap((result) => result.measures);
  const rows = measures.map((measure) => [
    measure.what,
    shown(measure.value, measure),
    shown(measure.floor, measure),
    measure.aim === undefined ? '' : shown(measure.aim, measure),
    verdictOf(measure),
  ]);
  const table = [['what', 'now', 'floor', 'aim', ''], ...rows];
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const numbers = Object.entries(results).map(
    ([name, result]) =>
      `${name}: ${Object.entries(result.numbers)
        .map(([key, value]) => `${key} ${value}`)
        .join(', ')}`,
  );
  return [...lines, '', ...numbers, ''].join('\n');
}
