import { join } from 'node:path';
import { userGazetteer } from '../app/knowledge.ts';
import { importGazetteer } from '../config/gazetteer-import.ts';
import { readTables, readWorldTowns } from '../config/gazetteer.ts';
import { loadConfig } from '../config/load.ts';
import { ROOT } from './root.ts';
import { printJson, say, UserError } from './terminal.ts';

/** Redraws one line on a terminal; says nothing into a file. */
function showProgress(done: number, total: number, file: string): void {
  if (!process.stderr.isTTY) return;
  const percent = total === 0 ? 100 : Math.floor((100 * done) / total);
  process.stderr.write(`\r${percent} % ${file}\u001b[K${done >= total ? '\n' : ''}`);
}

/** `sitrep gazetteer import FILE…`: into tables of the data folder, which go over the shipped ones from the next start on. */
export async function importPlaces(files: readonly string[], { json }: { json?: true }): Promise<void> {
  const { dataDir } = loadConfig({ root: ROOT, env: process.env });
  const folder = userGazetteer(dataDir);
  let outcome;
  try {
    outcome = await importGazetteer({
      files,
      folder,
      shipped: readTables([join(ROOT, 'config', 'gazetteer')]),
      towns: readWorldTowns(),
      progress: showProgress,
    });
  } catch (error) {
    if (error instanceof RangeError || (error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new UserError((error as Error).message);
    throw error;
  }
  const { added, merged, known, rejected, tables } = outcome;
  const nothing = added + merged + known === 0;
  if (nothing) process.exitCode = 1;
  if (json) {
    printJson({ folder, added, merged, known, rejected, tables });
    return;
  }
  say(`${added} place(s) added, ${merged} known one(s) gained something, ${known} had nothing to gain.`);
  for (const { reason, count, examples } of rejected)
    say(`${count} rejected: ${reason} (for example ${examples.join(', ')})`);
  if (nothing) {
    say('Nothing was taken in: no line of these files gave a place.');
    return;
  }
  say(`Kept in ${tables.join(', ') || folder}; a bot that runs takes them in at its next start.`);
}
