import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startBot, type Bot } from '../../src/app/bot.ts';
import { openLog } from '../../src/app/log.ts';
import { deskDestination } from '../../src/chat/desk/channel.ts';
import type { DeskThread } from '../../src/chat/desk/ports.ts';
import { loadConfig } from '../../src/config/load.ts';
import type { IncidentId, ReportId } from '../../src/model/ids.ts';
import { shortIdOf, type Incident } from '../../src/model/incident.ts';
import { systemClock } from '../../src/model/time.ts';
import { toText } from '../../src/render/text.ts';
import { acceptReport } from '../../src/sources/accept/accept.ts';
import { sourceBook } from '../../src/sources/accept/book.ts';

const root = join(import.meta.dirname, '..', '..');
const channels = [
  { name: 'syria', subscriptions: [{ place: 'Syria', standing: 'claimed', mode: 'live' }] },
  { name: 'idlib', subscriptions: [{ place: 'Idlib', standing: 'claimed', mode: 'live' }] },
] as const;
const dataDir = mkdtempSync(join(tmpdir(), 'sitrep-decisions-'));

let bot: Bot;
/** Reports and happenings of the two towns. */
let saraqib: { report: ReportId; incident: IncidentId };
let binnish: { report: ReportId; incident: IncidentId };

const quiet = () =>
  vi.waitFor(
    async () => {
      const { waiting } = await bot.store.health();
      expect(Object.values(waiting).map(({ count }) => count)).toEqual([0, 0, 0]);
    },
    { timeout: 15_000, interval: 25 },
  );

const tell = async (text: string, source: string, published = '2018-05-14T12:00:00Z'): Promise<ReportId> => {
  const result = await acceptReport({ text, published, source }, 'inbox', {
    book: sourceBook([]),
    clock: systemClock,
    reports: bot.doors,
  });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  await quiet();
  return result.acceptance.report;
};

const textOf = (message: DeskThread['root']['message']): string =>
  toText(message, bot.learnt.wording.strings);
const ask = async (line: string, manages = true): Promise<string> => {
  const destination = deskDestination('syria');
  const answer = textOf(await bot.commands.answer(line, { destination, manages }));
  await quiet();
  return answer;
};
const threadOf = async (channel: string, incident: IncidentId): Promise<DeskThread | undefined> =>
  (await bot.store.threads(deskDestination(channel).id, { limit: 50 })).find(({ root: { message } }) =>
    textOf(message).includes(`#${shortIdOf(incident)}`),
  );
/** The happening that a report tells of. */
const standingOn = async (report: ReportId): Promise<Incident> =>
  (await bot.store.recentIncidents(50)).find(({ facts }) =>
    facts.some(({ claims }) => claims.some((claim) => claim.report === report)),
  )!;
