/**
 * Prints 60 statements drawn by chance, from those sure enough to alert, of the unlabelled texts beside the repository,
 * for a reader to judge; and the milliseconds of the slowest text once warm.
 *   node scripts/run.mjs scripts/sample.ts [seed]
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadKnowledge } from '../src/config/knowledge.ts';
import { extract } from '../src/extract/extract.ts';
import type { Statement } from '../src/model/statement.ts';
import { instant } from '../src/model/time.ts';
import { readJsonl, SHARED } from './gold.ts';
import { generator } from './random.ts';
import { root } from './step.ts';

interface Row {
  readonly id: string;
  readonly title?: string;
  readonly text: string;
  readonly published: string | null;
  /** Month/day/year. */
  readonly file_date: string;
}

const HOW_MANY = 60;
const SURE = 0.45;
const AROUND = 300;

const file = join(SHARED, 'corpora', 'fakes-unlabelled.jsonl');
if (!existsSync(file)) {
  console.log(`skipped: there is no ${file}`);
  process.exit(0);
}

const names = (mentions: readonly { readonly text: string }[] = []): string =>
  mentions.map(({ text }) => text).join(', ') || '–';

function show({ id, text }: Row, found: Statement): string {
  const [start, end] = found.span;
  const around = text.slice(Math.max(0, start - AROUND), start);
  const after = text.slice(end, end + AROUND);
  return [
    `${id} | ${found.type} ${found.status} ${found.phase ?? ''} | ${names(found.places)} → ${names(found.toPlaces)}`,
    `to ${names(found.to)} | from ${names(found.from)} | date ${found.date ?? '–'} | by ${found.by?.text ?? '–'} | ${found.rule} ${found.confidence}`,
    `…${around}[[${text.slice(start, end)}]]${after}…`,
  ].join('\n');
}

const knowledge = await loadKnowledge(root);
const rows = readJsonl<Row>(file);
const readAll = (): { row: Row; found: readonly Statement[]; ms: number }[] =>
  rows.map((row) => {
    const { text, title, published, file_date } = row;
    const at = instant(published ?? `${file_date} UTC`);
    const started = performance.now();
    const found = extract(
      { body: text, published: at, language: 'en', ...(title !== undefined && { title }) },
      knowledge,
    );
    return { row, found, ms: performance.now() - started };
  });

readAll();
const read = readAll();
const left = read.flatMap(({ row, found }) =>
  found.filter(({ confidence }) => confidence >= SURE).map((one) => ({ row, one })),
);
console.log(
  `${rows.length} texts, slowest ${Math.max(...read.map(({ ms }) => ms)).toFixed(0)} ms; ${left.length} statements`,
);
const random = generator(Number(process.argv[2] ?? 2018));
for (let n = 1; n <= HOW_MANY && left.length > 0; n += 1) {
  const [drawn] = left.splice(Math.floor(random() * left.length), 1);
  if (drawn !== undefined)
    console.log(`\n${n}. published ${drawn.row.file_date}\n${show(drawn.row, drawn.one)}`);
}
