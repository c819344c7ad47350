import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../src/assess/types.ts';
import { placeId, subscriptionId } from '../../src/model/ids.ts';
import { instant } from '../../src/model/time.ts';
import type { Judgement } from '../../src/store/judge.ts';
import { GROWING } from '../support/tables.ts';
import {
  channel,
  claimOf,
  deliveryOf,
  entryOf,
  incidentOf,
  judged,
  judging,
  newReport,
  nothing,
  openAgain,
  openFresh,
  placeRef,
  statement,
  updateOf,
  type Opened,
} from './harness.ts';

let opened: Opened;
beforeEach(async () => {
  opened = await openFresh();
});
afterEach(() => opened.store.close());

const silence: Judgement = { assessment: nothing, deliveries: [] };
const quiet = judging(() => Promise.resolve(silence));

async function accepted(...names: readonly string[]) {
  const ids = [];
  for (const name of names) ids.push((await opened.store.accept(newReport(name))).report);
  return ids;
}

/** Everything that a judgement can write, but the report itself. */
async function written(): Promise<Record<string, number>> {
  const client = new pg.Client({ connectionString: opened.connectionString });
  await client.connect();
  try {
    const tables = [
      'incidents',
      'incident_blocks',
      'incident_places',
      'updates',
      'decisions',
      'control_entries',
      'threads',
      'deliveries',
    ];
    const counts = tables.map((table) => `(select count(*)::int from ${table}) as ${table}`);
    return (await client.query<Record<string, number>>(`select ${counts.join(', ')}`)).rows[0]!;
  } finally {
    await client.end();
  }
}

/** One report that opens an incident, enters the ledger and is told in a channel. */
const fullEffect = (snapshot: Snapshot): Judgement => {
  const { report, now } = snapshot;
  const incident = incidentOf('one', report.id);
  const update = updateOf(incident, report.id);
  return {
    assessment: {
      incidents: [{ incident, blocks: ['ground|town', 'ground|district'] }],
      updates: [update],
      ledger: { close: [], open: [entryOf('c_1', placeRef('town', 'district'), now)] },
      decisions: [
        {
          statement: claimOf(report.id).statement,
          incident: incident.id,
          reason: { key: 'opened', values: {} },
        },
      ],
    },
    deliveries: [deliveryOf(update, channel('all').id)],
  };
};

describe('the order of judging', () => {
  it('is the order of acceptance, whatever the order of reading', async () => {
    const { store } = opened;
    const [first, second, third] = await accepted('1', '2', '3');
    await store.commitRead(third!, [], 'v');
    await store.commitRead(second!, [], 'v');
    expect(await store.judgeNext(quiet)).toEqual({ kind: 'waiting' });
    await store.commitRead(first!, [], 'v');
    const order = [];
    for (let next = await store.judgeNext(quiet); next.kind === 'judged'; next = await store.judgeNext(quiet))
      order.push(next.report);
    expect(order).toEqual([first, second, third]);
    expect(await store.judgeNext(quiet)).toEqual({ kind: 'idle' });
  });

  it('does not wait for reports that are retried or quarantined', async () => {
    const { store } = opened;
    const [first, second, third] = await accepted('1', '2', '3');
    await store.failRead(first!, 'no', { maxTries: 2, delayMs: 1000 });
    await store.failRead(second!, 'no', { maxTries: 1, delayMs: 1000 });
    await store.commitRead(third!, [], 'v');
    expect(await store.judgeNext(quiet)).toMatchObject({ kind: 'judged', report: third });
  });

  it('gives each report to one judge, over two processes', async () => {
    const { store, connectionString, clock } = opened;
    const names = Array.from({ length: 10 }, (_, index) => String(index));
    const ids = await accepted(...names);
    for (const id of ids) await store.commitRead(id, [], 'v');
    const other = await openAgain(connectionString, clock);
    const order: string[] = [];
    const note = judging(({ report }) => {
      order.push(report.id);
      return Promise.resolve(silence);
    });
    const run = async (judge: typeof store): Promise<void> => {
      while ((await judge.judgeNext(note)).kind === 'judged');
    };
    await Promise.all([run(store), run(other), run(store)]);
    await other.close();
    expect(order).toEqual(ids);
  });
});

