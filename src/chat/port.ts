import type { DeliveryId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import type { Destination, MessageHandle, Platform } from '../model/telling.ts';
import type { Instant } from '../model/time.ts';

/**
 * What came of one attempt. `retry`: the platform did not take it and says when to try again. `refused`: it never will;
 * `disable` when the destination itself is gone or closed to us. `uncertain`: nobody knows whether it was taken, so it
 * must be looked for before any second try.
 */
export type SendVerdict =
  | { readonly kind: 'sent'; readonly handle: MessageHandle }
  | { readonly kind: 'retry'; readonly afterMs: number; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string; readonly disable: boolean }
  | { readonly kind: 'uncertain'; readonly why: string };

/** What a call to the platform does, as its limits tell calls apart. */
export type PortCall = 'send' | 'edit' | 'find';

export interface Post {
  /** Travels with the message on the platform, so that `find` recognises it. */
  readonly delivery: DeliveryId;
  readonly destination: Destination;
  readonly message: Message;
  /** Reply below this root; absent: a new root. */
  readonly thread?: MessageHandle;
  readonly broadcast: boolean;
}

export interface Edit {
  readonly delivery: DeliveryId;
  readonly destination: Destination;
  readonly handle: MessageHandle;
  readonly message: Message;
  /** Grows with every edit of one message: an older edit never overwrites a newer one. */
  readonly revision: number;
}

export interface Find {
  readonly delivery: DeliveryId;
  readonly destination: Destination;
  readonly thread?: MessageHandle;
  /** It was not sent before this moment. */
  readonly since: Instant;
}

/** One thing that was looked at on a platform, as `doctor` shows it. */
export interface PlatformFinding {
  readonly what: string;
  readonly verdict: 'ok' | 'note' | 'warning' | 'failure';
  readonly found: string;
  /** What to do about it. */
  readonly remedy?: string;
}

/** One chat platform. Implementations make one attempt a call and never retry by themselves. */
export interface ChatPort {
  readonly platform: Platform;
  /**
   * Milliseconds until the platform's limits allow the next call for this destination; 0: now. Asked before each call, so
   * that a limit is kept before it is hit: the drain waits as long without an attempt. Absent: no limits.
   */
  readonly pause?: (destination: Destination, call: PortCall) => number;
  send(post: Post): Promise<SendVerdict>;
  edit(edit: Edit): Promise<SendVerdict>;
  /** Read-back: the message of an earlier attempt, if the platform has it. */
  find(find: Find): Promise<MessageHandle | undefined>;
}
