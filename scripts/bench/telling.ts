import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { startBot, type Bot } from '../../src/app/bot.ts';
import { deskDestination } from '../../src/chat/desk/channel.ts';
import { openLog } from '../../src/app/log.ts';
import { loadConfig } from '../../src/config/load.ts';
import { systemClock } from '../../src/model/time.ts';
import { measureQueue } from '../../src/queue/benchmark.ts';
import { acceptReport } from '../../src/sources/accept/accept.ts';
import { sourceBook } from '../../src/sources/accept/book.ts';
import { root } from '../step.ts';
import { quantile, round } from './corpus.ts';
import { silent, withDatabase } from './database.ts';
import type { Result } from './measure.ts';

const CHANNELS = 8;
const BURST = 150;
const STEADY = 100;
const STEADY_MS = 50;

/** A report that opens a thread of its own: a town changes hands, each time to the other side. */
const report = (town: string, index: number) => {
  const [taker, loser] =
    Math.floor(index / TOWNS.length) % 2 === 0
      ? ['Rebels', 'government forces']
      : ['Government forces', 'rebels'];
  return {
    source: 'Sample Wire',
    published: new Date(Date.UTC(2012, 0, 1 + index * 4)).toISOString(),
    title: `Sample ${index}`,
    text: `${taker} captured the town of ${town} from ${loser} on ${['Monday', 'Tuesday', 'Friday'][index % 3] ?? ''}, a monitoring group said in its bulletin number ${index}.`,
    sample: true,
  };
};
const TOWNS = [
  'Hajin',
  'Palmyra',
  'Douma',
  'Manbij',
  'Saraqib',
  'Nawa',
  'Tabqa',
  'Azaz',
  'Jarabulus',
  'Harem',
];

async function accept(bot: Bot, index: number): Promise<void> {
  const value = report(TOWNS[index % TOWNS.length] ?? '', index);
  const result = await acceptReport(value, 'inbox', {
    book: sourceBook([]),
    clock: systemClock,
    reports: bot.doors,
  });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
}

async function untilQuiet(bot: Bot): Promise<void> {
  for (;;) {
    const { waiting } = await bot.store.health();
    if (Object.values(waiting).every(({ count }) => count === 0)) return;
    await pause(20);
  }
}

/** The whole way of a report on the embedded database, against what BullMQ does on the same server. */
export async function benchTelling(): Promise<Result> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sitrep-bench-bot-'));
  try {
    return await withDatabase(async ({ connectionString }) => {
      const config = loadConfig({
        root,
        env: { SITREP_DATA: dataDir, SITREP_DESK_PORT: '0', DATABASE_URL: connectionString },
      });
      const channels = Array.from({ length: CHANNELS }, (_, index) => ({
        name: `c${index}`,
        subscriptions: [{ standing: 'claimed' as const, mode: 'live' as const }],
      }));
      const bot = await startBot({
        root,
        config: { ...config, channels },
        role: 'all',
        clock: systemClock,
        log: openLog('error'),
        onProgress: () => undefined,
      });
      const client = new pg.Client({ connectionString });
      client.on('error', () => undefined);
      await client.connect();
      const sent = async (): Promise<number> => {
        const { rows } = await client.query<{ count: string }>(
          `select count(*) from deliveries where state = 'sent'`,
        );
        return Number(rows[0]?.count);
      };
      for (let index = 0; index < 10; index += 1) await accept(bot, index);
      await untilQuiet(bot);

      const before = await sent();
      const started = performance.now();
      for (let index = 10; index < 10 + BURST; index += 1) await accept(bot, index);
      await untilQuiet(bot);
      const seconds = (performance.now() - started) / 1000;
      const posts = (await sent()) - before;

      // One channel from here on: the latency of a report is asked for, not that of a queue of posts.
      for (const { name } of channels.slice(1)) await bot.store.unsubscribe(deskDestination(name).id);
      for (let index = 10 + BURST; index < 10 + BURST + STEADY; index += 1) {
        await accept(bot, index);
        await pause(STEADY_MS);
      }
      await untilQuiet(bot);
      const { rows } = await client.query<{ ms: string }>(
        `select extract(epoch from min(deliveries.attempted) - reports.accepted) * 1000 as ms
         from reports join updates on updates.report = reports.id join deliveries on deliveries.update = updates.id
         where reports.seq > ${10 + BURST} group by reports.id, reports.accepted`,
      );
      await bot.stop();
      await client.query('create database queue_alone');
      await client.end();
      const queue = await measureQueue(
        { kind: 'postgres', connectionString: connectionString.replace('/sitrep?', '/queue_alone?') },
        silent,
      );
      const handedP50Ms = quantile(
        rows.map(({ ms }) => Number(ms)),
        0.5,
      );
      return {
        measures: [
          {
            what: "posts per second / BullMQ's no-op jobs",
            value: round(posts / seconds / queue.noopJobsPerSecond),
            floor: 0.1,
            aim: 0.16,
            better: 'higher',
          },
          {
            what: "accepted to handed over, p50 / BullMQ's add to process",
            value: round(handedP50Ms / queue.addToProcessP50Ms, 2),
            floor: 10,
            aim: 6,
            better: 'lower',
          },
        ],
        numbers: {
          postsPerSecond: round(posts / seconds, 1),
          queueJobsPerSecond: round(queue.noopJobsPerSecond, 1),
          acceptedToHandedP50Ms: round(handedP50Ms, 1),
          queueAddToProcessP50Ms: round(queue.addToProcessP50Ms, 2),
          reportsTimed: rows.length,
        },
      };
    });
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
