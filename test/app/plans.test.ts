import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startBot, type Bot } from '../../src/app/bot.ts';
import { choresOf } from '../../src/app/chores.ts';
import { openLog } from '../../src/app/log.ts';
import { deskDestination } from '../../src/chat/desk/channel.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { ReportId } from '../../src/model/ids.ts';
import { shortIdOf } from '../../src/model/incident.ts';
import { instant, systemClock } from '../../src/model/time.ts';
import { acceptReport } from '../../src/sources/accept/accept.ts';
import { sourceBook } from '../../src/sources/accept/book.ts';
import { findEmbedded } from '../../src/store/embedded/start.ts';
import { GROWING } from '../support/tables.ts';

interface Asked {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Every query that the bot sends, by its text, with what was asked for first. */
const asked = new Map<string, Asked>();

function listen(): void {
  const { query: send } = pg.Client.prototype as unknown as {
    readonly query: (this: pg.Client, ...parameters: unknown[]) => unknown;
  };
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
    this: pg.Client,
    ...parameters: unknown[]
  ) {
    const [query, given] = parameters as [string | { text?: string; values?: unknown[] }, unknown];
    const text = typeof query === 'string' ? query : (query.text ?? '');
    const values = Array.isArray(given) ? given : typeof query === 'string' ? [] : (query.values ?? []);
    if (!asked.has(text)) asked.set(text, { text, values });
    return send.apply(this, parameters) as never;
  });
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly Plan[];
}

/**
 * What a plan reads through from end to end. An index without a condition is walked until a limit is reached, or is one of
 * those that hold only what is under way (`partial`).
 */
function readThrough(plan: Plan, partial: ReadonlySet<string>, limited = false): readonly string[] {
  const { 'Node Type': kind, 'Relation Name': table, 'Index Name': index, 'Index Cond': condition } = plan;
  const under = limited || kind === 'Limit';
  const here =
    table !== undefined && GROWING.has(table) && kind === 'Seq Scan'
      ? [`${kind} on ${table}`]
      : kind.startsWith('Index') &&
          table !== undefined &&
          GROWING.has(table) &&
          condition === undefined &&
          !under &&
          !partial.has(index ?? '')
        ? [`${kind} of all of ${index} on ${table}`]
        : [];
  // A sort needs all before it gives the first, so that a limit above it stops nothing.
  const below = under && !['Sort', 'Aggregate', 'Hash', 'WindowAgg'].includes(kind);
  return [...here, ...(plan.Plans ?? []).flatMap((one) => readThrough(one, partial, below))];
}

const root = join(import.meta.dirname, '..', '..');
const dataDir = mkdtempSync(join(tmpdir(), 'sitrep-plans-'));
const channels = [
  { name: 'syria', subscriptions: [{ place: 'Syria', standing: 'claimed', mode: 'live' }] },
  { name: 'daily', subscriptions: [{ standing: 'claimed', mode: 'daily' }] },
] as const;
let bot: Bot;

const tell = async (text: string, more: object = {}): Promise<ReportId> => {
  const deps = { book: sourceBook([]), clock: systemClock, reports: bot.doors };
  const value = { text, published: '2018-05-14', source: 'Sample Wire', ...more };
  const result = await acceptReport(value, 'inbox', deps);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  await quiet();
  return result.acceptance.report;
};
const quiet = (): Promise<void> =>
  vi.waitFor(
    async () => {
      const { waiting } = await bot.store.health();
      expect(Object.values(waiting).map(({ count }) => count)).toEqual([0, 0, 0]);
    },
    { timeout: 30_000, interval: 25 },
  );

