import { and, asc, desc, eq, gt, lt, sql, type SQL } from 'drizzle-orm';
import type { DeliveryId, DestinationId } from '../model/ids.ts';
import { deliveryId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import type { Destination } from '../model/telling.ts';
import type { Clock, Instant } from '../model/time.ts';
import { DESK_CHANNEL } from './changes.ts';
import { anyOf, type Database } from './database.ts';
import { destinationRepository, toDestination } from './destinations.ts';
import { message as document } from './documents/message.ts';
import { readDocument } from './documents/read.ts';
import { StoreError } from './error.ts';
import { deskChannels as channels, deskMessages as messages, destinations } from './schema/telling.ts';

/** One message of a desk channel, in its latest form. */
interface DeskMessage {
  readonly id: string;
  readonly delivery: DeliveryId;
  readonly destination: DestinationId;
  readonly thread?: string;
  readonly broadcast: boolean;
  readonly message: Message;
  /** 0 when posted; the revision of the newest edit after that. */
  readonly revision: number;
  readonly posted: Instant;
  readonly edited?: Instant;
  /** The channel's number for the change that last touched it, in the order of commit. */
  readonly change: number;
}

interface DeskThread {
  readonly root: DeskMessage;
  /** Oldest first. */
  readonly replies: readonly DeskMessage[];
}

interface DeskChannel {
  readonly destination: Destination;
  readonly change: number;
  /** Messages ever posted: roots and replies. */
  readonly posts: number;
  readonly lastPosted?: Instant;
}

interface NewDeskMessage {
  readonly delivery: DeliveryId;
  readonly destination: DestinationId;
  readonly thread?: string;
  readonly broadcast: boolean;
  readonly message: Message;
}

interface DeskEdit {
  readonly id: string;
  readonly message: Message;
  readonly revision: number;
}

type Inserted =
  | { readonly kind: 'inserted' | 'already'; readonly id: string }
  | { readonly kind: 'unknown_channel' }
  | { readonly kind: 'unknown_thread' };

export interface DeskMessageRepository {
  /** Unique by delivery id: a second insert changes nothing and answers with the first one's id. */
  insertMessage(message: NewDeskMessage): Promise<Inserted>;
  /** `older`: the message already has this revision or a newer one, and was left alone. */
  editMessage(edit: DeskEdit): Promise<'edited' | 'older' | 'unknown'>;
  messageOf(delivery: DeliveryId): Promise<string | undefined>;
  /** By name. */
  channels(): Promise<readonly DeskChannel[]>;
  addChannel(destination: Destination): Promise<void>;
  /** The newest `limit` threads, the oldest of them first. `before`: only roots posted before that root. */
  threads(
    destination: DestinationId,
    page: { readonly limit: number; readonly before?: string },
  ): Promise<readonly DeskThread[]>;
  /** Touched after change number `after`, in the order of their change numbers. */
  changedMessages(destination: DestinationId, after: number, limit: number): Promise<readonly DeskMessage[]>;
}

const toMessage = (row: typeof messages.$inferSelect): DeskMessage => ({
  id: row.id,
  delivery: row.id,
  destination: row.destination,
  ...(row.thread !== null && { thread: row.thread }),
  broadcast: row.broadcast,
  message: readDocument(document, `desk_messages ${row.id}`, row.message),
  revision: row.revision,
  posted: row.posted,
  ...(row.edited !== null && { edited: row.edited }),
  change: row.change,
});

export function deskMessageRepository(db: Database, clock: Clock): DeskMessageRepository {
  return {
    insertMessage: (message) => db.transaction((tx) => insert(tx, message, clock())),
    editMessage: (change) => db.transaction((tx) => edit(tx, change, clock())),
    messageOf: async (delivery) =>
      (await db.select({ id: messages.id }).from(messages).where(eq(messages.id, delivery)))[0]?.id,
    channels: async () => {
      const rows = await db
        .select()
        .from(channels)
        .innerJoin(destinations, eq(destinations.id, channels.destination))
        .orderBy(asc(destinations.name), asc(destinations.id));
      return rows.map(({ desk_channels: { change, posts, lastPosted }, destinations: destination }) => ({
        destination: toDestination(destination),
        change,
        posts,
        ...(lastPosted !== null && { lastPosted }),
      }));
    },
    addChannel: (destination) => destinationRepository(db, clock).addDestination(destination),
    threads: (destination, page) => newestThreads(db, destination, page),
    changedMessages: async (destination, after, limit) => {
      const rows = await db
        .select()
        .from(messages)
        .where(and(eq(messages.destination, destination), gt(messages.change, after)))
        .orderBy(asc(messages.change))
        .limit(limit);
      return rows.map(toMessage);
    },
  };
}

async function insert(tx: Database, message: NewDeskMessage, now: Instant): Promise<Inserted> {
  const { delivery, destination } = message;
  if (!(await takeChannel(tx, destination))) return { kind: 'unknown_channel' };
  if (await messageRow(tx, delivery)) return { kind: 'already', id: delivery };
  const thread = message.thread === undefined ? null : deliveryId(message.thread);
  if (thread !== null && !(await isRoot(tx, thread, destination))) return { kind: 'unknown_thread' };
  const posted = { posts: sql`${channels.posts} + 1`, lastPosted: now };
  const change = await nextChange(tx, destination, posted);
  await tx.insert(messages).values({
    id: delivery,
    destination,
    thread,
    broadcast: message.broadcast,
    message: message.message,
    posted: now,
    change,
  });
  return { kind: 'inserted', id: delivery };
}

async function edit(
  tx: Database,
  { id, message, revision }: DeskEdit,
  now: Instant,
): Promise<'edited' | 'older' | 'unknown'> {
  const found = await messageRow(tx, deliveryId(id));
  if (!found) return 'unknown';
  await takeChannel(tx, found.destination);
  const current = await messageRow(tx, found.id);
  if (current === undefined || current.revision >= revision) return 'older';
  const change = await nextChange(tx, found.destination);
  await tx.update(messages).set({ message, revision, edited: now, change }).where(eq(messages.id, found.id));
  return 'edited';
}

/** The channel is ours until the commit, so that its numbers are committed in their order. False when there is none. */
async function takeChannel(tx: Database, destination: DestinationId): Promise<boolean> {
  const rows = await tx
    .select({ destination: channels.destination })
    .from(channels)
    .where(eq(channels.destination, destination))
    .for('update');
  return rows.length > 0;
}

/** Takes the next number of a channel that is ours, and tells the listeners when that is committed. */
async function nextChange(
  tx: Database,
  destination: DestinationId,
  also: { readonly posts?: SQL; readonly lastPosted?: Instant } = {},
): Promise<number> {
  const [row] = await tx
    .update(channels)
    .set({ ...also, change: sql`${channels.change} + 1` })
    .where(eq(channels.destination, destination))
    .returning({ change: channels.change });
  if (!row) throw new StoreError(`The desk channel ${destination} was removed.`);
  await tx.execute(sql`select pg_notify(${DESK_CHANNEL}, ${destination})`);
  return row.change;
}

async function messageRow(tx: Database, id: DeliveryId): Promise<typeof messages.$inferSelect | undefined> {
  return (await tx.select().from(messages).where(eq(messages.id, id)))[0];
}

async function isRoot(tx: Database, id: DeliveryId, destination: DestinationId): Promise<boolean> {
  const root = await messageRow(tx, id);
  return root?.destination === destination && root.thread === null;
}

async function newestThreads(
  db: Database,
  destination: DestinationId,
  { limit, before }: { readonly limit: number; readonly before?: string },
): Promise<readonly DeskThread[]> {
  const earlier =
    before === undefined
      ? undefined
      : lt(
          messages.seq,
          db
            .select({ seq: messages.seq })
            .from(messages)
            .where(eq(messages.id, deliveryId(before))),
        );
  const roots = await db
    .select()
    .from(messages)
    .where(and(eq(messages.destination, destination), sql`${messages.thread} is null`, earlier))
    .orderBy(desc(messages.seq))
    .limit(limit);
  const replies = await db
    .select()
    .from(messages)
    .where(
      anyOf(
        messages.thread,
        roots.map((root) => root.id),
      ),
    )
    .orderBy(asc(messages.seq));
  const byRoot = Map.groupBy(replies, (reply) => reply.thread);
  return roots
    .reverse()
    .map((root) => ({ root: toMessage(root), replies: (byRoot.get(root.id) ?? []).map(toMessage) }));
}
