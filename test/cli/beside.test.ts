import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProcess, type Running } from '../faults/process.ts';
import {
  channelText,
  newPlace,
  processesOf,
  sitrep,
  taken,
  typed,
  untilQuiet,
  type Place,
} from './sitrep.ts';

let place: Place;
let bot: Running;
beforeAll(async () => {
  place = newPlace();
  bot = await startProcess(place.dataDir, place.settings);
});
afterAll(async () => {
  await bot.stopped();
  rmSync(place.dataDir, { recursive: true, force: true });
});

const told = (channel: string, text: string) =>
  expect.poll(() => channelText(bot.desk, channel), { timeout: 15_000 }).toContain(text);
const beside = (args: readonly string[], input?: string) =>
  sitrep(args, { env: place.env, ...(input !== undefined && { input }) });

interface Finding {
  readonly what: string;
  readonly verdict: string;
  readonly found: string;
}

describe('beside a bot that runs', () => {
  it('a file dropped into the inbox is told', async () => {
    writeFileSync(join(place.dataDir, 'inbox', 'one.json'), JSON.stringify(taken('Saraqib', 'Idlib', '14')));
    await told('all', 'Saraqib');
    expect(await channelText(bot.desk, 'quiet')).not.toContain('Saraqib');
  });

  it('a channel hears of a place from when it subscribes to it', async () => {
    expect(await typed(bot.desk, 'quiet', '/subscribe nawa')).toMatch(/Nawa/);
    writeFileSync(join(place.dataDir, 'inbox', 'two.json'), JSON.stringify(taken('Nawa', 'Daraa', '15')));
    await told('quiet', 'Nawa');
    await untilQuiet(bot.desk);
    expect(await channelText(bot.desk, 'quiet')).not.toContain('Saraqib');
  });

  it('`report` takes files, JSON Lines and standard input, and says what became of each', async () => {
    const folder = join(place.dataDir, 'given');
    mkdirSync(folder);
    const lines = join(folder, 'several.jsonl');
    writeFileSync(
      lines,
      [JSON.stringify(taken('Douma', 'Rural Damascus', '16')), 'no JSON', '{"text": "x"}'].join('\n'),
    );
    const note = join(folder, 'note.xyz');
    writeFileSync(note, 'text');
    const ended = await beside(['report', '--json', lines, note, join(folder, 'none.txt')]);
    expect(ended.status).toBe(1);
    const answers = JSON.parse(ended.stdout) as { file: string; kind: string; why?: string }[];
    expect(answers.map(({ kind }) => kind).sort()).toEqual([
      'accepted',
      'rejected',
      'rejected',
      'rejected',
      'rejected',
    ]);
    expect(answers.find(({ file }) => file.endsWith('line 2'))?.why).toMatch(/JSON/);
    expect(answers.find(({ file }) => file.endsWith('line 3'))?.why).toMatch(/^text: /);
    expect(answers.find(({ file }) => file.endsWith('.xyz'))?.why).toMatch(/\.md/);
    await told('all', 'Douma');

    const args = ['report', '-', '--source', 'Sample Radio', '--published', '2018-05-17'];
    const text = 'Rebels captured the town of Tabqa in Raqqa province on Monday, local sources said.';
    const first = await beside(args, text);
    expect([first.status, first.stderr]).toEqual([0, '']);
    expect(first.stdout).toMatch(/^-: accepted \(r_[a-z0-9]+\)\n$/);
    await told('all', 'Tabqa');
    expect((await beside(args, text)).stdout).toMatch(/^-: is kept already/);
    const again = await beside(['report', '-', '--json'], JSON.stringify({ text, published: '2018-05-17' }));
    expect(JSON.parse(again.stdout)).toMatchObject([{ kind: 'duplicate' }]);
  });

  it('`status` answers in words and as data, in any spelling', async () => {
    const words = await beside(['status', 'saraqib', '--at', '2018-05-16']);
    expect([words.status, words.stderr]).toEqual([0, '']);
    expect(words.stdout).toMatch(/Saraqib.*rebels/i);
    const json = await beside(['status', 'Idlib', '--json']);
    expect(json.status).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: true,
      place: { id: expect.stringMatching(/^sy-/) as string },
      inside: [
        {
          place: 'Saraqib',
          holders: [expect.any(String)],
          since: '2018-05-14',
          lastConfirmed: '2018-05-14',
          onTheWordOf: [expect.any(String)],
        },
      ],
    });
  });

  it('`status` of a place that nobody knows, or on no day, says so and fails', async () => {
    const unknown = await beside(['status', 'Qwertyuiopville', '--json']);
    expect(unknown.status).toBe(1);
    expect(JSON.parse(unknown.stdout)).toMatchObject({
      ok: false,
      problem: expect.stringContaining('Qwertyuiopville') as string,
    });
    const day = await beside(['status', 'Idlib', '--at', 'someday']);
    expect(day.status).toBe(1);
    expect(day.stdout).toContain('someday');
  });

  it('`doctor` finds the bot well, with what was rejected', async () => {
    writeFileSync(join(place.dataDir, 'inbox', 'bad.json'), '{');
    const findings = async (): Promise<readonly Finding[]> => {
      const ended = await beside(['doctor', '--json']);
      expect([ended.status, ended.stderr]).toEqual([0, '']);
      const answer = JSON.parse(ended.stdout) as { ok: boolean; findings: readonly Finding[] };
      expect(answer.ok).toBe(true);
      return answer.findings;
    };
    await expect
      .poll(findings, { timeout: 15_000 })
      .toContainEqual(
        expect.objectContaining({ what: 'inbox', verdict: 'warning', found: '1 file(s) were rejected' }),
      );
    const all = await findings();
    expect(all.find(({ what }) => what === 'bot')).toMatchObject({
      verdict: 'ok',
      found: expect.stringContaining(bot.desk) as string,
    });
    expect(all.find(({ what }) => what === 'quarantine')?.verdict).toBe('ok');
  });

  it('`requeue` says when there is nothing, or no such report', async () => {
    expect((await beside(['requeue'])).stdout).toContain('No report is quarantined');
    const wrong = await beside(['requeue', 'r_none']);
    expect(wrong.status).toBe(1);
    expect(wrong.stderr).toBe('Not quarantined: r_none. `sitrep doctor` lists those that are.\n');
  });
});

