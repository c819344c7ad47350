import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ControlEntry } from '../../src/model/control.ts';
import { incidentId, placeId } from '../../src/model/ids.ts';
import type { Incident } from '../../src/model/incident.ts';
import { placeKey, placeKeyOf, type PlaceKey, type PlaceRef } from '../../src/model/place.ts';
import { day, instant, type Day, type Instant } from '../../src/model/time.ts';
import {
  claimOf,
  entryOf,
  incidentOf,
  judged,
  nothing,
  openFresh,
  placeRef,
  updateOf,
  type Opened,
} from './harness.ts';

const key = (id: string): PlaceKey => placeKeyOf(placeId(id));
const town = placeRef('town', 'district', 'governorate');
const camp = placeRef('camp', 'other-district', 'governorate');
const hamlet: PlaceRef = {
  key: placeKey({ text: 'Tell Sample', within: placeId('district') }),
  name: 'Tell Sample',
  within: [placeId('district'), placeId('governorate')],
};

let opened: Opened;
/** The Blues held the town; on the 20th the Reds were said to have taken it; on the 22nd that was known better. */
const first = instant('2018-05-20T06:00:00Z');
const second = instant('2018-05-22T06:00:00Z');

const put = (at: Instant, name: string, open: readonly ControlEntry[], close: readonly string[] = []) => {
  opened.clock.set(at);
  return judged(opened.store, name, () =>
    Promise.resolve({
      assessment: {
        ...nothing,
        ledger: { close: close.map((id) => ({ id, recordedTo: at })), open },
      },
      deliveries: [],
    }),
  );
};
const holder = (text: string) => ({ holders: [{ text }] });

beforeAll(async () => {
  opened = await openFresh();
  await put(first, 'first', [
    entryOf('blues', town, first, {
      ...holder('Blues'),
      validFrom: day('2018-05-01'),
      validTo: day('2018-05-20'),
    }),
    entryOf('reds', town, first, { ...holder('Reds'), validFrom: day('2018-05-20') }),
    entryOf('camp', camp, first, { ...holder('Greens'), validFrom: day('2018-05-10') }),
    entryOf('hamlet', hamlet, first, { ...holder('Greens'), validFrom: day('2018-05-11') }),
  ]);
  await put(
    second,
    'second',
    [
      entryOf('blues', town, second, {
        ...holder('Blues'),
        validFrom: day('2018-05-01'),
        validTo: day('2018-05-19'),
      }),
      entryOf('reds-2', town, second, { ...holder('Reds'), validFrom: day('2018-05-19') }),
    ],
    ['blues', 'reds'],
  );
});
afterAll(() => opened.store.close());

const held = async (place: string, at?: string, known?: string): Promise<string[]> => {
  const entries = await opened.store.controlIn(key(place), {
    ...(at !== undefined && { at: day(at) }),
    ...(known !== undefined && { known: instant(known) }),
  });
  return entries
    .map((entry) => `${entry.place.name}: ${entry.holders.map(({ text }) => text).join()}`)
    .sort();
};

describe('what held on a day, as known at a moment', () => {
  it('of today, as known now', async () => {
    expect(await held('town')).toEqual(['town: Reds']);
  });

  it.each([
    ['before anything was known of', '2018-04-30', undefined, []],
    ['on its first day', '2018-05-01', undefined, ['town: Blues']],
    ['on the day of the change, as known now', '2018-05-19', undefined, ['town: Reds']],
    [
      'on that day, as known before it was known better',
      '2018-05-19',
      '2018-05-21T00:00:00Z',
      ['town: Blues'],
    ],
    ['after it, as known before', '2018-05-20', '2018-05-21T00:00:00Z', ['town: Reds']],
    ['at the moment of recording', '2018-05-20', '2018-05-20T06:00:00Z', ['town: Reds']],
    ['before anything was recorded', '2018-05-20', '2018-05-20T05:59:59Z', []],
  ])('%s', async (_, at, known, expected) => {
    expect(await held('town', at, known)).toEqual(expected);
  });

  it('of all that lies in a container, at any depth', async () => {
    expect(await held('governorate')).toEqual(['Tell Sample: Greens', 'camp: Greens', 'town: Reds']);
    expect(await held('district')).toEqual(['Tell Sample: Greens', 'town: Reds']);
    expect(await held('elsewhere')).toEqual([]);
  });

  it('everywhere', async () => {
    expect((await opened.store.control({})).map(({ id }) => id).sort()).toEqual(['camp', 'hamlet', 'reds-2']);
    expect((await opened.store.control({ at: day('2018-05-10') })).map(({ id }) => id).sort()).toEqual([
      'blues',
      'camp',
    ]);
  });

  it('a closed row says until when it was believed', async () => {
    const [entry] = await opened.store.controlIn(key('town'), {
      at: day('2018-05-20'),
      known: instant('2018-05-21T00:00:00Z'),
    });
    expect(entry).toMatchObject({ id: 'reds', recordedFrom: first, recordedTo: second });
  });
});

it('the history of a place has what is believed, newest first', async () => {
  expect(
    (await opened.store.controlHistory(key('town'))).map(({ id, validFrom }) => [id, validFrom]),
  ).toEqual([
    ['reds-2', '2018-05-19'],
    ['blues', '2018-05-01'],
  ]);
});

