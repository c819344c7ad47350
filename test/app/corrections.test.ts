import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startBot, type Bot } from '../../src/app/bot.ts';
import { openLog } from '../../src/app/log.ts';
import { deskDestination } from '../../src/chat/desk/channel.ts';
import type { DeskThread } from '../../src/chat/desk/ports.ts';
import type { Commands } from '../../src/commands/commands.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { ReportId } from '../../src/model/ids.ts';
import { systemClock } from '../../src/model/time.ts';
import { toText } from '../../src/render/text.ts';
import { acceptReport } from '../../src/sources/accept/accept.ts';
import { sourceBook } from '../../src/sources/accept/book.ts';

const root = join(import.meta.dirname, '..', '..');
const channels = [
  { name: 'syria', subscriptions: [{ place: 'Syria', standing: 'claimed', mode: 'live' }] },
  { name: 'idlib', subscriptions: [{ place: 'Idlib', standing: 'claimed', mode: 'live' }] },
] as const;

let bot: Bot;
let commands: Commands;
const dataDir = mkdtempSync(join(tmpdir(), 'sitrep-corrections-'));

beforeAll(async () => {
  const config = loadConfig({ root, env: { SITREP_DATA: dataDir, SITREP_DESK_PORT: '0' } });
  const log = openLog('error');
  const queue = { ...config.queue, relaySeconds: 1 };
  const progress = (): void => undefined;
  bot = await startBot({
    root,
    config: { ...config, channels, queue },
    role: 'all',
    clock: systemClock,
    log,
    onProgress: progress,
  });
  ({ commands } = bot);
});
afterAll(async () => {
  await bot.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const quiet = () =>
  vi.waitFor(
    async () => {
      const { waiting } = await bot.store.health();
      expect(Object.values(waiting).map(({ count }) => count)).toEqual([0, 0, 0]);
    },
    { timeout: 15_000, interval: 25 },
  );

const tell = async (text: string, more: object = {}): Promise<ReportId> => {
  const result = await acceptReport(
    { text, published: '2018-05-14', source: 'Sample Wire', ...more },
    'inbox',
    {
      book: sourceBook([]),
      clock: systemClock,
      reports: bot.doors,
    },
  );
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  await quiet();
  return result.acceptance.report;
};
const retract = async (report: ReportId, reason = 'a hoax') => {
  const outcome = await bot.store.retract({ report, reason, by: 'the duty officer' });
  await quiet();
  return outcome;
};

const textOf = (message: DeskThread['root']['message']): string =>
  toText(message, bot.learnt.wording.strings);
const threadOn = async (channel: string, word: string): Promise<DeskThread | undefined> =>
  (await bot.store.threads(deskDestination(channel).id, { limit: 50 })).find(
    ({ root: { message }, replies }) =>
      textOf(message).includes(word) || replies.some((reply) => textOf(reply.message).includes(word)),
  );
const ask = async (line: string): Promise<string> =>
  textOf(await commands.answer(line, { destination: deskDestination('syria'), manages: true }));

describe('a report that is taken back', () => {
  it('is put right wherever it was told, whatever the channel hears by now', async () => {
    const report = await tell(
      'Rebels captured the town of Saraqib in Idlib province on Monday, a monitoring group said.',
    );
    for (const channel of ['syria', 'idlib'])
      expect((await threadOn(channel, 'Saraqib'))?.root.message.headline).toBe('Rebels took Saraqib');
    expect(await ask('/status saraqib')).toContain('held by');
    const before = new Date().toISOString().slice(0, 10);
    await commands.answer('/unsubscribe idlib', { destination: deskDestination('idlib'), manages: true });

    expect((await retract(report)).kind).toBe('retracted');
    for (const channel of ['syria', 'idlib']) {
      const thread = await threadOn(channel, 'Saraqib');
      expect(thread?.root.message.headline).toBe('Retracted: Rebels took Saraqib');
      expect(thread?.replies).toHaveLength(1);
      const [reply] = thread!.replies;
      expect(reply?.broadcast).toBe(true);
      expect(textOf(reply!.message)).toMatch(
        /Was: Rebels took Saraqib.*\n.*Now: no report that is known says so\n.*Why: the report by Sample Wire was taken back here, by the duty officer: “a hoax”/,
      );
    }
    expect(await ask('/status saraqib')).toMatch(/nothing is known/i);
    expect(before).toBeDefined();
    const [correction] = await bot.store.corrections({ limit: 1 });
    expect(correction).toMatchObject({
      state: 'applied',
      correction: { kind: 'retraction', report, by: 'the duty officer', reason: 'a hoax' },
      copies: { right: 2, pending: 0, refused: 0 },
    });
    await commands.answer('/subscribe idlib', { destination: deskDestination('idlib'), manages: true });
  });

  it('is taken back once, and tells once', async () => {
    const [before] = await bot.store.corrections({ limit: 1 });
    expect((await retract(before!.correction.report, 'again')).kind).toBe('already');
    expect((await threadOn('idlib', 'Saraqib'))?.replies).toHaveLength(1);
    expect((await bot.store.corrections({ limit: 5 })).length).toBe(1);
  });

  it('leaves what others say, with what that is worth', async () => {
    await tell(
      'Government forces captured the town of Binnish in Idlib province on Monday, witnesses said.',
      {
        source: 'Sample Monitor',
      },
    );
    const second = await tell(
      'The army took Binnish, a town in Idlib province, from rebels on Monday, according to Sample Observatory.',
      { source: 'Sample Gazette' },
    );
    expect((await threadOn('idlib', 'Binnish'))?.root.message.headline).toContain('Binnish');
    expect(textOf((await threadOn('idlib', 'Binnish'))!.root.message)).toMatch(/confirmed by/i);
    await retract(second, 'the reporter was not there');
    const thread = await threadOn('idlib', 'Binnish');
    expect(textOf(thread!.root.message)).toMatch(/reported by/i);
    expect(textOf(thread!.root.message)).not.toMatch(/Sample Gazette/);
    const reply = textOf(thread!.replies.at(-1)!.message);
    expect(reply).toMatch(/was confirmed, now reported by witnesses/i);
    expect(reply).toMatch(/Why: the report by Sample Gazette was taken back/);
    expect(await ask('/status binnish')).toMatch(/held by .*reported by witnesses/i);
  });

  it('takes the copies of its words with it, and those that come later', async () => {
    const words =
      'Rebels captured the town of Maarat al-Numan in Idlib province on Monday after two days of heavy fighting with government forces, the local council said. Residents were seen in the main square in the evening, and the market is to open again on Wednesday morning.';
    const wire = await tell(words, { source: 'Sample Agency' });
    await tell(`${words} Photo: archive`, {
      source: 'Sample Paper',
      title: 'Fall of a town',
    });
    await retract(wire, 'the council says that it was never asked');
    expect((await threadOn('idlib', 'Numan'))?.root.message.headline).toMatch(/^Retracted:/);
    const told = (await threadOn('idlib', 'Numan'))!.replies.length;
    await tell(`Late edition. ${words}`, { source: 'Sample Evening' });
    expect((await threadOn('idlib', 'Numan'))?.replies).toHaveLength(told);
    expect(await ask('/status "Maarat al-Numan"')).toMatch(/nothing is known/i);
  });
});

describe("a publisher's later text at the same address", () => {
  const url = 'https://wire.example/nawa';
  const text =
    'About 1,500 people were evacuated from the town of Nawa in Daraa province on Monday, local sources said. Buses left at dawn.';

  it('tells nothing when it says the same', async () => {
    await tell(text, { url, title: 'Evacuation in Nawa' });
    const before = await threadOn('syria', 'Nawa');
    expect(before?.root.message.headline).toContain('evacuated from Nawa');
    await tell(`${text} Follow us for more.`, { url, title: 'Evacuation in Nawa' });
    expect(await threadOn('syria', 'Nawa')).toEqual(before);
  });

  it('tells what it changed: was, now, and that the outlet changed its report', async () => {
    await tell(text.replace('1,500', '150'), { url, title: 'Evacuation in Nawa' });
    const thread = await threadOn('syria', 'Nawa');
    const root = textOf(thread!.root.message);
    expect(root).toMatch(/about 150 people/);
    expect(root).not.toMatch(/1,500/);
    const reply = textOf(thread!.replies.at(-1)!.message);
    expect(reply).toMatch(/^Corrected:/);
    expect(reply).toMatch(/said about 1,500 people, now says about 150 people/);
    expect(reply).toMatch(/Why: Sample Wire changed its report/);
  });

  it('moves to the town that is now named, in the same thread', async () => {
    const address = 'https://wire.example/manbij';
    const said = (town: string): string =>
      `Rebels captured the town of ${town} in Aleppo province on Monday, a military source said. The fighting lasted for most of the day and the road to the north is closed.`;
    await tell(said('Manbij'), { url: address });
    await tell(`${said('Al-Bab')} An earlier version of this story named the wrong town.`, { url: address });
    const thread = await threadOn('syria', 'Manbij');
    expect(thread?.root.message.headline).toContain('Bab');
    const reply = textOf(thread!.replies.at(-1)!.message);
    expect(reply).toMatch(/Was: Rebels took Manbij/);
    expect(reply).toMatch(/Now: Rebels took al-Bab/);
    expect(reply).toMatch(/An earlier version of this story named the wrong town/);
    expect(await ask('/status manbij')).toMatch(/nothing is known/i);
    expect(await ask('/status al-bab')).toMatch(/held by/i);
  });

  it('takes the report back when its title says so', async () => {
    const address = 'https://wire.example/jisr';
    const said = 'Rebels captured the town of Jisr al-Shughour in Idlib province on Monday, a resident said.';
    await tell(said, { url: address, title: 'Rebels in Jisr al-Shughour' });
    await tell(said, { url: address, title: 'RETRACTED: Rebels in Jisr al-Shughour' });
    const thread = await threadOn('idlib', 'Jisr');
    expect(thread?.root.message.headline).toMatch(/^Retracted:/);
    expect(textOf(thread!.replies.at(-1)!.message)).toMatch(/Why: Sample Wire took its report back/);
  });
});

describe('what an outlet had from the one that takes it back', () => {
  it('goes too, when nobody else says so', async () => {
    const words =
      'Rebels captured the town of Khan Shaykhun in Idlib province on Monday. They entered it from the north in the early morning and met little resistance. By noon their flags flew over the bakery and the school, and the highway was open again.';
    const wire = await tell(words, { source: 'Sample Agency' });
    await tell(
      `${words} In other news, traders in the city say that flour is scarce, that the harvest was poor and that prices rise every week.`,
      { source: 'Sample Paper' },
    );
    expect(await ask('/status "Khan Shaykhun"')).toMatch(/reported by Sample Agency/);
    await retract(wire);
    expect((await threadOn('idlib', 'Khan Sh'))?.root.message.headline).toMatch(/^Retracted:/);
    expect(await ask('/status "Khan Shaykhun"')).toMatch(/nothing is known/i);
  });
});
