import { describe, expect, it } from 'vitest';
import { deskDestination } from '../../../src/chat/desk/channel.ts';
import type { HealthRecord, SourceHealth } from '../../../src/chat/desk/ports.ts';
import { watchOf, watchText } from '../../../src/chat/desk/watch.ts';
import { sourceId } from '../../../src/model/ids.ts';
import { instant } from '../../../src/model/time.ts';

const at = instant('2018-05-20T06:00:00Z');
const now = instant('2018-05-20T06:30:00Z');
const feed = (more: Partial<SourceHealth>): SourceHealth => ({
  id: sourceId('wire'),
  name: 'Sample Wire',
  kind: 'feed',
  reports: 1,
  ...more,
});
const health = (sources: readonly SourceHealth[]): HealthRecord => ({
  sources,
  destinations: [],
  waiting: { read: { count: 0 }, judge: { count: 0 }, deliver: { count: 0 } },
  quarantined: [],
  failing: [],
});
const told = (sources: readonly SourceHealth[]): string => watchText(watchOf(health(sources), now));

describe('silence', () => {
  it('of sources that are heard is no blindness', () => {
    expect(told([feed({ lastOk: at, lastReport: at })])).toBe('Watching 1 source');
  });

  it('of a feed that does not answer is', () => {
    const watch = watchOf(health([feed({ lastReport: at, lastError: '503' }), feed({ lastOk: at })]), now);
    expect(watch.state).toBe('blind');
    expect(watchText(watch)).toBe('Blind: 1 source not reached');
  });

  it('of a feed that was never asked is not vouched for', () => {
    const heard = feed({ lastOk: at, lastReport: at });
    expect(watchOf(health([heard, feed({})]), now).state).toBe('partial');
    expect(told([heard, feed({})])).toBe('1 feed not asked yet');
  });

  it('is not vouched for while something is held up', () => {
    const heard = health([feed({ lastOk: at, lastReport: at })]);
    const waiting = { ...heard.waiting, read: { count: 3, oldest: at } };
    expect(watchText(watchOf({ ...heard, waiting }, now))).toBe('3 reports or alerts held up');
    expect(watchOf({ ...heard, waiting }, instant('2018-05-20T06:05:00Z')).state).toBe('watching');
  });

  it('where a channel takes nothing from us is not vouched for', () => {
    const destinations = [{ destination: deskDestination('all'), disabled: 'archived', outstanding: 2 }];
    const watch = watchOf({ ...health([feed({ lastOk: at, lastReport: at })]), destinations }, now);
    expect(watchText(watch)).toBe('1 channel closed to us');
  });

  it('before the first report means nothing yet', () => {
    expect(told([feed({ lastOk: at })])).toBe('Nothing heard yet');
    expect(told([])).toBe('Nothing heard yet');
  });

  it('of an inbox is nobody’s failure', () => {
    expect(watchOf(health([feed({ kind: 'inbox', lastReport: at })]), now).state).toBe('watching');
  });
});
