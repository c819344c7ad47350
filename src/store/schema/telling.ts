import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type {
  DeliveryId,
  DestinationId,
  IncidentId,
  PlaceId,
  SubscriptionId,
  UpdateId,
} from '../../model/ids.ts';
import type { StatementType } from '../../model/statement.ts';
import {
  SUBSCRIPTION_MODES,
  type DeliveryOp,
  type DeliveryState,
  type DigestMode,
  type MessageHandle,
  type Person,
  type Platform,
  type Subscription,
  type SubscriptionFilters,
} from '../../model/telling.ts';
import { document, growing, instant, oneOf } from './columns.ts';
import { incidents, updates } from './knowledge.ts';

/** Channels and people on a platform. */
export const destinations = pgTable(
  'destinations',
  {
    id: text().$type<DestinationId>().primaryKey(),
    platform: text().$type<Platform>().notNull(),
    workspace: text().notNull(),
    channel: text().notNull(),
    name: text().notNull(),
    /** Why nothing may be sent there at present. */
    disabled: text(),
    disabledAt: instant(),
    /**
     * Who subscribed it last: told when nothing may be sent there any more. `workspace`: where their direct messages are;
     * absent of rows from before it was kept: in the channel's own.
     */
    owner: jsonb().$type<Pick<Person, 'id' | 'name'> & Partial<Pick<Person, 'workspace'>>>(),
    /** The `disabled_at` of which the owner was told. */
    ownerTold: instant(),
    /** Told in full what could put people in danger. */
    trusted: boolean().notNull().default(false),
  },
  (table) => [
    index('destinations_disabled')
      .on(table.disabledAt)
      .where(sql`${table.disabled} is not null`),
    unique('destinations_address').on(table.platform, table.workspace, table.channel),
    check('destinations_platform', oneOf(table.platform, ['desk', 'slack', 'discord'])),
  ],
);

/** Who wants to be told of which place; no place: everywhere. */
export const subscriptions = pgTable(
  'subscriptions',
  {
    id: text().$type<SubscriptionId>().primaryKey(),
    destination: text()
      .$type<DestinationId>()
      .notNull()
      .references(() => destinations.id, { onDelete: 'cascade' }),
    place: text().$type<PlaceId>(),
    types: text().array().$type<StatementType[]>().notNull(),
    standing: text().$type<SubscriptionFilters['standing']>().notNull(),
    mode: text().$type<Subscription['mode']>().notNull(),
    /** Also what is newly learned about the past. */
    past: boolean().notNull().default(false),
    created: instant().notNull(),
  },
  (table) => [
    unique('subscriptions_place').on(table.destination, table.place).nullsNotDistinct(),
    // Holds all that matching an event needs, so that it need not go to the rows.
    index('subscriptions_by_place').on(
      table.place,
      table.destination,
      table.created,
      table.id,
      table.types,
      table.standing,
      table.mode,
      table.past,
    ),
    check('subscriptions_standing', oneOf(table.standing, ['claimed', 'reported', 'confirmed'])),
    check('subscriptions_mode', oneOf(table.mode, SUBSCRIPTION_MODES)),
  ],
);

/** An incident's thread in a destination. `root` and `revision` as they stand on the platform. */
export const threads = pgTable(
  'threads',
  {
    incident: text()
      .$type<IncidentId>()
      .notNull()
      .references(() => incidents.id),
    destination: text()
      .$type<DestinationId>()
      .notNull()
      .references(() => destinations.id),
    root: jsonb().$type<MessageHandle>(),
    revision: integer().notNull().default(0),
    /** Until when somebody there does not want to hear more of it; its root is renewed all the same. */
    mutedUntil: instant(),
  },
  (table) => [primaryKey({ columns: [table.incident, table.destination] })],
);

/**
 * Replies that wait for those that follow in their thread, to be told as one: `id`, `update` and `revision` are the
 * newest's. `messages`: the model's `Message`s, oldest first.
 */
export const heldReplies = pgTable(
  'held_replies',
  {
    incident: text().$type<IncidentId>().notNull(),
    destination: text().$type<DestinationId>().notNull(),
    id: text().$type<DeliveryId>().notNull(),
    update: text()
      .$type<UpdateId>()
      .notNull()
      .references(() => updates.id),
    revision: integer().notNull(),
    messages: document().notNull(),
    since: instant().notNull(),
    due: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.incident, table.destination] }),
    foreignKey({
      name: 'held_replies_thread',
      columns: [table.incident, table.destination],
      foreignColumns: [threads.incident, threads.destination],
    }),
    index('held_replies_due').on(table.due),
  ],
);

/** Updates that wait for a destination's next digest. */
export const digestItems = pgTable(
  'digest_items',
  {
    destination: text()
      .$type<DestinationId>()
      .notNull()
      .references(() => destinations.id, { onDelete: 'cascade' }),
    update: text()
      .$type<UpdateId>()
      .notNull()
      .references(() => updates.id),
    incident: text()
      .$type<IncidentId>()
      .notNull()
      .references(() => incidents.id),
    subscription: text().$type<SubscriptionId>().notNull(),
    mode: text().$type<DigestMode>().notNull(),
    due: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.destination, table.update] }),
    index('digest_items_due').on(table.due, table.destination),
    check('digest_items_mode', oneOf(table.mode, ['hourly', 'daily'])),
  ],
);