describe('without a bot', () => {
  it('commands start the database for themselves and end it; what is accepted is told later', async () => {
    const alone = newPlace();
    try {
      const given = await sitrep(['report', '-'], {
        env: alone.env,
        input: JSON.stringify(taken('Manbij', 'Aleppo', '18')),
      });
      expect(given.status).toBe(0);
      expect(given.stderr).toContain('npm start');
      expect(processesOf(alone.dataDir)).toEqual([]);
      const doctor = await sitrep(['doctor'], { env: alone.env });
      expect(doctor.status).toBe(0);
      expect(doctor.stdout).toMatch(/^· bot: none.*\n {4}→ start it/m);
      const later = await startProcess(alone.dataDir, alone.settings);
      await expect.poll(() => channelText(later.desk, 'all'), { timeout: 15_000 }).toContain('Manbij');
      expect(await later.stopped()).toBe(0);
    } finally {
      rmSync(alone.dataDir, { recursive: true, force: true });
    }
  });

  it('`doctor` fails, with a remedy, when the database server or Redis does not answer', async () => {
    const away = await sitrep(['doctor'], {
      env: { ...place.env, DATABASE_URL: 'postgres://sitrep:secret-word@127.0.0.1:1/sitrep' },
    });
    expect(away.status).toBe(1);
    expect(away.stdout).toMatch(/^✗ database: .*127\.0\.0\.1:1.*\n {4}→ /m);
    expect(away.stdout + away.stderr).not.toContain('secret-word');
    const noRedis = await beside(['doctor', '--json']);
    expect(noRedis.status).toBe(0);
    const redis = await sitrep(['doctor'], { env: { ...place.env, REDIS_URL: 'redis://127.0.0.1:1' } });
    expect(redis.status).toBe(1);
    expect(redis.stdout).toMatch(/^✗ queue: Redis does not answer.*\n {4}→ nothing is lost/m);
    const start = await sitrep(['start'], {
      env: { ...place.env, DATABASE_URL: 'postgres://x@127.0.0.1:1/x' },
    });
    expect(start.status).toBe(1);
    expect(start.stderr).toContain('127.0.0.1:1');
    expect(start.stderr).not.toMatch(/^ {4}at /m);
  });
});

describe('check-config', () => {
  it('is content with what is shipped', async () => {
    const ended = await sitrep(['check-config', '--json']);
    expect([ended.status, JSON.parse(ended.stdout)]).toEqual([0, { ok: true, problems: [] }]);
  });

  it('names file, line and key of all that is wrong, and ends with status 2', async () => {
    const bad = newPlace('queue: { tries: many }\ndesk:\n  prot: 1\n');
    const words = await sitrep(['check-config'], { env: bad.env });
    expect(words.status).toBe(2);
    expect(words.stderr).toMatch(/settings\.yaml:1:\d+: queue\.tries: /);
    expect(words.stderr).toMatch(/settings\.yaml:3:\d+: desk\.prot: .*"port"/);
    const json = await sitrep(['check-config', '--json'], { env: bad.env });
    expect(json.status).toBe(2);
    expect(JSON.parse(json.stdout)).toMatchObject({
      ok: false,
      problems: expect.arrayContaining([expect.objectContaining({ key: 'desk.prot', line: 3 })]) as unknown,
    });
    rmSync(bad.dataDir, { recursive: true, force: true });
  });
});
