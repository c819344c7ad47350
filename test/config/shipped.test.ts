import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isMap, isScalar, parseDocument, visit } from 'yaml';
import { loadConfig } from '../../src/config/load.ts';

const ROOT = join(import.meta.dirname, '../..');
const text = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** Every setting's name, with the line on which it stands. */
function settings(): { readonly key: string; readonly line: number }[] {
  const found: { key: string; line: number }[] = [];
  visit(parseDocument(text('config/default.yaml')), {
    Pair: (_, pair) => {
      if (!isScalar(pair.key) || isMap(pair.value)) return undefined;
      const offset = pair.key.range?.[0] ?? 0;
      found.push({
        key: String(pair.key.value),
        line: text('config/default.yaml').slice(0, offset).split('\n').length,
      });
      return visit.SKIP;
    },
  });
  return found;
}

describe('config/default.yaml', () => {
  const lines = text('config/default.yaml').split('\n');

  it.each(settings().filter(({ key }) => !['port', 'maxBytes', 'timeoutSeconds'].includes(key)))(
    'says above it what $key does',
    ({ line }) => expect(lines[line - 2]?.trim()).toMatch(/^#/),
  );
});

describe('config/sources.yaml', () => {
  const { sources, feedList, idleSources } = loadConfig({
    root: ROOT,
    env: { SITREP_CONFIG: 'config/demo/settings.yaml' },
  });

  it('asks nobody, and waits for nobody', () => {
    expect(feedList).toEqual([]);
    expect(sources.filter(({ id }) => !idleSources.has(id))).toEqual([]);
  });

  it('grades each source that takes a side, and says of each grade that it is there what it means', () => {
    expect(
      sources.filter(({ alignment, reliability }) => alignment !== 'unknown' && reliability === 'F'),
    ).toEqual([]);
    // What a party owns is never graded as if nobody owned it.
    const graded = new Set(sources.map(({ reliability }) => reliability));
    const comment = text('config/sources.yaml');
    for (const grade of graded) expect(comment).toMatch(new RegExp(`^# {2,}.*\\b${grade} {1,2}\\S`, 'm'));
  });
});

describe('the demo', () => {
  it('has settings of its own, and a data folder of its own', () => {
    const config = loadConfig({ root: ROOT, env: { SITREP_CONFIG: 'config/demo/settings.yaml' } });
    expect(config.channels.map(({ name }) => name)).toEqual(['all-syria', 'damascus', 'deir-ezzor']);
    expect(config.dataDir).toBe(join(ROOT, 'data/demo'));
  });

  it('is explained file by file', () => {
    const files = readdirSync(join(ROOT, 'config/demo/reports'));
    const rows =
      text('config/demo/README.md')
        .match(/^\| [\d–, ]+ \|/gm)
        ?.join(' ') ?? '';
    const told = [...rows.matchAll(/(\d+)(?:–(\d+))?/g)].flatMap(([, first, last = first]) =>
      Array.from({ length: Number(last) - Number(first) + 1 }, (_, index) => Number(first) + index),
    );
    expect(told.sort((a, b) => a - b)).toEqual(files.map((name) => Number(name.slice(0, 2))));
  });
});
