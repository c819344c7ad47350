import { RESTJSONErrorCodes as Codes, type APIMessage } from 'discord.js';
import type { DeliveryId } from '../../model/ids.ts';
import type { Message } from '../../model/message.ts';
import type { Destination, MessageHandle } from '../../model/telling.ts';
import type { Post, SendVerdict } from '../port.ts';
import type { CallOptions, DiscordApi, Outcome, Snowflake } from './api.ts';
import { markOf, nonceOf } from './mark.ts';
import { payloadOf, pointerOf, threadName, type Look } from './payload.ts';
import type { Place, Places } from './places.ts';
import { tagsFor } from './tags.ts';
import { beforePosting, verdictOf } from './verdict.ts';

export interface Sending {
  readonly api: DiscordApi;
  readonly places: Places;
  readonly look: Look;
}

/** A second or third call of one attempt waits this long for the limits: the attempt as a whole has some seconds. */
export const PATIENT_MS = 4_000;
/** "auto_archive_duration", in minutes: a week, the longest. */
const ARCHIVE_MINUTES = 10_080;

/** `ref`: what its small print calls it. */
export const handleOf = (channel: Snowflake, message: Snowflake, ref: string): MessageHandle => ({
  channel,
  message,
  ref,
});

const closed = (why: string): SendVerdict => ({ kind: 'refused', why, disable: false });

type Posted = Outcome<APIMessage>;
const code = (outcome: Posted | Outcome<unknown>): number | undefined =>
  outcome.kind === 'failed' ? outcome.code : undefined;

/** Why a thread takes nothing from us though its channel may. */
const THREAD_CLOSED: readonly number[] = [
  Codes.ThreadLocked,
  Codes.InvalidActionOnArchivedThread,
  Codes.MissingPermissions,
];
/** Why no thread can be made though its root is there. */
const NO_THREAD: readonly number[] = [
  Codes.ThreadAlreadyCreatedForMessage,
  Codes.MaximumActiveThreads,
  Codes.MissingPermissions,
  Codes.CannotExecuteActionOnThisChannelType,
];

/** One attempt at one post. */
export class Attempt {
  readonly #parts: Sending;
  readonly #post: Post;
  readonly #options: CallOptions;

  constructor(parts: Sending, post: Post, signal: AbortSignal) {
    this.#parts = parts;
    this.#post = post;
    this.#options = { signal };
  }

  async send(): Promise<SendVerdict> {
    const { destination, thread } = this.#post;
    const found = await this.#parts.places.find(destination, this.#options);
    if (found.kind !== 'ok') return beforePosting(found);
    const place = found.value;
    if (thread === undefined)
      return place.style === 'forum' ? this.#forumPost(place) : this.#plain(place.channel);
    const { channel = '', message = '' } = thread;
    if (place.style === 'flat') return this.#plain(place.channel, message);
    return place.style === 'forum' ? this.#inForum(place, channel) : this.#inThread(place.channel, message);
  }

