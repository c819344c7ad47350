import {
  destinationId,
  type DeliveryId,
  type DestinationId,
  type IncidentId,
  type PlaceId,
  type SubscriptionId,
  type UpdateId,
} from './ids.ts';
import type { Reason, Standing } from './incident.ts';
import type { Message } from './message.ts';
import type { StatementType } from './statement.ts';
import type { Instant } from './time.ts';

export type Platform = 'desk' | 'slack' | 'discord';

/** A channel, thread-capable place or person on a platform, inside one workspace or guild. */
export interface Destination {
  readonly id: DestinationId;
  readonly platform: Platform;
  /** Slack workspace, Discord guild, `local` for the desk. */
  readonly workspace: string;
  readonly channel: string;
  /** As people call it: `#damascus`. */
  readonly name: string;
}

/** Somebody on a platform. `id` is the platform's; nothing of a person is shown outside their workspace. */
export interface Person {
  readonly platform: Platform;
  readonly workspace: string;
  readonly id: string;
  readonly name: string;
}

/**
 * A destination's id is made of its address, so that the same channel is the same destination in every process. The
 * desk's ids are older than the other platforms' and leave the workspace out.
 */
export function destinationAt(
  platform: Exclude<Platform, 'desk'>,
  workspace: string,
  channel: string,
  name: string,
): Destination {
  return {
    id: destinationId(`${platform}:${workspace}:${channel}`),
    platform,
    workspace,
    channel,
    name,
  };
}

const DIRECT = 'user:';

/** Somebody's direct messages as a destination: `channel` names the person; the platform's port opens the conversation. */
export const directTo = ({
  platform,
  workspace,
  id,
  name,
}: Person & { readonly platform: Exclude<Platform, 'desk'> }) =>
  destinationAt(platform, workspace, `${DIRECT}${id}`, `@${name}`);

/** The platform's id of the person whose direct messages these are. */
export const personOf = ({ channel }: Destination): string | undefined =>
  channel.startsWith(DIRECT) ? channel.slice(DIRECT.length) : undefined;

export interface SubscriptionFilters {
  /** Statement types; empty means all. */
  readonly types: readonly StatementType[];
  /** The least standing that is told; `claimed` tells all. */
  readonly standing: Extract<Standing, 'claimed' | 'reported' | 'confirmed'>;
  /** Also what is newly learned about the past, which is no news. */
  readonly past?: true;
}

/** `live`: each update as it comes. `hourly`, `daily`: gathered into one message. */
export const SUBSCRIPTION_MODES = ['live', 'hourly', 'daily'] as const;
export type SubscriptionMode = (typeof SUBSCRIPTION_MODES)[number];
export type DigestMode = Exclude<SubscriptionMode, 'live'>;

/** Destination × place, with all that lies in it. */
export interface Subscription {
  readonly id: SubscriptionId;
  readonly destination: DestinationId;
  /** Absent: everywhere. */
  readonly place?: PlaceId;
  readonly filters: SubscriptionFilters;
  readonly mode: SubscriptionMode;
  readonly created: Instant;
}

/** An update addressed to a destination, with the subscription that asked for it. */
export interface Alert {
  readonly update: UpdateId;
  readonly incident: IncidentId;
  readonly destination: DestinationId;
  /** Absent: nobody asks for it, and whoever was told what it puts right is told all the same. */
  readonly subscription?: SubscriptionId;
  readonly revision: number;
  /** `root`: opens the thread. `reply`: renews its root and replies. `quiet`: renews the root and says nothing. */
  readonly thread: 'root' | 'reply' | 'quiet';
  readonly broadcast: boolean;
  readonly why: Reason;
}

/** The subscription that asked for what was told, and why that covers it. */
export type Because = Pick<Alert, 'subscription' | 'why'>;

/** Why an update was not told in a destination. */
export interface NoAlert {
  readonly destination: DestinationId;
  readonly why: Reason;
}

/** An update that a destination is told with its next digest. */
export interface DigestItem {
  readonly update: UpdateId;
  readonly incident: IncidentId;
  readonly destination: DestinationId;
  readonly subscription: SubscriptionId;
  readonly mode: DigestMode;
}

/** A thread's root is posted once and edited; replies are posted below it. */
export type ThreadOp = 'post_root' | 'edit_root' | 'reply';
/** What a delivery does on the platform. `post`: a message of its own, below which nothing comes: a digest, a notice. */
export type DeliveryOp = ThreadOp | 'post';

export type DeliveryState = 'pending' | 'attempting' | 'sent' | 'refused' | 'uncertain' | 'superseded';

/**
 * The platform's name of a message: enough to edit it, reply to it and find it again. Opaque outside `chat/`, but for
 * `ref`: what the message calls itself where its platform has it say so, by which people may name it.
 */
export type MessageHandle = Readonly<Record<string, string>>;

interface DeliveryContent {
  readonly id: DeliveryId;
  readonly destination: DestinationId;
  readonly revision: number;
  readonly broadcast: boolean;
  readonly message: Message;
}

interface DeliveryProgress {
  readonly state: DeliveryState;
  readonly tries: number;
  readonly created: Instant;
}

/** One alert's post or edit in one destination, as it is decided. Unique per (update, destination, op). */
export interface NewThreadDelivery extends DeliveryContent {
  readonly because?: Because;
  readonly op: ThreadOp;
  readonly update: UpdateId;
  readonly incident: IncidentId;
}

/** A message that belongs to no thread, as it is decided. Unique by its id. */
export interface NewPost extends DeliveryContent {
  readonly op: 'post';
}

/** A reply that is told later, with those of its thread that follow. */
export interface HeldReply extends Pick<
  NewThreadDelivery,
  'id' | 'update' | 'incident' | 'destination' | 'revision' | 'message'
> {
  readonly until: Instant;
}

export type NewDelivery = NewThreadDelivery | NewPost;
export type ThreadDelivery = NewThreadDelivery & DeliveryProgress;
export type Delivery = NewDelivery & DeliveryProgress;

/** A happening that a destination is not told in full before `until`. */
export interface Withholding {
  readonly incident: IncidentId;
  readonly destination: DestinationId;
  readonly until: Instant;
}

/** What comes after one another on a platform: a thread's deliveries do; a post stands for itself. */
export const sequenceOf = (delivery: NewDelivery): string =>
  delivery.op === 'post' ? delivery.id : delivery.incident;
