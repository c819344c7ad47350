// One Postgres a test run, started when the first test file asks for it and ended with the run.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { systemClock } from '../../src/model/time.ts';
import { startEmbedded, type Embedded } from '../../src/store/embedded/start.ts';
import { migrateDatabase } from '../../src/store/migrate.ts';
import { newFolder, scratch } from './folder.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the socket that answers with the connection string of the run's Postgres, or `failed: why`. */
    postgresDoor: string;
  }
}

const PREFIX = 'sitrep-test-';
const OWNER = 'owner.pid';
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** fsync is off here and nowhere else: what a test run leaves behind is deleted. */
const startServer = (dataDir: string): Promise<Embedded> =>
  startEmbedded({
    dataDir,
    clock: systemClock,
    log: silent,
    settings: { fsync: 'off', full_page_writes: 'off' },
  });

/** The server's own database has the schema and is what each test file's is copied from. */
async function startWithTemplate(dataDir: string): Promise<Embedded> {
  const server = await startServer(dataDir);
  try {
    await migrateDatabase(server.connectionString);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep();
  const folder = newFolder(PREFIX);
  writeFileSync(join(folder, OWNER), String(process.pid));
  let starting: Promise<Embedded> | undefined;
  const door = createServer((socket) => {
    starting ??= startWithTemplate(join(folder, 'data'));
    starting.then(
      ({ connectionString }) => socket.end(connectionString),
      (error: unknown) => socket.end(`failed: ${String(error)}`),
    );
  });
  const path = join(folder, 'door');
  await listen(door, path);
  project.provide('postgresDoor', path);
  return async () => {
    door.close();
    await (await starting?.catch(() => undefined))?.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

const listen = (server: Server, path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject).listen(path, resolve);
  });

/** A run that was killed left its server and its folder behind. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(scratch()).filter((entry) => entry.startsWith(PREFIX))) {
    const folder = join(scratch(), name);
    try {
      if (isRunning(Number(readFileSync(join(folder, OWNER), 'utf8')))) continue;
      await (await startServer(join(folder, 'data'))).stop();
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Half made, or another run sweeps it at this moment.
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
