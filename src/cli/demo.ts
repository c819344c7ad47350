import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startBot, type Bot } from '../app/bot.ts';
import { openLog } from '../app/log.ts';
import { loadSamples } from '../app/samples.ts';
import { shownPath } from '../app/shown.ts';
import { loadConfig } from '../config/load.ts';
import type { DestinationId } from '../model/ids.ts';
import { systemClock } from '../model/time.ts';
import { acceptReport } from '../sources/accept/accept.ts';
import { sourceBook } from '../sources/accept/book.ts';
import { ROOT } from './root.ts';
import { runUntilStopped } from './stopping.ts';
import { note, say, UserError } from './terminal.ts';

const SETTINGS = 'config/demo/settings.yaml';
const MAX_PACE = 60;

function paceOf(text: string): number {
  const seconds = Number(text);
  if (!(seconds >= 0 && seconds <= MAX_PACE))
    throw new UserError(`--pace takes seconds from 0 to ${MAX_PACE}, for example 2.5; found "${text}"`);
  return seconds * 1000;
}

/**
 * Made-up reports must not reach a real database, nor real reports the demo: of the environment only what concerns the
 * desk and the log counts, and SITREP_DATA, inside which the demo has a folder of its own.
 */
function demoEnvironment(env: NodeJS.ProcessEnv): Record<string, string | undefined> {
  for (const name of ['DATABASE_URL', 'REDIS_URL', 'SITREP_CONFIG', 'SITREP_INBOX'])
    if (env[name] !== undefined && env[name] !== '') note(`The demo has its own, and leaves ${name} alone.`);
  const {
    SITREP_DATA: data,
    SITREP_DESK_HOST,
    SITREP_DESK_PORT,
    SITREP_DESK_EXPOSED,
    SITREP_LOG_LEVEL,
  } = env;
  return {
    SITREP_LOG_LEVEL: SITREP_LOG_LEVEL ?? 'warn',
    SITREP_DESK_HOST,
    SITREP_DESK_PORT,
    SITREP_DESK_EXPOSED,
    SITREP_CONFIG: SETTINGS,
    ...(data !== undefined && data !== '' && { SITREP_DATA: join(data, 'demo') }),
  };
}

/** `sitrep demo`: the bot on sample reports, with a data folder of its own. Goes on running until it is told to stop. */
export async function demo({ pace }: { pace: string }): Promise<void> {
  const paceMs = paceOf(pace);
  await runUntilStopped(async (stop) => {
    const config = loadConfig({ root: ROOT, env: demoEnvironment(process.env) });
    const log = openLog(config.log.level);
    const bot = await startBot({
      root: ROOT,
      config,
      role: 'all',
      clock: systemClock,
      log,
      onProgress: note,
      giveUp: stop,
    });
    say('');
    say(`The desk is open at ${bot.desk ?? ''}`);
    say('');
    const played = play(bot, sourceBook(config.sources), paceMs, stop).then(
      (news) => {
        if (!stop.aborted) sayHowToGoOn(news, shownPath(config.inbox.folder, ROOT));
      },
      (error: unknown) =>
        note(`The sample reports cannot be played on: ${(error as Error).message}. The bot goes on running.`),
    );
    return {
      stop: async () => {
        await played;
        await bot.stop();
      },
    };
  });
}

function sayHowToGoOn(news: number, inbox: string): void {
  say('');
  say(
    news === 0
      ? 'All sample reports were played before; nothing is told again.'
      : 'All sample reports are played.',
  );
  say(`It goes on running. Drop a text file into ${inbox}`);
  say('or type /status deir-ezzor or /subscribe hajin into the box on the desk. Ctrl-C ends it.');
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
