import type { Update } from '../model/incident.ts';
import { instant, type Instant } from '../model/time.ts';

const HOUR_MS = 3_600_000;

/** When the replies of a happening that moves fast are gathered. */
export interface GatherRules {
  /** So many updates of one happening in an hour are told one by one. */
  readonly atOnce: number;
  /** Those beyond are gathered for so many minutes, from the first of them on. */
  readonly gatherMinutes: number;
}

/** Who acts on what was told must hear of these now. */
const PRESSING: ReadonlySet<Update['kinds'][number]> = new Set([
  'contested',
  'denied',
  'corrected',
  'retracted',
]);

/**
 * Whether an update's replies wait, to be told together with those that follow. `recent`: when the incident's earlier
 * updates came, the newest first, as many as `atOnce` at least. The pace is that of the reports' own times, so that a
 * backlog is told as it would have been on the day. What the whole channel is told is never held back.
 */
export function isGathered(update: Update, recent: readonly Instant[], { atOnce }: GatherRules): boolean {
  if (update.broadcast || update.kinds.some((kind) => PRESSING.has(kind))) return false;
  const since = Date.parse(update.at) - HOUR_MS;
  return recent.filter((at) => Date.parse(at) > since).length >= atOnce;
}

export const gatheredUntil = (now: Instant, { gatherMinutes }: GatherRules): Instant =>
  instant(Date.parse(now) + gatherMinutes * 60_000);
