import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environment, startProcess } from '../faults/process.ts';
import { channelText, newPlace, processesOf, root, sitrep, taken, untilQuiet, type Place } from './sitrep.ts';

describe('sitrep start', () => {
  let place: Place;
  beforeAll(() => {
    place = newPlace();
  });
  afterAll(() => rmSync(place.dataDir, { recursive: true, force: true }));

  it('opens the desk, refuses a second start on its folder, ends whole at SIGTERM, and starts again', async () => {
    const bot = await startProcess(place.dataDir, place.settings);
    expect((await fetch(bot.desk)).status).toBe(200);

    const second = await sitrep(['start'], { env: place.env });
    expect(second.status).toBe(1);
    expect(second.stderr).toContain(`by process ${bot.pid}`);
    expect(second.stderr).toContain(bot.desk);
    expect(second.stderr).not.toMatch(/^ {4}at /m);
    expect((await fetch(bot.desk)).status).toBe(200);

    expect(await bot.stopped()).toBe(0);
    expect(processesOf(place.dataDir)).toEqual([]);

    const again = await startProcess(place.dataDir, place.settings);
    expect((await fetch(again.desk)).status).toBe(200);
    expect(again.printed()).not.toContain('Setting up');
    expect(await again.stopped('SIGINT')).toBe(0);
    expect(processesOf(place.dataDir)).toEqual([]);
  });

  it('is over at once at a second Ctrl-C, and leaves no server behind', async () => {
    const secret = `whsec_${Buffer.from('a secret of at least 24 bytes').toString('base64')}`;
    const bot = await startProcess(place.dataDir, place.settings, {
      env: { SITREP_WEBHOOK_SECRETS: secret },
    });
    // A report that is being sent, without an end, holds the first stop up.
    const slow = connect(Number(new URL(bot.desk).port), '127.0.0.1');
    slow.on('error', () => undefined);
    slow.write(
      [
        'POST /reports HTTP/1.1',
        'Host: localhost',
        'Content-Type: application/json',
        'Content-Length: 1000',
        'Expect: 100-continue',
        'webhook-id: m1',
        'webhook-timestamp: 1526800000',
        'webhook-signature: v1,none',
        '',
        '{',
      ].join('\r\n'),
    );
    // The server says so when it has begun to read.
    await once(slow, 'data');
    process.kill(bot.pid, 'SIGINT');
    await expect.poll(() => bot.printed()).toContain('Stopping');
    // Longer than what counts as one press of the keys.
    await pause(600);
    expect(await bot.stopped('SIGINT')).toBe(130);
    slow.destroy();
    await expect.poll(() => processesOf(place.dataDir), { timeout: 5_000 }).toEqual([]);
  });

  it('with its desk port taken says so, and ends the database that it started', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const ended = await sitrep(['start'], { env: { ...place.env, SITREP_DESK_PORT: String(port) } });
    other.close();
    expect(ended.status).toBe(1);
    expect(ended.stderr).toMatch(new RegExp(`cannot listen on 127\\.0\\.0\\.1:${port}.*SITREP_DESK_PORT`));
    expect(ended.stderr).not.toMatch(/^ {4}at /m);
    expect(processesOf(place.dataDir)).toEqual([]);
  });

  it.each([100, 500, 900, 1_300])('told to stop %i ms into its start ends whole', async (ms) => {
    const fresh = newPlace();
    try {
      const child = spawn(process.execPath, ['src/cli/main.ts', 'start'], {
        cwd: root,
        env: environment(fresh.env),
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const printed = text(child.stderr);
      // The moment is the point of the test: anywhere between the first line and the open desk.
      await pause(ms);
      child.kill('SIGTERM');
      const [status, signal] = (await once(child, 'exit')) as [number | null, string | null];
      // Before its own first line runs, Node ends it.
      if (signal === null) expect([status, await printed]).toEqual([0, expect.stringContaining('Stopped.')]);
      else expect(signal).toBe('SIGTERM');
      expect(processesOf(fresh.dataDir)).toEqual([]);
    } finally {
      rmSync(fresh.dataDir, { recursive: true, force: true });
    }
  });

  it('names the line of a wrong setting, the actor and the place that are meant, and status 2', async () => {
    const bad = newPlace('desk:\n  port: 0\n  hots: x\n');
    const ended = await sitrep(['start'], { env: bad.env });
    expect(ended.status).toBe(2);
    expect(ended.stderr).toMatch(/settings\.yaml:3:\d+: desk\.hots: unknown key; did you mean "host"\?/);
    writeFileSync(bad.settings, 'channels:\n  - name: x\n    subscriptions:\n      - place: Damascsu\n');
    const misspelt = await sitrep(['start'], { env: bad.env });
    expect(misspelt.status).toBe(2);
    expect(misspelt.stderr).toMatch(/settings\.yaml:4:\d+: channels\[0\].*Damascus/);
    expect(processesOf(bad.dataDir)).toEqual([]);
    rmSync(bad.dataDir, { recursive: true, force: true });
  });

  it('as a worker without DATABASE_URL says what it needs', async () => {
    const ended = await sitrep(['start', '--role', 'worker'], { env: place.env });
    expect(ended.status).toBe(1);
    expect(ended.stderr).toContain('DATABASE_URL');
  });
});

const NOBODY = 65_534;
const notRoot = process.getuid?.() === 0 ? undefined : 'the tests do not run as root';
/** The account must be able to read the checkout. */
const closed = (statSync(root).mode & 0o005) !== 0o005 ? `${root} is closed to others` : undefined;
const reason = notRoot ?? closed;
if (reason !== undefined) console.log(`skipped: starting as another, ordinary user (${reason})`);

describe.skipIf(reason !== undefined)('as an ordinary user', () => {
  it('runs on a folder of its own, and the desk tells what is dropped into the inbox', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'sitrep-nobody-'));
    const own = join(dataDir, 'settings.yaml');
    writeFileSync(
      own,
      'desk: { port: 0 }\ninbox: { settleMs: 50, retrySeconds: 1 }\nqueue: { relaySeconds: 1 }\n',
    );
    for (const path of [dataDir, own]) chownSync(path, NOBODY, NOBODY);
    try {
      const bot = await startProcess(dataDir, own, {
        uid: NOBODY,
        gid: NOBODY,
        env: { HOME: dataDir, USER: 'nobody' },
      });
      expect(statSync(join(dataDir, 'postgres')).uid).toBe(NOBODY);
      const file = join(dataDir, 'inbox', 'one.json');
      writeFileSync(file, JSON.stringify(taken('Saraqib', 'Idlib', '14')));
      chownSync(file, NOBODY, NOBODY);
      await expect.poll(() => channelText(bot.desk, 'all'), { timeout: 15_000 }).toContain('Saraqib');
      await untilQuiet(bot.desk);
      expect(await bot.stopped()).toBe(0);
      expect(processesOf(dataDir)).toEqual([]);
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});
