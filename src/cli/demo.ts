import { setTimeout as pause } from 'node:timers/promises';
import { startBot, type Bot } from '../app/bot.ts';
import { openLog } from '../app/log.ts';
import { loadSamples } from '../app/samples.ts';
import { loadConfig } from '../config/load.ts';
import type { DestinationId } from '../model/ids.ts';
import { systemClock } from '../model/time.ts';
import { acceptReport } from '../sources/accept/accept.ts';
import { sourceBook } from '../sources/accept/book.ts';
import { ROOT } from './program.ts';
import { untilStopped } from './stopping.ts';
import { note, say, UserError } from './terminal.ts';

const SETTINGS = 'config/demo/settings.yaml';
const MAX_PACE = 60;

function paceOf(text: string): number {
  const seconds = Number(text);
  if (!(seconds >= 0 && seconds <= MAX_PACE))
    throw new UserError(`--pace takes seconds from 0 to ${MAX_PACE}, for example 2.5; found "${text}"`);
  return seconds * 1000;
}

/** `sitrep demo`: the bot on sample reports, with a data folder of its own. Goes on running until it is told to stop. */
export async function demo({ pace }: { pace: string }): Promise<void> {
  const paceMs = paceOf(pace);
  const config = loadConfig({ root: ROOT, env: { SITREP_CONFIG: SETTINGS, ...process.env } });
  const log = openLog(process.env['SITREP_LOG_LEVEL'] ?? 'warn');
  const bot = await startBot({ root: ROOT, config, role: 'all', clock: systemClock, log, onProgress: note });
  say('');
  say(`The desk is open at ${bot.desk ?? ''}`);
  say('');
  const stop = new AbortController();
  const played = play(bot, sourceBook(config.sources), paceMs, stop.signal).then((news) => {
    if (stop.signal.aborted) return;
    say('');
    say(
      news === 0
        ? 'All sample reports were played before; nothing is told again.'
        : 'All sample reports are played.',
    );
    say(`It goes on running. Drop a text file into ${config.inbox.folder}`);
    say('or type /status deir-ezzor or /subscribe hajin into the box on the desk. Ctrl-C ends it.');
  });
  await untilStopped(async () => {
    stop.abort();
    await played;
    await bot.stop();
  });
}

/** Hands the samples in one after the other, and prints what is told. @returns how many were new */
async function play(
  bot: Bot,
  book: ReturnType<typeof sourceBook>,
  paceMs: number,
  signal: AbortSignal,
): Promise<number> {
  const samples = await loadSamples(ROOT);
  const unwatch = await printAlerts(bot);
  let news = 0;
  try {
    for (const [index, { title, value }] of samples.entries()) {
      if (signal.aborted) break;
      const result = await acceptReport(value, 'demo', { book, clock: systemClock, reports: bot.doors });
      if (!result.ok)
        throw new UserError(`Sample "${title}": ${result.problems.map(({ message }) => message).join('; ')}`);
      if (result.acceptance.kind === 'already') continue;
      news += 1;
      say(`[${index + 1}/${samples.length}] report: ${title}`);
      await pause(paceMs, undefined, { signal }).catch(() => undefined);
    }
  } finally {
    unwatch();
  }
  return news;
}

/** Prints a line for each message that appears on the desk from now on. */
async function printAlerts({ store }: Bot): Promise<() => void> {
  const seen = new Map<DestinationId, number>(
    (await store.channels()).map(({ destination, change }) => [destination.id, change]),
  );
  const names = new Map(
    (await store.channels()).map(({ destination }) => [destination.id, destination.name]),
  );
  let turn = Promise.resolve();
  const look = async (id: DestinationId): Promise<void> => {
    const changed = await store.changedMessages(id, seen.get(id) ?? 0, 100);
    for (const { thread, message, revision, change } of changed) {
      seen.set(id, change);
      if (revision > 0 && thread === undefined) continue;
      say(`      ${thread === undefined ? '→' : '  ↳'} ${names.get(id) ?? id}: ${message.headline}`);
    }
  };
  return store.onChange((id) => {
    for (const one of id === undefined ? seen.keys() : [id])
      turn = turn.then(() => look(one)).catch(() => undefined);
  });
}