describe('what judging looks up', () => {
  /** Growing tables that were read from end to end. */
  const readWhole = async (client: pg.Client): Promise<readonly string[]> => {
    const { rows } = await client.query<{ name: string }>(
      `select relname as name from pg_stat_user_tables where seq_scan > 0 and relname = any($1)`,
      [[...GROWING]],
    );
    return rows.map(({ name }) => name);
  };

  it('is found by an index, also over a connection that planned its questions when there was nothing yet', async () => {
    const { store, connectionString, clock } = opened;
    await store.addDestination(channel('all'));
    const ids = await accepted(...Array.from({ length: 5 }, (_, index) => String(index)));
    for (const id of ids) await store.commitRead(id, [statement()], 'v');
    const client = new pg.Client({ connectionString });
    await client.connect();
    // A connection's counts are there when it has ended.
    await store.close();
    await client.query('select pg_stat_reset()');
    opened = { ...opened, store: await openAgain(connectionString, clock) };
    const judge = await openAgain(connectionString, clock);
    const effect = judging(
      (snapshot) => {
        const name = snapshot.report.id;
        const incident = incidentOf(name, name);
        const update = updateOf(incident, name);
        return Promise.resolve({
          assessment: {
            ...nothing,
            incidents: [{ incident, blocks: ['ground|town'] }],
            updates: [update],
            ledger: { close: [], open: [entryOf(`c_${name}`, placeRef('town', 'district'), snapshot.now)] },
          },
          deliveries: [deliveryOf(update, channel('all').id)],
        });
      },
      { blocksOf: () => ['ground|town'], ledgerPlacesOf: () => [placeRef('town').key] },
    );
    for (const id of ids) expect(await judge.judgeNext(effect)).toMatchObject({ report: id });
    await judge.close();
    expect(await readWhole(client)).toEqual([]);
    await client.end();
  });
});

