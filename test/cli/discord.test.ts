import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFake, type FakeDiscord } from '../support/discord/fake.ts';
import { startProcess } from '../faults/process.ts';
import { newPlace, sitrep } from './sitrep.ts';

const TOKEN = 'fake.bot.token';

describe('sitrep discord register', () => {
  let fake: FakeDiscord;
  const dataDir = mkdtempSync(join(tmpdir(), 'sitrep-cli-discord-'));
  beforeAll(async () => {
    fake = await startFake();
    fake.rest.token = TOKEN;
  });
  afterAll(async () => {
    await fake.close();
    rmSync(dataDir, { recursive: true, force: true });
  });
  const env = (token = TOKEN) => ({ SITREP_DATA: dataDir, DISCORD_TOKEN: token, DISCORD_API: fake.rest.api });
  const register = (args: readonly string[], more: Readonly<Record<string, string>> = env()) =>
    sitrep(['discord', 'register', ...args], { env: more });

  it('prints with --dry-run what it would register, needs no token for it, and registers nothing', async () => {
    const { status, stdout } = await register(['--dry-run'], { SITREP_DATA: dataDir });
    expect(status).toBe(0);
    expect((JSON.parse(stdout) as { name: string }[]).map(({ name }) => name)).toContain('status');
    expect(fake.rest.calls).toEqual([]);
  });

  it('registers what it prints', async () => {
    const printed = JSON.parse((await register(['--dry-run'])).stdout) as object[];
    expect(await register([])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(`${printed.length} commands`) as string,
    });
    expect(fake.rest.state.commands.get('global')).toMatchObject(printed);
    expect((await register(['--guild', fake.guild])).status).toBe(0);
    expect(fake.rest.state.commands.get(fake.guild)).toHaveLength(printed.length);
    expect(fake.rest.breaches).toEqual([]);
  });

  it.each([
    ['without a token', [], () => ({ SITREP_DATA: dataDir }), 'DISCORD_TOKEN'],
    ['with a wrong token', [], () => env('not.the.token'), 'Discord refuses the token'],
    ['for what is no server', ['--guild', 'mine'], () => env(), 'is no id of a server'],
  ] as const)('says what is wrong %s', async (_, args, more, message) => {
    const { status, stderr } = await register(args, more());
    expect(status).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/(?:fake|not)\./);
  });
});

describe('a bot on Discord', () => {
  it('goes on when a session ends in the moment in which it was resumed', async () => {
    const place = newPlace();
    const fake = await startFake();
    fake.rest.token = TOKEN;
    const env = { DISCORD_TOKEN: TOKEN, DISCORD_API: fake.rest.api };
    const first = fake.gateway.ready();
    const bot = await startProcess(place.dataDir, place.settings, { env });
    try {
      await first;
      const resumed = fake.gateway.ready();
      fake.gateway.drop();
      await resumed;
      const anew = fake.gateway.ready();
      fake.gateway.invalidate(false);
      await anew;
      expect((await fetch(new URL('/healthz', bot.desk))).status).toBe(200);
      expect(fake.gateway.identified).toHaveLength(2);
    } finally {
      expect(await bot.stopped()).toBe(0);
      await fake.close();
      rmSync(place.dataDir, { recursive: true, force: true });
    }
  });
});
