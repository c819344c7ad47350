import type { DestinationHealth, HealthRecord, SourceHealth } from './ports.ts';
import type { Instant } from '../../model/time.ts';

/** A feed whose last poll failed: what it publishes does not reach us. Other kinds hand in by themselves. */
export const isBlind = (source: SourceHealth): boolean =>
  source.kind === 'feed' && source.lastError !== undefined;

/**
 * Whether silence means that nothing happened. `blind`: some source does not reach us, or work is stuck. `idle`: nothing
 * was ever heard from anyone.
 */
export interface Watch {
  readonly state: 'watching' | 'blind' | 'idle';
  readonly sources: number;
  readonly blind: readonly SourceHealth[];
  readonly lastReport?: Instant;
  readonly quarantined: number;
  readonly failing: number;
  /** Channels that no longer take anything from us. */
  readonly closed: number;
}

export const isClosed = (destination: DestinationHealth): boolean => destination.disabled !== undefined;

export function watchOf(health: HealthRecord): Watch {
  const blind = health.sources.filter(isBlind);
  const lastReport = health.sources
    .flatMap((source) => source.lastReport ?? [])
    .sort()
    .at(-1);
  const closed = health.destinations.filter(isClosed);
  const troubled = blind.length + closed.length + health.quarantined.length + health.failing.length > 0;
  return {
    state: troubled ? 'blind' : lastReport === undefined ? 'idle' : 'watching',
    sources: health.sources.length,
    blind,
    ...(lastReport !== undefined && { lastReport }),
    quarantined: health.quarantined.length,
    failing: health.failing.length,
    closed: closed.length,
  };
}

const count = (n: number, one: string, many = `${one}s`): string => `${String(n)} ${n === 1 ? one : many}`;

/** One line for every page: what keeps us from seeing or telling, or that nothing does. */
export function watchText(watch: Watch): string {
  if (watch.state === 'idle') return 'Nothing heard yet';
  if (watch.state === 'watching') return `Watching ${count(watch.sources, 'source')}`;
  return [
    watch.blind.length > 0 && `Blind: ${count(watch.blind.length, 'source')} not reached`,
    watch.quarantined > 0 && `${count(watch.quarantined, 'report')} could not be read`,
    watch.closed > 0 && `${count(watch.closed, 'channel')} closed to us`,
    watch.failing > 0 && `${count(watch.failing, 'alert')} not delivered`,
  ]
    .filter((part) => part !== false)
    .join(' · ');
}
