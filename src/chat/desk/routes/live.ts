import type { Context } from 'hono';
import { streamSSE, type SSEStreamingApi } from 'hono/streaming';
import { broadcastHtml, dividerHtml, messageHtml, threadHtml } from '../html/channel.ts';
import type { DeskChannel, DeskMessage, DeskMessages } from '../ports.ts';

/** A silent connection is cut by proxies after a minute or less. */
const HEARTBEAT_MS = 20_000;
const RECONNECT_MS = 1500;
const BATCH = 100;

interface Follower {
  readonly wake: () => void;
  readonly end: () => void;
}

/** Open pages of all channels. One listener on the store serves them all. */
export interface LiveHub {
  follow(c: Context, channel: DeskChannel, after: number): Response;
  /** Ends every open stream: a server that shuts down does not wait for its readers. */
  close(): void;
}

export interface LiveLog {
  warn(fields: object, message: string): void;
}

/** What the page does with a message: replace it, or put `item` at the end of the channel or into its thread. */
const eventOf = (message: DeskMessage, channel: DeskChannel): string =>
  JSON.stringify({
    id: message.id,
    thread: message.thread,
    change: message.change,
    day: message.posted.slice(0, 10),
    divider: String(dividerHtml(message.posted.slice(0, 10))),
    html: String(messageHtml(message, channel)),
    item:
      message.thread === undefined
        ? String(threadHtml({ root: message, replies: [] }, channel))
        : message.broadcast
          ? String(broadcastHtml(message))
          : undefined,
  });

const postsOf = (channels: readonly DeskChannel[]): string =>
  JSON.stringify(channels.map(({ destination, posts }) => ({ channel: destination.channel, posts })));

/** Sends all changes after `after`, in order, each under its change number, and answers with the last one. */
async function drain(
  store: DeskMessages,
  stream: SSEStreamingApi,
  channel: DeskChannel,
  after: number,
): Promise<number> {
  let last = after;
  for (;;) {
    const messages = await store.changedMessages(channel.destination.id, last, BATCH);
    for (const message of messages) {
      await stream.writeSSE({
        event: 'message',
        id: String(message.change),
        data: eventOf(message, channel),
      });
      last = message.change;
    }
    if (messages.length < BATCH) break;
  }
  await stream.writeSSE({ event: 'posts', data: postsOf(await store.channels()) });
  return last;
}

/** Lets one waiter sleep until something happened since it last woke. */
function bell() {
  let rung = true;
  let wake = (): void => undefined;
  return {
    ring: (): void => {
      rung = true;
      wake();
    },
    wait: async (): Promise<void> => {
      if (!rung)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      rung = false;
    },
  };
}

export function liveHub(store: DeskMessages, log: LiveLog): LiveHub {
  const followers = new Set<Follower>();
  let closed = false;
  const unsubscribe = store.onChange(() => {
    for (const follower of followers) follower.wake();
  });

  const run = async (stream: SSEStreamingApi, channel: DeskChannel, after: number): Promise<void> => {
    const news = bell();
    let open = true;
    const end = (): void => {
      open = false;
      news.ring();
    };
    const follower: Follower = { wake: news.ring, end };
    followers.add(follower);
    stream.onAbort(end);
    const heartbeat = setInterval(() => void stream.write(': still here\n\n'), HEARTBEAT_MS);
    try {
      await stream.write(`retry: ${RECONNECT_MS}\n\n`);
      let last = after;
      for (;;) {
        await news.wait();
        // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- `end` changes it while we wait
        if (!open) return;
        last = await drain(store, stream, channel, last);
      }
    } catch (error) {
      // The page connects again by itself and names the last change that it has.
      log.warn({ err: error, channel: channel.destination.channel }, 'live updates of a desk page broke off');
    } finally {
      clearInterval(heartbeat);
      followers.delete(follower);
    }
  };

  return {
    follow: (c, channel, after) => {
      if (closed) return c.text('The desk is closing.\n', 503);
      c.header('X-Accel-Buffering', 'no');
      return streamSSE(c, (stream) => run(stream, channel, after));
    },
    close: () => {
      closed = true;
      unsubscribe();
      for (const follower of followers) follower.end();
    },
  };
}
