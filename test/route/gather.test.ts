import { describe, expect, it } from 'vitest';
import { incidentId, reportId, updateId } from '../../src/model/ids.ts';
import type { Update } from '../../src/model/incident.ts';
import { instant } from '../../src/model/time.ts';
import { gatheredUntil, isGathered } from '../../src/route/gather.ts';

const rules = { atOnce: 3, gatherMinutes: 15 };
const at = (time: string) => instant(`2018-05-20T${time}:00Z`);

const update = (time: string, more: Partial<Update> = {}): Update => ({
  id: updateId('u'),
  incident: incidentId('i'),
  revision: 9,
  report: reportId('r'),
  at: at(time),
  kinds: ['progressed'],
  changes: [],
  broadcast: false,
  reason: { key: 'update.opened', values: {} },
  ...more,
});
const hour = [at('11:50'), at('11:30'), at('11:10')];

describe('an update of a happening', () => {
  it('that moves slowly is told at once', () => {
    expect(isGathered(update('12:00'), hour.slice(0, 2), rules)).toBe(false);
    expect(isGathered(update('13:00'), hour, rules)).toBe(false);
  });

  it('that moves fast waits for those that follow', () => {
    expect(isGathered(update('12:00'), hour, rules)).toBe(true);
    expect(gatheredUntil(at('12:00'), rules)).toBe(at('12:15'));
  });

  it.each([
    ['that flips control or goes to the whole channel', { broadcast: true }],
    ['that is denied', { kinds: ['progressed', 'denied'] }],
    ['that is retracted', { kinds: ['retracted'] }],
  ] as const)('%s never waits', (_, more) => {
    expect(isGathered(update('12:00', more), hour, rules)).toBe(false);
  });
});
