import { sql } from 'drizzle-orm';
import type { NewThreadDelivery } from '../model/telling.ts';
import type { Instant } from '../model/time.ts';
import { together, type Database } from './database.ts';
import { hold, release, threadOf, type Gather, type Released } from './held.ts';
import type { Judgement } from './judging.ts';
import { preparedInsert } from './prepared.ts';
import { deliveries, digestItems, threads } from './schema/telling.ts';
import { writeWithholdings } from './withholdings.ts';

/** Writes who is told what. `released`: what `releaseFor` gave for the same deliveries. */
export async function writeTelling(
  tx: Database,
  { deliveries: told, held = [], digests = [], withheld = [] }: Omit<Judgement, 'assessment'>,
  now: Instant,
  released: Released,
): Promise<void> {
  await together([
    insertDeliveries(tx, told, now, released),
    hold(tx, held, now),
    writeWithholdings(tx, withheld, told),
    INSERT_DIGEST_ITEMS(tx, digests),
  ]);
}

const INSERT_DIGEST_ITEMS = preparedInsert('judge_digest_items', digestItems, sql`on conflict do nothing`);

export async function writeDeliveries(
  tx: Database,
  told: readonly NewThreadDelivery[],
  now: Instant,
  gather: Gather,
): Promise<void> {
  await insertDeliveries(tx, told, now, await releaseFor(tx, told, gather));
}

/** Ends the waiting in the threads that a reply is told in. */
export const releaseFor = (
  tx: Database,
  told: readonly NewThreadDelivery[],
  gather: Gather,
): Promise<Released> =>
  release(
    tx,
    told.filter(({ op }) => op === 'reply'),
    gather,
  );

/** Their numbers are the order in which they are sent: what waited in a thread before what is told there now. */
async function insertDeliveries(
  tx: Database,
  told: readonly NewThreadDelivery[],
  now: Instant,
  released: Released,
): Promise<void> {
  const waited = new Map(released);
  const inOrder = told.flatMap((delivery) => {
    const before = delivery.op === 'reply' ? waited.get(threadOf(delivery)) : undefined;
    if (!before) return [delivery];
    waited.delete(threadOf(delivery));
    return [before, delivery];
  });
  await together([
    INSERT_THREADS(
      tx,
      told.map(({ incident, destination }) => ({ incident, destination })),
    ),
    INSERT_DELIVERIES(
      tx,
      inOrder.map((delivery) => ({ ...delivery, state: 'pending', created: now })),
    ),
  ]);
}

const INSERT_THREADS = preparedInsert('judge_threads', threads, sql`on conflict do nothing`);
const INSERT_DELIVERIES = preparedInsert('judge_deliveries', deliveries);
