import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startBot, type Bot } from '../../src/app/bot.ts';
import { choresOf } from '../../src/app/chores.ts';
import { openLog } from '../../src/app/log.ts';
import { deskChat } from '../../src/chat/desk/port.ts';
import { drainDestination } from '../../src/deliver/drain.ts';
import { deskDestination } from '../../src/chat/desk/channel.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Incident } from '../../src/model/incident.ts';
import { instant, systemClock } from '../../src/model/time.ts';
import { toText } from '../../src/render/text.ts';
import { acceptReport } from '../../src/sources/accept/accept.ts';
import { sourceBook } from '../../src/sources/accept/book.ts';

const root = join(import.meta.dirname, '..', '..');
const daily = [{ standing: 'claimed', mode: 'daily' }] as const;
const channels = [
  { name: 'open', subscriptions: [{ standing: 'claimed', mode: 'live' }] },
  { name: 'morning', subscriptions: daily },
  { name: 'inner', trusted: true, subscriptions: daily },
] as const;
const UNDER_WAY =
  'Buses are carrying about 400 civilians out of the town of Saraqib in Idlib province towards the city of Hama under an evacuation deal, local sources said on Monday. The evacuation is under way.';
const OVER =
  'Rebels captured the town of Nawa in Daraa province from government forces on Monday, local sources said.';
const DETAILS = /Saraqib|سراقب|Hama\b|حماة/;

const dataDir = mkdtempSync(join(tmpdir(), 'sitrep-exposed-'));
const log = openLog('error');

async function started(exposed: boolean): Promise<Bot> {
  const config = loadConfig({ root, env: { SITREP_DATA: dataDir, SITREP_DESK_PORT: '0' } });
  return startBot({
    root,
    config: { ...config, channels, desk: { ...config.desk, exposed } },
    role: 'all',
    clock: systemClock,
    log,
    onProgress: () => undefined,
  });
}

/** The words of a page. */
async function pageOf(bot: Bot, path: string): Promise<string> {
  const answer = await fetch(new URL(path, bot.desk));
  expect(`${path}: ${answer.status}`).toBe(`${path}: 200`);
  return (await answer.text()).replace(/<[^<>]+>/g, ' ');
}

const quiet = (bot: Bot): Promise<void> =>
  vi.waitFor(
    async () => {
      const { waiting } = await bot.store.health();
      expect(Object.values(waiting).map(({ count }) => count)).toEqual([0, 0, 0]);
    },
    { timeout: 30_000, interval: 25 },
  );

describe('people on the move, on a desk that others can reach', () => {
  let bot: Bot;
  let moving: Incident;

  beforeAll(async () => {
    bot = await started(true);
    for (const text of [UNDER_WAY, OVER]) {
      const deps = { book: sourceBook([]), clock: systemClock, reports: bot.doors };
      const value = { text, published: '2018-05-14', source: 'Sample Wire' };
      const result = await acceptReport(value, 'inbox', deps);
      if (!result.ok) throw new Error(JSON.stringify(result.problems));
      await quiet(bot);
    }
    [moving] = (await bot.store.recentIncidents(5)).filter(({ facts }) =>
      facts.some(({ type }) => type === 'evacuation'),
    ) as [Incident];
  });
  afterAll(async () => {
    await bot.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('are not named by town, way, destination or day on any page', async () => {
    for (const path of [
      '/',
      '/c/open',
      '/incidents',
      `/incidents/${moving.id}`,
      '/places',
      '/places/sy-idlib',
    ])
      expect(await pageOf(bot, path), path).not.toMatch(DETAILS);
    expect(await pageOf(bot, `/incidents/${moving.id}`)).toMatch(/Idlib/);
    // Only they are: what is over is told as it is.
    expect(await pageOf(bot, '/incidents')).toMatch(/Rebels took Nawa/);
  });

  it('are told of by their district in a digest, and in full in one that is trusted', async () => {
    const { store, learnt } = bot;
    const { sensitivity } = loadConfig({ root, env: {} });
    const later = instant(Date.now() + 25 * 3_600_000);
    const parts = { store, wording: learnt.wording, clock: () => later, sensitivity };
    const digests = choresOf(parts).find(({ id }) => id === 'digests')!;
    const filed = await digests.run();
    expect(filed.toSorted()).toEqual([deskDestination('inner').id, deskDestination('morning').id]);
    for (const destination of filed)
      await drainDestination(destination, {
        store,
        ports: { desk: deskChat(store) },
        clock: () => later,
        log,
      });
    const textOf = async (channel: string): Promise<string> => {
      const threads = await store.threads(deskDestination(channel).id, { limit: 5 });
      return threads.map(({ root: { message } }) => toText(message, learnt.wording.strings)).join('\n');
    };
    expect(await textOf('morning')).toMatch(/Nawa/);
    expect(await textOf('morning')).toMatch(/evacuated|evacuation/i);
    expect(await textOf('morning')).not.toMatch(DETAILS);
    expect(await textOf('inner')).toMatch(/Saraqib/);
  });

  it('are shown in full on the desk of this machine alone', async () => {
    await bot.stop();
    bot = await started(false);
    expect(await pageOf(bot, `/incidents/${moving.id}`)).toMatch(/Saraqib/);
    expect(await pageOf(bot, '/incidents')).toMatch(/Saraqib/);
  });
});
