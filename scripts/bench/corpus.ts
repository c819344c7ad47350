import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sampleReports } from '../../test/support/samples.ts';
import { root } from '../step.ts';

/** Real articles where they lie beside the repository, else made-up ones. `from` says which. */
export function benchTexts(): { readonly from: string; readonly texts: readonly string[] } {
  const file = join(root, '..', 'shared', 'corpora', 'fakes-unlabelled.jsonl');
  if (existsSync(file)) {
    const texts = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => (JSON.parse(line) as { text: string }).text);
    return { from: 'news articles', texts };
  }
  return { from: 'sample reports', texts: sampleReports(400, 1).map(({ text }) => text) };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

export const round = (value: number, digits = 3): number => Number(value.toFixed(digits));