beforeAll(async () => {
  const config = loadConfig({ root, env: { SITREP_DATA: dataDir, SITREP_DESK_PORT: '0' } });
  bot = await startBot({
    root,
    config: { ...config, channels, queue: { ...config.queue, relaySeconds: 1 } },
    role: 'all',
    clock: systemClock,
    log: openLog('error'),
    onProgress: () => undefined,
  });
  // Not before: migrations read what they change.
  listen();
});
afterAll(async () => {
  vi.restoreAllMocks();
  await bot.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Judges reports of all sorts, and takes one back. */
async function judgeAll(): Promise<ReportId> {
  const taken =
    'Rebels captured the town of Saraqib in Idlib province from government forces on Monday, a monitoring group said. Shops were closed and the main road was empty in the evening.';
  const url = 'https://wire.example/saraqib';
  const first = await tell(taken, { url, title: 'Saraqib' });
  await tell(`${taken} Photo: archive.`, { source: 'Sample Paper' });
  await tell('State media said on Tuesday that government forces had lost Saraqib.', {
    published: '2018-05-15',
  });
  await tell(
    'About 1,500 civilians were being evacuated from the town of Nawa in Daraa province on Monday, local sources said. Buses went to Idlib.',
  );
  await tell('The army denied on Wednesday that rebels captured Saraqib.', { published: '2018-05-16' });
  await tell(taken.replace('Saraqib', 'Binnish'), { url, title: 'Saraqib' });
  await bot.store.retract({ report: first, reason: 'a hoax', by: 'a test' });
  await vi.waitFor(
    async () =>
      expect((await bot.store.corrections({ limit: 9 })).some(({ state }) => state === 'pending')).toBe(
        false,
      ),
    { timeout: 30_000, interval: 100 },
  );
  await quiet();
  return first;
}

async function askAll(report: ReportId): Promise<void> {
  const [incident] = await bot.store.recentIncidents(1);
  const name = shortIdOf(incident!.id);
  const from = { destination: deskDestination('syria'), manages: true };
  for (const line of [
    '/status saraqib',
    '/status syria at 2018-05-14 known 2018-05-16',
    '/timeline idlib days 30',
    `/evidence ${name}`,
    `/why ${name}`,
    '/why-not https://wire.example/saraqib',
    `/why-not ${report}`,
    `/mute ${name}`,
    `/unmute ${name}`,
    '/subscriptions',
    '/subscribe hajin',
    '/unsubscribe hajin',
    '/sources',
  ])
    await bot.commands.answer(line, from);
  for (const path of [
    '/',
    '/c/syria',
    '/incidents',
    `/incidents/${incident!.id}`,
    '/places',
    '/places/sy-idlib',
    '/places/sy-saraqib',
    '/health',
    '/healthz',
  ]) {
    const answer = await fetch(new URL(path, bot.desk));
    expect(`${path} ${answer.status}`).toBe(`${path} 200`);
  }
}

async function choresAll(): Promise<void> {
  const later = instant(Date.now() + 40 * 86_400_000);
  const sensitivity = {
    evacuation: 'coarse',
    return: 'coarse',
    aid_access: 'off',
    delayMinutes: 360,
  } as const;
  const parts = { store: bot.store, wording: bot.learnt.wording, clock: () => later, sensitivity };
  for (const chore of choresOf(parts)) await chore.run();
  await bot.store.auditLog({ limit: 10 });
}

describe('a query', () => {
  it('finds by an index what it needs of a table that grows, whatever the bot does or is asked', async () => {
    await askAll(await judgeAll());
    await choresAll();
    vi.restoreAllMocks();
    const { connectionString } = (await findEmbedded(dataDir))!;
    const client = new pg.Client({ connectionString });
    await client.connect();
    const { rows } = await client.query<{ name: string }>(
      `select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid where i.indpred is not null`,
    );
    const partial = new Set(rows.map((row) => row.name));
    // Costs so much that it is only chosen where no index serves: a table of ten rows is read through otherwise.
    await client.query(
      'set enable_seqscan = off; set enable_bitmapscan = on; set plan_cache_mode = force_custom_plan',
    );
    const bad: string[] = [];
    let looked = 0;
    for (const { text, values } of asked.values()) {
      if (!/^\s*\(*(?:select|update|delete|insert|with)\b/i.test(text)) continue;
      if (![...GROWING].some((table) => text.includes(`"${table}"`))) continue;
      const explained = await client.query<{ 'QUERY PLAN': readonly [{ readonly Plan: Plan }] }>(
        `explain (format json, costs off) ${text}`,
        [...values],
      );
      looked += 1;
      const through = readThrough(explained.rows[0]!['QUERY PLAN'][0].Plan, partial);
      if (through.length > 0) bad.push(`${[...new Set(through)].join('; ')}: ${text}`);
    }
    await client.end();
    expect(looked).toBeGreaterThan(60);
    expect(bad).toEqual([]);
  });
});
