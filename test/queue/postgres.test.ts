import { describe, expect, it } from 'vitest';
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
