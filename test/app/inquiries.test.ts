import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startBot, type Bot } from '../../src/app/bot.ts';
import { openLog } from '../../src/app/log.ts';
import { deskDestination } from '../../src/chat/desk/channel.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { ReportId } from '../../src/model/ids.ts';
import { shortIdOf, type Incident } from '../../src/model/incident.ts';
import { addDays, dayOf, instant, systemClock, type Instant } from '../../src/model/time.ts';
import { toText } from '../../src/render/text.ts';
import { acceptReport } from '../../src/sources/accept/accept.ts';
import { sourceBook } from '../../src/sources/accept/book.ts';
import { sitrep } from '../cli/sitrep.ts';

const root = join(import.meta.dirname, '..', '..');
const channels = [
  { name: 'syria', subscriptions: [{ place: 'Syria', standing: 'claimed', mode: 'live' }] },
  { name: 'sure', subscriptions: [{ place: 'Syria', standing: 'confirmed', mode: 'live' }] },
  { name: 'homs', subscriptions: [{ place: 'Homs', standing: 'claimed', mode: 'live' }] },
] as const;
const dataDir = mkdtempSync(join(tmpdir(), 'sitrep-inquiries-'));
const url = 'https://wire.example/saraqib';
const text = 'Rebels captured the town of Saraqib in Idlib province on Monday, a monitoring group said.';

let bot: Bot;
let daysAhead = 0;
const clock = (): Instant =>
  instant(new Date(Date.parse(systemClock()) + daysAhead * 86_400_000).toISOString());
let taken: Incident;

const tell = async (body: string, more: object = {}): Promise<ReportId> => {
  const result = await acceptReport(
    { text: body, published: '2018-05-14', source: 'Sample Wire', ...more },
    'inbox',
    {
      book: sourceBook([]),
      clock: systemClock,
      reports: bot.doors,
    },
  );
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  await vi.waitFor(
    async () => {
      const { waiting } = await bot.store.health();
      expect(Object.values(waiting).map(({ count }) => count)).toEqual([0, 0, 0]);
    },
    { timeout: 15_000, interval: 25 },
  );
  return result.acceptance.report;
};
const ask = async (line: string, channel = 'syria'): Promise<string> =>
  toText(
    await bot.commands.answer(line, { destination: deskDestination(channel), manages: true }),
    bot.learnt.wording.strings,
  );

