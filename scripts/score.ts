/**
 * Runs the engine over the annotated texts, where they lie beside the repository, and prints the scorer's table for each.
 *   node scripts/run.mjs scripts/score.ts [--errors N] [train|dev …]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadKnowledge } from '../src/config/knowledge.ts';
import { extract } from '../src/extract/extract.ts';
import { instant } from '../src/model/time.ts';

interface Row {
  readonly id: string;
  readonly text: string;
  readonly published: string;
  readonly title?: string;
}

const root = resolve(import.meta.dirname, '..');
const folder = join(root, '..', 'shared', 'eval');
const args = process.argv.slice(2);
const at = args.indexOf('--errors');
const errors = at < 0 ? [] : args.splice(at, 2);
const sets = args.length > 0 ? args : ['train', 'dev'];

const knowledge = await loadKnowledge(root);
const scratch = mkdtempSync(join(tmpdir(), 'sitrep-score-'));
for (const set of sets) {
  const gold = join(folder, `${set}.jsonl`);
  if (!existsSync(gold)) {
    console.log(`${set}: skipped, there is no ${gold}`);
    continue;
  }
  const rows = readFileSync(gold, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Row);
  const found = rows.map(({ id, text, published, title }) =>
    JSON.stringify({
      id,
      statements: extract(
        { body: text, published: instant(published), language: 'en', ...(title !== undefined && { title }) },
        knowledge,
      ),
    }),
  );
  const predicted = join(scratch, `${set}.jsonl`);
  writeFileSync(predicted, found.join('\n'));
  console.log(`== ${set}`);
  spawnSync(process.execPath, [join(folder, 'score.mjs'), gold, predicted, ...errors], { stdio: 'inherit' });
}
rmSync(scratch, { recursive: true });
