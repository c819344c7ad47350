import type { Platform } from '../model/telling.ts';

/** How long to wait for a platform. */
export interface Patience {
  /** One call that has not answered by then is given up as `uncertain`. Milliseconds. */
  readonly callMs: number;
  /**
   * An attempt whose outcome is unknown is not looked for until this long after its start: by then its call is over and
   * the platform shows what it took. At least `callMs`, unless the platform itself takes each delivery once only.
   */
  readonly settleMs: number;
}

/** The desk keys its messages by delivery, so that a second post of one changes nothing. */
export const PATIENCE: Readonly<Record<Platform, Patience>> = {
  desk: { callMs: 5_000, settleMs: 0 },
  slack: { callMs: 15_000, settleMs: 20_000 },
  discord: { callMs: 15_000, settleMs: 20_000 },
};

const FIRST_MS = 1_000;
const LONGEST_MS = 300_000;

/** Pause after the try with this number (from 1) whose outcome nobody knows: 1 s, doubled each time, at most 5 min. */
export const backoffMs = (tries: number): number =>
  Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(Math.max(tries - 1, 0), 20));

/**
 * A delivery that waits holds up the whole destination, which keeps the order there, for this many tries; from then on
 * only its own thread, so that one message that a platform chokes on does not silence the rest.
 */
export const TRIES_THAT_HOLD_THE_DESTINATION = 5;
