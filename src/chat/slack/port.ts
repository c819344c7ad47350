import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { DeliveryId, DestinationId } from '../../model/ids.ts';
import { personOf, type Destination, type MessageHandle } from '../../model/telling.ts';
import type { ChatLog } from '../app-ports.ts';
import type { ChatPort, Edit, Find, PortCall, Post, SendVerdict } from '../port.ts';
import { fallbackText, renderBlocks, type Surroundings } from './blocks/blocks.ts';
import { isOf, metadataOf, readHandle, writeHandle, type SlackHandle } from './handle.ts';
import { Pacer, ratesOf, type Rate } from './pacer.ts';
import { worded } from './remedies.ts';
import { RATE_LIMITED, slackCode, verdictOf } from './verdict.ts';

export interface SlackPortParts {
  /** The bot's token in a workspace; undefined when the app is not installed there. */
  readonly tokenOf: (workspace: string) => Promise<string | undefined>;
  readonly clientOf: (token: string) => WebClient;
  readonly around: Surroundings;
  /** The app is installed by others, outside Slack's Marketplace: what it may read of a channel is limited far more. */
  readonly distributed: boolean;
  /** Milliseconds that never go back. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly log: ChatLog;
}

/** Messages in a page of history; a distributed app gets no more than fifteen. */
const PAGE = { internal: 200, distributed: 15 } as const;
/** Our clock and Slack's may differ by this much. */
const SKEW_MS = 60_000;
/** A read-back that has to wait longer than this for its limit is put off. */
const LONGEST_WAIT_MS = 5_000;
/** Newest revisions of messages that this process edited. Across processes the destination's lock keeps the order. */
const MOST_REVISIONS = 10_000;

class ReadBackError extends Error {
  override readonly name = 'ReadBackError';
}

/** Slack as a chat platform: one attempt a call, never earlier than a limit allows. */
export class SlackChat implements ChatPort {
  readonly platform = 'slack';
  readonly #parts: SlackPortParts;
  readonly #pacer: Pacer;
  readonly #revisions = new Map<string, number>();
  /** Conversations with people, by destination. */
  readonly #direct = new Map<DestinationId, string>();
  /** Where a read-back that was put off goes on. */
  readonly #cursors = new Map<DeliveryId, string>();

  constructor(parts: SlackPortParts) {
    this.#parts = parts;
    this.#pacer = new Pacer(parts.now);
  }

  async send(post: Post): Promise<SendVerdict> {
    const { destination, delivery, message, thread, broadcast } = post;
    const root = thread && readHandle(thread);
    if (thread && !root) return refused('The thread is not one of Slack');
    return this.#call(destination, ratesOf.post(destination), async (client) => {
      const channel = await this.#channelOf(destination, client);
      const { ts, message: posted } = await client.chat.postMessage({
        channel,
        text: fallbackText(message),
        blocks: [...renderBlocks(message, root ? 'line' : 'header', this.#parts.around)],
        metadata: metadataOf(delivery),
        unfurl_links: false,
        unfurl_media: false,
        mrkdwn: false,
        ...replyTo(root, broadcast),
      });
      if (ts === undefined) return { kind: 'uncertain', why: 'Slack named no message' };
      // Slack puts a reply whose root is gone into the channel, and says so only by leaving this out.
      if (root && posted?.thread_ts === undefined)
        return this.#takeBack(client, destination, { channel, ts });
      return { kind: 'sent', handle: writeHandle({ channel, ts, delivery }) };
    });
  }

  async edit({ destination, handle, message, revision }: Edit): Promise<SendVerdict> {
    const target = readHandle(handle);
    if (!target) return refused('The message to edit is not one of Slack');
    // An older edit is done: what it would have said is already said, and more.
    if ((this.#revisions.get(target.ts) ?? 0) >= revision) return { kind: 'sent', handle };
    return this.#call(destination, ratesOf.edit(destination), async (client) => {
      await client.chat.update({
        channel: target.channel,
        ts: target.ts,
        text: fallbackText(message),
        blocks: [...renderBlocks(message, 'header', this.#parts.around)],
        ...(target.delivery !== undefined && { metadata: metadataOf(target.delivery) }),
      });
      this.#note(target.ts, revision);
      return { kind: 'sent', handle };
    });
  }

  /** @throws when nobody can say whether it is there: Slack did not answer, or lets no more be read yet */
  async find({ delivery, destination, thread, since }: Find): Promise<MessageHandle | undefined> {
    const root = thread && readHandle(thread);
    const client = await this.#clientFor(destination);
    if (!client) throw new ReadBackError('Sitrep is not installed in the workspace');
    const { distributed } = this.#parts;
    const rates = root
      ? ratesOf.replies(destination, distributed)
      : ratesOf.history(destination, distributed);
    const channel = await this.#channelOf(destination, client);
    let cursor = this.#cursors.get(delivery);
    do {
      const read = {
        channel,
        oldest: String((Date.parse(since) - SKEW_MS) / 1_000),
        inclusive: true,
        include_all_metadata: true,
        limit: distributed ? PAGE.distributed : PAGE.internal,
        ...(cursor !== undefined && { cursor }),
      };
      await this.#turn(rates);
      const page = await this.#pacer.run(rates, () => readPage(client, read, root?.ts));
      const found = page.messages.find((message) => isOf(message, delivery));
      if (found?.ts !== undefined) {
        this.#cursors.delete(delivery);
        return writeHandle({ channel, ts: found.ts, delivery });
      }
      cursor = page.next;
      if (cursor === undefined) this.#cursors.delete(delivery);
      else this.#cursors.set(delivery, cursor);
    } while (cursor !== undefined);
    return undefined;
  }

  pause(destination: Destination, call: PortCall): number {
    if (call !== 'find') return this.#pacer.pause(ratesOf[call === 'send' ? 'post' : 'edit'](destination));
    const { distributed } = this.#parts;
    // Whether it is looked for in the channel or in a thread is not known here: both must be free.
    return this.#pacer.pause([
      ...ratesOf.history(destination, distributed),
      ...ratesOf.replies(destination, distributed),
    ]);
  }