const taken = async (town: string, source: string, published: string) => {
  const report = await tell(
    `Rebels captured the town of ${town} in Idlib province on Monday, a monitoring group said.`,
    source,
    published,
  );
  return { report, incident: (await standingOn(report)).id };
};

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
  saraqib = await taken('Saraqib', 'Sample Wire', '2018-05-14T06:00:00Z');
  binnish = await taken('Binnish', 'Sample Gazette', '2018-05-14T09:00:00Z');
});
afterAll(async () => {
  await bot.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('two happenings that a person puts together', () => {
  it('are told to be one in both of their threads, in every channel that was told', async () => {
    const [one, other] = [shortIdOf(saraqib.incident), shortIdOf(binnish.incident)];
    expect(await ask(`/merge #${other} #${one} because one push north`)).toMatch(
      /are told as one happening from now on/,
    );
    const now = await bot.store.incident(saraqib.incident);
    expect(now?.incident.facts.map(({ places }) => places[0]?.name).sort()).toEqual(['Binnish', 'Saraqib']);
    for (const channel of ['syria', 'idlib']) {
      const gone = await threadOf(channel, binnish.incident);
      expect(textOf(gone!.root.message)).toContain(`the same happening as #${one}`);
      expect(textOf(gone!.replies.at(-1)!.message)).toMatch(
        new RegExp(`the same happening as #${one}.*goes on there(?:.|\\n)*Why: a person .*“one push north”`),
      );
      const stays = await threadOf(channel, saraqib.incident);
      expect(textOf(stays!.root.message)).toContain('Rebels took Binnish');
      expect(textOf(stays!.replies.at(-1)!.message)).toContain(`in another thread as #${other}`);
    }
  });

  it('go on as one', async () => {
    await tell(
      'Rebels took Binnish from government forces on Monday, the United Nations said.',
      'Sample Radio',
    );
    const stays = await threadOf('syria', saraqib.incident);
    expect(textOf(stays!.replies.at(-1)!.message)).toMatch(/Binnish(?:.|\n)*now confirmed/);
    expect((await threadOf('syria', binnish.incident))!.replies).toHaveLength(1);
  });

  it('bear the name of the one that goes on, and cannot be put together twice', async () => {
    const [one, other] = [shortIdOf(saraqib.incident), shortIdOf(binnish.incident)];
    expect(await ask(`/evidence ${other}`)).toContain(`#${one}`);
    expect(await ask(`/why ${one}`)).toContain('Binnish');
    expect(await ask(`/merge ${one} ${other}`)).toMatch(/one happening already/);
  });

  it('are listed once by /status, under the name of the one that goes on', async () => {
    const answer = await ask('/status idlib at 2018-05-14');
    const lately = answer.slice(answer.indexOf('Lately'));
    expect(lately.match(/Rebels took/g)).toHaveLength(1);
  });

  it('are on record, by whom and why, which no message tells', async () => {
    const [entry] = await bot.store.auditLog({ limit: 1 });
    expect(entry).toMatchObject({ action: 'merge', actor: '#syria', subject: binnish.incident });
    expect(entry?.detail).toContain('one push north');
    expect(textOf((await threadOf('idlib', binnish.incident))!.replies.at(-1)!.message)).not.toContain(
      '#syria',
    );
  });
});

/** A page of the desk, without its marks. */
const page = async (incident: IncidentId): Promise<string> =>
  (await (await fetch(new URL(`/incidents/${incident}`, bot.desk))).text()).replace(/\s+/g, ' ');

describe('the page of a happening', () => {
  it('says where it went on, and of the other what joined it, why, and by what each report was matched', async () => {
    const gone = await page(binnish.incident);
    expect(gone).toContain(
      `The same happening as <a href="/incidents/${saraqib.incident}">#${shortIdOf(saraqib.incident)}</a>`,
    );
    const stays = await page(saraqib.incident);
    expect(stays).toContain(`<a href="/incidents/${binnish.incident}">`);
    expect(stays).toMatch(/Why: a person put the two together: “[^”]*one push north[^”]*”/);
    expect(stays).toContain('Why these reports are one happening');
    expect(stays).toMatch(/Nothing like it is known at .?Binnish/);
    expect(stays).toMatch(/The same happening as one known at .?Binnish.?, 0 days apart/);
    expect(stays).toContain(saraqib.report);
  });
});

describe('a happening that a person parts', () => {
  it('asks which part, and lists what it could be', async () => {
    const answer = await ask(`/split ${shortIdOf(saraqib.incident)} nothing-like-it`);
    expect(answer).toContain(saraqib.report);
    expect(answer).toContain(`#${shortIdOf(binnish.incident)}`);
    const unasked = await ask(`/split ${shortIdOf(saraqib.incident)}`);
    expect(unasked).toMatch(/^Which part of #\w+ is another happening\?/);
    expect(unasked).toContain(`#${shortIdOf(binnish.incident)}`);
  });

  it('goes on in the threads that it had', async () => {
    const [one, other] = [shortIdOf(saraqib.incident), shortIdOf(binnish.incident)];
    expect(await ask(`/split ${one} #${other} because two columns`)).toMatch(/told by itself from now on/);
    const now = await bot.store.incident(binnish.incident);
    expect(now?.incident.mergedInto).toBeUndefined();
    // With what was said of it in the meantime.
    expect(now?.incident.facts.map(({ standing }) => standing)).toEqual(['confirmed']);
    for (const channel of ['syria', 'idlib']) {
      const again = await threadOf(channel, binnish.incident);
      expect(textOf(again!.root.message)).not.toContain('Closed');
      expect(textOf(again!.replies.at(-1)!.message)).toMatch(
        new RegExp(`is another happening than #${one}(?:.|\\n)*“two columns”`),
      );
      const stays = await threadOf(channel, saraqib.incident);
      expect(textOf(stays!.root.message)).not.toContain('Binnish');
      expect(textOf(stays!.replies.at(-1)!.message)).toContain(`as #${other}`);
    }
    expect(await ask(`/evidence ${other}`)).toContain('Binnish');
  });

  it('stays apart from what a report would join it to', async () => {
    await tell('Rebels took Saraqib and Binnish on Monday, residents said.', 'Sample Monitor');
    const [one, other] = [
      await bot.store.incident(saraqib.incident),
      await bot.store.incident(binnish.incident),
    ];
    expect(one?.incident.facts.map(({ places }) => places[0]?.name)).toEqual(['Saraqib']);
    expect(other?.incident.facts.map(({ places }) => places[0]?.name)).toEqual(['Binnish']);
  });

  it('must keep something', async () => {
    const report = await tell(
      'Rebels captured the village of Maarzita in Idlib province on Monday, residents said.',
      'One Wire',
    );
    const { id } = await standingOn(report);
    expect(await ask(`/split ${shortIdOf(id)} ${report}`)).toMatch(/nothing would be left/);
    expect(await ask(`/split ${shortIdOf(id)}`)).toMatch(/stands on one report alone/);
  });
});

it('neither is for everybody', async () => {
  const [one, other] = [shortIdOf(saraqib.incident), shortIdOf(binnish.incident)];
  for (const line of [`/merge ${one} ${other}`, `/split ${one} ${saraqib.report}`])
    expect(await ask(line, false)).toContain('You may not use');
});

it('what cannot be one is not put together', async () => {
  const report = await tell(
    'Civilians fled the town of Kafr Nabl in Idlib province on Monday, activists said.',
    'Sample Observer',
  );
  const movement = await standingOn(report);
  expect(await ask(`/merge ${shortIdOf(saraqib.incident)} ${shortIdOf(movement.id)}`)).toMatch(
    /cannot be one/,
  );
});
