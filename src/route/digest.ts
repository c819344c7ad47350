import type { DigestMode } from '../model/telling.ts';
import { instant, type Instant } from '../model/time.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** When digests are told. */
export interface DigestTimes {
  /** Minute of the UTC day at which daily digests are told, 0 … 1439. */
  readonly dailyMinute: number;
}

/** The next moment after `now` at which a digest of this mode is told: on the hour, or at the day's minute. */
export function nextDigest(mode: DigestMode, now: Instant, { dailyMinute }: DigestTimes): Instant {
  const at = Date.parse(now);
  if (mode === 'hourly') return instant((Math.floor(at / HOUR_MS) + 1) * HOUR_MS);
  const today = Math.floor(at / DAY_MS) * DAY_MS + dailyMinute * 60_000;
  return instant(today > at ? today : today + DAY_MS);
}