describe('one transaction', () => {
  it('writes all that a report did', async () => {
    const { store } = opened;
    await store.addDestination(channel('all'));
    const report = await judged(store, '1', (snapshot) => Promise.resolve(fullEffect(snapshot)));
    expect(await store.reportState(report)).toBe('judged');
    expect(await written()).toEqual({
      incidents: 1,
      incident_blocks: 2,
      incident_places: 4,
      updates: 1,
      decisions: 1,
      control_entries: 1,
      threads: 1,
      deliveries: 1,
    });
  });

  it('leaves nothing when deciding throws, and sets the report aside after its tries', async () => {
    const { store } = opened;
    const [first, second] = await accepted('1', '2');
    for (const id of [first!, second!]) await store.commitRead(id, [], 'v');
    const poison = judging(() => Promise.reject(new Error('cannot judge this')), { maxTries: 2 });
    expect(await store.judgeNext(poison)).toMatchObject({ kind: 'failed', report: first, state: 'read' });
    expect(await store.judgeNext(poison)).toMatchObject({
      kind: 'failed',
      report: first,
      state: 'quarantined',
    });
    expect(Object.values(await written()).every((count) => count === 0)).toBe(true);
    expect(await store.quarantined()).toMatchObject([
      { report: { id: first }, error: 'judging it failed: cannot judge this' },
    ]);
    expect(await store.judgeNext(quiet)).toMatchObject({ kind: 'judged', report: second });
    await store.requeue(first!);
    await store.commitRead(first!, [statement()], 'v');
    expect(await store.judgeNext(quiet)).toMatchObject({ kind: 'judged', report: first });
  });

  it('tries again after a pause that doubles, for which those behind wait', async () => {
    const { store, clock } = opened;
    const [first, second] = await accepted('1', '2');
    for (const id of [first!, second!]) await store.commitRead(id, [], 'v');
    const poison = judging(() => Promise.reject(new Error('no')), { maxTries: 5, retryMs: 1_000 });
    for (const [failsAt, until] of [
      ['06:00:00', '06:00:01'],
      ['06:00:01', '06:00:03'],
      ['06:00:03', '06:00:07'],
    ]) {
      const now = clock.set(`2018-05-20T${failsAt!}Z`);
      expect(await store.judgeNext(poison)).toMatchObject({ kind: 'failed', report: first, state: 'read' });
      expect(await store.judgeNext(quiet)).toEqual({
        kind: 'waiting',
        until: instant(`2018-05-20T${until!}Z`),
      });
      expect(await store.backlog(now, 10)).not.toContainEqual({ stage: 'judge', id: first });
    }
    clock.set('2018-05-20T06:00:07Z');
    expect(await store.judgeNext(quiet)).toMatchObject({ kind: 'judged', report: first });
  });

  it('leaves nothing when writing fails half-way', async () => {
    const { store } = opened;
    // The channel is not there: the last thing that is written cannot be.
    const failing = judging((snapshot) => Promise.resolve(fullEffect(snapshot)));
    const [first] = await accepted('1');
    await store.commitRead(first!, [statement()], 'v');
    const outcome = await store.judgeNext(failing);
    expect(outcome).toMatchObject({ kind: 'failed', state: 'read' });
    expect(Object.values(await written()).every((count) => count === 0)).toBe(true);
    await store.addDestination(channel('all'));
    expect(await store.judgeNext(failing)).toMatchObject({ kind: 'judged', report: first });
  });

  it('leaves nothing when the process is cut off from the database', async () => {
    const { store, connectionString } = opened;
    await store.addDestination(channel('all'));
    const [first] = await accepted('1');
    await store.commitRead(first!, [statement()], 'v');
    const cut = judging(async (snapshot) => {
      const client = new pg.Client({ connectionString });
      await client.connect();
      await client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid() and state = 'idle in transaction'`,
      );
      await client.end();
      return fullEffect(snapshot);
    });
    await expect(store.judgeNext(cut)).rejects.toThrow();
    expect(Object.values(await written()).every((count) => count === 0)).toBe(true);
    expect(await store.reportState(first!)).toBe('read');
    expect(await store.quarantined()).toEqual([]);
    expect(await store.judgeNext(judging((snapshot) => Promise.resolve(fullEffect(snapshot))))).toMatchObject(
      {
        kind: 'judged',
        destinations: [channel('all').id],
      },
    );
  });
});

describe('the snapshot', () => {
  it('has the incidents of the blocks, the believed rows of the places and the reports that are alike', async () => {
    const { store, clock } = opened;
    await store.addDestination(channel('all'));
    const first = await judged(store, '1', (snapshot) => Promise.resolve(fullEffect(snapshot)));
    clock.set('2018-05-20T07:00:00Z');
    const { report } = await store.accept(newReport('2', { bands: ['band 1', 'another'] }));
    await store.commitRead(report, [statement({ rule: 'a' }), statement({ rule: 'b' })], 'v');
    let seen: Snapshot | undefined;
    const look = judging(
      (snapshot) => {
        seen = snapshot;
        return Promise.resolve(silence);
      },
      { blocksOf: () => ['ground|town', 'no such block'], ledgerPlacesOf: () => [placeRef('town').key] },
    );
    await store.judgeNext(look);
    expect(seen?.report.id).toBe(report);
    expect(seen?.source.name).toBe('Sample Wire');
    expect(seen?.statements.map(({ id, rule }) => [id, rule])).toEqual([
      [`${report}.0`, 'a'],
      [`${report}.1`, 'b'],
    ]);
    expect(seen?.incidents).toEqual([incidentOf('one', first)]);
    expect(seen?.ledger.map((entry) => entry.id)).toEqual(['c_1']);
    expect(seen?.near).toEqual([
      {
        report: first,
        withdrawn: false,
        unheard: false,
        outlet: 'Sample Wire',
        published: instant('2018-05-20T05:00:00Z'),
        shingles: [1, 2 ** 32 - 1],
      },
    ]);
    expect(seen?.now).toBe(clock.now);
  });

  it('does not count a report that had no effect yet as an earlier copy', async () => {
    const { store } = opened;
    const { report: poisoned } = await store.accept(newReport('1'));
    await store.failRead(poisoned, 'no', { maxTries: 1, delayMs: 0 });
    const copy = await store.accept(newReport('2', { bands: ['band 1'] }));
    await store.commitRead(copy.report, [], 'v');
    let near: Snapshot['near'] | undefined;
    await store.judgeNext(
      judging((snapshot) => {
        near = snapshot.near;
        return Promise.resolve(silence);
      }),
    );
    expect(near).toEqual([]);
  });

  it('has a time that does not run backwards when the clock does', async () => {
    const { store, clock } = opened;
    clock.set('2018-05-20T09:00:00Z');
    await judged(store, '1', () => Promise.resolve(silence));
    clock.set('2018-05-20T08:00:00Z');
    let now: string | undefined;
    await judged(store, '2', (snapshot) => {
      now = snapshot.now;
      return Promise.resolve(silence);
    });
    expect(now).toBe('2018-05-20T09:00:00.000Z');
  });

  it('knows subscriptions to the places and to everywhere, and the threads that there are', async () => {
    const { store, clock } = opened;
    const everywhere = channel('all');
    const other = channel('other');
    for (const destination of [everywhere, other]) await store.addDestination(destination);
    const subscription = (id: string, destination: typeof other, place?: string) => ({
      id: subscriptionId(id),
      destination: destination.id,
      ...(place !== undefined && { place: placeId(place) }),
      filters: { types: [], standing: 'claimed' as const },
      mode: 'live' as const,
      created: clock.now,
    });
    await store.subscribe(subscription('s_all', everywhere));
    await store.subscribe(subscription('s_near', other, 'district'));
    await store.subscribe(subscription('s_far', other, 'elsewhere'));
    await judged(store, '1', (snapshot) => Promise.resolve(fullEffect(snapshot)));
    let found: unknown;
    await judged(store, '2', async (snapshot, reader) => {
      const incident = incidentOf('one', snapshot.report.id);
      found = {
        subscriptions: (await reader.subscriptionsTo([placeId('district'), placeId('country')])).map(
          ({ id }) => id,
        ),
        threads: await reader.threadsOf([incident.id]),
        reports: (await reader.reports([snapshot.report.id])).length,
      };
      return silence;
    });
    expect(found).toEqual({
      subscriptions: ['s_all', 's_near'],
      threads: [{ incident: 'i_one', destination: everywhere.id }],
      reports: 1,
    });
  });
});
