import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { expect, it } from 'vitest';
import { migrateDatabase, SchemaError } from '../../src/store/migrate.ts';
import { freshDatabase } from '../support/postgres.ts';

const root = join(import.meta.dirname, '..', '..');

async function query(connectionString: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

const tables = (connectionString: string): Promise<readonly Record<string, unknown>[]> =>
  query(
    connectionString,
    `select table_name, column_name, data_type, is_nullable from information_schema.columns
     where table_schema = 'public' order by 1, 2`,
  );

it('makes the schema in an empty database, once, whoever starts at the same time', async () => {
  const { connectionString } = await freshDatabase({ empty: true });
  expect(await tables(connectionString)).toEqual([]);
  await Promise.all([1, 2, 3].map(() => migrateDatabase(connectionString)));
  const made = await tables(connectionString);
  expect(made.length).toBeGreaterThan(50);
  await migrateDatabase(connectionString);
  expect(await tables(connectionString)).toEqual(made);
});

it('refuses a database that a newer version has used, and leaves it alone', async () => {
  const { connectionString } = await freshDatabase();
  await query(
    connectionString,
    `insert into sitrep_meta.__drizzle_migrations (hash, created_at) values ('of the future', 9999999999999)`,
  );
  const before = await tables(connectionString);
  const refused = migrateDatabase(connectionString);
  await expect(refused).rejects.toThrow(SchemaError);
  await expect(refused).rejects.toThrow(/newer version has used it/);
  expect(await tables(connectionString)).toEqual(before);
});

it('says what is wrong and what to do when the database cannot be reached, without the password', async () => {
  const { connectionString } = await freshDatabase({ empty: true });
  const nowhere = migrateDatabase('postgres://reader:hidden-word@127.0.0.1:1/news');
  await expect(nowhere).rejects.toThrow(
    /"news" at 127\.0\.0\.1:1 cannot be used as "reader".*Nothing listens there/,
  );
  await expect(nowhere).rejects.not.toThrow(/hidden-word/);
  await expect(migrateDatabase(connectionString.replace(/:\/\/\/\w+/, ':///missing'))).rejects.toThrow(
    /"missing".*createdb/,
  );
});

it('the migrations give what the schema says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sitrep-migrations-'));
  try {
    cpSync(join(root, 'src/store/migrations'), folder, { recursive: true });
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        join(root, 'node_modules/drizzle-kit/bin.cjs'),
        'generate',
        '--dialect=postgresql',
        '--casing=snake_case',
        '--schema=./src/store/schema/*.ts',
        `--out=${relative(root, folder)}`,
      ],
      { cwd: root },
    );
    expect(stdout, 'run `npx drizzle-kit generate --name what_changed`').toContain('No schema changes');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
