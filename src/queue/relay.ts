import { instant, type Clock, type Instant } from '../model/time.ts';
import { STAGES, type BacklogItem, type QueueLog, type Stage } from './contract.ts';
import { describe } from './outages.ts';
import type { Queues } from './queues.ts';

/** Most ids of one stage that one round enqueues. */
const ROUND = 1_000;
const EVERY_MS = 3_000;
/** Pause between rounds while more is left than one round takes. */
const BEHIND_MS = 250;
/** Work younger than this was just enqueued by whoever committed it. */
const GRACE_MS = 2_000;

export interface RelayOptions {
  readonly queues: Pick<Queues, 'addAll' | 'room' | 'tend'>;
  /** Work committed before `olderThan`, due, and not done: at most `limit` items of each stage, oldest first. */
  readonly backlog: (olderThan: Instant, limit: number) => Promise<readonly BacklogItem[]>;
  readonly clock: Clock;
  readonly log: QueueLog;
  readonly everyMs?: number;
}

export interface Relay {
  stop(): Promise<void>;
}

/**
 * Enqueues again what was committed and is not enqueued: at start, when the first round is awaited and takes work of any
 * age, and every few seconds. So the queue may lose everything at any moment and nothing is lost. A round that fails
 * (the queue's server or Postgres is away) is repeated.
 */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  let timer: NodeJS.Timeout | undefined;
  let round = Promise.resolve();
  let stopped = false;
  const plan = (behind: boolean): void => {
    if (stopped) return;
    timer = setTimeout(
      () => {
        round = relayOnce(options, GRACE_MS).then(plan);
      },
      behind ? BEHIND_MS : (options.everyMs ?? EVERY_MS),
    );
  };
  plan(await relayOnce(options, 0));

  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      return round;
    },
  };
}

/** One round. Resolves to whether more is left than it took. */
async function relayOnce(options: RelayOptions, graceMs: number): Promise<boolean> {
  const { queues, log } = options;
  try {
    await queues.tend();
    const olderThan = instant(Date.parse(options.clock()) - graceMs);
    const items = await options.backlog(olderThan, ROUND);
    let behind = false;
    for (const stage of STAGES) {
      const ids = idsOf(items, stage);
      if (ids.length === 0) continue;
      const added = await queues.addAll(stage, ids);
      behind ||= ids.length >= ROUND && added > 0;
      log.debug({ stage, found: ids.length, added }, 'relayed');
    }
    return behind;
  } catch (error) {
    log.warn({ error: describe(error) }, 'the relay could not look for forgotten work; it tries again');
    return false;
  }
}

const idsOf = (items: readonly BacklogItem[], stage: Stage): readonly string[] =>
  items
    .filter((item) => item.stage === stage)
    .slice(0, ROUND)
    .map((item) => item.id);
