import { loadKnowledge } from '../config/knowledge.ts';
import { systemClock } from '../model/time.ts';
import { extractCommand } from './extract.ts';
import { ROOT } from './program.ts';

/** `sitrep extract --jsonl` on standard input and output. */
export async function extractLines(): Promise<void> {
  process.exitCode = await extractCommand(process.stdin, process.stdout, {
    knowledge: await loadKnowledge(ROOT),
    now: systemClock(),
  });
}