it('the first day of a place and of a container', async () => {
  expect(await opened.store.earliestIn(key('camp'))).toBe('2018-05-10');
  expect(await opened.store.earliestIn(key('governorate'))).toBe('2018-05-01');
  expect(await opened.store.earliestIn(key('elsewhere'))).toBeUndefined();
});

it('places that the gazetteer does not have', async () => {
  expect(await opened.store.provisionalPlaces()).toEqual([hamlet]);
});

it('closing what is not believed fails, and nothing of that judgement is kept', async () => {
  const bad = put(instant('2018-05-23T06:00:00Z'), 'bad', [entryOf('new', camp, second)], ['reds']);
  await expect(bad).rejects.toThrow(/no row reds that is still believed/);
  expect((await opened.store.control({})).map(({ id }) => id)).not.toContain('new');
});

describe('incidents', () => {
  let evidence: Opened;
  const put2 = (name: string, lastActivity: string, openedAt: string, more: Partial<Incident> = {}) =>
    judged(evidence.store, name, ({ report }) => {
      const incident = incidentOf(name, report.id, {
        opened: instant(openedAt),
        lastActivity: instant(lastActivity),
        ...more,
      });
      return Promise.resolve({
        assessment: {
          ...nothing,
          incidents: [{ incident, blocks: [name] }],
          updates: incident.revision === 0 ? [] : [updateOf(incident, report.id)],
        },
        deliveries: [],
      });
    });
  beforeAll(async () => {
    evidence = await openFresh();
    await put2('old', '2018-05-10T12:00:00Z', '2018-05-09T12:00:00Z');
    await put2('mid', '2018-05-19T23:59:59Z', '2018-05-18T00:00:00Z');
    await put2('new', '2018-05-21T00:00:00Z', '2018-05-20T12:00:00Z', {
      maybeSame: [incidentId('i_mid'), incidentId('i_old')],
    });
    // No list has what nobody was told of, or what is told under another name by now.
    await put2('silent', '2018-05-20T13:00:00Z', '2018-05-20T12:00:00Z', { revision: 0 });
    await put2('gone', '2018-05-20T14:00:00Z', '2018-05-20T12:00:00Z', {
      state: 'closed',
      mergedInto: incidentId('i_new'),
    });
    await put2('learned', '2018-04-20T12:00:00Z', '2018-04-20T12:00:00Z', { past: true });
  });
  afterAll(() => evidence.store.close());

  const inWindow = async (place: string, from: Day, to: Day, limit = 10) =>
    (await evidence.store.incidentsIn(key(place), { from, to, limit })).map(({ id }) => id);

  it('of a place and a window of days, newest first', async () => {
    expect(await inWindow('governorate', day('2018-05-01'), day('2018-05-31'))).toEqual([
      'i_new',
      'i_mid',
      'i_old',
    ]);
    expect(await inWindow('town', day('2018-05-19'), day('2018-05-19'))).toEqual(['i_mid']);
    expect(await inWindow('town', day('2018-05-20'), day('2018-05-20'))).toEqual(['i_new']);
    expect(await inWindow('town', day('2018-05-01'), day('2018-05-31'), 1)).toEqual(['i_new']);
    expect(await inWindow('elsewhere', day('2018-05-01'), day('2018-05-31'))).toEqual([]);
  });

  it('at the place itself, and the newest of all', async () => {
    expect((await evidence.store.incidentsAt(key('town'), 2)).map(({ id }) => id)).toEqual([
      'i_new',
      'i_mid',
    ]);
    expect(await evidence.store.incidentsAt(key('governorate'), 2)).toEqual([]);
    expect((await evidence.store.recentIncidents(2)).map(({ id }) => id)).toEqual(['i_new', 'i_mid']);
  });

  it('that were news, or were learned about the past', async () => {
    const ids = async (only: 'news' | 'past') =>
      (await evidence.store.recentIncidents(10, only)).map(({ id }) => id);
    expect(await ids('past')).toEqual(['i_learned']);
    expect(await ids('news')).toEqual(['i_new', 'i_mid', 'i_old']);
  });

  it('by name, of one that went up in another that one', async () => {
    expect((await evidence.store.incidentsNamed('#gone')).map(({ id }) => id)).toEqual(['i_new']);
    expect((await evidence.store.absorbedBy(incidentId('i_new'))).map(({ id }) => id)).toEqual(['i_gone']);
  });

  it('with those that may be the same, whichever of the two was told so', async () => {
    const alike = async (id: string) =>
      (await evidence.store.incident(incidentId(id)))?.maybeSame.map((one) => one.id);
    expect(await alike('i_new')).toEqual(['i_mid', 'i_old']);
    expect(await alike('i_mid')).toEqual(['i_new']);
    expect(await alike('i_gone')).toEqual([]);
  });

  it('with all that it stands on', async () => {
    const record = await evidence.store.incident(incidentId('i_mid'));
    expect(record?.incident.id).toBe('i_mid');
    expect(record?.updates.map(({ revision }) => revision)).toEqual([1]);
    expect(record?.reports.map(({ body }) => body)).toEqual(['The text of report mid.']);
    expect(record?.statements.map(({ id }) => id)).toEqual([claimOf(record!.reports[0]!.id).statement]);
    expect(await evidence.store.incident(incidentId('i_nowhere'))).toBeUndefined();
  });
});