beforeAll(async () => {
  const config = loadConfig({ root, env: { SITREP_DATA: dataDir, SITREP_DESK_PORT: '0' } });
  bot = await startBot({
    root,
    config: { ...config, channels },
    role: 'all',
    clock,
    log: openLog('error'),
    onProgress: () => undefined,
  });
  await tell(text, { url, title: 'Rebels in Saraqib' });
  [taken] = (await bot.store.recentIncidents(1)) as [Incident];
});
afterAll(async () => {
  await bot.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('/status', () => {
  it('knows what follows from the whole of a region that was taken, until a report speaks of the town', async () => {
    await tell('Jaish al-Islam holds the town of Douma in Eastern Ghouta, activists said on Sunday.');
    await tell('The Syrian army captured the whole of Eastern Ghouta from rebels on Monday, residents said.');
    const inherited = await ask('/status douma at 2018-05-15');
    expect(inherited).toContain('as all of Eastern Ghouta is, of which no later report sets it apart');
    expect(inherited).toContain('before that, by reports on the place itself: held by Jaish al-Islam');
    expect(await ask('/status eastern-ghouta at 2018-05-15')).toMatch(/Inside Eastern Ghouta:\n.*Douma/);
    expect(await ask('/timeline douma')).toMatch(
      /14 May 2018 · Syrian government took Eastern Ghouta.* · Douma lies in it · #/,
    );
    const page = await (await fetch(new URL('/places/sy-douma', bot.desk))).text();
    expect(page).toMatch(/as all of .*Eastern Ghouta.* is, of which no later report sets it apart/);
    await tell('ISIS captured the town of Douma from the army on Tuesday, residents said.', {
      published: '2018-05-15',
    });
    expect(await ask('/status douma at 2018-05-15')).toContain('Douma: held by ISIS');
  });

  it('says beside who holds a place that it is besieged', async () => {
    await tell('Syrian government forces besieged the town of Madaya on Monday, activists said.');
    const besieged = 'cut off Madaya, 14 May 2018';
    expect(await ask('/status sy-madaya at 2018-05-15')).toContain(besieged);
    const today = dayOf(systemClock());
    expect(await ask(`/status sy-madaya at 2018-05-15 known ${today}`)).toContain(besieged);
    const before = addDays(today, -1);
    expect(await ask(`/status sy-madaya at 2018-05-15 known ${before}`)).not.toContain(besieged);
  });

  it('says that it was known to be besieged by a report that has been taken back since', async () => {
    const report = await tell(
      'Syrian government forces besieged the town of Zabadani on Monday, activists said.',
    );
    const [besieged, today] = ['cut off Zabadani, 14 May 2018: reported', dayOf(systemClock())];
    daysAhead = 1;
    try {
      expect(await ask('/status sy-zabadani at 2018-05-15')).toContain(besieged);
      await bot.store.retract({ report, reason: 'a mix-up', by: 'the desk officer' });
      await vi.waitFor(
        async () => expect(await ask('/status sy-zabadani at 2018-05-15')).not.toContain(besieged),
        { timeout: 15_000, interval: 25 },
      );
      expect(await ask(`/status sy-zabadani at 2018-05-15 known ${today}`)).toContain(besieged);
      const after = addDays(today, 1);
      expect(await ask(`/status sy-zabadani at 2018-05-15 known ${after}`)).not.toContain(besieged);
    } finally {
      daysAhead = 0;
    }
  });
});

describe('the list of incidents', () => {
  it('can be narrowed to what is newly learned about the past, and to news', async () => {
    await tell('Fighters withdrew from the town of Sarmin in Idlib province on April 2, residents said.');
    const listed = async (query: string) =>
      (await fetch(new URL(`/incidents${query}`, bot.desk)))
        .text()
        .then((page) => ({ past: page.includes('Sarmin'), news: page.includes('Rebels took Saraqib') }));
    expect(await listed('?only=past')).toEqual({ past: true, news: false });
    expect(await listed('?only=news')).toEqual({ past: false, news: true });
    expect(await listed('?only=nonsense')).toEqual({ past: true, news: true });
  });
});

describe('a happening', () => {
  it('has a short name in the small print of its message, by which it is found', async () => {
    const [thread] = await bot.store.threads(deskDestination('syria').id, { limit: 5 });
    const name = shortIdOf(taken.id);
    expect(toText(thread!.root.message)).toContain(`Incident #${name}`);
    for (const typed of [name, `#${name}`, name.toUpperCase(), taken.id])
      expect(await ask(`/evidence ${typed}`)).toMatch(/^What it stands on: Rebels took Saraqib/);
  });

  it('that is not known is asked back, with the newest', async () => {
    expect(await ask('/evidence zzzzzz')).toMatch(
      /No happening is called “zzzzzz”[\s\S]*Rebels took Saraqib/,
    );
    expect(await ask('/evidence')).toMatch(/\/evidence INCIDENT/);
  });

  it('shows its evidence: each clause with its sentence, whose word, outlet, link and time', async () => {
    const answer = await bot.commands.answer(`/evidence ${shortIdOf(taken.id)}`, {
      destination: deskDestination('syria'),
      manages: true,
    });
    const quote = answer.blocks.find((block) => block.kind === 'quote');
    expect(quote).toMatchObject({ text: text });
    const source = JSON.stringify(quote);
    for (const part of ['a monitoring group', 'Sample Wire', url, '14 May 2018'])
      expect(source).toContain(part);
  });

  it('stands in the timeline of its place and of all that holds it', async () => {
    for (const place of ['saraqib', 'idlib', 'syria'])
      expect(await ask(`/timeline ${place}`)).toMatch(
        /14 May 2018 · Rebels took Saraqib: reported by .* · #/,
      );
    expect(await ask('/timeline saraqib days 30')).toMatch(/No report that was read tells/);
    expect(await ask('/timeline saraqib days soon')).toMatch(/\/timeline PLACE \[days NUMBER\]/);
  });

  it('says why it was told here: by which subscription, by which rule, why so sure', async () => {
    const answer = await ask(`/why ${shortIdOf(taken.id)}`);
    expect(answer).toMatch(/opened .*this channel watches Syria/);
    expect(answer).toMatch(/nothing like it is known at Saraqib/i);
    expect(answer).toMatch(/Rebels took Saraqib, 14 May 2018: reported by a monitoring group/);
    expect(answer).toMatch(/× 1 · \d+ %/);
    expect(await ask(`/why ${shortIdOf(taken.id)}`, 'homs')).toMatch(/#homs was not told of it/);
  });
});

it('what lay in the past is told where that is asked for', async () => {
  expect(await ask('/subscribe idlib past yes', 'learner')).toMatch(
    /also what is newly learned about the past/,
  );
  expect(await ask('/subscriptions', 'learner')).toMatch(/also what is newly learned about the past/);
  await tell('In April 2013 rebels captured the town of Binnish in Idlib province.', {
    url: 'https://wire.example/binnish',
  });
  const why = await ask('/why-not https://wire.example/binnish', 'learner');
  expect(why).toMatch(/Newly learned about the past: Rebels took Binnish, April 2013 .* told in #learner/);
  expect(await ask('/subscribe idlib past no', 'learner')).not.toMatch(/newly learned/);
  expect(await ask('/subscriptions', 'learner')).not.toMatch(/newly learned/);
});

describe('why a report gave no alert', () => {
  it.each([
    ['it gave one', url, 'syria', /told in #syria/],
    [
      'the filter',
      url,
      'sure',
      /told elsewhere, not in #sure: is reported; this channel asked for at least confirmed/,
    ],
    ['no subscription', url, 'homs', /not in #homs: this channel watches no place that it lies in/],
    ['never received', 'https://wire.example/other', 'syria', /No report from .* was received/],
  ])('%s', async (_, address, channel, expected) => {
    expect(await ask(`/why-not ${address}`, channel)).toMatch(expected);
  });

  it('the same text, nothing read, history, nothing new', async () => {
    await tell(text, { url: 'https://paper.example/copy', source: 'Sample Paper' });
    expect(await ask('/why-not https://paper.example/copy')).toMatch(
      /repeats the text of a report by Sample Wire/,
    );
    await tell('Traders said that the price of bread rose again this week.', {
      url: 'https://wire.example/bread',
    });
    expect(await ask('/why-not https://wire.example/bread')).toMatch(/no statement .* was found in it/);
    await tell('In March 2012 rebels captured the town of Taftanaz in Idlib province.', {
      url: 'https://wire.example/history',
    });
    const history = await ask('/why-not https://wire.example/history');
    expect(history).toMatch(/background|days before the report/);
    expect(history).toMatch(/not told in #syria: it lay in the past .* “past yes” after \/subscribe/);
    await tell('Saraqib, a town in Idlib province, was taken by rebels on Monday, a monitoring group said.', {
      url: 'https://wire.example/again',
      source: 'Sample Gazette',
    });
    expect(await ask('/why-not https://wire.example/again')).toMatch(/nothing new in it/);
  });

  it('muted, and taken back', async () => {
    await ask(`/mute ${shortIdOf(taken.id)}`);
    expect(await ask(`/why ${shortIdOf(taken.id)}`)).toMatch(/Muted here until/);
    const [report] = await bot.store.reportsAt([url], 1);
    await bot.store.retract({ report: report!.id, reason: 'a hoax', by: 'the desk' });
    await expect
      .poll(() => ask(`/why-not ${url}`), { timeout: 15_000 })
      .toMatch(/It was taken back, or its publisher has changed it since/);
  });
});

describe('the terminal', () => {
  it('gives the same answers, as text and as JSON', async () => {
    const env = { SITREP_DATA: dataDir };
    const timeline = await sitrep(['timeline', 'saraqib', '--json'], { env });
    expect(JSON.parse(timeline.stdout)).toMatchObject({
      ok: true,
      incidents: [{ name: shortIdOf(taken.id), facts: [{ type: 'control' }] }],
    });
    const evidence = await sitrep(['evidence', shortIdOf(taken.id), '--json'], { env });
    expect(JSON.parse(evidence.stdout)).toMatchObject({ ok: true, incident: taken.id });
    const none = await sitrep(['evidence', 'zzzzzz', '--json'], { env });
    expect([none.status, (JSON.parse(none.stdout) as { ok: boolean }).ok]).toEqual([1, false]);
    const told = await sitrep(['why-not', url], { env });
    expect(told.stdout).toContain('told in the channels that watch its place');
    expect(told.stdout).not.toContain('#terminal');
    const whyNot = await sitrep(['why-not', 'https://wire.example/bread', '--json'], { env });
    expect(JSON.parse(whyNot.stdout)).toMatchObject({ ok: true, stage: 'read_nothing' });
  });

  it('shows who did what, by the names that people know things by', async () => {
    const env = { SITREP_DATA: dataDir };
    const off = await sitrep(['trust', '--off'], { env });
    expect([off.status, off.stderr]).toEqual([
      1,
      '--off needs the channel whose mark is taken away: sitrep trust CHANNEL --off\n',
    ]);
    expect((await sitrep(['trust', 'homs', '--by', 'Ana'], { env })).status).toBe(0);
    for (const name of ['homs', '#homs', 'desk:homs'])
      expect((await sitrep(['audit', name], { env })).stdout).toMatch(/Ana: trust desk:homs/);
    expect((await sitrep(['audit', shortIdOf(taken.id)], { env })).stdout).toMatch(/Nothing is on record of/);
    const nobody = await sitrep(['audit', 'nosuch'], { env });
    expect([nobody.status, nobody.stderr]).toEqual([
      1,
      expect.stringMatching(/No channel, happening or report is called "nosuch"/),
    ]);
    await sitrep(['trust', 'homs', '--off'], { env });
  });
});
