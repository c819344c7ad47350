import { DrizzleQueryError, sql, type Placeholder, type SQL } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { StoreError } from './error.ts';
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
  | '_'
>;

/**
 * Work in one transaction, begun together with the work's first queries. Every connection has one `Database` for all its
 * transactions, so that what is prepared on it once stays prepared; and what is prepared is planned once for all values:
 * the queries of such work are looks into an index, whose plan does not depend on what is looked for, nor on how much there
 * is: a plan made while a table was small would go on reading all of it.
 */
export type Transact = <T>(work: (tx: Database) => Promise<T>) => Promise<T>;

export interface Connections {
  readonly pool: pg.Pool;
  readonly db: NodePgDatabase;
  readonly transact: Transact;
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
  return { pool, db: drizzle(pool, CASING), transact: transactionsOf(pool) };
}

export const CASING = { casing: 'snake_case' } as const;

const BEGIN = 'begin; set local plan_cache_mode = force_generic_plan; set local enable_seqscan = off';

function transactionsOf(pool: pg.Pool): Transact {
  const databases = new WeakMap<pg.PoolClient, NodePgDatabase>();
  return async (work) => {
    const client = await pool.connect();
    const tx = databases.get(client) ?? drizzle(client, CASING);
    databases.set(client, tx);
    let lost = false;
    try {
      const begun = client.query(BEGIN);
      // Said by what comes after it: a connection that cannot begin can do nothing else.
      begun.catch(() => undefined);
      const result = await work(tx);
      await begun;
      const { command } = await client.query('commit');
      // So Postgres answers when a query failed whose failure nobody looked at.
      if (command !== 'COMMIT') throw new StoreError('A transaction was taken back in which a query failed.');
      return result;
    } catch (error) {
      await client.query('rollback').catch(() => (lost = true));
      throw error;
    } finally {
      client.release(lost);
    }
  };
}

/**
 * `Promise.all` for queries of one transaction. When one fails, those behind it fail too, as theirs is no transaction any
 * more: what is thrown is the failure that began it, once all are answered.
 */
export async function together<const T extends readonly unknown[]>(
  queries: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const answers = await Promise.allSettled(queries);
  const failures = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer] : []));
  const first = failures.find(({ reason }) => !isFollowing(reason)) ?? failures[0];
  if (first) throw first.reason;
  return Promise.all(queries);
}

const IN_FAILED_TRANSACTION = '25P02';

const isFollowing = (error: unknown): boolean =>
  error instanceof DrizzleQueryError &&
  error.cause instanceof pg.DatabaseError &&
  error.cause.code === IN_FAILED_TRANSACTION;

/**
 * Waits for an advisory lock that the transaction keeps until it ends. It is asked for at once (`execute`; a query of its
 * own is sent when it is awaited), so that what is called after it comes after it.
 */
export const lock = (db: Database, [first, second]: (typeof LOCKS)[keyof typeof LOCKS]): Promise<unknown> =>
  db.execute(sql`select pg_advisory_xact_lock(${first}, ${second})`).execute();

const isPlaceholder = (values: readonly string[] | Placeholder): values is Placeholder =>
  !Array.isArray(values);

/** `column = any($1)` with one parameter however many values, so that statements do not differ in length. */
export const anyOf = (
  column: SQL | { readonly name: string },
  values: readonly string[] | Placeholder,
): SQL => sql`${column} = any(${isPlaceholder(values) ? values : sql.param([...values])}::text[])`;
