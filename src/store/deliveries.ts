import { and, asc, eq, gt, inArray, sql, type SQL } from 'drizzle-orm';
import type { DeliveryId, DestinationId, IncidentId } from '../model/ids.ts';
import type { Delivery, MessageHandle } from '../model/telling.ts';
import type { Instant } from '../model/time.ts';
import { anyOf, type Database } from './database.ts';
import { message as document } from './documents/message.ts';
import { readDocument } from './documents/read.ts';
import { StoreError } from './error.ts';
import { deliveries, destinations, OUTSTANDING, threads } from './schema/telling.ts';

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

export const outstandingState: SQL = inArray(deliveries.state, [...OUTSTANDING]);

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

/** @throws StoreError when the delivery has come to its end, or there is none. */
async function change(db: Database, id: DeliveryId, set: Change): Promise<Row> {
  const [row] = await db
    .update(deliveries)
    .set(set)
    .where(and(eq(deliveries.id, id), outstandingState))
    .returning();
  if (!row)
    throw new StoreError(`The delivery ${id} is not under way, so it cannot become ${set.state ?? '?'}.`);
  return row;
}

async function threadStates(
  db: Database,
  destination: DestinationId,
  incidents: readonly IncidentId[],
): Promise<readonly ThreadState[]> {
  const rows = await db
    .select()
    .from(threads)
    .where(and(eq(threads.destination, destination), anyOf(threads.incident, incidents)));
  return rows.map(({ incident, root, revision }) => ({ incident, ...(root && { root }), revision }));
}

export function deliveryRepository(db: Database): DeliveryRepository {
  return {
    outstanding: async (destination, after, limit) => {
      const rows = await db
        .select()
        .from(deliveries)
        .where(and(eq(deliveries.destination, destination), outstandingState, gt(deliveries.seq, after)))
        .orderBy(asc(deliveries.seq))
        .limit(limit);
      const incidents = [...new Set(rows.flatMap((row) => row.incident ?? []))];
      const found = incidents.length === 0 ? [] : await threadStates(db, destination, incidents);
      return { deliveries: rows.map(toOutstanding), threads: found };
    },
    begin: async (id, tries, at) => {
      const begun = await db
        .update(deliveries)
        .set({ state: 'attempting', attempted: at, tries: tries + 1, notBefore: null })
        .where(and(eq(deliveries.id, id), eq(deliveries.tries, tries), outstandingState))
        .returning({ id: deliveries.id });
      return begun.length > 0;
    },
    sent: (id, { at, handle, rootRevision }) =>
      db.transaction(async (tx) => {
        const row = await change(tx, id, { state: 'sent', handle, ended: at, notBefore: null });
        if (rootRevision === undefined || row.incident === null) return;
        await tx
          .update(threads)
          .set({ root: handle, revision: sql`greatest(${threads.revision}, ${rootRevision})` })
          .where(and(eq(threads.incident, row.incident), eq(threads.destination, row.destination)));
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