  /** A root, or where there are no threads a reply that refers to its root. */
  async #plain(channel: Snowflake, refersTo?: Snowflake): Promise<SendVerdict> {
    return this.#sentTo(channel, await this.#write(channel, refersTo));
  }

  async #inThread(channel: Snowflake, root: Snowflake): Promise<SendVerdict> {
    // The thread of a message has the message's id. It is made with the first reply.
    let posted = await this.#write(root);
    if (code(posted) === Codes.UnknownChannel) {
      const { message } = this.#post;
      const body = { name: threadName(message), auto_archive_duration: ARCHIVE_MINUTES };
      const made = await this.#parts.api.post(
        `/channels/${channel}/messages/${root}/threads`,
        body,
        this.#patient,
      );
      if (code(made) === Codes.UnknownMessage)
        return closed('the first message of the thread was deleted by somebody');
      if (made.kind === 'ok') posted = await this.#write(root);
      else if (!NO_THREAD.includes(code(made) ?? 0)) return beforePosting(made);
      else return this.#sentTo(channel, await this.#write(channel, root));
    }
    if (THREAD_CLOSED.includes(code(posted) ?? 0))
      return this.#sentTo(channel, await this.#write(channel, root));
    return posted.kind === 'ok' ? this.#pointed(channel, root, posted.value.id) : verdictOf(posted);
  }

  async #pointed(channel: Snowflake, thread: Snowflake, message: Snowflake): Promise<SendVerdict> {
    const { broadcast } = this.#post;
    if (broadcast) {
      const pointed = await postPointer(this.#parts, this.#post, { channel, thread, message }, this.#patient);
      // The reply is there: what is missing is found out, and made up for, by the read-back.
      if (pointed.kind !== 'ok' && pointed.kind !== 'failed')
        return {
          kind: 'uncertain',
          why: `the reply is posted, its mention in the channel is not: ${pointed.why}`,
        };
    }
    return { kind: 'sent', handle: this.#handle(thread, message) };
  }

  async #inForum(place: Extract<Place, { style: 'forum' }>, thread: Snowflake): Promise<SendVerdict> {
    const posted = await this.#write(thread);
    if (code(posted) === Codes.UnknownChannel) return closed('the post was deleted by somebody');
    // Locked by a moderator: what comes after is told in a post of its own.
    if (THREAD_CLOSED.includes(code(posted) ?? 0)) return this.#forumPost(place);
    return this.#sentTo(thread, posted);
  }

  /** Discord knows no nonce for posts of a forum: only the read-back keeps them from being made twice. */
  async #forumPost(forum: Extract<Place, { style: 'forum' }>): Promise<SendVerdict> {
    const { message } = this.#post;
    const body = {
      name: threadName(message),
      auto_archive_duration: ARCHIVE_MINUTES,
      applied_tags: tagsFor(message, forum.tags, forum.needsTag),
      message: this.#payload(),
    };
    const made = await this.#parts.api.post<{ id: Snowflake }>(
      `/channels/${forum.channel}/threads`,
      body,
      this.#patient,
    );
    return made.kind === 'ok'
      ? { kind: 'sent', handle: this.#handle(made.value.id, made.value.id) }
      : verdictOf(made);
  }

  #write(channel: Snowflake, refersTo?: Snowflake): Promise<Posted> {
    const reference =
      refersTo === undefined
        ? {}
        : { message_reference: { message_id: refersTo, fail_if_not_exists: false } };
    const body = { ...this.#payload(), ...once(this.#post.delivery), ...reference };
    return this.#parts.api.post(`/channels/${channel}/messages`, body, this.#patient);
  }

  #handle(channel: Snowflake, message: Snowflake): MessageHandle {
    return handleOf(channel, message, markOf(this.#post.delivery));
  }

  #sentTo(channel: Snowflake, posted: Posted): SendVerdict {
    return posted.kind === 'ok'
      ? { kind: 'sent', handle: this.#handle(channel, posted.value.id) }
      : verdictOf(posted);
  }

  #payload() {
    const { message, delivery, broadcast, thread } = this.#post;
    return payloadOf(message, this.#parts.look, {
      name: markOf(delivery),
      revision: 0,
      pointed: broadcast && thread !== undefined,
      pointer: false,
    });
  }

  get #patient(): CallOptions {
    return { ...this.#options, patientMs: PATIENT_MS };
  }
}

const once = (delivery: DeliveryId, part: 'message' | 'pointer' = 'message') => ({
  nonce: nonceOf(delivery, part),
  enforce_nonce: true,
});

/** Where a reply is, and the channel that is told of it. */
export interface Reply {
  readonly channel: Snowflake;
  readonly thread: Snowflake;
  readonly message: Snowflake;
}

/** Tells the channel of a reply in a thread. */
export function postPointer(
  { api, look }: Sending,
  {
    delivery,
    destination,
    message,
  }: {
    readonly delivery: DeliveryId;
    readonly destination: Destination;
    readonly message: Pick<Message, 'headline' | 'tone'>;
  },
  to: Reply,
  options: CallOptions,
): Promise<Posted> {
  const url = `https://discord.com/channels/${destination.workspace}/${to.thread}/${to.message}`;
  const mark = { name: markOf(delivery), revision: 0, pointed: false, pointer: true };
  const body = { ...pointerOf({ ...message, blocks: [] }, look, url, mark), ...once(delivery, 'pointer') };
  return api.post(`/channels/${to.channel}/messages`, body, options);
}
