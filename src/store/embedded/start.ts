import { statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Clock } from '../../model/time.ts';
import type { StoreLog } from '../log.ts';
import { chooseRunner } from './account.ts';
import { findBinaries } from './binaries.ts';
import { checkOwner, checkVersion, createCluster, hasCluster, removeDrafts } from './cluster.ts';
import { EmbeddedError } from './error.ts';
import { currentHolder, removeHolder, takeHold, writeHolder, type Holder } from './holder.ts';
import { DATABASE, MAINTENANCE_DATABASE, layoutOf, makePrivate, socketUrl, type Layout } from './layout.ts';
import { isAlive, isPassing, probe, type Postmaster } from './postmaster.ts';
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
  let me: Holder = { pid: process.pid, since: clock() };
  const hold = await holdFor(plan, () => me);
  writeHolder(layout, me);
  removeDrafts(layout);
  const server = hold.server();
  log.info({ dataDir: layout.dataDir, pid: server.pid }, 'the embedded database runs');
  return {
    connectionString: socketUrl(server.sockets, server.port, DATABASE),
    announce: (desk) => {
      me = { ...me, desk };
      writeHolder(layout, me);
    },
    stop: async () => {
      removeHolder(layout);
      // Held until the server has ended, so that the next start does not take hold of one that is going.
      await hold.release(endServer);
    },
  };
}

async function prepare(layout: Layout, options: EmbeddedOptions): Promise<ServerPlan> {
  const binaries = findBinaries();
  checkOwner(layout);
  const runner = chooseRunner(layout.cluster, [layout.dataDir, binaries.root]);
  if (!hasCluster(layout)) {
    options.onProgress?.('Setting up the database (once) …');
    await createCluster(layout, binaries, runner);
  }
  checkVersion(layout);
  makePrivate(layout.sockets, runner.account);
  return { layout, binaries, runner, settings: options.settings ?? {}, log: options.log };
}

interface Hold {
  /** The server as it now runs. */
  server(): Postmaster;
  release(end: (server: Postmaster) => Promise<void>): Promise<void>;
}

const REVIVE_PAUSE_MS = 500;

interface Held {
  readonly server: Postmaster;
  readonly client: pg.Client;
}

/** A server that is just ending, for a bot that stops, refuses us or throws us out: then there is another round. */
async function hold(plan: ServerPlan, me: Holder): Promise<Held> {
  for (;;) {
    const server = await ensureServer(plan);
    try {
      return { server, client: await takeHold(plan.layout, server, me) };
    } catch (error) {
      if (error instanceof EmbeddedError || !isPassing(error as { readonly code?: string })) throw error;
    }
  }
}

/** Keeps the holder's connection, and with it the server, alive until it is released. */
async function holdFor(plan: ServerPlan, me: () => Holder): Promise<Hold> {
  const state = { held: await hold(plan, me()), released: false, reviving: Promise.resolve() };

  const revive = async (): Promise<void> => {
    while (!state.released) {
      try {
        state.held = await hold(plan, me());
        watch(state.held.client);
        plan.log.info({ pid: state.held.server.pid }, 'the embedded database runs again');
        return;
      } catch (error) {
        plan.log.error({ error: (error as Error).message }, 'the embedded database is not running');
        await delay(REVIVE_PAUSE_MS);
      }
    }
  };
  const watch = (client: pg.Client): void => {
    client.once('end', () => {
      if (state.released) return;
      plan.log.warn({ log: plan.layout.log }, 'the embedded database ended by itself; starting it again');
      state.reviving = revive();
    });
  };

  // The server is no child that would end with us: after a second Ctrl-C, or an error of ours, it is told to end too.
  const farewell = (): void => {
    if (isAlive(state.held.server.pid)) process.kill(state.held.server.pid, 'SIGINT');
  };
  process.once('exit', farewell);
  watch(state.held.client);
  return {
    server: () => state.held.server,
    release: async (end) => {
      state.released = true;
      process.off('exit', farewell);
      await state.reviving;
      await end(state.held.server);
      await state.held.client.end().catch(() => undefined);
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
  checkOwner(layout);
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
