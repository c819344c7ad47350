import { Redis } from 'ioredis';
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startProcess, type ProcessOptions, type Running } from '../faults/process.ts';
import { freshDatabase } from '../support/postgres.ts';
import { redisMissing, startRedis, type RedisServer } from '../support/redis.ts';
import { channelText, newPlace, sitrep, taken, untilQuiet, type Place } from './sitrep.ts';

const TOWNS = [
  ['Saraqib', 'Idlib'],
  ['Binnish', 'Idlib'],
  ['Nawa', 'Daraa'],
  ['Douma', 'Rural Damascus'],
  ['Manbij', 'Aleppo'],
  ['Tabqa', 'Raqqa'],
  ['Hajin', 'Deir Ezzor'],
  ['Palmyra', 'Homs'],
] as const;

let place: Place;
let url: string;
let running: Running[];
beforeEach(async () => {
  place = newPlace();
  url = (await freshDatabase()).connectionString;
  running = [];
});
afterEach(async () => {
  for (const one of running) await one.stopped();
  rmSync(place.dataDir, { recursive: true, force: true });
});

async function run(env: Readonly<Record<string, string>>, options: ProcessOptions = {}): Promise<Running> {
  const one = await startProcess(place.dataDir, place.settings, {
    ...options,
    env: { DATABASE_URL: url, ...env },
  });
  running.push(one);
  return one;
}

const give = async (towns: readonly (readonly [string, string])[]): Promise<void> => {
  const input = towns.map(([town, province]) => JSON.stringify(taken(town, province, '14'))).join('\n');
  const given = await sitrep(['report', '-'], { env: { ...place.env, DATABASE_URL: url }, input });
  expect([given.status, given.stderr]).toEqual([0, '']);
};

/** Each town is told of in one thread. */
async function toldOnce(desk: string): Promise<void> {
  for (const [town] of TOWNS)
    await expect.poll(() => channelText(desk, 'all'), { timeout: 20_000 }).toContain(town);
  await untilQuiet(desk);
  const page = await (await fetch(new URL('/c/all', desk))).text();
  const headlines = [...page.matchAll(/<h[23][^>]*>(.*?)<\/h[23]>/gs)].map(([, inner]) => inner!);
  for (const [town] of TOWNS) expect(headlines.filter((text) => text.includes(town))).toHaveLength(1);
}

describe('a bot and a worker on one database server', () => {
  it('share the work: all is told once, and what one leaves the other finishes', async () => {
    const worker = await run({}, { args: ['start', '--role', 'worker'], up: /^The worker runs/ });
    const bot = await run({});
    await give(TOWNS.slice(0, 4));
    await worker.killed();
    running = running.filter((one) => one !== worker);
    await give(TOWNS.slice(4));
    await toldOnce(bot.desk);
    // Two more on the same data: nothing is wrong with that when the database is a server.
    const doctor = await sitrep(['doctor'], {
      env: { ...place.env, DATABASE_URL: url, SITREP_DESK_PORT: new URL(bot.desk).port },
    });
    expect(doctor.status).toBe(0);
    expect(doctor.stdout).toContain(`✓ bot: the desk answers at ${bot.desk}`);
    expect(await bot.stopped()).toBe(0);
    running = [];
  });
});

if (redisMissing !== undefined) console.log(`skipped: the bot on Redis (${redisMissing})`);

describe.skipIf(redisMissing !== undefined)('a bot with REDIS_URL', () => {
  let redis: RedisServer;
  beforeEach(async () => {
    redis = await startRedis();
  });
  afterEach(() => redis.stop());

  it('tells all once, though Redis forgets everything in the middle', async () => {
    const env = { REDIS_URL: redis.address };
    const worker = await run(env, { args: ['start', '--role', 'worker'], up: /^The worker runs/ });
    const bot = await run(env);
    const client = new Redis(redis.socket);
    await give(TOWNS.slice(0, 3));
    await client.flushall();
    await give(TOWNS.slice(3, 6));
    await client.flushall();
    await give(TOWNS.slice(6));
    await client.flushall();
    await toldOnce(bot.desk);
    expect(await client.dbsize()).toBeGreaterThan(0);
    client.disconnect();
    for (const one of [worker, bot]) expect(await one.stopped()).toBe(0);
    running = [];
  });
});
