/**
 * Prints pairs of statements drawn by chance, for a reader to judge whether they are of one happening: 80 that the engine
 * put into one incident, and 80 near ones (the same place, days within five) that it kept apart. The texts are those to
 * measure on and the unlabelled ones beside the repository, in the order of their dates. First, what texts opened that share
 * half or more of an earlier one, beside what that one told.
 *   node scripts/run.mjs scripts/pairs.ts [seed]
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadKnowledge } from '../src/config/knowledge.ts';
import { extract } from '../src/extract/extract.ts';
import { reportId, sourceId, statementId } from '../src/model/ids.ts';
import type { Account } from '../src/model/incident.ts';
import type { StoredStatement } from '../src/model/statement.ts';
import { daysBetween, instant, type Instant } from '../src/model/time.ts';
import type { Told } from '../test/support/statements.ts';
import { headlineOf } from '../src/render/clause.ts';
import { World } from '../test/support/world.ts';
import { goldFile, hasGold, readJsonl, SHARED, type GoldRow } from './gold.ts';
import { generator } from './random.ts';
import { root } from './step.ts';

const HOW_MANY = 80;
const NEAR_DAYS = 5;
const AROUND = 160;

interface Row {
  readonly id: string;
  readonly source?: string;
  readonly title?: string;
  readonly text: string;
  readonly published: string | null;
  /** Month/day/year; sometimes wrong. */
  readonly file_date?: string;
}

const corpus = join(SHARED, 'corpora', 'fakes-unlabelled.jsonl');
if (!existsSync(corpus) || !hasGold('dev')) {
  console.log(`skipped: there is no ${corpus} or no texts to measure on`);
  process.exit(0);
}

const MONTH = '(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*';
const DATELINES = [
  new RegExp(`\\b(?<day>\\d{1,2}) ${MONTH.replace('(', '(?<month>')} (?<year>20\\d\\d)`, 'i'),
  new RegExp(`\\b${MONTH.replace('(', '(?<month>')} (?<day>\\d\\d?) ?(?<year>20\\d\\d)`, 'i'),
];
/** A dateline stands at the head of its text. */
const HEAD = 220;

function dateOf({ text, published, file_date = '' }: Row): Instant {
  const filed = published ?? `${file_date} UTC`;
  for (const dateline of DATELINES) {
    const { day, month, year } = dateline.exec(text.slice(0, HEAD))?.groups ?? {};
    const at = Date.parse(`${day ?? ''} ${month ?? ''} ${year ?? ''} 12:00 UTC`);
    if (!Number.isNaN(at)) return instant(at);
  }
  return instant(filed);
}

const knowledge = await loadKnowledge(root);
const rows: readonly Row[] = [...readJsonl<GoldRow>(goldFile('dev')), ...readJsonl<Row>(corpus)];
const dated = rows
  .map((row) => ({ row, at: dateOf(row) }))
  .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.row.id < b.row.id ? -1 : 1));

function toldBy({ id, text, title, source = 'unknown' }: Row, at: Instant): Told {
  const found = extract(
    { body: text, published: at, language: 'en', ...(title !== undefined && { title }) },
    knowledge,
  );
  const report = {
    id: reportId(id),
    source: sourceId(source),
    outlet: source,
    body: text,
    language: 'en',
    published: at,
    accepted: at,
  };
  return {
    report,
    source: { id: sourceId(source), kind: 'inbox', name: source, reliability: 'F', alignment: 'unknown' },
    statements: found.map((one, i) => ({ ...one, id: statementId(`${id}.${i}`), report: report.id })),
  };
}

const world = new World([{ channel: 'all' }], { places: knowledge.gazetteer, actors: knowledge.actors });
const statements = new Map<string, { readonly statement: StoredStatement; readonly body: string }>();
for (const { row, at } of dated) {
  const told = toldBy(row, at);
  for (const statement of told.statements) statements.set(statement.id, { statement, body: row.text });
  const { assessment } = world.tell(told);
  for (const { incident } of assessment.updates.filter(({ kinds }) => kinds.includes('opened'))) {
    const opened = world.incidents.get(incident)!;
    const earlier = opened.accounts.find(({ report }) => report === told.report.id)?.drawsOn ?? [];
    if (opened.past || earlier.length === 0) continue;
    console.log(`${row.id} ${at.slice(0, 10)} opened: ${headlineOf(opened, world.context)}`);
    for (const update of world.updates.filter(({ report }) => earlier.includes(report))) {
      const known = world.incidents.get(update.incident)!;
      console.log(`    ${update.report} had told: ${headlineOf(known, world.context)}`);
    }
  }
}

const incidents = [...world.incidents.values()].filter(({ mergedInto }) => mergedInto === undefined);
type Side = readonly [string, Account];
// What is told as history is put together apart from news, whatever it is of.
const accounts = incidents.flatMap(({ id, accounts: all }) =>
  all.filter(({ past }) => past !== true).map((account): Side => [id, account]),
);
const pairs = accounts.flatMap((a, i) =>
  accounts
    .slice(i + 1)
    .filter(([, { report }]) => report !== a[1].report)
    .map((b) => [a, b] as const),
);
const samePlace = (a: Account, b: Account): boolean =>
  a.places.some(({ key }) => b.places.some((place) => place.key === key));
const joined = pairs.filter(([[a], [b]]) => a === b);
const apart = pairs.filter(
  ([[a, one], [b, other]]) =>
    a !== b && samePlace(one, other) && Math.abs(daysBetween(one.day, other.day)) <= NEAR_DAYS,
);
console.log(
  `${rows.length} texts, ${statements.size} statements, ${incidents.length} incidents (${incidents.filter(({ revision }) => revision > 0).length} told); ` +
    `${joined.length} pairs joined, ${apart.length} near pairs apart`,
);

const names = (mentions: readonly { readonly text: string }[] = []): string =>
  mentions.map(({ text }) => text).join(', ') || '–';

function show([, account]: Side): string {
  const { statement, body } = statements.get(account.statement)!;
  const [start, end] = statement.span;
  return [
    `  ${account.report} ${account.at.slice(0, 10)} | ${account.type} ${account.status} ${account.phase ?? ''} @ ${account.places.map(({ name }) => name).join(', ')} → ${names(statement.toPlaces)} | to ${names(statement.to)} | from ${names(statement.from)} | day ${account.day}${account.exact ? '' : ' (assumed)'}`,
    `  …${body.slice(Math.max(0, start - AROUND), start)}[[${body.slice(start, end)}]]${body.slice(end, end + AROUND)}…`,
  ].join('\n');
}

const random = generator(Number(process.argv[2] ?? 2018));
for (const [name, all] of [
  ['joined', joined],
  ['apart', apart],
] as const) {
  const left = [...all];
  for (let n = 1; n <= HOW_MANY && left.length > 0; n += 1) {
    const [drawn] = left.splice(Math.floor(random() * left.length), 1);
    if (drawn !== undefined) console.log(`\n${name} ${n}\n${show(drawn[0])}\n${show(drawn[1])}`);
  }
}
