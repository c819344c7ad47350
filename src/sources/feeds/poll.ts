import type { Source } from '../../model/report.ts';
import type { Clock, Instant } from '../../model/time.ts';
import { instant } from '../../model/time.ts';
import { prepare } from '../accept/accept.ts';
import type { Acceptance, FeedState, FeedsPort, LogPort, ReportsPort } from '../ports.ts';
import type { Fetched, Fetcher } from './fetch.ts';
import { itemReport } from './item.ts';
import type { FeedItem } from './parse.ts';
import { parseItems } from './parse.ts';

/** A feed of config/sources.yaml that is asked. */
export interface Feed {
  readonly source: Source;
  readonly url: string;
  readonly intervalSeconds: number;
  readonly language?: string;
  readonly allowPrivateAddress: boolean;
}

export interface PollDeps {
  readonly reports: ReportsPort;
  readonly feeds: FeedsPort;
  readonly fetcher: Fetcher;
  readonly clock: Clock;
  readonly log: LogPort;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

export type Polled =
  | {
      readonly kind: 'read';
      readonly baseline: boolean;
      readonly accepted: readonly Acceptance[];
      readonly refused: number;
    }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'failed'; readonly why: string; readonly nextAt: Instant }
  /** It failed a while ago and is left alone until then. */
  | { readonly kind: 'resting'; readonly until: Instant };

const MAX_REST_SECONDS = 6 * 3600;
const MAX_DOUBLINGS = 10;

/** The interval, doubled with every failure in a row, up to six hours; longer when the server asks for it, up to a day. */
function restSeconds({ intervalSeconds }: Feed, failures: number, asked = 0): number {
  const doubled = intervalSeconds * 2 ** Math.min(failures, MAX_DOUBLINGS);
  return Math.max(intervalSeconds, Math.min(doubled, MAX_REST_SECONDS), Math.min(asked, 86_400));
}

const later = (now: Instant, seconds: number): Instant => instant(Date.parse(now) + seconds * 1000);

async function fail(
  feed: Feed,
  before: FeedState,
  why: string,
  asked: number | undefined,
  deps: PollDeps,
): Promise<Polled> {
  const failures = before.failures + 1;
  const nextAt = later(deps.clock(), restSeconds(feed, failures, asked));
  await deps.feeds.saveFeed(feed.source.id, { ...before, lastError: why, failures, nextAt });
  deps.log.warn({ feed: feed.source.id, failures, nextAt }, `feed not read: ${why}`);
  return { kind: 'failed', why, nextAt };
}

/** What a good answer leaves of the state before it. */
const healthy = ({ url, etag, lastModified, baselineDone }: FeedState, now: Instant): FeedState => ({
  url,
  ...(etag !== undefined && { etag }),
  ...(lastModified !== undefined && { lastModified }),
  baselineDone,
  lastOk: now,
  failures: 0,
});

async function acceptItems(
  items: readonly FeedItem[],
  feed: Feed,
  origin: { readonly url: string; readonly baseline: boolean },
  deps: PollDeps,
): Promise<Polled> {
  const { source, language } = feed;
  const accepted: Acceptance[] = [];
  for (const item of items) {
    const result = itemReport(item, { ...origin, source, ...(language !== undefined && { language }) });
    if (!result.ok) {
      deps.log.warn(
        { feed: source.id, guid: item.guid, link: item.link },
        `feed item not taken: ${result.why}`,
      );
      continue;
    }
    const { input, notes } = prepare(result.raw, deps.clock());
    accepted.push(await deps.reports.accept(input));
    for (const note of notes) deps.log.warn({ feed: source.id, report: input.report.id }, note);
  }
  return { kind: 'read', baseline: origin.baseline, accepted, refused: items.length - accepted.length };
}

async function take(
  feed: Feed,
  before: FeedState,
  fetched: Extract<Fetched, { kind: 'fetched' }>,
  deps: PollDeps,
): Promise<Polled> {
  const parsed = parseItems(fetched.bytes, fetched.charset);
  if (!parsed.ok) return fail(feed, before, parsed.why, undefined, deps);
  const polled = await acceptItems(
    parsed.items,
    feed,
    { url: fetched.url, baseline: !before.baselineDone },
    deps,
  );
  // Only now, when all of it is kept: a tag that is saved too early hides what was not.
  const { etag, lastModified } = fetched;
  const after: FeedState = {
    url: feed.url,
    ...(etag !== undefined && { etag }),
    ...(lastModified !== undefined && { lastModified }),
    baselineDone: true,
    failures: 0,
  };
  await deps.feeds.saveFeed(feed.source.id, healthy(after, deps.clock()));
  return polled;
}

/** What is known of the feed at its present address. */
async function stateOf({ source, url }: Feed, { feeds }: PollDeps): Promise<FeedState> {
  const known = await feeds.feed(source.id);
  return known?.url === url ? known : { url, baselineDone: false, failures: 0 };
}

/**
 * Asks one feed once. All that it holds at the first time is kept and told to nobody; from then on what is new is news.
 * What goes wrong with the feed is a value and stands in its state, and the feed is left alone for a while.
 * @throws what the store throws when it is away; the same items are then taken at the next poll
 */
export async function pollFeed(feed: Feed, deps: PollDeps): Promise<Polled> {
  const asked = await stateOf(feed, deps);
  if (asked.nextAt !== undefined && asked.nextAt > deps.clock())
    return { kind: 'resting', until: asked.nextAt };
  const fetched = await deps.fetcher.fetch({
    url: feed.url,
    etag: asked.etag,
    lastModified: asked.lastModified,
    timeoutMs: deps.timeoutMs,
    maxBytes: deps.maxBytes,
    allowPrivateAddress: feed.allowPrivateAddress,
  });
  // Another poll of the feed may have ended meanwhile: its baseline is done, and what is new since is news.
  const before = await stateOf(feed, deps);
  if (fetched.kind === 'failed') return fail(feed, before, fetched.why, fetched.retryAfterSeconds, deps);
  if (fetched.kind === 'fetched') return take(feed, before, fetched, deps);
  await deps.feeds.saveFeed(feed.source.id, healthy(before, deps.clock()));
  return { kind: 'unchanged' };
}
