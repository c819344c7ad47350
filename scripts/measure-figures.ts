/**
 * How the engine does on the IDMC excerpts beside the repository: how often the figure that an analyst labelled is among
 * the figures found, with the labelled unit, and how often it is the count of a movement, of the labelled kind. Many
 * excerpts are tables, totals of people displaced long ago, or not English. Prints counts as JSON; with --misses also
 * the excerpts whose figure is not found, with --moves those in which it is the count of no movement.
 */
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { loadKnowledge } from '../src/config/knowledge.ts';
import { extract } from '../src/extract/extract.ts';
import { findFigures } from '../src/extract/figures.ts';
import { segment } from '../src/extract/segment.ts';
import type { StatementType } from '../src/model/statement.ts';
import { instant } from '../src/model/time.ts';
import { root } from './step.ts';

const CORPUS = new URL('../../shared/corpora/idmc-displacement.jsonl', import.meta.url);

const excerptSchema = z.object({
  Excerpt: z.string(),
  'Displacement figure': z.string(),
  'Reporting unit': z.string(),
  'Reporting term': z.string(),
});

/** IDMC counts people or households. */
const HOUSEHOLD_UNITS = new Set(['families', 'homes', 'buildings']);

/** Which movement an analyst's term is; terms of damage are none. */
const MOVEMENT: Readonly<Record<string, StatementType>> = {
  Displaced: 'displacement',
  'Forced to Flee': 'displacement',
  Homeless: 'displacement',
  Sheltered: 'displacement',
  'In Relief Camp': 'displacement',
  Evacuated: 'evacuation',
  Relocated: 'evacuation',
};

if (!existsSync(CORPUS)) {
  console.log(`No excerpts at ${CORPUS.pathname}: nothing measured.`);
  process.exit(0);
}

const rows = readFileSync(CORPUS, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => excerptSchema.parse(JSON.parse(line)))
  .filter((row) => /^\d+$/.test(row['Displacement figure']));
const knowledge = await loadKnowledge(root);

const counts = { excerpts: rows.length, found: 0, unitRight: 0, moves: 0, counted: 0, kindRight: 0 };
for (const row of rows) {
  const wanted = Number(row['Displacement figure']);
  const { tokens } = segment(row.Excerpt);
  const figures = findFigures(row.Excerpt, tokens).map((span) => span.figure);
  const hits = figures.filter((figure) => figure.low === wanted || figure.high === wanted);
  if (hits.length > 0) counts.found += 1;
  else if (process.argv.includes('--misses'))
    console.log(`${wanted} ${row['Reporting unit']} | ${row.Excerpt}\n   ${JSON.stringify(figures)}`);
  const household = row['Reporting unit'] === 'Households';
  if (hits.some((figure) => HOUSEHOLD_UNITS.has(figure.unit) === household)) counts.unitRight += 1;

  const kind = MOVEMENT[row['Reporting term']];
  if (kind === undefined) continue;
  counts.moves += 1;
  // The excerpts carry no date; one later than all of them keeps what they tell in the past.
  const found = extract(
    { body: row.Excerpt, published: instant('2016-01-01'), language: 'en' },
    knowledge,
  ).filter(({ people, figures: more = [] }) =>
    [people, ...more].some((figure) => figure?.low === wanted || figure?.high === wanted),
  );
  if (found.length > 0) counts.counted += 1;
  else if (process.argv.includes('--moves'))
    console.log(`${wanted} ${row['Reporting term']} | ${row.Excerpt}`);
  if (found.some(({ type }) => type === kind)) counts.kindRight += 1;
}
console.log(
  JSON.stringify({
    ...counts,
    share: counts.found / counts.excerpts,
    shareWithUnit: counts.unitRight / counts.excerpts,
    shareCounted: counts.counted / counts.moves,
  }),
);
