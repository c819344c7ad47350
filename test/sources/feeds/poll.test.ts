import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { instant } from '../../../src/model/time.ts';
import type { Instant } from '../../../src/model/time.ts';
import type { Fetcher } from '../../../src/sources/feeds/fetch.ts';
import { openFetcher } from '../../../src/sources/feeds/fetch.ts';
import type { Feed, PollDeps } from '../../../src/sources/feeds/poll.ts';
import { pollFeed } from '../../../src/sources/feeds/poll.ts';
import type { Kept } from '../kept.ts';
import { listed, openKept, silent } from '../kept.ts';
import type { FeedServer } from './server.ts';
import { feedServer, rss, serving } from './server.ts';

let kept: Kept;
let fetcher: Fetcher;
let server: FeedServer;
let now: Instant;
let feed: Feed;
let deps: PollDeps;

beforeAll(async () => {
  kept = await openKept(() => now);
  fetcher = openFetcher();
  server = await feedServer();
});
afterAll(async () => {
  await Promise.all([kept.close(), fetcher.close(), server.close()]);
});
beforeEach(async () => {
  await kept.empty();
  server.requests.length = 0;
  now = instant('2018-05-20T12:00:00Z');
  feed = {
    source: { ...listed('sample-wire', 'Sample Wire'), kind: 'feed' },
    url: server.url,
    intervalSeconds: 300,
    allowPrivateAddress: true,
  };
  deps = {
    reports: kept.reports,
    feeds: kept.feeds,
    fetcher,
    clock: () => now,
    log: silent,
    timeoutMs: 5000,
    maxBytes: 100_000,
  };
});

const poll = () => pollFeed(feed, deps);
const state = () => kept.feeds.feed(feed.source.id);
const states = async () => (await kept.rows()).map(({ body, state: one }) => [body, one]);
const OLD = { guid: '1', title: 'Buses left the camp' };
const NEW = { guid: '2', title: 'Families fled the town' };
const later = (seconds: number) => {
  now = instant(Date.parse(now) + seconds * 1000);
};

