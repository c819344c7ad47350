import { asc, desc, eq, lte, sql } from 'drizzle-orm';
import type { DestinationId, IncidentId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import type { HeldReply, NewThreadDelivery } from '../model/telling.ts';
import type { Instant } from '../model/time.ts';
import { together, type Database } from './database.ts';
import { update as updateDocument } from './documents/incident.ts';
import { message } from './documents/message.ts';
import { readDocument } from './documents/read.ts';
import { prepared, preparedInsert } from './prepared.ts';
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

const NEWEST = prepared('newest_updates', ['incident', 'limit'], (db, { incident, limit }) =>
  db
    .select({ id: updates.id, document: updates.document })
    .from(updates)
    .where(eq(updates.incident, incident))
    .orderBy(desc(updates.revision))
    .limit(limit),
);

export async function updateTimes(
  db: Database,
  incident: IncidentId,
  limit: number,
): Promise<readonly Instant[]> {
  const rows = await NEWEST(db, { incident, limit });
  return rows.map(({ id, document }) => readDocument(updateDocument, `updates ${id}`, document).at);
}

const HOLD = preparedInsert(
  'hold_reply',
  heldReplies,
  sql`on conflict (incident, destination) do update set id = excluded.id, update = excluded.update,
    revision = excluded.revision, messages = held_replies.messages || excluded.messages`,
);

/** Puts each reply with those of its thread that wait already, which keep their time. */
export async function hold(tx: Database, replies: readonly HeldReply[], now: Instant): Promise<void> {
  // One by one: two may be of one thread.
  await together(
    replies.map(({ until, message: reply, ...rest }) =>
      HOLD(tx, [{ ...rest, due: until, since: now, messages: [reply] }]),
    ),
  );
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

type ThreadRef = Pick<HeldReply, 'incident' | 'destination'>;

/** A thread's incident and destination in one word. */
export const threadOf = ({ incident, destination }: ThreadRef): string => `${incident} ${destination}`;

/** What waited in threads, as one reply each, by `threadOf`. */
export type Released = ReadonlyMap<string, NewThreadDelivery>;

const RELEASE = prepared(
  'release_replies',
  ['incidents', 'destinations'],
  (db, { incidents, destinations }) =>
    db
      .delete(heldReplies)
      .where(
        sql`(${heldReplies.incident}, ${heldReplies.destination}) in (select * from unnest(${incidents}::text[], ${destinations}::text[]))`,
      )
      .returning(),
);

/** Ends the waiting in these threads; the caller tells what waited before what may not wait. */
export async function release(
  tx: Database,
  inThreads: readonly ThreadRef[],
  gather: Gather,
): Promise<Released> {
  if (inThreads.length === 0) return new Map();
  const rows = await RELEASE(tx, {
    incidents: inThreads.map(({ incident }) => incident),
    destinations: inThreads.map(({ destination }) => destination),
  });
  return new Map(rows.map((row) => [threadOf(row), toDelivery(row, gather)]));
}

async function file(tx: Database, thread: ThreadRef, now: Instant, gather: Gather): Promise<void> {
  for (const delivery of (await release(tx, [thread], gather)).values())
    await tx.insert(deliveries).values({ ...delivery, state: 'pending', created: now });
}

export const heldRepository = (db: Database): HeldRepository => ({
  fileHeld: async (now, limit, gather) => {
    const due = await db
      .select({ incident: heldReplies.incident, destination: heldReplies.destination })
      .from(heldReplies)
      .where(lte(heldReplies.due, now))
      .orderBy(asc(heldReplies.due), asc(heldReplies.incident), asc(heldReplies.destination))
      .limit(limit);
    for (const thread of due) await db.transaction((tx) => file(tx, thread, now, gather));
    return [...new Set(due.map(({ destination }) => destination))];
  },
});
