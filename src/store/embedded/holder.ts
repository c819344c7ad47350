import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { z } from 'zod';
import type { Instant } from '../../model/time.ts';
import { EmbeddedError } from './error.ts';
import { DATABASE, MAINTENANCE_DATABASE, socketUrl, type Layout } from './layout.ts';
import type { Postmaster } from './postmaster.ts';

/** The process that runs on a data folder. */
export interface Holder {
  readonly pid: number;
  readonly since: Instant;
  /** Address of its desk, once that is known. */
  readonly desk?: string | undefined;
}

/** Another process runs on the data folder. */
export class HeldError extends EmbeddedError {
  override readonly name = 'HeldError';
  readonly holder: Holder | undefined;

  constructor(dataDir: string, holder: Holder | undefined) {
    const who = holder
      ? `by process ${holder.pid}, since ${holder.since}${holder.desk ? `; its desk is at ${holder.desk}` : ''}`
      : 'by another process';
    super(
      `The data folder ${dataDir} is in use ${who}. ` +
        `Use that one, end it first${holder ? ` (\`kill ${holder.pid}\`)` : ''}, or start with another data folder.`,
    );
    this.holder = holder;
  }
}

/** Two-part key of the advisory lock that the holder's connection keeps: "SITR", 1. Advisory locks are per database. */
const LOCK = [0x53495452, 1] as const;
/** A killed holder's connection takes a moment to be noticed. */
const TAKE_TRIES = 50;
const TAKE_PAUSE_MS = 20;

/**
 * Takes the data folder for this process, for as long as the connection that it returns stays open. The lock is the
 * server's, so that it ends with the process that has it, however that ends. Who has it stands in the connection's
 * application name, so that it is known from the first moment on.
 * @throws HeldError naming the process that has it.
 */
export async function takeHold(layout: Layout, server: Postmaster, me: Holder): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: socketUrl(server.sockets, server.port, MAINTENANCE_DATABASE),
    application_name: `sitrep ${me.pid} ${me.since}`,
    keepAlive: true,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    for (let tries = 0; ; tries++) {
      const { rows } = await client.query<{ taken: boolean }>(
        'select pg_try_advisory_lock($1, $2) as taken',
        [...LOCK],
      );
      if (rows[0]?.taken === true) break;
      if (tries === TAKE_TRIES) throw new HeldError(layout.dataDir, await currentHolder(layout, client));
      await delay(TAKE_PAUSE_MS);
    }
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

/** Who holds the data folder, as the server and the file beside it say. */
export async function currentHolder(layout: Layout, client: pg.Client): Promise<Holder | undefined> {
  const { rows } = await client.query<{ name: string }>(
    `select a.application_name as name from pg_locks l join pg_stat_activity a on a.pid = l.pid
     where l.locktype = 'advisory' and l.granted and l.classid = $1 and l.objid = $2`,
    [...LOCK],
  );
  const named = /^sitrep (?<pid>\d+) (?<since>\S+)$/.exec(rows[0]?.name ?? '')?.groups;
  if (!named) return undefined;
  const holder: Holder = { pid: Number(named['pid']), since: named['since'] as Instant };
  const file = readHolder(layout);
  return file?.pid === holder.pid && file.since === holder.since ? file : holder;
}

const holderFile = z.object({
  pid: z.number().int(),
  since: z.string().transform((text) => text as Instant),
  desk: z.string().optional(),
});

/** The file says what the lock cannot: the desk's address. It is no lock; a killed holder leaves it behind. */
export function readHolder(layout: Layout): Holder | undefined {
  try {
    return holderFile.parse(JSON.parse(readFileSync(layout.holder, 'utf8')));
  } catch {
    return undefined;
  }
}

export function writeHolder(layout: Layout, holder: Holder): void {
  const draft = `${layout.holder}.${holder.pid}`;
  writeFileSync(draft, `${JSON.stringify(holder)}\n`);
  renameSync(draft, layout.holder);
}

export const removeHolder = (layout: Layout): void => rmSync(layout.holder, { force: true });
