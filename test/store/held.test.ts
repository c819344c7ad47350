import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/model/telling.ts';
import { instant, type Instant } from '../../src/model/time.ts';
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
const here = channel('fast');
beforeEach(async () => {
  opened = await openFresh();
  await opened.store.addDestination(here);
});
afterEach(() => opened.store.close());

const at = (minute: number): Instant => instant(`2018-05-20T12:${String(minute).padStart(2, '0')}:00Z`);

/** A report that moves the one incident: its reply is sent, or held until the minute. */
const moved = (revision: number, until?: number): Promise<unknown> =>
  judged(opened.store, `report-${revision}`, ({ report }) => {
    const incident = incidentOf('one', report.id, { revision });
    const update = updateOf(incident, report.id);
    const reply = deliveryOf(update, here.id, revision === 1 ? 'post_root' : 'reply');
    const told = { ...reply, message: message(`reply ${revision}`) };
    return Promise.resolve({
      assessment: { ...nothing, incidents: [{ incident, blocks: [] }], updates: [update] },
      deliveries: until === undefined ? [told] : [],
      held: until === undefined ? [] : [{ ...told, until: at(until) }],
    });
  });

const outstanding = async (): Promise<readonly string[]> =>
  (await opened.store.outstanding(here.id, -1, 20)).deliveries.map(
    ({ delivery }: { readonly delivery: Delivery }) => delivery.message.headline,
  );
const file = (minute: number) =>
  opened.store.fileHeld(at(minute), 10, (replies) =>
    message(replies.map(({ headline }) => headline).join(' + ')),
  );

describe('replies of a happening that moves fast', () => {
  it('are told as one when the time of the first has come', async () => {
    await moved(1);
    await moved(2, 15);
    await moved(3, 20);
    expect(await file(14)).toEqual([]);
    expect(await outstanding()).toEqual(['reply 1']);
    expect(await file(15)).toEqual([here.id]);
    expect(await file(15)).toEqual([]);
    expect(await outstanding()).toEqual(['reply 1', 'reply 2 + reply 3']);
  });

  it('are told before one that may not wait', async () => {
    await moved(1);
    await moved(2, 15);
    await moved(3);
    expect(await outstanding()).toEqual(['reply 1', 'reply 2', 'reply 3']);
    expect(await file(30)).toEqual([]);
  });
});
