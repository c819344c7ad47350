import { expect, it } from 'vitest';
import { measureQueue } from '../../src/queue/benchmark.ts';
import { silent } from '../contract/queue.contract.ts';
import { freshDatabase } from '../support/postgres.ts';

it('measures the queue that BullMQ gives on a server', async () => {
  const { connectionString } = await freshDatabase();
  const speed = await measureQueue({ kind: 'postgres', connectionString }, silent, { jobs: 50, samples: 3 });
  expect(speed.noopJobsPerSecond).toBeGreaterThan(0);
  expect(speed.addToProcessP50Ms).toBeGreaterThan(0);
});
