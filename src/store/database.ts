import { sql, type SQL } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { StoreLog } from './log.ts';
import type { LOCKS } from './locks.ts';

/** The database, or a transaction in it. */
export type Database = Pick<
  NodePgDatabase,
  | 'select'
  | 'selectDistinct'
  | 'selectDistinctOn'
  | 'insert'
  | 'update'
  | 'delete'
  | 'execute'
  | 'transaction'
>;

export interface Connections {
  readonly pool: pg.Pool;
  readonly db: NodePgDatabase;
}

/** Enough for all stages of one process; queries are short. */
const POOL_SIZE = 16;

export function connect(connectionString: string, log: StoreLog): Connections {
  const pool = new pg.Pool({
    connectionString,
    max: POOL_SIZE,
    application_name: 'sitrep',
    connectionTimeoutMillis: 10_000,
    // A process that hangs inside a transaction must not keep the others from judging.
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
    // Queries that a transaction starts together go to the server together, and are answered in their order.
    pipeline: true,
  });
  // A connection that is lost while it is in use fails the query, and would without this end the process too.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  pool.on('error', (error) => log.warn({ error: error.message }, 'a database connection was lost'));
  return { pool, db: drizzle(pool, { casing: 'snake_case' }) };
}

/** Waits for an advisory lock that the transaction keeps until it ends. */
export const lock = (db: Database, [first, second]: (typeof LOCKS)[keyof typeof LOCKS]): Promise<unknown> =>
  db.execute(sql`select pg_advisory_xact_lock(${first}, ${second})`);

/** `column = any($1)` with one parameter however many values, so that statements do not differ in length. */
export const anyOf = (column: SQL | { readonly name: string }, values: readonly string[]): SQL =>
  sql`${column} = any(${sql.param([...values])}::text[])`;
