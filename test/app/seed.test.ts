import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { deskDestination } from '../../src/chat/desk/channel.ts';
import { startBot, type Bot } from '../../src/app/bot.ts';
import { openLog } from '../../src/app/log.ts';
import type { DeskThread } from '../../src/chat/desk/ports.ts';
import type { Commands } from '../../src/commands/commands.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { Incident } from '../../src/model/incident.ts';
import { systemClock } from '../../src/model/time.ts';
import { toText } from '../../src/render/text.ts';
import { acceptReport } from '../../src/sources/accept/accept.ts';
import { sourceBook } from '../../src/sources/accept/book.ts';

const root = join(import.meta.dirname, '..', '..');
const seed = join(root, '..', 'shared', 'seed', 'evacuation-2018-05-20.txt');
const there = existsSync(seed);
if (!there) console.log(`skipped: the acceptance report is not at ${seed}`);

const channels = [
  { name: 'damascus', subscriptions: [{ place: 'Damascus', standing: 'claimed', mode: 'live' }] },
  { name: 'deir-ezzor', subscriptions: [{ place: 'Deir Ezzor', standing: 'claimed', mode: 'live' }] },
  { name: 'syria', subscriptions: [{ place: 'Syria', standing: 'claimed', mode: 'live' }] },
] as const;

