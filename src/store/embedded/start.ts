import { statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Clock } from '../../model/time.ts';
import type { StoreLog } from '../log.ts';
import { chooseRunner } from './account.ts';
import { findBinaries } from './binaries.ts';
import { checkCluster, createCluster, hasCluster, removeDrafts } from './cluster.ts';
import { currentHolder, removeHolder, takeHold, writeHolder, type Holder } from './holder.ts';
import { DATABASE, MAINTENANCE_DATABASE, layoutOf, makePrivate, socketUrl, type Layout } from './layout.ts';
import { probe, type Postmaster } from './postmaster.ts';
import { endServer, ensureServer, type ServerPlan, type ServerSettings } from './server.ts';

export interface EmbeddedOptions {
  /** Made when it is not there. */
  readonly dataDir: string;
  readonly clock: Clock;
  readonly log: StoreLog;
  /** Told to the user while they wait; the first start takes a second or two. */
  readonly onProgress?: (step: string) => void;
  /** Server settings beside ours. Tests trade durability for speed here. */
  readonly settings?: ServerSettings;
}

export interface Embedded {
  /** For pg, drizzle, BullMQ's Postgres backend and psql alike. */
  readonly connectionString: string;
  /** Tells later starts on the same folder where the desk of this one is. */
  announce(desk: string): void;
  /** Fast shutdown of the server. Close all connections before; those still open are cut. */
  stop(): Promise<void>;
}

/**
 * The data folder's own Postgres, on a Unix socket, for this process alone. Started if it is not running; taken over if
 * a killed bot left it running; started again if it is killed while we hold it.
 * @throws HeldError when another process runs on the folder
 * @throws EmbeddedError when it cannot be had, with the remedy
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { clock, log } = options;
  const layout = layoutOf(options.dataDir);
  const plan = await prepare(layout, options);
  const server = await ensureServer(plan);
  let me: Holder = { pid: process.pid, since: clock() };
  const hold = await holdFor(plan, server, () => me);
  writeHolder(layout, me);
  removeDrafts(layout);
  log.info({ dataDir: layout.dataDir, pid: server.pid }, 'the embedded database runs');
  return {
    connectionString: socketUrl(server.sockets, server.port, DATABASE),
    announce: (desk) => {
      me = { ...me, desk };
      writeHolder(layout, me);
    },
    stop: async () => {
      const last = await hold.release();
      removeHolder(layout);
      await endServer(last);
    },
  };
}

async function prepare(layout: Layout, options: EmbeddedOptions): Promise<ServerPlan> {
  const binaries = findBinaries();
  const runner = chooseRunner(layout.cluster, [layout.dataDir, binaries.root]);
  if (!hasCluster(layout)) {
    options.onProgress?.('Setting up the database (once) …');
    await createCluster(layout, binaries, runner);
  }
  checkCluster(layout);
  makePrivate(layout.sockets, runner.account);
  return { layout, binaries, runner, settings: options.settings ?? {}, log: options.log };
}

interface Hold {
  /** @returns the server as it now runs. */
  release(): Promise<Postmaster>;
}

const REVIVE_PAUSE_MS = 500;

/** Keeps the holder's connection, and with it the server, alive until it is released. */
async function holdFor(plan: ServerPlan, first: Postmaster, me: () => Holder): Promise<Hold> {
  let server = first;
  let released = false;
  let reviving = Promise.resolve();
  let client = await takeHold(plan.layout, server, me());

  const revive = async (): Promise<void> => {
    while (!isReleased()) {
      try {
        server = await ensureServer(plan);
        client = await takeHold(plan.layout, server, me());
        watch(client);
        plan.log.info({ pid: server.pid }, 'the embedded database runs again');
        return;
      } catch (error) {
        plan.log.error({ error: (error as Error).message }, 'the embedded database is not running');
        await delay(REVIVE_PAUSE_MS);
      }
    }
  };
  const watch = (watched: pg.Client): void => {
    watched.once('end', () => {
      if (released) return;
      plan.log.warn({ log: plan.layout.log }, 'the embedded database ended by itself; starting it again');
      reviving = revive();
    });
  };
  const isReleased = (): boolean => released;

  watch(client);
  return {
    release: async () => {
      released = true;
      await reviving;
      await client.end().catch(() => undefined);
      return server;
    },
  };
}

/** A running embedded database that is looked at without being held: for `doctor`, `status` and `report`. */
export interface Found {
  readonly connectionString: string;
  readonly holder?: Holder;
}

/** @returns undefined when no server runs on the folder, or it is just starting or ending. */
export async function findEmbedded(dataDir: string): Promise<Found | undefined> {
  if (!statSync(dataDir, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  const layout = layoutOf(dataDir);
  const presence = await probe(layout);
  if (presence.kind !== 'ready') return undefined;
  const { sockets, port } = presence.postmaster;
  const client = new pg.Client({ connectionString: socketUrl(sockets, port, MAINTENANCE_DATABASE) });
  await client.connect();
  try {
    const holder = await currentHolder(layout, client);
    return { connectionString: socketUrl(sockets, port, DATABASE), ...(holder && { holder }) };
  } finally {
    await client.end();
  }
}
