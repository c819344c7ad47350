import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startBot, type Bot } from '../../src/app/bot.ts';
import { openLog } from '../../src/app/log.ts';
import { releaseWithheld } from '../../src/app/release.ts';
import { deskChat } from '../../src/chat/desk/port.ts';
import { deskDestination } from '../../src/chat/desk/channel.ts';
import type { DeskThread } from '../../src/chat/desk/ports.ts';
import { loadConfig } from '../../src/config/load.ts';
import { shortIdOf } from '../../src/model/incident.ts';
import { drainDestination } from '../../src/deliver/drain.ts';
import { instant, systemClock } from '../../src/model/time.ts';
import { toText } from '../../src/render/text.ts';
import { acceptReport } from '../../src/sources/accept/accept.ts';
import { sourceBook } from '../../src/sources/accept/book.ts';

const root = join(import.meta.dirname, '..', '..');
const everywhere = [{ standing: 'claimed', mode: 'live' }] as const;
const channels = [
  { name: 'open', subscriptions: everywhere },
  { name: 'inner', trusted: true, subscriptions: everywhere },
] as const;
const UNDER_WAY =
  'Buses are carrying about 400 civilians out of the town of Saraqib in Idlib province towards the city of Hama under an evacuation deal, local sources said on Monday. The evacuation is under way.';
const DETAILS = /Saraqib|Hama\b|When:/;

describe.each(['coarse', 'delay'] as const)('an evacuation of civilians that is under way, %s', (mode) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sitrep-sensitivity-'));
  const log = openLog('error');
  let bot: Bot;

  const tell = async (text: string): Promise<void> => {
    const url = 'https://wire.example/buses';
    const result = await acceptReport(
      { text, published: '2018-05-14', source: 'Sample Wire', ...(text === UNDER_WAY && { url }) },
      'inbox',
      {
        book: sourceBook([]),
        clock: systemClock,
        reports: bot.doors,
      },
    );
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    await quiet();
  };
  const quiet = () =>
    vi.waitFor(
      async () => {
        const { waiting } = await bot.store.health();
        expect(Object.values(waiting).map(({ count }) => count)).toEqual([0, 0, 0]);
      },
      { timeout: 15_000, interval: 25 },
    );
  const threads = (channel: string): Promise<readonly DeskThread[]> =>
    bot.store.threads(deskDestination(channel).id, { limit: 20 });
  const allOf = async (channel: string): Promise<string> =>
    (await threads(channel))
      .flatMap(({ root: first, replies }) => [first, ...replies])
      .map(({ message }) => toText(message, bot.learnt.wording.strings))
      .join('\n');
  const ask = async (line: string, channel: string): Promise<string> =>
    toText(
      await bot.commands.answer(line, { destination: deskDestination(channel), manages: true }),
      bot.learnt.wording.strings,
    );
  const nameOf = async (): Promise<string> => shortIdOf((await bot.store.recentIncidents(1))[0]!.id);

  beforeAll(async () => {
    const config = loadConfig({ root, env: { SITREP_DATA: dataDir, SITREP_DESK_PORT: '0' } });
    const sensitivity = { ...config.sensitivity, evacuation: mode };
    bot = await startBot({
      root,
      config: { ...config, channels, sensitivity },
      role: 'all',
      clock: systemClock,
      log,
      onProgress: () => undefined,
    });
    await tell(UNDER_WAY);
  });
  afterAll(async () => {
    await bot.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('is told in full where that is trusted', async () => {
    expect(await allOf('inner')).toMatch(/Saraqib/);
    expect(await ask('/timeline idlib', 'inner')).toMatch(/Saraqib/);
  });

  it('elsewhere names neither town, way, destination nor day, in alert and answers', async () => {
    const told = await allOf('open');
    expect(told).not.toMatch(DETAILS);
    if (mode === 'delay') expect(told).toBe('');
    else
      expect(told).toMatch(/400 civilians|civilians[\s\S]*Idlib[\s\S]*for the safety of those on the move/i);
    const name = await nameOf();
    for (const line of [
      '/timeline idlib',
      '/status idlib',
      `/evidence ${name}`,
      `/why ${name}`,
      '/evidence zzzz',
      '/why-not https://wire.example/buses',
    ])
      expect((await ask(line, 'open')).replace(/^.*idlib.*$/gim, '')).not.toMatch(DETAILS);
  });

  it('is told in full when the time has passed, once', async () => {
    const { store, learnt } = bot;
    expect(await releaseWithheld(store, systemClock(), learnt.wording)).toEqual([]);
    const later = instant(Date.now() + 7 * 3_600_000);
    expect(await releaseWithheld(store, later, learnt.wording)).toEqual([deskDestination('open').id]);
    expect(await releaseWithheld(store, later, learnt.wording)).toEqual([]);
    const clock = () => later;
    await drainDestination(deskDestination('open').id, {
      store,
      ports: { desk: deskChat(store) },
      clock,
      log,
    });
    await quiet();
    expect(await allOf('open')).toMatch(/Saraqib/);
    const [thread] = await threads('open');
    expect(thread?.replies.length).toBe(mode === 'coarse' ? 1 : 0);
  });

  it('is told in full at once when somebody answers for it, on record', async () => {
    await tell(UNDER_WAY.replaceAll('Saraqib', 'Binnish').replace('400', '300'));
    expect(await allOf('open')).not.toMatch(/Binnish/);
    const [incident] = (await bot.store.recentIncidents(5)).filter(({ facts }) =>
      facts.some(({ places }) => places.some(({ name }) => name === 'Binnish')),
    );
    expect(await ask(`/disclose ${shortIdOf(incident!.id)} because all have arrived`, 'open')).toMatch(
      /is told in full everywhere/,
    );
    await releaseWithheld(bot.store, systemClock(), bot.learnt.wording);
    await quiet();
    expect(await allOf('open')).toMatch(/Binnish/);
    expect(await bot.store.auditLog({ limit: 5 })).toMatchObject([
      { action: 'disclose', subject: incident!.id, actor: '#open', detail: 'all have arrived' },
      { action: 'trust', subject: deskDestination('inner').id },
    ]);
  });

  it('is no secret any more when it is over', async () => {
    await tell(
      'About 250 civilians were evacuated from the town of Maarat Misrin in Idlib province on Monday, local sources said.',
    );
    expect(await allOf('open')).toMatch(/Maarat Misrin|Maarrat Misrin/);
  });
});
