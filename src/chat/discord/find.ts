import {
  RESTJSONErrorCodes as Codes,
  type APIChannel,
  type APIMessage,
  type APIThreadChannel,
} from 'discord.js';
import type { MessageHandle } from '../../model/telling.ts';
import type { Instant } from '../../model/time.ts';
import type { Find } from '../port.ts';
import { refusedWith, type CallOptions, type NotOk, type Outcome, type Snowflake } from './api.ts';
import { markOf, readMark, type Mark } from './mark.ts';
import type { Place } from './places.ts';
import { handleOf, PATIENT_MS, postPointer, type Sending } from './send.ts';

/** Discord's ids hold the time of their making, in milliseconds since 2015, above 22 other bits. */
const EPOCH = 1_420_070_400_000n;
/** Its clock and ours may differ so much. */
const SKEW_MS = 5 * 60_000;
const PAGE = 100;

/** The least id that a message posted at this moment, or later, can have. */
const idAt = (at: Instant): bigint => {
  const ms = BigInt(Math.max(0, Date.parse(at) - SKEW_MS)) - EPOCH;
  return ms > 0n ? ms << 22n : 0n;
};

/** It could not be looked for. The delivery stays uncertain and is looked for again. */
class ReadBackError extends Error {
  override readonly name = 'ReadBackError';
}

const failed = (outcome: NotOk): never => {
  throw new ReadBackError(outcome.why);
};

function got<T>(outcome: Outcome<T>): T {
  return outcome.kind === 'ok' ? outcome.value : failed(outcome);
}

interface Seen {
  readonly message: APIMessage;
  readonly mark: Mark;
}

const markIn = (message: APIMessage): Mark | undefined => readMark(message.embeds.at(-1)?.footer?.text ?? '');

/**
 * Looks for the message of an earlier attempt by the mark in its small print. The nonce is of no use here: Discord keeps
 * it for some minutes and tells it to nobody afterwards.
 */
export class ReadBack {
  readonly #parts: Sending;
  readonly #find: Find;
  readonly #options: CallOptions;

  constructor(parts: Sending, find: Find, signal: AbortSignal) {
    this.#parts = parts;
    this.#find = find;
    this.#options = { signal, patientMs: PATIENT_MS };
  }

  async look(): Promise<MessageHandle | undefined> {
    const { destination, thread, delivery } = this.#find;
    const place = got(await this.#parts.places.find(destination, this.#options));
    const name = markOf(delivery);
    if (thread === undefined)
      return place.style === 'forum' ? this.#amongPosts(place, name) : this.#inChannel(place.channel, name);
    if (place.style === 'flat') return this.#inChannel(place.channel, name);
    if (place.style === 'forum') {
      const found = await this.#inChannel(thread['channel'] ?? '', name);
      return found ?? this.#amongPosts(place, name);
    }
    return this.#inThread(place.channel, thread['message'] ?? '', name);
  }

  async #inThread(channel: Snowflake, thread: Snowflake, name: string): Promise<MessageHandle | undefined> {
    const seen = await this.#search(thread, name);
    // A reply that its thread would not take stands in the channel.
    if (seen === undefined) return this.#inChannel(channel, name);
    if (seen.mark.pointed) await this.#point(channel, thread, seen.message);
    return handleOf(thread, seen.message.id, name);
  }

  async #inChannel(channel: Snowflake, name: string): Promise<MessageHandle | undefined> {
    const seen = await this.#search(channel, name);
    return seen && handleOf(channel, seen.message.id, name);
  }

  /** The attempt that posted the reply may have ended before it told the channel of it: that is made up for. */
  async #point(channel: Snowflake, thread: Snowflake, reply: APIMessage): Promise<void> {
    const { delivery, destination } = this.#find;
    if (await this.#search(channel, markOf(delivery), true)) return;
    const message = { headline: plainly(reply.embeds[0]?.title ?? ''), tone: 'update' as const };
    const posted = await postPointer(
      this.#parts,
      { delivery, destination, message },
      { channel, thread, message: reply.id },
      this.#options,
    );
    if (posted.kind !== 'ok' && posted.kind !== 'failed') failed(posted);
  }

  /** Newest first, back to when it cannot have been sent yet. */
  async #search(channel: Snowflake, name: string, pointer = false): Promise<Seen | undefined> {
    const { api } = this.#parts;
    const oldest = idAt(this.#find.since);
    for (let before: Snowflake | undefined, any = false; ; any = true) {
      const query = { limit: String(PAGE), ...(before !== undefined && { before }) };
      const page: Outcome<APIMessage[]> = await api.get(`/channels/${channel}/messages`, {
        ...this.#options,
        query,
      });
      if (refusedWith(page, Codes.UnknownChannel)) return undefined;
      const messages = got(page);
      for (const message of messages) {
        const mark = markIn(message);
        if (mark?.name === name && mark.pointer === pointer && message.author.bot === true)
          return { message, mark };
      }
      const last = messages.at(-1);
      if (last === undefined) {
        if (!any) await this.#trustEmpty(channel, oldest);
        return undefined;
      }
      if (messages.length < PAGE || BigInt(last.id) < oldest) return undefined;
      before = last.id;
    }
  }

  /** Without Read Message History Discord shows no messages instead of refusing: "nothing there" must not be believed. */
  async #trustEmpty(channel: Snowflake, oldest: bigint): Promise<void> {
    const asked = got(await this.#parts.api.get<APIChannel>(`/channels/${channel}`, this.#options));
    const newest = 'last_message_id' in asked ? asked.last_message_id : undefined;
    if (newest != null && BigInt(newest) >= oldest)
      throw new ReadBackError('the bot cannot read back what it posted: give it Read Message History');
  }

  /** A forum's posts are threads; those since then are few, and each begins with a message of the same id. */
  async #amongPosts(
    forum: Extract<Place, { style: 'forum' }>,
    name: string,
  ): Promise<MessageHandle | undefined> {
    const { api } = this.#parts;
    const guild = this.#find.destination.workspace;
    const oldest = idAt(this.#find.since);
    const lists = [`/guilds/${guild}/threads/active`, `/channels/${forum.channel}/threads/archived/public`];
    for (const path of lists) {
      const { threads } = got(await api.get<{ threads: APIThreadChannel[] }>(path, this.#options));
      const posts = threads.filter(
        ({ id, parent_id }) => parent_id === forum.channel && BigInt(id) >= oldest,
      );
      for (const { id } of posts) {
        const first = await api.get<APIMessage>(`/channels/${id}/messages/${id}`, this.#options);
        if (refusedWith(first, Codes.UnknownMessage)) continue;
        if (markIn(got(first))?.name === name) return handleOf(id, id, name);
      }
    }
    return undefined;
  }
}

/** A title as it was before its signs were escaped. */
const plainly = (title: string): string =>
  title.replace(/\\([^\p{L}\p{N}\s])/gu, '$1').replaceAll('\u200B', '');
