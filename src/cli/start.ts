import { openLog } from '../app/log.ts';
import { startBot, type Role } from '../app/bot.ts';
import { loadConfig } from '../config/load.ts';
import { systemClock } from '../model/time.ts';
import { ROOT } from './program.ts';
import { untilStopped } from './stopping.ts';
import { note, say, UserError } from './terminal.ts';

/** `sitrep start`: runs until it is told to stop. */
export async function start({ role }: { role: Role }): Promise<void> {
  const config = loadConfig({ root: ROOT, env: process.env });
  if (role === 'worker' && config.database.url === undefined)
    throw new UserError(
      'A worker shares the work of a bot on another machine or process, so both need one database server: set DATABASE_URL. The embedded database belongs to one process.',
    );
  const log = openLog(config.log.level);
  const bot = await startBot({ root: ROOT, config, role, clock: systemClock, log, onProgress: note });
  if (bot.desk === undefined) {
    say('The worker runs. Ctrl-C ends it.');
  } else {
    say(`The desk is open at ${bot.desk}`);
    say(`Reports are taken from ${config.inbox.folder}`);
    say('Ctrl-C ends it.');
  }
  await untilStopped(() => bot.stop());
}
