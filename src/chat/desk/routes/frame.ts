import type { Context } from 'hono';
import { getCookie } from 'hono/cookie';
import type { Clock } from '../../../model/time.ts';
import { pageHtml, type Frame, type Page } from '../html/layout.ts';
import { channelPath, seenCookie } from '../html/paths.ts';
import type { DeskChannel, DeskStore } from '../ports.ts';
import { watchOf } from '../watch.ts';

export interface FrameParts {
  readonly store: DeskStore;
  readonly clock: Clock;
}

/** A channel that this reader never opened on this machine has nothing unread: all of it is new. */
function unreadOf(c: Context, channel: DeskChannel): number {
  const seen = Number(getCookie(c, seenCookie(channel)) ?? channel.posts);
  return Number.isSafeInteger(seen) ? Math.max(0, channel.posts - seen) : 0;
}

async function frameOf(c: Context, { store, clock }: FrameParts, here: string): Promise<Frame> {
  const [channels, health] = await Promise.all([store.channels(), store.health()]);
  const now = clock();
  return {
    channels: channels.map((channel) => ({
      channel,
      unread: here === channelPath(channel.destination.channel) ? 0 : unreadOf(c, channel),
    })),
    watch: watchOf(health, now),
    now,
  };
}

/** A whole page: its own content inside the navigation that every page has. */
export async function answerPage(
  c: Context,
  parts: FrameParts,
  page: Page,
  status: 200 | 400 | 404 | 500 = 200,
): Promise<Response> {
  return c.html(pageHtml(page, await frameOf(c, parts, page.here)), status);
}
