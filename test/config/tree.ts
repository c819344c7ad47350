import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const REPOSITORY = resolve(import.meta.dirname, '../..');

/** A project folder of its own: the shipped defaults, no sources, and the given files over them. */
export function configTree(files: Readonly<Record<string, string>> = {}): {
  readonly root: string;
  [Symbol.dispose](): void;
} {
  const root = mkdtempSync(join(tmpdir(), 'sitrep-config-'));
  mkdirSync(join(root, 'config'));
  cpSync(join(REPOSITORY, 'config/default.yaml'), join(root, 'config/default.yaml'));
  writeFileSync(join(root, 'config/sources.yaml'), 'sources: []\n');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true }) };
}
