import { describe, expect, it } from 'vitest';
import { instant } from '../../src/model/time.ts';
import { nextDigest } from '../../src/route/digest.ts';

const times = { dailyMinute: 6 * 60 };

describe('the next digest', () => {
  it.each([
    ['hourly', '2018-05-20T06:00:00Z', '2018-05-20T07:00:00.000Z'],
    ['hourly', '2018-05-20T06:59:59.999Z', '2018-05-20T07:00:00.000Z'],
    ['hourly', '2018-05-20T23:30:00Z', '2018-05-21T00:00:00.000Z'],
    ['daily', '2018-05-20T05:59:00Z', '2018-05-20T06:00:00.000Z'],
    ['daily', '2018-05-20T06:00:00Z', '2018-05-21T06:00:00.000Z'],
    ['daily', '2018-12-31T12:00:00Z', '2019-01-01T06:00:00.000Z'],
  ] as const)('of an %s one after %s is at %s', (mode, now, expected) => {
    expect(nextDigest(mode, instant(now), times)).toBe(expected);
  });
});