describe.skipIf(!there)('the acceptance report, through the whole bot', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sitrep-seed-'));
  const log = openLog('error');
  let bot: Bot;
  let commands: Commands;

  const accept = async (text: string, more: object = {}) => {
    const result = await acceptReport(
      { text, published: '2018-05-20', source: 'Asharq Al-Awsat', ...more },
      'inbox',
      {
        book: sourceBook([]),
        clock: systemClock,
        reports: bot.doors,
      },
    );
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    return result.acceptance;
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
    bot.store.threads(deskDestination(channel).id, { limit: 50 });
  const textOf = ({ root: message }: DeskThread): string =>
    toText(message.message, bot.learnt.wording.strings);
  const ask = async (line: string): Promise<string> =>
    toText(
      await commands.answer(line, { destination: deskDestination('syria'), manages: true }),
      bot.learnt.wording.strings,
    );
  const incidentAt = async (place: string): Promise<Incident> => {
    const found = bot.learnt.places.lookup(place);
    if (found.kind !== 'found') throw new Error(`${place} is not in the gazetteer`);
    const incidents = await bot.store.recentIncidents(50);
    const [incident] = incidents.filter(({ facts }) =>
      facts.some(({ places }) => places.some(({ id }) => id === found.place.id)),
    );
    if (!incident) throw new Error(`nothing is known of ${place}`);
    return incident;
  };

  beforeAll(async () => {
    const config = loadConfig({ root, env: { SITREP_DATA: dataDir, SITREP_DESK_PORT: '0' } });
    bot = await startBot({
      root,
      config: { ...config, channels },
      role: 'all',
      clock: systemClock,
      log,
      onProgress: () => undefined,
    });
    commands = bot.commands;
    await accept(readFileSync(seed, 'utf8'));
    await quiet();
  });
  afterAll(async () => {
    await bot.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('tells of the evacuation in one thread: from where, to where, by what way, who, how many, on whose word, when', async () => {
    const told = (await threads('damascus')).map(textOf).find((text) => text.includes('evacuated'));
    for (const part of [
      /Yarmouk/,
      /Tadamu?n/i,
      /Badiya|Syrian Desert/,
      /Palmyra|Tadmur/,
      /ISIS/,
      /6 buses/,
      /Syrian Observatory for Human Rights/,
      /about 1,500 people/,
      /Khaled Abdul Majid/,
      /20 May 2018/,
    ])
      expect(told).toMatch(part);
  });

  it('keeps the deal, its denial and the halt of fighting in the same incident', async () => {
    const { facts } = await incidentAt('Yarmouk camp');
    const deals = facts.filter(({ type }) => type === 'agreement');
    expect(deals.some(({ standing }) => standing === 'contested')).toBe(true);
    const denial = deals.flatMap(({ claims }) => claims).find(({ stance }) => stance === 'denies');
    expect(denial?.origin).toMatchObject({ name: expect.stringMatching(/SANA|Syrian government/) as string });
    const halt = deals.find(({ date }) => date === '2018-05-19');
    expect(halt?.places.map(({ name }) => name).join()).toMatch(/Hajar al-Aswad/);
    expect(facts.some(({ type }) => type === 'evacuation')).toBe(true);
  });

  it('tells of Baghuz: held by the SDF, on its own word', async () => {
    const { facts } = await incidentAt('Baghuz');
    const taken = facts.find(({ type }) => type === 'control');
    expect(taken).toMatchObject({ standing: 'claimed', status: 'happened' });
    expect(taken?.to.map(({ id }) => id)).toEqual(['sdf']);
    const told = (await threads('deir-ezzor')).map(textOf).find((text) => text.includes('Baghuz'));
    expect(told).toMatch(/Abu Kamal district/);
    expect(told).toMatch(/Deir Ezzor governorate/);
  });

  it('keeps what ISIS holds, reported, without an alert of its own', async () => {
    for (const place of ['Hajin', 'Al-Susah', "Al-Sha'afah"]) {
      expect(await ask(`/status ${place}`)).toMatch(/held by ISIS.*reported.*20 May 2018/i);
      for (const channel of ['damascus', 'deir-ezzor', 'syria'])
        for (const { root: message } of await threads(channel))
          expect(message.message.headline).not.toContain(place);
    }
  });

  it('tells nothing of what is background', async () => {
    const headlines = (await threads('syria')).map(({ root: message }) => message.message.headline);
    expect(headlines.join('\n')).not.toMatch(/large parts|eastern Syria/);
    const current = (await bot.store.recentIncidents(50))
      .flatMap(({ facts }) => facts)
      .filter(({ type }) => type === 'control');
    expect(current.flatMap(({ places }) => places.map(({ name }) => name))).toEqual(['Baghuz']);
  });

  it('answers for Deir Ezzor in any spelling and script alike', async () => {
    const [first, ...others] = await Promise.all(
      ['/status deir-ezzor', '/status دير الزور', '/status "Dayr az Zawr"'].map(ask),
    );
    for (const other of others) expect(other).toBe(first);
    for (const [place, holder] of [
      ['Baghuz', 'SDF'],
      ['Hajin', 'ISIS'],
      ['al-Susah', 'ISIS'],
      ['al-Shaafah', 'ISIS'],
    ] as const)
      expect(first).toMatch(
        new RegExp(
          `${place} .*: held by ${holder} .*Asharq Al-Awsat.*last confirmed 20 May 2018|${place} .*: held by ${holder} .*last confirmed 20 May 2018.*Asharq Al-Awsat`,
        ),
      );
    expect(await ask('/status hajin')).toContain('ISIS');
    expect(await ask('/status deir-ezzor at 2018-05-01')).toMatch(/nothing (?:was|is) known/i);
  });

  it('tells Damascus the first, Deir Ezzor the second, Syria both, each once', async () => {
    const about = async (channel: string) =>
      (await threads(channel))
        .map(textOf)
        .map((text) => (text.includes('Baghuz') ? 'Baghuz' : text.includes('Yarmouk') ? 'Yarmouk' : text));
    expect(new Set(await about('damascus'))).toEqual(new Set(['Yarmouk']));
    expect((await about('damascus')).length).toBe(1);
    expect(await about('deir-ezzor')).toContain('Baghuz');
    expect(await about('deir-ezzor')).not.toContain('Yarmouk');
    expect((await about('syria')).filter((one) => one === 'Yarmouk')).toHaveLength(1);
    expect((await about('syria')).filter((one) => one === 'Baghuz')).toHaveLength(1);
  });

  it('tells nothing new when the same report comes again under another url or byline', async () => {
    const before = await Promise.all(channels.map(({ name }) => threads(name)));
    const text = readFileSync(seed, 'utf8');
    expect((await accept(text, { url: 'https://copy.example/evacuation' })).kind).toBe('duplicate');
    await accept(`By Another Desk\n\n${text}`, { source: 'Sample Gazette' });
    await quiet();
    expect(await Promise.all(channels.map(({ name }) => threads(name)))).toEqual(before);
  });

  it('answers in the thread when a second report says how it ended', async () => {
    const before = (await threads('damascus'))[0]!;
    await accept(
      'The evacuation of ISIS fighters and their families from the Yarmouk camp in southern Damascus ended on Monday. A total of 1,600 people were evacuated to the Syrian Desert, a monitoring group said.',
      { published: '2018-05-21', source: 'Sample Monitor' },
    );
    await quiet();
    const after = await threads('damascus');
    expect(after).toHaveLength(1);
    expect(after[0]?.replies).toHaveLength(before.replies.length + 1);
    expect(toText(after[0]!.replies.at(-1)!.message, bot.learnt.wording.strings)).toContain('1,600 people');
    expect(after[0]?.root.revision).toBeGreaterThan(before.root.revision);
    expect(textOf(after[0]!)).toContain('1,600 people');
  });
});
