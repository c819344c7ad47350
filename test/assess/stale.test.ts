import { describe, expect, it } from 'vitest';
import { standingOn } from '../../src/assess/ledger/stale.ts';
import type { ControlEntry } from '../../src/model/control.ts';
import { placeId } from '../../src/model/ids.ts';
import { placeKeyOf, type PlaceKind } from '../../src/model/place.ts';
import { day, instant } from '../../src/model/time.ts';

const entry = (kind: PlaceKind, more: Partial<ControlEntry> = {}): ControlEntry => ({
  id: 'c',
  place: { key: placeKeyOf(placeId('p')), id: placeId('p'), name: 'P', kind, within: [] },
  holders: [{ text: 'the Reds' }],
  part: false,
  standing: 'confirmed',
  why: { key: 'standing.confirmed', values: {} },
  validFrom: day('2018-01-01'),
  since: 'seen',
  lastConfirmed: day('2018-05-01'),
  claims: [],
  statements: [],
  recordedFrom: instant('2018-05-01'),
  ...more,
});
const on = (row: ControlEntry, date: string) => standingOn(row, day(date)).standing;

describe('what nobody has confirmed for long', () => {
  it('goes stale, a village sooner than a city', () => {
    expect(on(entry('village'), '2018-06-01')).toBe('confirmed');
    expect(on(entry('village'), '2018-07-01')).toBe('stale');
    expect(on(entry('city'), '2018-07-01')).toBe('confirmed');
    expect(on(entry('city'), '2018-12-01')).toBe('stale');
  });

  it('goes stale sooner where the front moves', () => {
    const taken = entry('town', { since: 'stated', validFrom: day('2018-04-20') });
    expect(on(taken, '2018-06-25')).toBe('stale');
    expect(on(entry('town'), '2018-06-25')).toBe('confirmed');
  });

  it('stays what it is when it is disputed, or when it is over', () => {
    expect(on(entry('village', { standing: 'contested' }), '2019-01-01')).toBe('contested');
    expect(on(entry('village', { validTo: day('2018-06-01') }), '2019-01-01')).toBe('confirmed');
  });
});
