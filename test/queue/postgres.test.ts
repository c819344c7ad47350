import pg from 'pg';
import { describe, expect, it, vi } from 'vitest';
import { connectPostgres } from '../../src/queue/postgres.ts';
import { openQueues } from '../../src/queue/queues.ts';
import { queueContract, silent } from '../contract/queue.contract.ts';
import { wireTo } from '../support/cut.ts';
import { freshDatabase, type FreshDatabase } from '../support/postgres.ts';

let fresh: Promise<FreshDatabase> | undefined;

queueContract('Postgres', async () => {
  const { connectionString } = await (fresh ??= freshDatabase());
  return {
    settings: { kind: 'postgres', connectionString },
    throughWire: async () => {
      const folder = new URLSearchParams(connectionString.split('?')[1]).get('host') ?? '';
      const wire = await wireTo(`${folder}/.s.PGSQL.5432`);
      const settings = {
        kind: 'postgres',
        connectionString: connectionString.replace(
          encodeURIComponent(folder),
          encodeURIComponent(wire.folder),
        ),
      } as const;
      return { settings, wire };
    },
  };
});

describe('a Postgres that is not there', () => {
  it('is reported with what to do', async () => {
    const opening = openQueues({
      backend: { kind: 'postgres', connectionString: 'postgresql://me:secret@127.0.0.1:1/sitrep' },
      log: silent,
    });
    await expect(opening).rejects.toThrow(
      /cannot use the Postgres database: .*ECONNREFUSED.*Check that DATABASE_URL/,
    );
    await expect(opening).rejects.not.toThrow(/secret/);
  });
});

describe('a server that goes away', () => {
  /** What a queue with a worker, which keeps a connection to listen, says of it. */
  async function heardOf(
    before: (close: () => void) => void,
    until: (heard: string[]) => void,
  ): Promise<string[]> {
    const { connectionString } = await freshDatabase();
    const heard: string[] = [];
    const log = { ...silent, warn: (_: unknown, message: string) => void heard.push(message) };
    const backend = await connectPostgres(connectionString, log);
    const worker = backend.worker('read', () => Promise.resolve(), 1);
    await worker.waitUntilReady();
    const client = new pg.Client({ connectionString });
    await client.connect();
    const theirs = `from pg_stat_activity where application_name = 'sitrep-queue' and datname = current_database()`;
    const waiting = async (): Promise<unknown> =>
      (await client.query(`select pid ${theirs} and query like '%waitForJob%'`)).rows[0];
    await vi.waitFor(async () => expect(await waiting()).toBeDefined(), { timeout: 30_000 });
    const closing: Promise<void>[] = [];
    before(() => closing.push(backend.close()));
    await client.query(`select pg_terminate_backend(pid) ${theirs}`);
    await vi.waitFor(() => until(heard), { timeout: 30_000 });
    await worker.close();
    await Promise.all(closing.length > 0 ? closing : [backend.close()]);
    await client.end();
    return heard;
  }

  it('is trouble while the queue works, and none once it is closed', async () => {
    const working = await heardOf(
      () => undefined,
      (heard) => expect(heard).not.toEqual([]),
    );
    expect(working[0]).toBe('the queue has trouble with its server');
    const closed = await heardOf(
      (close) => close(),
      () => undefined,
    );
    expect(closed).toEqual([]);
  });
});
