import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { Cache } from '../../src/config/cache.ts';
import { loadGazetteer } from '../../src/config/gazetteer.ts';
import { lexiconValues } from '../../src/config/yaml-values.ts';
import { placeId } from '../../src/model/ids.ts';
import { newFolder } from '../support/folder.ts';
import { shipped } from '../gazetteer/load.ts';
import { configTree } from './tree.ts';

const folders: string[] = [];
function folder(): string {
  const made = newFolder('sitrep-cache-');
  folders.push(made);
  return made;
}
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true });
});

/** Asks a cache for the double of a text and says whether it had to be made. */
function double(cache: Cache, text: string): { readonly value: string; readonly made: boolean } {
  let made = false;
  const value = cache.through('double', [text], () => {
    made = true;
    return { twice: text + text };
  });
  return { value: value.twice, made };
}

describe('a cache', () => {
  it('makes a result once, for every process that uses the folder', () => {
    const where = folder();
    expect(double(new Cache(where), 'ab')).toEqual({ value: 'abab', made: true });
    expect(double(new Cache(where), 'ab')).toEqual({ value: 'abab', made: false });
  });

  it('makes another of other content, however the content is cut', () => {
    const cache = new Cache(folder());
    const parts = (from: readonly string[]) => cache.through('parts', from, () => from);
    expect(parts(['ab', 'c'])).toEqual(['ab', 'c']);
    expect(parts(['a', 'bc'])).toEqual(['a', 'bc']);
    expect(parts(['abc'])).toEqual(['abc']);
    expect(parts(['ab', 'c'])).toEqual(['ab', 'c']);
  });

  it.each([
    ['cut short', (text: string) => text.slice(0, -3)],
    ['changed in one character', (text: string) => text.replace('abab', 'abbb')],
    ['emptied', () => ''],
    ['something else', () => 'no cache at all'],
  ])('makes anew what was %s, and mends it', (_, damage) => {
    const where = folder();
    double(new Cache(where), 'ab');
    const [file = ''] = readdirSync(where);
    writeFileSync(join(where, file), damage(readFileSync(join(where, file), 'utf8')));
    expect(double(new Cache(where), 'ab')).toEqual({ value: 'abab', made: true });
    expect(double(new Cache(where), 'ab')).toEqual({ value: 'abab', made: false });
  });

  it('works without a folder that it may write to', () => {
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    expect(double(new Cache(file), 'ab')).toEqual({ value: 'abab', made: true });
    expect(readFileSync(file, 'utf8')).toBe('');
  });

  it('keeps nothing of a result that could not be made', () => {
    const where = folder();
    const fails = (): never => {
      throw new Error('not to be made');
    };
    expect(() => new Cache(where).through('double', ['ab'], fails)).toThrow('not to be made');
    expect(double(new Cache(where), 'ab').made).toBe(true);
  });

  it('keeps the last few results of a name', () => {
    const where = folder();
    const cache = new Cache(where);
    for (const text of ['a', 'b', 'c', 'd', 'e', 'f']) double(cache, text);
    cache.through('other', ['a'], () => 1);
    const names = readdirSync(where).map((file) => file.split('-')[0]);
    expect(names.filter((name) => name === 'double')).toHaveLength(4);
    expect(names.filter((name) => name === 'other')).toHaveLength(1);
    expect(double(cache, 'f').made).toBe(false);
  });
});

describe('a gazetteer from the cache', () => {
  const heading = 'id\tname\tkind\tlat\tlon';
  const table = (...rows: string[]): string => [heading, 'sy\tSyria\tcountry\t\t', ...rows, ''].join('\n');

  it('answers as the one that was made', () => {
    const [tables, cache] = [folder(), new Cache(folder())];
    writeFileSync(join(tables, 'sy.tsv'), table('sy-examplia\tExamplia\ttown\t35.1\t36.2'));
    const made = loadGazetteer([tables], cache);
    const kept = loadGazetteer([tables], cache);
    expect([...kept.places()]).toEqual([...made.places()]);
    expect(kept.version).toBe(made.version);
    expect(kept.lookup('Examplia')).toEqual(made.lookup('Examplia'));
    expect(kept.complete('exampl', 5)).toEqual(made.complete('exampl', 5));
    expect(kept.demonym('syrian')).toBe(made.demonym('syrian'));
  });

  it('is never that of the tables as they were', () => {
    const [tables, cache] = [folder(), new Cache(folder())];
    writeFileSync(join(tables, 'sy.tsv'), table('sy-examplia\tExamplia\ttown\t35.1\t36.2'));
    loadGazetteer([tables], cache);
    writeFileSync(join(tables, 'sy.tsv'), table('sy-examplia\tExamplia\ttown\t35.9\t36.2'));
    expect(loadGazetteer([tables], cache).get(placeId('sy-examplia'))?.lat).toBe(35.9);
    writeFileSync(join(tables, 'sy.tsv'), table('sy-examplia\tExamplia\tfarm\t35.9\t36.2'));
    expect(() => loadGazetteer([tables], cache)).toThrow('kind is "farm"');
  });

  it('is the shipped one, as it is without a cache', () => {
    const fresh = loadGazetteer([join(import.meta.dirname, '..', '..', 'config', 'gazetteer')]);
    expect(fresh.version).toBe(shipped.version);
    expect([...shipped.places()]).toEqual([...fresh.places()]);
  });
});

describe('what the lexicon says, from the cache', () => {
  it('is what its files say now; a file that is no YAML is left to who reads it', () => {
    using tree = configTree();
    const file = join('config', 'lexicon', 'en', 'words.yaml');
    const values = (text: string) => {
      writeFileSync(join(tree.root, file), text);
      return lexiconValues(tree.root, cache);
    };
    const cache = new Cache(join(tree.root, 'cache'));
    mkdirSync(join(tree.root, 'config', 'lexicon', 'en'), { recursive: true });
    expect(values('a: [1, two]\n').get(file)).toEqual({ a: [1, 'two'] });
    expect(values('a: [1, two]\n').get(file)).toEqual({ a: [1, 'two'] });
    expect(values('a: [1, three]\n').get(file)).toEqual({ a: [1, 'three'] });
    expect(values('a: [1, three\n').has(file)).toBe(false);
  });
});