export const OUTSTANDING = ['pending', 'attempting', 'uncertain'] as const satisfies readonly DeliveryState[];
const DELIVERY_STATES = [...OUTSTANDING, 'sent', 'refused', 'superseded'] as const satisfies DeliveryState[];
const OPS = ['post_root', 'edit_root', 'reply', 'post'] as const satisfies DeliveryOp[];

/** One post or edit in one destination, in the order of routing (`seq`). `message`: the model's `Message`. */
export const deliveries = pgTable(
  'deliveries',
  {
    id: text().$type<DeliveryId>().primaryKey(),
    seq: growing(),
    /** Absent of a message that belongs to no thread (`post`). */
    update: text()
      .$type<UpdateId>()
      .references(() => updates.id),
    incident: text().$type<IncidentId>(),
    destination: text()
      .$type<DestinationId>()
      .notNull()
      .references(() => destinations.id),
    op: text().$type<DeliveryOp>().notNull(),
    revision: integer().notNull(),
    broadcast: boolean().notNull(),
    message: document().notNull(),
    state: text().$type<DeliveryState>().notNull(),
    tries: integer().notNull().default(0),
    created: instant().notNull(),
    /** Start of the newest attempt. */
    attempted: instant(),
    notBefore: instant(),
    /** When it came to its end: sent, refused or superseded. */
    ended: instant(),
    /** The newest obstacle, or the reason of its end. */
    why: text(),
    /** The model's `Because`. */
    because: document(),
    handle: jsonb().$type<MessageHandle>(),
  },
  (table) => [
    unique('deliveries_once').on(table.update, table.destination, table.op),
    foreignKey({
      name: 'deliveries_thread',
      columns: [table.incident, table.destination],
      foreignColumns: [threads.incident, threads.destination],
    }),
    index('deliveries_of_thread').on(table.incident, table.destination, table.seq),
    index('deliveries_outstanding')
      .on(table.destination, table.seq)
      .where(sql`${table.state} in ('pending', 'attempting', 'uncertain')`),
    index('deliveries_ref')
      .on(table.destination, sql`(${table.handle}->>'ref')`)
      .where(sql`${table.handle}->>'ref' is not null`),
    index('deliveries_failing')
      .on(table.created, table.seq)
      .where(sql`${table.why} is not null and ${table.state} not in ('sent', 'superseded')`),
    check('deliveries_state', oneOf(table.state, DELIVERY_STATES)),
    check('deliveries_op', oneOf(table.op, OPS)),
    check(
      'deliveries_in_thread',
      sql`(${table.op} = 'post') = (${table.update} is null) and (${table.update} is null) = (${table.incident} is null)`,
    ),
    check('deliveries_handle', sql`(${table.state} = 'sent') = (${table.handle} is not null)`),
    check(
      'deliveries_ended',
      sql`(${table.state} in ('sent', 'refused', 'superseded')) = (${table.ended} is not null)`,
    ),
  ],
);

/** Events of chat platforms that were taken up, by the platform's own id: they may deliver one several times. */
export const chatEvents = pgTable(
  'chat_events',
  {
    id: text().primaryKey(),
    at: instant().notNull(),
    /** It had its effect; else somebody is at it, or died over it. */
    done: boolean().notNull().default(true),
  },
  (table) => [index('chat_events_by_time').on(table.at)],
);

/** The desk's channels count their changes: each message's `change` is the number that it took last. */
export const deskChannels = pgTable('desk_channels', {
  destination: text()
    .$type<DestinationId>()
    .primaryKey()
    .references(() => destinations.id, { onDelete: 'cascade' }),
  change: bigint({ mode: 'number' }).notNull().default(0),
  posts: bigint({ mode: 'number' }).notNull().default(0),
  lastPosted: instant(),
});

/** Messages of the desk. A message's id is its delivery's, so that a delivery is there once. */
export const deskMessages = pgTable(
  'desk_messages',
  {
    id: text().$type<DeliveryId>().primaryKey(),
    seq: growing(),
    destination: text()
      .$type<DestinationId>()
      .notNull()
      .references(() => deskChannels.destination),
    thread: text().$type<DeliveryId>(),
    broadcast: boolean().notNull(),
    message: document().notNull(),
    revision: integer().notNull().default(0),
    posted: instant().notNull(),
    edited: instant(),
    change: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [
    foreignKey({ name: 'desk_messages_thread', columns: [table.thread], foreignColumns: [table.id] }),
    uniqueIndex('desk_messages_change').on(table.destination, table.change),
    index('desk_messages_roots')
      .on(table.destination, table.seq)
      .where(sql`${table.thread} is null`),
    index('desk_messages_replies').on(table.thread, table.seq),
  ],
);
