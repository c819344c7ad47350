import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigError, describeProblems } from '../../src/config/problem.ts';
import { configTree } from './tree.ts';

/** Each file is a bad config/local.yaml or config/sources.yaml; the comment lines at its end are all that must be said of it. */
const FOLDER = join(import.meta.dirname, 'bad');

const known =
  (...names: readonly string[]) =>
  (name: string) => ({
    known: names.includes(name),
    suggestions: names.slice(0, 1),
  });
const lookups = { place: known('Damascus', 'Syria', 'Deir Ezzor'), actor: known('syria-government') };

function complaints(name: string, text: string): string {
  const target = name.startsWith('sources-') ? 'config/sources.yaml' : 'config/local.yaml';
  using tree = configTree({ [target]: text });
  try {
    loadConfig({ root: tree.root, env: {}, lookups });
  } catch (error) {
    if (error instanceof ConfigError) return describeProblems(error.problems);
    throw error;
  }
  return 'nothing is wrong';
}

describe('bad configuration', () => {
  it.each(readdirSync(FOLDER))('%s names file, line, column, key and remedy', (name) => {
    const text = readFileSync(join(FOLDER, name), 'utf8');
    const expected = text.split('\n').flatMap((line) => (line.startsWith('# ') ? [line.slice(2)] : []));
    expect(complaints(name, text).split('\n')).toEqual(expected);
  });
});
