import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliveryId, destinationId, placeId, subscriptionId, type DeliveryId } from '../../src/model/ids.ts';
import { instant } from '../../src/model/time.ts';
import {
  channel,
  deliveryOf,
  incidentOf,
  judged,
  message,
  newReport,
  nothing,
  openAgain,
  openFresh,
  updateOf,
  type Opened,
} from './harness.ts';

let opened: Opened;
const all = channel('all');
beforeEach(async () => {
  opened = await openFresh();
  await opened.store.addDestination(all);
});
afterEach(() => opened.store.close());

/** Two reports: the first opens a thread, the second edits its root and replies. */
async function told(): Promise<readonly DeliveryId[]> {
  const ids: DeliveryId[] = [];
  for (const revision of [1, 2])
    await judged(opened.store, String(revision), ({ report }) => {
      const incident = incidentOf('one', report.id, { revision });
      const update = updateOf(incident, report.id);
      const ops = revision === 1 ? (['post_root'] as const) : (['edit_root', 'reply'] as const);
      const deliveries = ops.map((op) => deliveryOf(update, all.id, op));
      ids.push(...deliveries.map(({ id }) => id));
      return Promise.resolve({
        assessment: { ...nothing, incidents: [{ incident, blocks: [] }], updates: [update] },
        deliveries,
      });
    });
  return ids;
}

const at = instant('2018-05-20T06:30:00Z');
const handle = { message: 'm1' };

describe('deliveries', () => {
  it('come out in the order in which they were routed, page by page, with their threads', async () => {
    const { store } = opened;
    const ids = await told();
    const page = await store.outstanding(all.id, -1, 2);
    expect(page.deliveries.map(({ delivery }) => delivery.id)).toEqual(ids.slice(0, 2));
    expect(page.deliveries[0]?.delivery).toMatchObject({
      state: 'pending',
      tries: 0,
      op: 'post_root',
      revision: 1,
    });
    expect(page.threads).toEqual([{ incident: 'i_one', revision: 0 }]);
    const rest = await store.outstanding(all.id, page.deliveries.at(-1)!.seq, 2);
    expect(rest.deliveries.map(({ delivery }) => delivery.id)).toEqual(ids.slice(2));
    expect(await store.outstanding(destinationId('elsewhere'), -1, 2)).toEqual({
      deliveries: [],
      threads: [],
    });
  });

  it('whose sending was begun and not finished are found as such by the next process', async () => {
    const { store, connectionString, clock } = opened;
    const [root] = await told();
    expect(await store.begin(root!, 0, at)).toBe(true);
    const next = await openAgain(connectionString, clock);
    const [first] = (await next.outstanding(all.id, -1, 1)).deliveries;
    expect(first).toMatchObject({ attempted: at, delivery: { id: root, state: 'attempting', tries: 1 } });
    expect(await store.begin(root!, 0, at), 'somebody else took it up').toBe(false);
    expect(await next.begin(root!, 1, at)).toBe(true);
    await next.close();
  });

  it('that were sent leave their handle with the thread, and an older root never replaces a newer', async () => {
    const { store } = opened;
    const [root, edit] = await told();
    await store.begin(root!, 0, at);
    await store.sent(root!, { at, handle, rootRevision: 1 });
    expect((await store.outstanding(all.id, -1, 9)).threads).toEqual([
      { incident: 'i_one', root: handle, revision: 1 },
    ]);
    await store.begin(edit!, 0, at);
    await store.sent(edit!, { at, handle, rootRevision: 2 });
    const { deliveries, threads } = await store.outstanding(all.id, -1, 9);
    expect(deliveries.map(({ delivery }) => delivery.op)).toEqual(['reply']);
    expect(threads).toEqual([{ incident: 'i_one', root: handle, revision: 2 }]);
    await expect(store.sent(root!, { at, handle })).rejects.toThrow(/not under way/);
  });

  it('wait, are refused, superseded or unknown as they are told', async () => {
    const { store } = opened;
    const [root, edit, reply] = await told();
    await store.begin(root!, 0, at);
    await store.retryAt(root!, at, 'told to slow down');
    await store.begin(edit!, 0, at);
    await store.uncertain(edit!, at, 'no answer');
    await store.refused(reply!, at, 'too long');
    const { deliveries } = await store.outstanding(all.id, -1, 9);
    expect(deliveries.map(({ delivery, notBefore }) => [delivery.state, notBefore])).toEqual([
      ['pending', at],
      ['uncertain', at],
    ]);
    await store.supersede(edit!, at, 'a newer edit shows more');
    expect((await store.outstanding(all.id, -1, 9)).deliveries).toHaveLength(1);
    const { failing } = await store.health();
    expect(failing.map(({ state, why }) => [state, why])).toEqual([
      ['refused', 'too long'],
      ['pending', 'told to slow down'],
    ]);
  });

  it('of a closed destination stay until it is enabled again', async () => {
    const { store, clock } = opened;
    const [root] = await told();
    await store.begin(root!, 0, at);
    await store.park(root!, all.id, at, 'the channel is archived');
    expect(await store.destination(all.id)).toEqual({
      destination: all,
      disabled: 'the channel is archived',
    });
    clock.set('2018-05-20T07:00:00Z');
    expect(await store.backlog(clock.now, 10)).toEqual([]);
    expect(await store.enableDestination(all.id)).toBe(true);
    expect(await store.enableDestination(all.id)).toBe(false);
    expect(await store.backlog(clock.now, 10)).toEqual([{ stage: 'deliver', id: all.id }]);
    expect((await store.outstanding(all.id, -1, 9)).deliveries).toHaveLength(3);
  });
});

