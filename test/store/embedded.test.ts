import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/model/time.ts';
import { HeldError } from '../../src/store/embedded/holder.ts';
import { isAlive } from '../../src/store/embedded/postmaster.ts';
import { findEmbedded, startEmbedded, type Embedded } from '../../src/store/embedded/start.ts';
import { newFolder } from '../support/folder.ts';
import type { Said } from './embedded-process.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const asRoot = process.getuid?.() === 0;
/** An ordinary account that every Linux has. */
const NOBODY = { uid: 65534, gid: 65534 };

let folder: string;
let dataDir: string;
let children: ChildProcess[];
let started: Embedded[];

beforeEach(() => {
  folder = newFolder('sitrep-embedded-');
  // Others pass through, as through a checkout under /home or /srv.
  chmodSync(folder, 0o755);
  dataDir = join(folder, 'data');
  children = [];
  started = [];
});
afterEach(async () => {
  for (const child of children) await killed(child);
  for (const embedded of started) await embedded.stop();
  const pid = serverPid();
  if (pid !== undefined) await ended(pid, 'SIGQUIT');
  rmSync(folder, { recursive: true, force: true });
});

function serverPid(): number | undefined {
  try {
    return Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return undefined;
  }
}

async function ended(pid: number, signal: NodeJS.Signals): Promise<void> {
  if (isAlive(pid)) process.kill(pid, signal);
  await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

async function start(more: { readonly onProgress?: (step: string) => void } = {}): Promise<Embedded> {
  const embedded = await startEmbedded({ dataDir, clock: systemClock, log: silent, ...more });
  started.push(embedded);
  return embedded;
}

async function stopAll(): Promise<void> {
  for (const embedded of started.splice(0)) await embedded.stop();
}

/** Another bot on the folder, in a process of its own. */
async function startProcess(
  identity: { uid?: number; gid?: number } = {},
): Promise<{ child: ChildProcess; said: Said }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'embedded-process.ts'), dataDir], {
    stdio: ['pipe', 'pipe', 'inherit'],
    ...identity,
  });
  children.push(child);
  for await (const line of createInterface(child.stdout)) return { child, said: JSON.parse(line) as Said };
  throw new Error('the process ended and said nothing');
}

