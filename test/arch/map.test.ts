import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const named = (page: string): string[] => [
  ...new Set(
    [
      ...read(page).matchAll(/`((?:src|config|test|docs|scripts)\/[^`\s*…]*|\.dependency-cruiser\.mjs)`/g),
    ].map((m) => m[1]!),
  ),
];

describe('the map says what is true', () => {
  for (const page of ['ARCHITECTURE.md', 'README.md', 'CONTRIBUTING.md']) {
    it.each(named(page))(`${page} names %s, which exists`, (path) => {
      expect(existsSync(join(root, path)), `${page} names ${path}: mend the page or the path`).toBe(true);
    });
  }

  it('every folder of src has its line', () => {
    const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    const missing = folders
      .map((entry) => `src/${entry.name}/`)
      .filter((path) => !read('ARCHITECTURE.md').includes(`\`${path}\``));
    expect(missing).toEqual([]);
  });
});