describe('the lock of a destination', () => {
  it('lets one drain in, in this process and in others, and the next after it', async () => {
    const { store, connectionString, clock } = opened;
    const other = await openAgain(connectionString, clock);
    const outcome = await store.withDestinationLock(all.id, async () => ({
      same: await store.withDestinationLock(all.id, () => Promise.resolve(1)),
      other: await other.withDestinationLock(all.id, () => Promise.resolve(1)),
      elsewhere: await other.withDestinationLock(destinationId('elsewhere'), () => Promise.resolve(2)),
    }));
    expect(outcome).toEqual({
      kind: 'done',
      value: { same: { kind: 'busy' }, other: { kind: 'busy' }, elsewhere: { kind: 'done', value: 2 } },
    });
    await expect(store.withDestinationLock(all.id, () => Promise.reject(new Error('broke')))).rejects.toThrow(
      'broke',
    );
    expect(await other.withDestinationLock(all.id, () => Promise.resolve(3))).toEqual({
      kind: 'done',
      value: 3,
    });
    await other.close();
  });

  it('goes with the process that had it', async () => {
    const { store, connectionString, clock } = opened;
    const killed = await openAgain(connectionString, clock);
    let release = (): void => undefined;
    let held: Promise<unknown> = Promise.resolve();
    // Who asks before it is taken would take it.
    await new Promise<void>((taken) => {
      held = killed.withDestinationLock(all.id, () => {
        taken();
        return new Promise<void>((resolve) => void (release = resolve));
      });
    });
    expect(await store.withDestinationLock(all.id, () => Promise.resolve(1))).toEqual({ kind: 'busy' });
    await killed.close();
    await expect
      .poll(() => store.withDestinationLock(all.id, () => Promise.resolve(1)))
      .toEqual({ kind: 'done', value: 1 });
    release();
    await held;
  });
});

