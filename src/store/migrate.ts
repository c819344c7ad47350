import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { join } from 'node:path';
import pg from 'pg';
import { StoreError } from './error.ts';
import { LOCKS } from './locks.ts';

/** The database cannot be used with this version; the message says what to do. */
export class SchemaError extends Error {
  override readonly name = 'SchemaError';
}

const FILES = { migrationsFolder: join(import.meta.dirname, 'migrations'), migrationsSchema: 'sitrep_meta' };
/** Older servers lack NULLS NOT DISTINCT. */
const OLDEST_MAJOR = 15;

/**
 * Brings the database to this version's schema; of several processes that start together one does it and the others
 * wait. Nothing is done when it is there already.
 * @throws SchemaError when the database was made by a newer Sitrep, or the server is too old
 * @throws StoreError when it cannot be reached
 */
export async function migrateDatabase(connectionString: string): Promise<void> {
  const client = new pg.Client({
    connectionString,
    application_name: 'sitrep migrations',
    connectionTimeoutMillis: 10_000,
  });
  client.on('error', () => undefined);
  await client.connect().catch((cause: unknown) => {
    throw unreachable(client, cause);
  });
  try {
    await client.query('select pg_advisory_lock($1, $2)', [...LOCKS.migrate]);
    await checkServer(client);
    const known = new Set(readMigrationFiles(FILES).map((file) => file.hash));
    const applied = await appliedMigrations(client);
    const unknown = applied.filter((hash) => !known.has(hash));
    if (unknown.length > 0)
      throw new SchemaError(
        `The database "${client.database ?? ''}" has ${unknown.length} change${unknown.length === 1 ? '' : 's'} that this version of Sitrep does not know: a newer version has used it. ` +
          'Start that version or a later one; to go back, restore a backup from before the upgrade.',
      );
    if (applied.length < known.size) await migrate(drizzle(client), FILES);
  } finally {
    await client.end();
  }
}

/** What is usually wrong, by SQLSTATE or by the socket's code. */
const REMEDIES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens there: start the server, or mend host and port in DATABASE_URL.',
  ENOENT: 'No server has its socket there: start it, or mend the folder in DATABASE_URL.',
  ENOTFOUND: 'There is no such host: mend it in DATABASE_URL.',
  ETIMEDOUT: 'The host does not answer: check the address in DATABASE_URL and the firewall between.',
  '28P01': 'The password is wrong: mend it in DATABASE_URL.',
  '28000':
    'The server does not let this user in from here: mend its pg_hba.conf, or the user in DATABASE_URL.',
  '3D000': 'There is no such database: create it (`createdb`), or mend its name in DATABASE_URL.',
};

/** Never with the connection string: it may hold a password. */
function unreachable({ host, port, user, database }: pg.Client, cause: unknown): StoreError {
  const first: unknown = cause instanceof AggregateError ? cause.errors[0] : cause;
  const { code = '', message = '' } = first as { readonly code?: string; readonly message?: string };
  return new StoreError(
    `The database "${database ?? ''}" at ${host}:${port} cannot be used as "${user ?? ''}": ${message || code}. ` +
      (REMEDIES[code] ?? 'Check DATABASE_URL.'),
    { cause },
  );
}

async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
  const major = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
  if (major < OLDEST_MAJOR)
    throw new SchemaError(
      `The database server is Postgres ${major}; Sitrep needs ${OLDEST_MAJOR} or later. Upgrade the server, or unset DATABASE_URL to use the embedded one.`,
    );
}

async function appliedMigrations(client: pg.Client): Promise<readonly string[]> {
  const table = `${FILES.migrationsSchema}.__drizzle_migrations`;
  const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
    table,
  ]);
  if (rows[0]?.there !== true) return [];
  const applied = await client.query<{ hash: string }>(`select hash from ${table} order by id`);
  return applied.rows.map((row) => row.hash);
}