async function query<T extends pg.QueryResultRow>(connectionString: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

const remember = (connectionString: string) =>
  query(connectionString, "create table kept (word text); insert into kept values ('here')");
const recall = async (connectionString: string) =>
  (await query<{ word: string }>(connectionString, 'select word from kept')).map(({ word }) => word);

describe('the embedded database', () => {
  it('is set up once, says so, and is there again after a stop', async () => {
    const steps: string[] = [];
    const first = await start({ onProgress: (step) => steps.push(step) });
    expect(steps).toEqual(['Setting up the database (once) …']);
    await remember(first.connectionString);
    await stopAll();
    expect(serverPid()).toBeUndefined();
    const second = await start({ onProgress: (step) => steps.push(step) });
    expect(steps).toHaveLength(1);
    expect(await recall(second.connectionString)).toEqual(['here']);
  });

  it('loses nothing that was committed, listens on no port, and lets only its account near its socket', async () => {
    const { connectionString } = await start();
    const [settings] = await query(
      connectionString,
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
              current_setting('full_page_writes') as pages, current_setting('listen_addresses') as addresses`,
    );
    expect(settings).toEqual({ fsync: 'on', commit: 'on', pages: 'on', addresses: '' });
    expect(statSync(join(dataDir, 'run')).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, 'postgres')).mode & 0o777).toBe(0o700);
  });

  it('has a socket elsewhere when the path of the data folder is too long for one', async () => {
    dataDir = join(folder, 'x'.repeat(120));
    const { connectionString } = await start();
    expect(connectionString).not.toContain('xxx');
    const [row] = await query<Record<string, string>>(connectionString, 'show unix_socket_directories');
    const sockets = Object.values(row!)[0]!;
    expect(statSync(sockets).mode & 0o777).toBe(0o700);
    await stopAll();
    rmSync(sockets, { recursive: true });
  });

  it('is found by a command beside the bot, with who holds it', async () => {
    expect(await findEmbedded(dataDir)).toBeUndefined();
    const embedded = await start();
    const { connectionString } = embedded;
    embedded.announce('http://127.0.0.1:8642');
    const found = await findEmbedded(dataDir);
    expect(found).toMatchObject({
      connectionString,
      holder: { pid: process.pid, desk: 'http://127.0.0.1:8642' },
    });
    await stopAll();
    expect(await findEmbedded(dataDir)).toBeUndefined();
  });
});

describe('after a crash', () => {
  it('of the bot, the server that it left behind is taken over with all that it holds', async () => {
    const { child, said } = await startProcess();
    await remember(said.connectionString!);
    const left = serverPid();
    await killed(child);
    expect(isAlive(left!), 'the server goes on without the bot').toBe(true);
    const { connectionString } = await start();
    expect(serverPid()).toBe(left);
    expect(await recall(connectionString)).toEqual(['here']);
    await stopAll();
    expect(isAlive(left!), 'what was taken over is ended').toBe(false);
  });

  it('of bot and server, what was committed is there', async () => {
    const { child, said } = await startProcess();
    await remember(said.connectionString!);
    const left = serverPid()!;
    await killed(child);
    await ended(left, 'SIGKILL');
    const { connectionString } = await start();
    expect(await recall(connectionString)).toEqual(['here']);
  });

  it('of the server alone, the bot starts it again and still holds the folder', async () => {
    const { connectionString } = await start();
    await remember(connectionString);
    const left = serverPid()!;
    await ended(left, 'SIGKILL');
    await expect
      .poll(() => recall(connectionString).catch(() => undefined), { timeout: 10_000 })
      .toEqual(['here']);
    expect(serverPid()).not.toBe(left);
    await expect.poll(async () => (await findEmbedded(dataDir))?.holder?.pid).toBe(process.pid);
  });

  it('in the middle of the setting up, the next start sets it up', async () => {
    mkdirSync(join(dataDir, 'postgres.new-half'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres.new-half', 'PG_VERSION'), '18\n');
    await start();
    expect(readdirSync(dataDir).filter((name) => name.startsWith('postgres.new'))).toEqual([]);
  });

  it('of the machine, a pid file that now names another program is no hindrance', async () => {
    await start();
    await stopAll();
    const { uid, gid } = statSync(join(dataDir, 'postgres'));
    const bystander = spawn('sleep', ['60'], { stdio: 'ignore', ...(asRoot && { uid, gid }) });
    children.push(bystander);
    const file = join(dataDir, 'postgres', 'postmaster.pid');
    writeFileSync(
      file,
      `${bystander.pid}\n${join(dataDir, 'postgres')}\n1\n5432\n${join(dataDir, 'run')}\n\n`,
    );
    if (asRoot) chownSync(file, uid, gid);
    const { connectionString } = await start();
    expect(await query(connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(isAlive(bystander.pid!)).toBe(true);
  });
});

describe('a second start', () => {
  it('is refused and told who is there, since when and where', async () => {
    const { child } = await startProcess();
    const refused = await start().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(HeldError);
    const { message } = refused as HeldError;
    expect(message).toContain(`in use by process ${child.pid}, since 20`);
    expect(message).toContain('http://127.0.0.1:8642');
    expect(message).toContain(`kill ${child.pid}`);
  });

  it('in the same instant on a fresh folder: one has it, the other is told so', async () => {
    const both = await Promise.all([startProcess(), startProcess()]);
    const winner = both.find(({ said }) => said.connectionString !== undefined);
    const loser = both.find(({ said }) => said.error !== undefined);
    expect(winner, JSON.stringify(both.map(({ said }) => said))).toBeDefined();
    expect(loser?.said).toMatchObject({ error: 'HeldError' });
    expect(loser?.said.message).toContain(`process ${winner?.child.pid}`);
  });

  it('goes on where a stopped one was, while that is still stopping', async () => {
    const { child } = await startProcess();
    child.stdin!.end();
    const { connectionString } = await start();
    expect(await query(connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('what cannot be used', () => {
  it('is refused with the remedy: a database of another major version', async () => {
    await start();
    await stopAll();
    writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '17\n');
    await expect(start()).rejects.toThrow(/made by Postgres 17.*pg_dump/);
  });

  it('is refused with the remedy: a data folder that cannot be made', async () => {
    writeFileSync(join(folder, 'file'), '');
    dataDir = join(folder, 'file', 'data');
    await expect(start()).rejects.toThrow(/cannot be created.*Name another one/);
  });
});

describe('accounts', () => {
  it.skipIf(!asRoot)(
    'as root the server runs as another account, also below a folder that is closed to it',
    async () => {
      chmodSync(folder, 0o700);
      const { connectionString } = await start();
      expect(await query(connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
      expect(statSync(`/proc/${serverPid()!}`).uid).not.toBe(0);
      expect(statSync(join(dataDir, 'postgres')).uid).not.toBe(0);
      await stopAll();
      await start();
    },
  );

  it.skipIf(!asRoot)(
    'as an ordinary user, and by root after that, without changing whose it is',
    async () => {
      mkdirSync(dataDir);
      chownSync(dataDir, NOBODY.uid, NOBODY.gid);
      const { child, said } = await startProcess(NOBODY);
      expect(said.message ?? said.connectionString).toContain('postgres:///');
      await remember(said.connectionString!);
      child.stdin!.end();
      await once(child, 'exit');
      const { connectionString } = await start();
      expect(await recall(connectionString)).toEqual(['here']);
      expect(statSync(join(dataDir, 'postgres')).uid).toBe(NOBODY.uid);
    },
  );

  it.skipIf(!asRoot)('an ordinary user is told when the database belongs to another account', async () => {
    await start();
    await stopAll();
    const identity = statSync(join(dataDir, 'postgres')).uid === NOBODY.uid ? { uid: 1, gid: 1 } : NOBODY;
    const { said } = await startProcess(identity);
    expect(said).toMatchObject({ error: 'EmbeddedError' });
    expect(said.message).toMatch(/belongs to another account.*sudo chown -R/);
  });

  if (!asRoot) console.log('accounts: three tests need root to act as several accounts, and were skipped');
});