describe('the backlog', () => {
  it('has what was committed, is due and is not done, and nothing else', async () => {
    const { store, clock } = opened;
    const { report: unread } = await store.accept(newReport('unread'));
    const { report: retried } = await store.accept(newReport('retried'));
    const { report: read } = await store.accept(newReport('read'));
    await store.accept(newReport('baseline', { baseline: true }));
    await store.failRead(retried, 'no', { maxTries: 3, delayMs: 60_000 });
    await store.commitRead(read, [], 'v');
    expect(await store.backlog(instant('2018-05-20T05:59:59Z'), 10)).toEqual([]);
    expect(await store.backlog(clock.now, 10)).toEqual([
      { stage: 'read', id: unread },
      { stage: 'judge', id: read },
    ]);
    clock.set('2018-05-20T06:01:00Z');
    expect(await store.backlog(clock.now, 10)).toEqual([
      { stage: 'read', id: unread },
      { stage: 'read', id: retried },
      { stage: 'judge', id: read },
    ]);
    expect(await store.backlog(clock.now, 1)).toHaveLength(2);
  });

  it('has a destination while something is due there', async () => {
    const { store, clock } = opened;
    const ids = await told();
    expect(await store.backlog(clock.now, 10)).toEqual([{ stage: 'deliver', id: all.id }]);
    for (const id of ids) await store.retryAt(id, instant('2018-05-20T08:00:00Z'), 'later');
    expect(await store.backlog(clock.now, 10)).toEqual([]);
    clock.set('2018-05-20T08:00:00Z');
    expect(await store.backlog(clock.now, 10)).toEqual([{ stage: 'deliver', id: all.id }]);
    for (const id of ids) await store.refused(id, clock.now, 'no');
    expect(await store.backlog(clock.now, 10)).toEqual([]);
  });
});

describe('subscriptions', () => {
  const subscription = (id: string, place?: string) => ({
    id: subscriptionId(id),
    destination: all.id,
    ...(place !== undefined && { place: placeId(place) }),
    filters: { types: [], standing: 'claimed' as const },
    mode: 'live' as const,
    created: opened.clock.now,
  });

  it('are one for each place and one for everywhere; a second replaces the filters', async () => {
    const { store } = opened;
    expect(await store.subscribe(subscription('s1', 'town'))).toBe('added');
    expect(await store.subscribe(subscription('s2'))).toBe('added');
    const changed = {
      ...subscription('s3', 'town'),
      filters: { types: ['siege' as const], standing: 'confirmed' as const, past: true as const },
    };
    expect(await store.subscribe(changed)).toBe('changed');
    expect(await store.subscribe(subscription('s4'))).toBe('changed');
    expect(await store.subscriptionsOf(all.id)).toEqual([{ ...changed, id: 's1' }, subscription('s2')]);
    expect(await store.unsubscribe(all.id)).toBe(true);
    expect(await store.unsubscribe(all.id)).toBe(false);
    expect(await store.unsubscribe(all.id, placeId('town'))).toBe(true);
    expect(await store.subscriptionsOf(all.id)).toEqual([]);
  });
});

