import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { inject } from 'vitest';

/** The connection string of the run's Postgres server. */
async function server(): Promise<string> {
  const answer = await text(connect(inject('postgresDoor')));
  if (answer.startsWith('failed: ')) throw new Error(`The tests' Postgres ${answer}`);
  return answer;
}

export interface FreshDatabase {
  /** For pg, drizzle, BullMQ's Postgres backend and `openStore` alike. */
  readonly connectionString: string;
}

/**
 * A database of its own for a test file, on the run's one server, with the schema in it (`empty`: with nothing). It goes
 * with the run; nothing needs to be closed but the connections that the test opens.
 */
export async function freshDatabase(options: { readonly empty?: boolean } = {}): Promise<FreshDatabase> {
  const connectionString = await server();
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  // Not the template itself: a database that somebody is connected to cannot be copied.
  const client = new pg.Client({ connectionString: inDatabase(connectionString, 'postgres') });
  await client.connect();
  try {
    await client.query(
      `create database ${name} template ${options.empty ? 'template0' : 'sitrep'} strategy file_copy`,
    );
  } finally {
    await client.end();
  }
  return { connectionString: inDatabase(connectionString, name) };
}

const inDatabase = (connectionString: string, name: string): string =>
  connectionString.replace(':///sitrep?', `:///${name}?`);
