import { instant, type Clock, type Instant } from '../model/time.ts';
import type { Log } from './log.ts';

const DAY_MS = 86_400_000;
/**
 * Answers to signed messages are kept for so long. A replay is refused after minutes, by its timestamp; a sender that
 * signs the same id anew tries for days at most (Standard Webhooks proposes a retry schedule of under three days).
 */
const MESSAGE_DAYS = 30;
/** Platforms deliver an event anew for minutes, after an outage of theirs for hours. */
const EVENT_DAYS = 7;

export interface HousekeepingParts {
  readonly store: {
    forgetMessages(before: Instant): Promise<number>;
    forgetChatEvents(before: Instant): Promise<number>;
  };
  readonly clock: Clock;
  readonly log: Log;
}

/** Throws away, at once and then daily, what nobody will ask for any more. */
export function keepHouse(parts: HousekeepingParts): { stop(): Promise<void> } {
  let round = tidy(parts);
  const timer = setInterval(() => {
    round = tidy(parts);
  }, DAY_MS);
  return {
    stop: () => {
      clearInterval(timer);
      return round;
    },
  };
}

async function tidy({ store, clock, log }: HousekeepingParts): Promise<void> {
  try {
    const forgotten = await store.forgetMessages(instant(Date.parse(clock()) - MESSAGE_DAYS * DAY_MS));
    await store.forgetChatEvents(instant(Date.parse(clock()) - EVENT_DAYS * DAY_MS));
    if (forgotten > 0) log.info({ forgotten }, 'old answers to signed messages were thrown away');
  } catch (error) {
    log.warn({ err: error }, 'could not tidy up; trying again tomorrow');
  }
}
