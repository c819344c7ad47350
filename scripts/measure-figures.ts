/**
 * How often the figure that an analyst labelled is among the figures found, over the IDMC excerpts beside the
 * repository. Prints counts as JSON and, with --misses, the excerpts in which it is not.
 */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { findFigures } from '../src/extract/figures.ts';
import { segment } from '../src/extract/segment.ts';

const CORPUS = new URL('../../shared/corpora/idmc-displacement.jsonl', import.meta.url);

const excerptSchema = z.object({
  Excerpt: z.string(),
  'Displacement figure': z.string(),
  'Reporting unit': z.string(),
});

/** IDMC counts people or households. */
const HOUSEHOLD_UNITS = new Set(['families', 'homes', 'buildings']);

if (!existsSync(CORPUS)) {
  console.log(`No excerpts at ${CORPUS.pathname}: nothing measured.`);
  process.exit(0);
}

const rows = readFileSync(CORPUS, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => excerptSchema.parse(JSON.parse(line)))
  .filter((row) => /^\d+$/.test(row['Displacement figure']));

let found = 0;
let unitRight = 0;
for (const row of rows) {
  const { tokens } = segment(row.Excerpt);
  const figures = findFigures(row.Excerpt, tokens).map((span) => span.figure);
  const wanted = Number(row['Displacement figure']);
  const hits = figures.filter((figure) => figure.low === wanted || figure.high === wanted);
  if (hits.length > 0) found += 1;
  else if (process.argv.includes('--misses'))
    console.log(`${wanted} ${row['Reporting unit']} | ${row.Excerpt}\n   ${JSON.stringify(figures)}`);
  const household = row['Reporting unit'] === 'Households';
  if (hits.some((figure) => HOUSEHOLD_UNITS.has(figure.unit) === household)) unitRight += 1;
}
console.log(
  JSON.stringify({
    excerpts: rows.length,
    found,
    share: found / rows.length,
    unitRight: unitRight / rows.length,
  }),
);
