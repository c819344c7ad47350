import { resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { choresOf } from '../../src/app/chores.ts';
import { readStrings } from '../../src/config/locales.ts';
import { subscriptionId } from '../../src/model/ids.ts';
import { instant } from '../../src/model/time.ts';
import { toText } from '../../src/render/text.ts';
import { channel, incidentOf, judged, nothing, openFresh, updateOf, type Opened } from '../store/harness.ts';
import { knowledge } from '../support/places.ts';

const strings = readStrings(resolve(import.meta.dirname, '../..'));
const here = channel('digest');

let opened: Opened;
beforeEach(async () => {
  opened = await openFresh();
  await opened.store.addDestination(here);
});
afterEach(() => opened.store.close());

it('tells a digest when it is due: a line for each happening, once', async () => {
  const { store, clock } = opened;
  const due = instant(Date.parse(clock.now) + 3_600_000);
  for (const [name, revision] of [
    ['one', 1],
    ['one', 2],
    ['two', 1],
  ] as const)
    await judged(store, `${name}-${revision}`, ({ report }) => {
      const incident = incidentOf(name, report.id, { revision });
      const update = updateOf(incident, report.id);
      const item = { update: update.id, incident: incident.id, destination: here.id, due };
      return Promise.resolve({
        assessment: { ...nothing, incidents: [{ incident, blocks: [] }], updates: [update] },
        deliveries: [],
        digests: [{ ...item, subscription: subscriptionId('s'), mode: 'hourly' as const }],
      });
    });
  const digests = choresOf({ store, wording: { ...knowledge, strings }, clock: clock.read }).find(
    ({ id }) => id === 'digests',
  )!;
  expect(await digests.run()).toEqual([]);
  clock.set(due);
  expect(await digests.run()).toEqual([here.id]);
  expect(await digests.run()).toEqual([]);
  const { deliveries } = await store.outstanding(here.id, -1, 10);
  const [told, ...others] = deliveries.map(({ delivery }) => toText(delivery.message, strings));
  expect(others).toEqual([]);
  expect(told).toContain('2 happenings since the last digest');
  expect(told?.match(/New: The Reds took town/g)).toHaveLength(2);
  expect(told).toContain('reported by');
});
