import { joinDatabase, type OpenDatabase } from '../app/database.ts';
import { openLog } from '../app/log.ts';
import { loadConfig, type Config } from '../config/load.ts';
import type { Incident } from '../model/incident.ts';
import { systemClock } from '../model/time.ts';
import { sourceBook, type SourceBook } from '../sources/accept/book.ts';
import { ROOT } from './root.ts';
import { stoppable, unless } from './stopping.ts';
import { note } from './terminal.ts';

export interface Beside {
  readonly config: Config;
  readonly database: OpenDatabase;
  readonly book: SourceBook;
}

/**
 * Runs a command on the database of the bot, whether the bot runs or not. Only warnings are logged.
 * @throws Stopped when Ctrl-C or a signal came first; an embedded database that was started for it is ended
 */
export async function besideTheBot<T>(work: (beside: Beside) => Promise<T>): Promise<T> {
  const config = loadConfig({ root: ROOT, env: process.env });
  const book = sourceBook(config.sources, config.idleSources);
  return stoppable(async (stop) => {
    const database = await joinDatabase({
      config,
      clock: systemClock,
      log: openLog('warn'),
      onProgress: note,
      sources: book,
    });
    try {
      return await unless(stop, work({ config, database, book }));
    } finally {
      await database.close();
    }
  });
}

/** Who sits at the terminal has the database: nothing is held back. */
export const inFull = (incident: Incident): Promise<Incident> => Promise.resolve(incident);
