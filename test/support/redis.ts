import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

const BINARIES = ['redis-server', 'valkey-server'];

/** The Redis or Valkey server on this machine; undefined when there is none. */
const redisBinary = BINARIES.find((name) => spawnSync(name, ['--version']).status === 0);

/** Why the tests that need Redis do not run here; undefined when they do. */
export const redisMissing =
  redisBinary === undefined
    ? 'no redis-server on this machine (Debian: apt-get install redis-server)'
    : undefined;

export interface RedisServer {
  readonly url: string;
  /** As REDIS_URL wants it. */
  readonly address: string;
  /** Path of its socket. */
  readonly socket: string;
  stop(): Promise<void>;
}

/** A Redis of its own on a Unix socket in a new folder, which nothing is written to, and on a free port of loopback. */
export async function startRedis(): Promise<RedisServer> {
  if (redisBinary === undefined) throw new Error(redisMissing);
  const folder = mkdtempSync(join(tmpdir(), 'sitrep-redis-'));
  const socket = join(folder, 'redis.sock');
  const port = await freePort();
  const child = spawn(
    redisBinary,
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--unixsocket',
      socket,
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      folder,
    ],
    { stdio: 'ignore' },
  );
  // The tests' process may end without stopping it.
  const stopHard = () => child.kill('SIGKILL');
  process.once('exit', stopHard);
  await answers(child, socket);
  return {
    url: socket,
    address: `redis://127.0.0.1:${port}`,
    socket,
    stop: async () => {
      process.off('exit', stopHard);
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(child: ChildProcess, socket: string): Promise<void> {
  const client = new Redis(socket, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  const gone = once(child, 'exit').then(([code]) => {
    throw new Error(`redis-server ended at once with code ${String(code)}`);
  });
  await Promise.race([client.ping(), gone]);
  gone.catch(() => undefined);
  client.disconnect();
}
