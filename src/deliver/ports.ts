import type { DeliveryId, DestinationId, IncidentId } from '../model/ids.ts';
import type { Delivery, Destination, MessageHandle } from '../model/telling.ts';
import type { Instant } from '../model/time.ts';

/** A delivery that is neither `sent` nor `refused` nor `superseded`. */
export interface Outstanding {
  /** Order in which the destination's deliveries were routed; strictly growing. */
  readonly seq: number;
  readonly delivery: Delivery;
  /** Start of the newest attempt; absent before the first. */
  readonly attempted?: Instant;
  /** No new attempt before this moment. */
  readonly notBefore?: Instant;
}

/** An incident's thread in the destination, as far as it stands there. */
export interface ThreadState {
  readonly incident: IncidentId;
  /** The root's message; absent while none was sent. */
  readonly root?: MessageHandle;
  /** The revision that the root shows; 0 while none was sent. */
  readonly revision: number;
}

export interface OutstandingPage {
  /** Lowest `seq` first. */
  readonly deliveries: readonly Outstanding[];
  /** The threads of those deliveries' incidents; an incident without a row has no thread yet. */
  readonly threads: readonly ThreadState[];
}

/** What is written when the platform has the message. */
interface Sent {
  readonly at: Instant;
  readonly handle: MessageHandle;
  /** The message is its thread's root and now shows this revision: the thread's row takes handle and revision. */
  readonly rootRevision?: number;
}

/**
 * What deliver/ asks of the store. Every promise resolves when the change is durable (committed); it rejects when that
 * is not known, and the drain then stops and is run again.
 */
export interface DeliveryStore {
  /**
   * Runs `work` while nobody else drains this destination (a session advisory lock, tried, not waited for). `busy`:
   * another holds it and `work` was not run.
   */
  withDestinationLock<T>(
    destination: DestinationId,
    work: () => Promise<T>,
  ): Promise<{ readonly kind: 'done'; readonly value: T } | { readonly kind: 'busy' }>;

  /** `disabled`: why nothing may be sent there at present. */
  destination(
    id: DestinationId,
  ): Promise<{ readonly destination: Destination; readonly disabled?: string } | undefined>;

  /** States pending, attempting and uncertain, whether due or not, with `seq > after`, at most `limit`. */
  outstanding(destination: DestinationId, after: number, limit: number): Promise<OutstandingPage>;

  /**
   * Writes the intent: state `attempting`, `attempted = at`, tries + 1, `notBefore` cleared. Only while the row still
   * has `tries` tries and is outstanding; otherwise false, and nothing is written: another process took it up.
   */
  begin(id: DeliveryId, tries: number, at: Instant): Promise<boolean>;

  sent(id: DeliveryId, sent: Sent): Promise<void>;

  /** The platform did not take it: back to `pending`, not before `at`. */
  retryAt(id: DeliveryId, at: Instant, why: string): Promise<void>;

  /** Nobody knows whether the platform took it: `uncertain`, to be looked for not before `at`. */
  uncertain(id: DeliveryId, at: Instant, why: string): Promise<void>;

  /** The platform never will: `refused`, with the reason. */
  refused(id: DeliveryId, at: Instant, why: string): Promise<void>;

  /** A newer edit shows more: `superseded`. */
  supersede(id: DeliveryId, at: Instant, why: string): Promise<void>;

  /**
   * The destination is gone or closed to us. In one transaction: the destination is disabled with the reason, and the
   * delivery goes back to `pending`. What is outstanding there stays, and is told when the destination is enabled again.
   */
  park(id: DeliveryId, destination: DestinationId, at: Instant, why: string): Promise<void>;
}
