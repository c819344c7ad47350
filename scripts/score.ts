/**
 * Runs the engine over the annotated texts, where they lie beside the repository, and prints the scorer's table for each.
 *   node scripts/run.mjs scripts/score.ts [--errors N] [train|dev …]
 */
import { loadKnowledge } from '../src/config/knowledge.ts';
import { findAll, goldFile, hasGold, score } from './gold.ts';
import { root } from './step.ts';

const args = process.argv.slice(2);
const at = args.indexOf('--errors');
const errors = at < 0 ? [] : args.splice(at, 2);

const knowledge = await loadKnowledge(root);
for (const set of args.length > 0 ? args : ['train', 'dev']) {
  if (!hasGold(set)) {
    console.log(`${set}: skipped, there is no ${goldFile(set)}`);
    continue;
  }
  console.log(`== ${set}`);
  process.stdout.write(score(set, findAll(set, knowledge), ...errors));
}
