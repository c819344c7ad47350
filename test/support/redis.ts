import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
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
  /** Path of its socket. */
  readonly socket: string;
  stop(): Promise<void>;
}

/** A Redis of its own on a Unix socket in a new folder, which nothing is written to. */
export async function startRedis(): Promise<RedisServer> {
  if (redisBinary === undefined) throw new Error(redisMissing);
  const folder = mkdtempSync(join(tmpdir(), 'sitrep-redis-'));
  const socket = join(folder, 'redis.sock');
  const child = spawn(
    redisBinary,
    ['--port', '0', '--unixsocket', socket, '--save', '', '--appendonly', 'no', '--dir', folder],
    { stdio: 'ignore' },
  );
  // The tests' process may end without stopping it.
  const stopHard = () => child.kill('SIGKILL');
  process.once('exit', stopHard);
  await answers(child, socket);
  return {
    url: socket,
    socket,
    stop: async () => {
      process.off('exit', stopHard);
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
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
