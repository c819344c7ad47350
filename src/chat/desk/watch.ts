import type { Instant } from '../../model/time.ts';
import type { DestinationHealth, HealthRecord, SourceHealth } from './ports.ts';

/** A feed whose last poll failed: what it publishes does not reach us. Other kinds hand in by themselves. */
export const isBlind = (source: SourceHealth): boolean =>
  source.kind === 'feed' && source.lastError !== undefined;

/** A feed that was never polled: what it publishes is not known. */
const isUnasked = (source: SourceHealth): boolean =>
  source.kind === 'feed' && source.lastError === undefined && source.lastOk === undefined;

export const isClosed = (destination: DestinationHealth): boolean => destination.disabled !== undefined;

/** Work that waits longer than this is not on its way: something holds it up. */
const HELD_UP_MS = 10 * 60_000;

/**
 * Whether silence means that nothing happened. `blind`: something keeps us from hearing or telling. `partial`: nothing is
 * wrong, but some feed was not asked yet. `idle`: nothing was ever heard from anyone.
 */
export interface Watch {
  readonly state: 'watching' | 'partial' | 'blind' | 'idle';
  readonly sources: number;
  readonly blind: readonly SourceHealth[];
  readonly unasked: number;
  readonly lastReport?: Instant;
  readonly quarantined: number;
  readonly failing: number;
  /** Channels that no longer take anything from us. */
  readonly closed: number;
  /** Reports and alerts that are held up somewhere on their way. */
  readonly heldUp: number;
}

function heldUp({ waiting }: HealthRecord, now: Instant): number {
  const late = (oldest: Instant | undefined) =>
    oldest !== undefined && Date.parse(now) - Date.parse(oldest) > HELD_UP_MS;
  return Object.values(waiting).reduce((sum, { count, oldest }) => sum + (late(oldest) ? count : 0), 0);
}

export function watchOf(health: HealthRecord, now: Instant): Watch {
  const lastReport = health.sources
    .flatMap((source) => source.lastReport ?? [])
    .sort()
    .at(-1);
  const found = {
    sources: health.sources.length,
    blind: health.sources.filter(isBlind),
    unasked: health.sources.filter(isUnasked).length,
    quarantined: health.quarantined.length,
    failing: health.failing.length,
    closed: health.destinations.filter(isClosed).length,
    heldUp: heldUp(health, now),
    ...(lastReport !== undefined && { lastReport }),
  };
  const { blind, quarantined, failing, closed } = found;
  const troubled = blind.length + quarantined + failing + closed + found.heldUp > 0;
  const quiet = lastReport === undefined ? 'idle' : found.unasked > 0 ? 'partial' : 'watching';
  return { ...found, state: troubled ? 'blind' : quiet };
}

const count = (n: number, one: string, many = `${one}s`): string => `${String(n)} ${n === 1 ? one : many}`;

/** One line for every page: what keeps us from seeing or telling, or that nothing does. */
export function watchText(watch: Watch): string {
  if (watch.state === 'idle') return 'Nothing heard yet';
  if (watch.state === 'partial') return `${count(watch.unasked, 'feed')} not asked yet`;
  if (watch.state === 'watching') return `Watching ${count(watch.sources, 'source')}`;
  return [
    watch.blind.length > 0 && `Blind: ${count(watch.blind.length, 'source')} not reached`,
    watch.quarantined > 0 && `${count(watch.quarantined, 'report')} could not be read`,
    watch.heldUp > 0 && `${count(watch.heldUp, 'report or alert', 'reports or alerts')} held up`,
    watch.closed > 0 && `${count(watch.closed, 'channel')} closed to us`,
    watch.failing > 0 && `${count(watch.failing, 'alert')} not delivered`,
  ]
    .filter((part) => part !== false)
    .join(' · ');
}