describe('the desk', () => {
  const post = (id: string, more: { thread?: string; destination?: string } = {}) => ({
    delivery: deliveryId(id),
    destination: destinationId(more.destination ?? 'all'),
    ...(more.thread !== undefined && { thread: more.thread }),
    broadcast: false,
    message: message(id),
  });

  it('has a delivery once, however often it is posted', async () => {
    const { store } = opened;
    const outcomes = await Promise.all([1, 2, 3].map(() => store.insertMessage(post('d1'))));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['already', 'already', 'inserted']);
    expect(await store.messageOf(deliveryId('d1'))).toBe('d1');
    expect(await store.messageOf(deliveryId('d2'))).toBeUndefined();
    expect(await store.channels()).toEqual([
      { destination: all, change: 1, posts: 1, lastPosted: opened.clock.now },
    ]);
  });

  it('knows channels and threads', async () => {
    const { store } = opened;
    await store.insertMessage(post('d1'));
    await store.insertMessage(post('d2', { thread: 'd1' }));
    expect(await store.insertMessage(post('d3', { destination: 'nowhere' }))).toEqual({
      kind: 'unknown_channel',
    });
    expect(await store.insertMessage(post('d4', { thread: 'd9' }))).toEqual({ kind: 'unknown_thread' });
    expect(await store.insertMessage(post('d5', { thread: 'd2' })), 'a reply is no root').toEqual({
      kind: 'unknown_thread',
    });
    expect((await store.channels())[0]?.change, 'what was refused took no number').toBe(2);
  });

  it('never lets an older edit overwrite a newer', async () => {
    const { store } = opened;
    await store.insertMessage(post('d1'));
    expect(await store.editMessage({ id: 'd1', message: message('third'), revision: 3 })).toBe('edited');
    expect(await store.editMessage({ id: 'd1', message: message('second'), revision: 2 })).toBe('older');
    expect(await store.editMessage({ id: 'd9', message: message('x'), revision: 2 })).toBe('unknown');
    const [thread] = await store.threads(all.id, { limit: 1 });
    expect(thread?.root).toMatchObject({ message: message('third'), revision: 3, change: 2 });
  });

  it('pages through threads, the newest page first', async () => {
    const { store } = opened;
    for (const id of ['d1', 'd2', 'd3']) await store.insertMessage(post(id));
    await store.insertMessage(post('d4', { thread: 'd1' }));
    const newest = await store.threads(all.id, { limit: 2 });
    expect(newest.map(({ root }) => root.id)).toEqual(['d2', 'd3']);
    const older = await store.threads(all.id, { limit: 2, before: 'd2' });
    expect(older.map(({ root, replies }) => [root.id, ...replies.map(({ id }) => id)])).toEqual([
      ['d1', 'd4'],
    ]);
  });

  it('numbers changes in the order of commit, so that none is missed', async () => {
    const { store, connectionString, clock } = opened;
    const other = await openAgain(connectionString, clock);
    const ids = Array.from({ length: 20 }, (_, index) => `d${index}`);
    await Promise.all(ids.map((id, index) => (index % 2 ? store : other).insertMessage(post(id))));
    await other.editMessage({ id: 'd7', message: message('edited'), revision: 2 });
    const changes = await store.changedMessages(all.id, 0, 100);
    expect(changes.map(({ change }) => change).at(-1)).toBe(21);
    expect(new Set(changes.map(({ id }) => id))).toEqual(new Set(ids));
    expect(changes.at(-1)?.id).toBe('d7');
    expect(await store.changedMessages(all.id, 20, 100)).toHaveLength(1);
    await other.close();
  });

  it('tells of changes by any process, and that some may have been missed when the connection was away', async () => {
    const { store, connectionString, clock } = opened;
    const other = await openAgain(connectionString, clock);
    const heard: (string | undefined)[] = [];
    const stop = store.onChange((destination) => heard.push(destination));
    await expect.poll(() => heard).toEqual([undefined]);
    await other.insertMessage(post('d1'));
    await expect.poll(() => heard).toEqual([undefined, all.id]);
    await other.close();
    await cutSessions(connectionString);
    await expect.poll(() => heard).toEqual([undefined, all.id, undefined]);
    await store.insertMessage(post('d2'));
    await expect.poll(() => heard.at(-1)).toBe(all.id);
    stop();
  });
});

describe('health', () => {
  it('says what waits, where, since when, and what failed', async () => {
    const { store, clock } = opened;
    const since = clock.now;
    await told();
    const { report: poison } = await store.accept(newReport('poison'));
    await store.failRead(poison, 'unreadable', { maxTries: 1, delayMs: 0 });
    await store.accept(newReport('waiting'));
    const { report: read } = await store.accept(newReport('read'));
    await store.commitRead(read, [], 'v');
    await store.saveFeed(newReport('x').report.source, {
      url: 'https://wire.example/feed',
      baselineDone: true,
      failures: 2,
      lastOk: since,
      lastError: 'no answer',
    });
    expect(await store.health()).toMatchObject({
      sources: [
        {
          id: 'sample-wire',
          name: 'Sample Wire',
          kind: 'feed',
          reports: 5,
          lastReport: since,
          lastOk: since,
          lastError: 'no answer',
        },
      ],
      destinations: [{ destination: all, outstanding: 3, oldest: since }],
      waiting: {
        read: { count: 1, oldest: since },
        judge: { count: 1, oldest: since },
        deliver: { count: 3, oldest: since },
      },
      quarantined: [{ report: { id: poison }, error: 'unreadable' }],
      failing: [],
    });
  });
});

async function cutSessions(connectionString: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name = 'sitrep session'`,
  );
  await client.end();
}