describe('pollFeed', () => {
  it('keeps what it finds first as a baseline, and what is new afterwards as news', async () => {
    server.handler = serving(rss([OLD]));
    expect(await poll()).toMatchObject({ kind: 'read', baseline: true, accepted: [{ kind: 'accepted' }] });
    server.handler = serving(rss([NEW, OLD]));
    expect(await poll()).toMatchObject({
      kind: 'read',
      baseline: false,
      accepted: [{ kind: 'already' }, { kind: 'accepted' }],
    });
    expect(await states()).toEqual([
      ['Buses left the camp', 'baseline'],
      ['Families fled the town', 'accepted'],
    ]);
    expect(await state()).toEqual({ url: server.url, baselineDone: true, lastOk: now, failures: 0 });
  });

  it('twice at once swallows no news: a poll that is overtaken goes on from what the other one left', async () => {
    const held: (() => void)[] = [];
    const hold =
      (handler: FeedServer['handler']): FeedServer['handler'] =>
      (request, response) =>
        void held.push(() => handler(request, response));
    server.handler = hold(serving(rss([NEW, OLD])));
    const slow = poll();
    await expect.poll(() => held).toHaveLength(1);
    server.handler = serving(rss([OLD]));
    expect(await poll()).toMatchObject({ kind: 'read', baseline: true });
    held[0]!();
    expect(await slow).toMatchObject({ kind: 'read', baseline: false });
    expect(await states()).toEqual([
      ['Buses left the camp', 'baseline'],
      ['Families fled the town', 'accepted'],
    ]);

    await kept.empty();
    server.handler = hold(serving('', {}, 500));
    const failing = poll();
    await expect.poll(() => held).toHaveLength(2);
    server.handler = serving(rss([OLD]));
    await poll();
    held[1]!();
    expect(await failing).toMatchObject({ kind: 'failed' });
    expect(await state()).toMatchObject({ baselineDone: true, failures: 1 });
  });

  it('takes an empty first answer as a baseline too', async () => {
    server.handler = serving(rss([]));
    await poll();
    server.handler = serving(rss([NEW]));
    await poll();
    expect(await states()).toEqual([['Families fled the town', 'accepted']]);
  });

  it('remembers the tags of the last answer, and that nothing changed', async () => {
    server.handler = serving(rss([OLD]), { etag: '"a"', 'last-modified': 'Sun, 20 May 2018 06:00:00 GMT' });
    await poll();
    server.handler = serving('', {}, 304);
    later(300);
    expect(await poll()).toEqual({ kind: 'unchanged' });
    expect(server.requests[1]?.headers['if-none-match']).toBe('"a"');
    expect(await state()).toMatchObject({ etag: '"a"', lastOk: now, baselineDone: true });
  });

  it('starts anew when the address in the settings is another', async () => {
    server.handler = serving(rss([OLD]), { etag: '"a"' });
    await poll();
    feed = { ...feed, url: `${server.url}/new` };
    server.handler = serving(rss([NEW, OLD]), { etag: '"b"' });
    await poll();
    expect(server.requests[1]?.headers['if-none-match']).toBeUndefined();
    expect((await states())[1]).toEqual(['Families fled the town', 'baseline']);
  });

  it('says in its state what is wrong, rests longer with every failure, and recovers', async () => {
    server.handler = serving('<html>', {}, 200);
    const why =
      'a web page is there and no feed; look for the address of its feed (often /feed, /rss or /atom.xml)';
    expect(await poll()).toEqual({ kind: 'failed', why, nextAt: instant('2018-05-20T12:10:00Z') });
    expect(await state()).toMatchObject({ lastError: why, failures: 1 });
    expect(await poll()).toEqual({ kind: 'resting', until: instant('2018-05-20T12:10:00Z') });
    expect(server.requests).toHaveLength(1);
    const rests: number[] = [];
    for (let failures = 2; failures <= 9; failures++) {
      now = (await state())?.nextAt ?? now;
      const polled = await poll();
      if (polled.kind === 'failed') rests.push((Date.parse(polled.nextAt) - Date.parse(now)) / 60_000);
    }
    expect(rests).toEqual([20, 40, 80, 160, 320, 360, 360, 360]);
    later(6 * 3600);
    server.handler = serving(rss([OLD]));
    expect(await poll()).toMatchObject({ kind: 'read' });
    expect(await state()).toEqual({ url: server.url, baselineDone: true, lastOk: now, failures: 0 });
  });

  it('keeps its tags and its baseline through a failure', async () => {
    server.handler = serving(rss([OLD]), { etag: '"a"' });
    await poll();
    server.handler = serving('', { 'retry-after': '3600' }, 503);
    expect(await poll()).toMatchObject({ nextAt: instant('2018-05-20T13:00:00Z') });
    expect(await state()).toMatchObject({ etag: '"a"', baselineDone: true, failures: 1 });
    later(3600);
    server.handler = serving(rss([NEW, OLD]));
    await poll();
    expect((await states())[1]).toEqual(['Families fled the town', 'accepted']);
  });

  it('does not save a tag for what it could not keep', async () => {
    server.handler = serving(rss([OLD]));
    await poll();
    server.handler = serving(rss([{ guid: '3', title: 'The army denied it' }, NEW, OLD]), { etag: '"b"' });
    let left = 2;
    const reports = {
      accept: (input: Parameters<typeof kept.reports.accept>[0]) =>
        left-- > 0 ? kept.reports.accept(input) : Promise.reject(new Error('killed here')),
    };
    await expect(pollFeed(feed, { ...deps, reports })).rejects.toThrow('killed here');
    expect((await state())?.etag).toBeUndefined();
    await poll();
    expect((await states()).map(([body]) => body)).toEqual([
      'Buses left the camp',
      'Families fled the town',
      'The army denied it',
    ]);
  });

  it('takes an item that was corrected as another report, and one that merely moved as known', async () => {
    server.handler = serving(rss([OLD]));
    await poll();
    server.handler = serving(rss([{ ...OLD, title: 'Correction: no buses left the camp' }]));
    await poll();
    server.handler = serving(rss([{ ...OLD, link: 'https://wire.example/elsewhere' }]));
    await poll();
    expect(await states()).toEqual([
      ['Buses left the camp', 'baseline'],
      ['Correction: no buses left the camp', 'accepted'],
    ]);
  });

  it('takes now for a time in the future', async () => {
    server.handler = serving(rss([{ ...OLD, date: 'Fri, 20 May 2033 06:00:00 GMT' }]));
    await poll();
    expect((await kept.rows())[0]?.published).toBe(now);
  });

  it('leaves one bad item and takes the others', async () => {
    server.handler = serving(rss([{ guid: 'x', title: '—' }, OLD]));
    expect(await poll()).toMatchObject({ kind: 'read', refused: 1, accepted: [{ kind: 'accepted' }] });
  });

  it('does not ask an address of this machine unless it is allowed', async () => {
    feed = { ...feed, allowPrivateAddress: false };
    expect(await poll()).toMatchObject({ kind: 'failed' });
    expect(server.requests).toEqual([]);
  });
});