  /** Posts an answer, in its turn behind what else is posted there. */
  async say(
    destination: Destination,
    client: WebClient,
    message: { readonly channel: string; readonly text: string; readonly blocks: KnownBlock[] },
  ): Promise<void> {
    const rates = ratesOf.post(destination);
    await this.#turn(rates);
    await this.#pacer.run(rates, () =>
      client.chat.postMessage({ ...message, unfurl_links: false, unfurl_media: false, mrkdwn: false }),
    );
  }

  async #call(
    destination: Destination,
    rates: readonly Rate[],
    work: (client: WebClient) => Promise<SendVerdict>,
  ): Promise<SendVerdict> {
    const client = await this.#clientFor(destination);
    if (!client) return { kind: 'refused', why: worded('not_installed'), disable: true };
    const afterMs = this.#pacer.pause(rates);
    if (afterMs > 0) return { kind: 'retry', afterMs, why: 'Slack’s limit' };
    try {
      return await this.#pacer.run(rates, () => work(client));
    } catch (error) {
      const verdict = verdictOf(error);
      if (verdict.kind === 'retry' && verdict.why === RATE_LIMITED) this.#pacer.hold(rates, verdict.afterMs);
      return verdict;
    }
  }

  async #clientFor({ workspace }: Destination): Promise<WebClient | undefined> {
    const token = await this.#parts.tokenOf(workspace);
    return token === undefined ? undefined : this.#parts.clientOf(token);
  }

  /** Slack's id of the conversation; a person's direct messages are opened first. */
  async #channelOf(destination: Destination, client: WebClient): Promise<string> {
    const person = personOf(destination);
    if (person === undefined) return destination.channel;
    const known = this.#direct.get(destination.id);
    if (known !== undefined) return known;
    const rates = ratesOf.open(destination);
    await this.#turn(rates);
    const { channel } = await this.#pacer.run(rates, () => client.conversations.open({ users: person }));
    if (channel?.id === undefined) throw new ReadBackError('Slack opened no conversation');
    this.#direct.set(destination.id, channel.id);
    return channel.id;
  }

  async #takeBack(client: WebClient, destination: Destination, orphan: SlackHandle): Promise<SendVerdict> {
    const rates = ratesOf.remove(destination);
    try {
      await this.#turn(rates);
      await this.#pacer.run(rates, () => client.chat.delete({ ...orphan }));
      return refused(worded('thread_not_found'));
    } catch (error) {
      this.#parts.log.warn({ err: error }, 'a reply without its thread could not be taken back from Slack');
      return { kind: 'sent', handle: writeHandle(orphan) };
    }
  }

  /** Waits for a limit, if not for long. */
  async #turn(rates: readonly Rate[]): Promise<void> {
    for (let ms = this.#pacer.pause(rates); ms > 0; ms = this.#pacer.pause(rates)) {
      if (ms > LONGEST_WAIT_MS)
        throw new ReadBackError(`Slack lets it be read again in ${Math.ceil(ms / 1_000)} s`);
      await this.#parts.sleep(ms);
    }
  }

  #note(ts: string, revision: number): void {
    this.#revisions.delete(ts);
    this.#revisions.set(ts, revision);
    const [oldest] = this.#revisions.keys();
    if (this.#revisions.size > MOST_REVISIONS && oldest !== undefined) this.#revisions.delete(oldest);
  }
}

const replyTo = (
  root: SlackHandle | undefined,
  broadcast: boolean,
): object | { thread_ts: string } | { thread_ts: string; reply_broadcast: true } => {
  if (!root) return {};
  return broadcast ? { thread_ts: root.ts, reply_broadcast: true } : { thread_ts: root.ts };
};

const refused = (why: string): SendVerdict => ({ kind: 'refused', why, disable: false });

interface Page {
  readonly messages: readonly {
    readonly ts?: string;
    readonly metadata?: { event_type?: string; event_payload?: object };
  }[];
  readonly next: string | undefined;
}

/** Slack says with an empty cursor that there is no more. */
const cursorOf = (cursor = ''): string | undefined => (cursor === '' ? undefined : cursor);

async function readPage(
  client: WebClient,
  read: Parameters<WebClient['conversations']['history']>[0] & { readonly channel: string },
  root: string | undefined,
): Promise<Page> {
  try {
    const page =
      root === undefined
        ? await client.conversations.history(read)
        : await client.conversations.replies({ ...read, ts: root });
    return { messages: page.messages ?? [], next: cursorOf(page.response_metadata?.next_cursor) };
  } catch (error) {
    // A thread whose root is gone has nothing in it.
    if (slackCode(error) === 'thread_not_found') return { messages: [], next: undefined };
    throw error;
  }
}
