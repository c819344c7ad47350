import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliveryId, subscriptionId } from '../../src/model/ids.ts';
import { instant } from '../../src/model/time.ts';
import {
  channel,
  deliveryOf,
  incidentOf,
  judged,
  message,
  nothing,
  openFresh,
  updateOf,
  type Opened,
} from './harness.ts';

let opened: Opened;
const here = channel('digest');
beforeEach(async () => {
  opened = await openFresh();
  await opened.store.addDestination(here);
});
afterEach(() => opened.store.close());

const hour = (n: number) => instant(`2018-05-20T${String(n).padStart(2, '0')}:00:00Z`);

/** A report that moves an incident, kept for a digest that is due at the hour. */
const kept = (incidentName: string, revision: number, due: number): Promise<unknown> =>
  judged(opened.store, `${incidentName}-${revision}`, ({ report }) => {
    const incident = incidentOf(incidentName, report.id, { revision });
    const update = updateOf(incident, report.id);
    return Promise.resolve({
      assessment: { ...nothing, incidents: [{ incident, blocks: [] }], updates: [update] },
      deliveries: [],
      digests: [
        {
          update: update.id,
          incident: incident.id,
          destination: here.id,
          subscription: subscriptionId('s'),
          mode: 'hourly' as const,
          due: hour(due),
        },
      ],
    });
  });

const file = (now: number) =>
  opened.store.fileDigest(here.id, hour(now), ({ due, entries }) => ({
    id: deliveryId(`d_${due}`),
    message: message(entries.map(({ incident, updates }) => `${incident.id}:${updates.length}`).join(' ')),
  }));

describe('a digest', () => {
  it('is due when its hour has come, holds what came before it, and is told once', async () => {
    const { store } = opened;
    await kept('one', 1, 7);
    await kept('one', 2, 7);
    await kept('two', 1, 8);
    expect(await store.digestsDue(hour(6), 10)).toEqual([]);
    expect(await store.digestsDue(hour(7), 10)).toEqual([here.id]);
    expect(await file(7)).toBe(true);
    expect(await file(7)).toBe(false);
    const { deliveries } = await store.outstanding(here.id, -1, 10);
    expect(deliveries.map(({ delivery }) => [delivery.op, delivery.message.headline])).toEqual([
      ['post', 'i_one:2'],
    ]);
    expect(await store.digestsDue(hour(8), 10)).toEqual([here.id]);
  });

  it('that cannot be made is still due', async () => {
    await kept('one', 1, 7);
    const fails = opened.store.fileDigest(here.id, hour(7), () => {
      throw new Error('no words');
    });
    await expect(fails).rejects.toThrow('no words');
    expect(await opened.store.digestsDue(hour(7), 10)).toEqual([here.id]);
  });
});

describe('a mute', () => {
  it('lasts until its time, and only where there is a thread', async () => {
    const { store } = opened;
    const mutedAt = async (name: string): Promise<readonly (true | undefined)[]> => {
      let muted: readonly (true | undefined)[] = [];
      await judged(store, name, async (_, reader) => {
        muted = (await reader.threadsOf([id])).map((thread) => thread.muted);
        return { assessment: nothing, deliveries: [] };
      });
      return muted;
    };
    const { id } = incidentOf('one', 'r' as never);
    expect(await store.mute(id, here.id, hour(9))).toBe(false);
    await judged(store, 'told', ({ report }) => {
      const incident = incidentOf('one', report.id);
      const update = updateOf(incident, report.id);
      return Promise.resolve({
        assessment: { ...nothing, incidents: [{ incident, blocks: [] }], updates: [update] },
        deliveries: [deliveryOf(update, here.id, 'post_root')],
      });
    });
    expect(await mutedAt('before')).toEqual([undefined]);
    expect(await store.mute(id, here.id, instant(Date.parse(opened.clock.now) + 86_400_000))).toBe(true);
    expect(await mutedAt('while')).toEqual([true]);
    expect(await store.mute(id, here.id)).toBe(true);
    expect(await mutedAt('after')).toEqual([undefined]);
  });
});
