import { resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { choresOf } from '../../src/app/chores.ts';
import { readStrings } from '../../src/config/locales.ts';
import { reportId, subscriptionId } from '../../src/model/ids.ts';
import { instant } from '../../src/model/time.ts';
import { toText } from '../../src/render/text.ts';
import {
  channel,
  deliveryOf,
  incidentOf,
  judged,
  nothing,
  openFresh,
  updateOf,
  type Opened,
} from '../store/harness.ts';
import { knowledge } from '../support/places.ts';

const sensitivity = { evacuation: 'coarse', return: 'coarse', aid_access: 'off', delayMinutes: 60 } as const;

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
  const digests = choresOf({
    store,
    wording: { ...knowledge, strings },
    clock: clock.read,
    sensitivity,
  }).find(({ id }) => id === 'digests')!;
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

it('closes what has fallen silent by our clock, by kind, and edits the root without a reply', async () => {
  const { store, clock } = opened;
  const open = (name: string, family: 'ground' | 'movement', revision = 1) =>
    judged(store, name, ({ report }) => {
      const incident = incidentOf(name, report.id, { family, revision });
      const update = updateOf(incident, report.id);
      const told = revision > 0;
      return Promise.resolve({
        assessment: {
          ...nothing,
          incidents: [{ incident, blocks: [] }],
          updates: told ? [update] : [],
        },
        deliveries: told ? [deliveryOf(update, here.id)] : [],
      });
    });
  await open('fight', 'ground');
  await open('leaving', 'movement');
  await open('untold', 'ground', 0);
  const quiet = choresOf({ store, wording: { ...knowledge, strings }, clock: clock.read, sensitivity }).find(
    ({ id }) => id === 'quiet-incidents',
  )!;
  const after = (days: number) => instant(Date.parse('2018-05-20T06:00:00Z') + days * 86_400_000 + 1_000);
  const stateOf = async (name: string) =>
    (await store.incident(incidentOf(name, reportId('r')).id))?.incident.state;

  clock.set(after(6));
  expect(await quiet.run()).toEqual([]);
  clock.set(after(7));
  expect(await quiet.run()).toEqual([here.id]);
  expect(await Promise.all(['fight', 'leaving', 'untold'].map(stateOf))).toEqual([
    'closed',
    'open',
    'closed',
  ]);
  expect((await store.incident(incidentOf('fight', reportId('r')).id))?.updates.at(-1)?.kinds).toEqual([
    'closed',
  ]);
  expect(await quiet.run()).toEqual([]);
  clock.set(after(14));
  expect(await quiet.run()).toEqual([here.id]);
  expect(await stateOf('leaving')).toBe('closed');

  const { deliveries } = await store.outstanding(here.id, -1, 20);
  const edits = deliveries.filter(({ delivery }) => delivery.op === 'edit_root');
  expect(deliveries.filter(({ delivery }) => delivery.op === 'reply')).toEqual([]);
  expect(edits.map(({ delivery }) => toText(delivery.message, strings))).toEqual([
    expect.stringContaining('Closed, as nothing more was heard of it'),
    expect.stringContaining('Closed, as nothing more was heard of it'),
  ]);
});
