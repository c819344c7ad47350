import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { join } from 'node:path';
import pg from 'pg';
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
 */
export async function migrateDatabase(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString, application_name: 'sitrep migrations' });
  client.on('error', () => undefined);
  await client.connect();
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
