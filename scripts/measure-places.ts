/**
 * How well places are found: `node scripts/measure-places.ts [--misses] [--unknown N]`. Reads the evaluation texts where
 * they lie beside the repository; prints the share of gold place names of `train.jsonl` that `findPlaces` finds, and
 * that it resolves to an entry; `--misses` lists the others; `--unknown N` lists the N commonest provisional names of the
 * unlabelled texts.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadGazetteer } from '../src/config/gazetteer.ts';
import { segment } from '../src/extract/segment.ts';
import { foldName } from '../src/gazetteer/fold.ts';
import { findPlaces } from '../src/gazetteer/resolve/find.ts';

interface Gold {
  readonly id: string;
  readonly title?: string;
  readonly text: string;
  readonly changes?: readonly {
    readonly places?: readonly string[];
    readonly to_places?: readonly string[];
  }[];
}

const root = join(import.meta.dirname, '..');
const shared = join(root, '..', 'shared');
const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : (process.argv[at + 1] ?? '');
};

function read(path: string): Gold[] {
  const file = join(shared, path);
  if (!existsSync(file)) {
    console.log(`skipped ${path}: ${file} is not there`);
    return [];
  }
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Gold);
}

const started = performance.now();
const gazetteer = loadGazetteer([join(root, 'config', 'gazetteer')]);
console.log(`gazetteer: ${gazetteer.size} places in ${(performance.now() - started).toFixed(0)} ms`);

const DIRECTION = /^(?:the |north|south|east|west|eastern|western|northern|southern|old city of )+/i;
const key = (name: string): string => foldName(name.replace(/[[\]]/g, '').replace(DIRECTION, ''));

function measure(path: string): void {
  let all = 0;
  let found = 0;
  let resolved = 0;
  const misses = new Map<string, number>();
  for (const { id, title, text, changes = [] } of read(path)) {
    const { tokens, sentences } = segment(text, title);
    const spans = findPlaces(text, tokens, sentences, gazetteer);
    const names = new Set(
      changes.flatMap((change) => [...(change.places ?? []), ...(change.to_places ?? [])]),
    );
    for (const name of names) {
      const same = spans.filter(({ mention }) => {
        const a = key(name);
        const b = key(mention.text);
        return a === b || (b.length > 3 && a.includes(b)) || (a.length > 3 && b.includes(a));
      });
      all += 1;
      if (same.length > 0) found += 1;
      if (same.some(({ mention }) => mention.id !== undefined)) resolved += 1;
      else misses.set(`${name}${same.length > 0 ? ' (provisional)' : ''} ${id}`, 1);
    }
  }
  const share = (n: number): string => `${n}/${all} = ${(n / all).toFixed(3)}`;
  if (all > 0) console.log(`${path}: found ${share(found)}, resolved ${share(resolved)}`);
  if (option('--misses') !== undefined) console.log([...misses.keys()].sort().join('\n'));
}

measure('eval/train.jsonl');
if (option('--dev') !== undefined) measure('eval/dev.jsonl');

const limit = Number(option('--unknown') ?? 0);
const counts = new Map<string, number>();
const countries = new Map<string, number>();
let spent = 0;
let slowest = 0;
const texts = read('corpora/fakes-unlabelled.jsonl');
for (const { text, title } of texts) {
  const { tokens, sentences } = segment(text, title);
  const from = performance.now();
  const spans = findPlaces(text, tokens, sentences, gazetteer);
  const ms = performance.now() - from;
  spent += ms;
  slowest = Math.max(slowest, ms);
  for (const { mention } of spans) {
    const map = mention.id === undefined ? counts : countries;
    const name =
      mention.id === undefined ? mention.text : `${mention.country ?? ''} ${mention.id} ${mention.text}`;
    map.set(name, (map.get(name) ?? 0) + 1);
  }
}
const top = (map: ReadonlyMap<string, number>, n: number): string =>
  [...map]
    .sort((a, b) => b[1] - a[1])
    .slice(0, n)
    .map(([name, count]) => `${name}:${count}`)
    .join(', ');
if (texts.length > 0)
  console.log(`unlabelled: ${(spent / texts.length).toFixed(2)} ms a text, slowest ${slowest.toFixed(1)} ms`);
if (limit > 0) console.log(`\nprovisional: ${top(counts, limit)}`);
if (option('--abroad') !== undefined)
  console.log(`\nabroad: ${top(new Map([...countries].filter(([name]) => !name.startsWith('SY'))), 400)}`);
