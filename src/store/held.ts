import { and, asc, desc, eq, lte, sql } from 'drizzle-orm';
import type { DestinationId, IncidentId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import type { HeldReply, NewThreadDelivery } from '../model/telling.ts';
import type { Instant } from '../model/time.ts';
import type { Database } from './database.ts';
import { update as updateDocument } from './documents/incident.ts';
import { message } from './documents/message.ts';
import { readDocument } from './documents/read.ts';
import { updates } from './schema/knowledge.ts';
import { deliveries, heldReplies } from './schema/telling.ts';

/** Replies of one thread as one message. */
export type Gather = (replies: readonly Message[]) => Message;

export interface HeldRepository {
  /**
   * Makes one reply of each thread whose held replies are due, at most `limit` threads, each in a transaction of its own.
   * Returns the destinations that have something to be delivered.
   */
  fileHeld(now: Instant, limit: number, gather: Gather): Promise<readonly DestinationId[]>;
}

export async function updateTimes(
  db: Database,
  incident: IncidentId,
  limit: number,
): Promise<readonly Instant[]> {
  const rows = await db
    .select({ id: updates.id, document: updates.document })
    .from(updates)
    .where(eq(updates.incident, incident))
    .orderBy(desc(updates.revision))
    .limit(limit);
  return rows.map(({ id, document }) => readDocument(updateDocument, `updates ${id}`, document).at);
}

/** Puts a reply with those of its thread that wait already, which keep their time. */
export async function hold(
  tx: Database,
  { until, message: reply, ...rest }: HeldReply,
  now: Instant,
): Promise<void> {
  const newest = { id: rest.id, update: rest.update, revision: rest.revision };
  await tx
    .insert(heldReplies)
    .values({ ...rest, due: until, since: now, messages: [reply] })
    .onConflictDoUpdate({
      target: [heldReplies.incident, heldReplies.destination],
      set: { ...newest, messages: sql`${heldReplies.messages} || excluded.messages` },
    });
}

const toDelivery = (row: typeof heldReplies.$inferSelect, gather: Gather): NewThreadDelivery => ({
  id: row.id,
  update: row.update,
  incident: row.incident,
  destination: row.destination,
  revision: row.revision,
  op: 'reply',
  broadcast: false,
  message: gather(readDocument(message.array(), `held_replies ${row.id}`, row.messages)),
});

/** What waits in a thread is told before what may not wait. */
export async function release(
  tx: Database,
  { incident, destination }: Pick<HeldReply, 'incident' | 'destination'>,
  now: Instant,
  gather: Gather,
): Promise<void> {
  const rows = await tx
    .delete(heldReplies)
    .where(and(eq(heldReplies.incident, incident), eq(heldReplies.destination, destination)))
    .returning();
  for (const row of rows)
    await tx.insert(deliveries).values({ ...toDelivery(row, gather), state: 'pending', created: now });
}

export const heldRepository = (db: Database): HeldRepository => ({
  fileHeld: async (now, limit, gather) => {
    const due = await db
      .select({ incident: heldReplies.incident, destination: heldReplies.destination })
      .from(heldReplies)
      .where(lte(heldReplies.due, now))
      .orderBy(asc(heldReplies.due), asc(heldReplies.incident), asc(heldReplies.destination))
      .limit(limit);
    for (const thread of due) await db.transaction((tx) => release(tx, thread, now, gather));
    return [...new Set(due.map(({ destination }) => destination))];
  },
});
