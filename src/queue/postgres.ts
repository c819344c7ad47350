import { createPostgresBackend, runMigrations, withBackend, type PgPool } from 'bullmq';
import pg from 'pg';
import { QUEUE_DEFAULTS, WORKER_DEFAULTS, type Backend, type Process } from './backend.ts';
import type { JobPayload, QueueLog, Stage } from './contract.ts';
import { QueueError } from './error.ts';
import { describe, outageListener } from './outages.ts';

const { Queue, Worker } = withBackend(createPostgresBackend);

/** BullMQ's tables live beside the store's, in a schema of their own. BullMQ knows a shared pool's only under this name. */
const SCHEMA = 'bullmq';
/** Four workers each keep one connection for LISTEN; the rest serve all queries. */
const MAX_CONNECTIONS = 12;

/**
 * Connects to the database and brings BullMQ's schema up to date (several processes may do so at once).
 * @throws QueueError when the server does not answer within 10 s or the role may not create the schema.
 */
export async function connectPostgres(connectionString: string, log: QueueLog): Promise<Backend> {
  const trouble = outageListener(log, 'postgres');
  let closed = false;
  // A worker may still hold its connection when the server is stopped behind us: that is how it ends.
  const onError = (error: Error): void => {
    if (!closed) trouble(error);
  };
  const pool = new pg.Pool({
    connectionString: withSearchPath(connectionString),
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'sitrep-queue',
  });
  // Of connections that break while idle; without a listener one would end the process.
  pool.on('error', onError);
  await migrate(pool);
  const connection = unhurried(pool, onError);

  return {
    queue: (stage) => {
      const queue = new Queue<JobPayload, void>(stage, { connection, ...QUEUE_DEFAULTS });
      queue.on('error', onError);
      return queue;
    },
    worker: (stage: Stage, process: Process, concurrency: number) => {
      const worker = new Worker<JobPayload, void>(stage, process, {
        connection,
        concurrency,
        ...WORKER_DEFAULTS,
      });
      worker.on('error', onError);
      return worker;
    },
    empty: (stage) => empty(connection, stage),
    close: () => {
      closed = true;
      return pool.end();
    },
  };
}

/**
 * The pool as BullMQ sees it. BullMQ pauses between its tries only when an error says ECONNREFUSED; any other (a socket
 * that is gone, a server that shuts down, a broken connection) it meets by trying again at once, a whole core's worth.
 */
function unhurried(pool: pg.Pool, onError: (error: Error) => void): PgPool {
  const named = (error: unknown): never => {
    if (error instanceof Error && isOutage(error)) {
      onError(error);
      throw Object.assign(error, { code: 'ECONNREFUSED' });
    }
    throw error;
  };
  const facade = {
    query: (text: string, params?: unknown[]) => pool.query(text, params).catch(named),
    connect: () => pool.connect().catch(named),
    end: () => pool.end(),
    // The pool's own listener hears of connections that break. BullMQ's would each tell it again, and print it whole when
    // its queue is closed already.
    on: (event: 'connect', listener: () => void) =>
      (event as string) === 'error' ? pool : pool.on(event, listener),
    removeAllListeners: pool.removeAllListeners.bind(pool),
  };
  // BullMQ's own type of a pool is narrower in its events than node-postgres's, which it is made for.
  return facade as unknown as PgPool;
}

/** SQLSTATE classes (PostgreSQL manual, appendix A): 08 connection, 53 resources, 57P shutdown and start-up. */
const OUTAGE = /^(?:08|53|57P)/;

/** Whatever is not the server's answer to the query is trouble on the way to it. */
const isOutage = (error: Error): boolean =>
  !(error instanceof pg.DatabaseError) || OUTAGE.test(error.code ?? '');

async function migrate(pool: pg.Pool): Promise<void> {
  try {
    const client = await pool.connect();
    try {
      await runMigrations(client, SCHEMA);
    } finally {
      client.release();
    }
  } catch (error) {
    await pool.end();
    throw new QueueError(
      `The queue cannot use the Postgres database: ${describe(error)}. Check that DATABASE_URL names a server of version 14 or newer and that its role may create the schema "${SCHEMA}".`,
      { cause: error },
    );
  }
}

/** The same connection string with a search path that finds BullMQ's tables; options that it already has are kept. */
function withSearchPath(connectionString: string): string {
  const given = /[?&]options=([^&]*)/.exec(connectionString)?.[1];
  const options = `${given === undefined ? '' : `${decodeURIComponent(given)} `}-c search_path=${SCHEMA}`;
  const joint = connectionString.includes('?') ? '&' : '?';
  // Of a parameter that stands twice, node-postgres takes the last.
  return `${connectionString}${joint}options=${encodeURIComponent(options)}`;
}

async function empty(connection: PgPool, stage: Stage): Promise<void> {
  const queue = new Queue(stage, { connection });
  await queue.obliterate({ force: true });
  await queue.close();
}
