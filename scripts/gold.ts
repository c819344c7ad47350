import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extract, type Knowledge } from '../src/extract/extract.ts';
import { instant } from '../src/model/time.ts';
import type { Statement } from '../src/model/statement.ts';
import { root } from './step.ts';

/** Annotated and other texts, where they lie beside the repository. */
export const SHARED = join(root, '..', 'shared');
const EVAL = join(SHARED, 'eval');

export interface GoldRow {
  readonly id: string;
  readonly text: string;
  readonly published: string;
  readonly title?: string;
}

export const readJsonl = <T>(file: string): T[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);

export const goldFile = (set: string): string => join(EVAL, `${set}.jsonl`);
export const hasGold = (set: string): boolean => existsSync(goldFile(set));

export interface Found {
  readonly id: string;
  readonly statements: readonly Statement[];
}

/** What the engine finds in the texts of a set. */
export const findAll = (set: string, knowledge: Knowledge): Found[] =>
  readJsonl<GoldRow>(goldFile(set)).map(({ id, text, published, title }) => ({
    id,
    statements: extract(
      { body: text, published: instant(published), language: 'en', ...(title !== undefined && { title }) },
      knowledge,
    ),
  }));

/** Runs the scorer over what was found. @returns what it prints */
export function score(set: string, found: readonly Found[], ...flags: readonly string[]): string {
  const scratch = mkdtempSync(join(tmpdir(), 'sitrep-score-'));
  try {
    const predicted = join(scratch, 'found.jsonl');
    writeFileSync(predicted, found.map((one) => JSON.stringify(one)).join('\n'));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(EVAL, 'score.mjs'), goldFile(set), predicted, ...flags],
      { encoding: 'utf8', maxBuffer: 64 * 1_048_576 },
    );
    if (status !== 0) throw new Error(`the scorer failed: ${stderr}`);
    return stdout;
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
