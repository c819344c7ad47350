import { and, asc, eq, gt, sql, type SQL } from 'drizzle-orm';
import type { DeliveryId, DestinationId, IncidentId } from '../model/ids.ts';
import type { Delivery, MessageHandle } from '../model/telling.ts';
import type { Instant } from '../model/time.ts';
import { anyOf, together, type Database, type Transact } from './database.ts';
import { message as document } from './documents/message.ts';
import { readDocument } from './documents/read.ts';
import { StoreError } from './error.ts';
import { prepared } from './prepared.ts';
import { oneOf } from './schema/columns.ts';
import { deliveries, destinations, OUTSTANDING, threads } from './schema/telling.ts';
import { storableJson } from './text.ts';

/** A delivery that has not come to its end. */
interface Outstanding {
  readonly seq: number;
  readonly delivery: Delivery;
  readonly attempted?: Instant;
  readonly notBefore?: Instant;
}

interface ThreadState {
  readonly incident: IncidentId;
  readonly root?: MessageHandle;
  /** The revision that the root shows; 0 while none was sent. */
  readonly revision: number;
}

export interface DeliveryRepository {
  /** Lowest `seq` first, with `seq > after`, and the threads of their incidents. */
  outstanding(
    destination: DestinationId,
    after: number,
    limit: number,
  ): Promise<{ readonly deliveries: readonly Outstanding[]; readonly threads: readonly ThreadState[] }>;
  begin(id: DeliveryId, tries: number, at: Instant): Promise<boolean>;
  sent(
    id: DeliveryId,
    sent: { readonly at: Instant; readonly handle: MessageHandle; readonly rootRevision?: number },
  ): Promise<void>;
  retryAt(id: DeliveryId, at: Instant, why: string): Promise<void>;
  uncertain(id: DeliveryId, at: Instant, why: string): Promise<void>;
  refused(id: DeliveryId, at: Instant, why: string): Promise<void>;
  supersede(id: DeliveryId, at: Instant, why: string): Promise<void>;
  park(id: DeliveryId, destination: DestinationId, at: Instant, why: string): Promise<void>;
}

type Row = typeof deliveries.$inferSelect;
type Change = Partial<typeof deliveries.$inferInsert>;

/** Written out, not as values: so the index of what is outstanding answers it in a query that is planned for all values. */
export const outstandingState: SQL = oneOf(deliveries.state, OUTSTANDING);

function toDelivery(row: Row): Delivery {
  const { id, update, incident, destination, op, revision, broadcast, state, tries, created } = row;
  const message = readDocument(document, `deliveries ${id}`, row.message);
  const same = { id, destination, revision, broadcast, message, state, tries, created };
  if (op === 'post') return { ...same, op };
  // The table's check holds that what belongs to a thread has both.
  if (update === null || incident === null) throw new StoreError(`The delivery ${id} names no incident.`);
  return { ...same, op, update, incident };
}

const toOutstanding = (row: Row): Outstanding => ({
  seq: row.seq,
  delivery: toDelivery(row),
  ...(row.attempted !== null && { attempted: row.attempted }),
  ...(row.notBefore !== null && { notBefore: row.notBefore }),
});

const ended = (id: DeliveryId, state: string): StoreError =>
  new StoreError(`The delivery ${id} is not under way, so it cannot become ${state}.`);

/** @throws StoreError when the delivery has come to its end, or there is none. */
async function change(db: Database, id: DeliveryId, set: Change): Promise<void> {
  const changed = await db
    .update(deliveries)
    .set(set)
    .where(and(eq(deliveries.id, id), outstandingState))
    .returning({ id: deliveries.id });
  if (changed.length === 0) throw ended(id, set.state ?? '?');
}

const OF_DESTINATION = prepared(
  'tell_outstanding',
  ['destination', 'after', 'limit'],
  (db, { destination, after, limit }) =>
    db
      .select()
      .from(deliveries)
      .where(and(eq(deliveries.destination, destination), outstandingState, gt(deliveries.seq, after)))
      .orderBy(asc(deliveries.seq))
      .limit(limit),
);

const THREADS = prepared('tell_threads', ['destination', 'incidents'], (db, { destination, incidents }) =>
  db
    .select()
    .from(threads)
    .where(and(eq(threads.destination, destination), anyOf(threads.incident, incidents))),
);

const BEGIN = prepared('tell_begin', ['id', 'tries', 'at'], (db, { id, tries, at }) =>
  db
    .update(deliveries)
    .set({
      state: sql`'attempting'`,
      attempted: sql`${at}`,
      tries: sql`${deliveries.tries} + 1`,
      notBefore: null,
    })
    .where(and(eq(deliveries.id, id), eq(deliveries.tries, tries), outstandingState))
    .returning({ id: deliveries.id }),
);

const SENT = prepared('tell_sent', ['id', 'handle', 'at'], (db, { id, handle, at }) =>
  db
    .update(deliveries)
    .set({ state: sql`'sent'`, handle: sql`${handle}::jsonb`, ended: sql`${at}`, notBefore: null })
    .where(and(eq(deliveries.id, id), outstandingState))
    .returning({ id: deliveries.id }),
);

const SET_ROOT = prepared('tell_root', ['id', 'handle', 'revision'], (db, { id, handle, revision }) =>
  db
    .update(threads)
    .set({ root: sql`${handle}::jsonb`, revision: sql`greatest(${threads.revision}, ${revision}::int)` })
    .from(deliveries)
    .where(
      and(
        eq(deliveries.id, id),
        eq(threads.incident, deliveries.incident),
        eq(threads.destination, deliveries.destination),
      ),
    ),
);

export function deliveryRepository(db: Database, transact: Transact): DeliveryRepository {
  return {
    outstanding: async (destination, after, limit) => {
      const rows = await OF_DESTINATION(db, { destination, after, limit });
      const incidents = [...new Set(rows.flatMap((row) => row.incident ?? []))];
      const found = incidents.length === 0 ? [] : await THREADS(db, { destination, incidents });
      return {
        deliveries: rows.map(toOutstanding),
        threads: found.map(({ incident, root, revision }) => ({ incident, ...(root && { root }), revision })),
      };
    },
    begin: async (id, tries, at) => (await BEGIN(db, { id, tries, at })).length > 0,
    sent: (id, { at, handle, rootRevision }) =>
      transact(async (tx) => {
        const kept = storableJson(handle);
        const [sent] = await together([
          SENT(tx, { id, handle: kept, at }),
          rootRevision === undefined ? [] : SET_ROOT(tx, { id, handle: kept, revision: rootRevision }),
        ]);
        if (sent.length === 0) throw ended(id, 'sent');
      }),
    retryAt: async (id, at, why) => {
      await change(db, id, { state: 'pending', notBefore: at, why });
    },
    uncertain: async (id, at, why) => {
      await change(db, id, { state: 'uncertain', notBefore: at, why });
    },
    refused: async (id, at, why) => {
      await change(db, id, { state: 'refused', ended: at, notBefore: null, why });
    },
    supersede: async (id, at, why) => {
      await change(db, id, { state: 'superseded', ended: at, notBefore: null, why });
    },
    park: (id, destination, at, why) =>
      db.transaction(async (tx) => {
        await change(tx, id, { state: 'pending', notBefore: null, why });
        await tx
          .update(destinations)
          .set({ disabled: why, disabledAt: at })
          .where(eq(destinations.id, destination));
      }),
  };
}
