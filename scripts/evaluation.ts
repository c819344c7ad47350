/**
 * Writes docs/evaluation.md: how well the engine reads, on the annotated texts beside the repository. Run it after any
 * change of what is read, and commit what it writes.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadKnowledge } from '../src/config/knowledge.ts';
import { findAll, hasGold, score, type Found } from './gold.ts';
import { root } from './step.ts';

interface Rates {
  readonly p: number;
  readonly r: number;
  readonly f1: number;
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
}
interface Scores {
  readonly reports: number;
  readonly key: Rates;
  readonly key_any_status: Rates;
  readonly all: Rates;
  readonly report: Rates;
  readonly perGroup: Readonly<Record<string, Rates>>;
  readonly perStatus: Readonly<Record<string, Rates>>;
  readonly attributes: Readonly<Record<string, { readonly right: number; readonly of: number }>>;
}

const SETS = ['train', 'dev'] as const;
type Set = (typeof SETS)[number];
const CONFIDENT = 0.8;
const KINDS = 10;

const missing = SETS.filter((set) => !hasGold(set));
if (missing.length > 0) {
  process.stderr.write(
    `There is no gold for ${missing.join(' and ')} beside the repository: nothing is written.\n`,
  );
  process.exit(1);
}

const knowledge = await loadKnowledge(root);
const found = Object.fromEntries(SETS.map((set) => [set, findAll(set, knowledge)])) as Record<Set, Found[]>;
const scoresOf = (set: Set, which: readonly Found[] = found[set]): Scores =>
  JSON.parse(score(set, which, '--json')) as Scores;
const scores = Object.fromEntries(SETS.map((set) => [set, scoresOf(set)])) as Record<Set, Scores>;

const rate = (value: number): string => value.toFixed(3);
const ratesCells = ({ p, r, f1, tp, fp, fn }: Rates): string =>
  `${rate(p)} | ${rate(r)} | **${rate(f1)}** | ${tp} / ${fp} / ${fn}`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

function ratesTable(set: Set): string {
  const { key, key_any_status: anyStatus, all, report, perGroup, perStatus } = scores[set];
  const rows: [string, Rates][] = [
    ['**key changes**', key],
    ['key changes, any status', anyStatus],
    ['all changes', all],
    ['report has a key change', report],
    ...Object.entries(perGroup).map(([name, one]): [string, Rates] => [`group ${name}`, one]),
    ...Object.entries(perStatus).map(([name, one]): [string, Rates] => [`status ${name}`, one]),
  ];
  return table(
    ['', 'precision', 'recall', 'F1', 'right / wrong / missed'],
    rows.map(([name, one]) => [name, ratesCells(one)]),
  );
}

const attributesTable = (): string =>
  table(
    ['', ...SETS],
    Object.keys(scores.dev.attributes).map((name) => [
      name,
      ...SETS.map((set) => {
        const { right, of } = scores[set].attributes[name] ?? { right: 0, of: 0 };
        return of === 0 ? '–' : `${(right / of).toFixed(2)} (${right} of ${of})`;
      }),
    ]),
  );

/** What the scorer prints of an error: missed or wrong, text, group, class, place, … */
function commonErrors(set: Set): string {
  const counts = new Map<string, number>();
  for (const line of score(set, found[set], '--errors', '100000').split('\n')) {
    const [kind, , group, status] = line.split(' | ');
    if (kind !== 'missed' && kind !== 'wrong') continue;
    const name = `${kind} ${group ?? ''}, ${status ?? ''}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const ranked = [...counts].sort(([, a], [, b]) => b - a).slice(0, KINDS);
  return table(
    ['kind', 'how many'],
    ranked.map(([name, count]) => [name, String(count)]),
  );
}

function calibration(): string {
  const rows = SETS.map((set) => {
    const sure = found[set].map(({ id, statements }) => ({
      id,
      statements: statements.filter(({ confidence }) => confidence >= CONFIDENT),
    }));
    const count = sure.reduce((sum, { statements }) => sum + statements.length, 0);
    const total = found[set].reduce((sum, { statements }) => sum + statements.length, 0);
    return [set, `${count} of ${total}`, rate(scoresOf(set, sure).all.p)];
  });
  return table(['', `statements with confidence ≥ ${CONFIDENT}`, 'of these right'], rows);
}

/** The hand-read samples, as their readers left them. */
function readSamples(): string {
  return ['hand-read.md', 'pairs.md']
    .map((name) => join(root, 'docs', name))
    .flatMap((file) => (existsSync(file) ? [readFileSync(file, 'utf8').trim()] : []))
    .join('\n\n');
}

const page = `# How well it reads

Written by \`scripts/evaluation.ts\`; do not edit. The texts are news articles on the Syrian war with annotations by
careful readers (${scores.train.reports} to learn from, ${scores.dev.reports} to measure on); they are not part of this repository. A key change is
a change of control, a movement of people or an agreement that is current, at one place. Right means: the same kind,
current or not, and the same place.

## To measure on (dev)
${ratesTable('dev')}

## To learn from (train)
${ratesTable('train')}

## Details of what was found
${attributesTable()}

## What confidence means
${calibration()}

## The ${KINDS} most common kinds of error that remain (dev)
${commonErrors('dev')}

${readSamples()}
`;
writeFileSync(join(root, 'docs', 'evaluation.md'), `${page.trim()}\n`);
for (const set of SETS) process.stdout.write(`${set}: key changes ${rate(scores[set].key.f1)}\n`);
