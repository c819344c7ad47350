import { learn } from '../app/knowledge.ts';
import { openLog } from '../app/log.ts';
import { startBot, type Role } from '../app/bot.ts';
import { shownPath } from '../app/shown.ts';
import { loadConfig } from '../config/load.ts';
import { systemClock } from '../model/time.ts';
import { namesIn } from './names.ts';
import { ROOT } from './root.ts';
import { runUntilStopped } from './stopping.ts';
import { note, say, UserError } from './terminal.ts';

/** `sitrep start`: runs until it is told to stop. */
export async function start({ role }: { role: Role }): Promise<void> {
  await runUntilStopped(async (stop) => {
    // First without the names, which take a second to learn: a plain mistake is told at once.
    const { dataDir } = loadConfig({ root: ROOT, env: process.env });
    const learnt = await learn(ROOT, dataDir);
    stop.throwIfAborted();
    const config = loadConfig({ root: ROOT, env: process.env, lookups: namesIn(learnt) });
    if (role === 'worker' && config.database.url === undefined)
      throw new UserError(
        'A worker shares the work of a bot on another machine or process, so both need one database server: set DATABASE_URL. The embedded database belongs to one process.',
      );
    const log = openLog(config.log.level);
    const bot = await startBot({
      root: ROOT,
      config,
      role,
      clock: systemClock,
      log,
      onProgress: note,
      learnt,
      giveUp: stop,
    });
    if (bot.desk === undefined) {
      say('The worker runs. Ctrl-C ends it.');
    } else {
      say(`The desk is open at ${bot.desk}`);
      say(`Reports are taken from ${shownPath(config.inbox.folder, ROOT)}`);
      say('Ctrl-C ends it.');
    }
    return bot;
  });
}
