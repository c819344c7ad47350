import type { ChatPort, SendVerdict } from '../chat/port.ts';
import type { Destination, MessageHandle } from '../model/telling.ts';
import type { Clock, Instant } from '../model/time.ts';
import { answerWithin, verdictWithin } from './call.ts';
import { later, postsAnew } from './decide.ts';
import { backoffMs, type Patience } from './patience.ts';
import type { DeliveryStore, Outstanding, ThreadState } from './ports.ts';

/** What became of one delivery in one run, and why. */
export type Outcome =
  | { readonly kind: 'sent'; readonly handle: MessageHandle; readonly how: 'posted' | 'edited' | 'found' }
  | { readonly kind: 'later'; readonly at: Instant; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'superseded'; readonly why: string }
  /** The destination is closed to us: it is disabled, and the delivery waits for it to be enabled. */
  | { readonly kind: 'parked'; readonly why: string }
  /** Another process took the delivery up in the meantime. */
  | { readonly kind: 'taken_over' };

/** One delivery in hand, with what it takes to attempt it. */
export interface Attempt {
  readonly item: Outstanding;
  readonly thread: ThreadState | undefined;
  readonly destination: Destination;
  readonly port: ChatPort;
  readonly store: DeliveryStore;
  readonly clock: Clock;
  readonly patience: Patience;
}

/** Read-back: records the message of an earlier attempt when the platform has it, else sends. */
export async function lookThenSend(attempt: Attempt): Promise<Outcome> {
  const { item, destination, port, patience } = attempt;
  const { id, created } = item.delivery;
  const begun = await begin(attempt);
  if (begun === undefined) return { kind: 'taken_over' };
  const looked = await answerWithin(patience.callMs, () =>
    port.find({ delivery: id, destination, since: created, ...threadOf(attempt) }),
  );
  if (looked.kind === 'none') return uncertain(begun, `read-back failed: ${looked.why}`);
  if (looked.value !== undefined) return sent(begun, looked.value, 'found');
  const pauseMs = port.pause?.(destination, 'send') ?? 0;
  return pauseMs > 0 ? notYet(begun, pauseMs, 'it is not there, and is sent again') : send(begun);
}

/** Writes the intent, calls the platform once, writes what it said. */
export async function send(attempt: Attempt): Promise<Outcome> {
  const begun = await begin(attempt);
  if (begun === undefined) return { kind: 'taken_over' };
  return record(begun, await verdictWithin(attempt.patience.callMs, () => callPort(attempt)));
}

/** The same attempt with its intent written, or nothing when another process was quicker. */
async function begin(attempt: Attempt): Promise<Attempt | undefined> {
  const { item, store, clock } = attempt;
  const { id, tries } = item.delivery;
  if (!(await store.begin(id, tries, clock()))) return undefined;
  return { ...attempt, item: { ...item, delivery: { ...item.delivery, tries: tries + 1 } } };
}

function callPort(attempt: Attempt): Promise<SendVerdict> {
  const { item, thread, destination, port } = attempt;
  const { id, message, revision, broadcast } = item.delivery;
  return thread?.root !== undefined && !postsAnew(attempt)
    ? port.edit({ delivery: id, destination, handle: thread.root, message, revision })
    : port.send({ delivery: id, destination, message, broadcast, ...threadOf(attempt) });
}

const threadOf = ({ item, thread }: Attempt): { readonly thread?: MessageHandle } =>
  item.delivery.op === 'reply' && thread?.root !== undefined ? { thread: thread.root } : {};

/** Writes down what the platform said. */
async function record(attempt: Attempt, verdict: SendVerdict): Promise<Outcome> {
  const { item, store, clock, destination } = attempt;
  const { id } = item.delivery;
  switch (verdict.kind) {
    case 'sent':
      return sent(attempt, verdict.handle, postsAnew(attempt) ? 'posted' : 'edited');
    case 'retry':
      return notYet(attempt, verdict.afterMs, verdict.why);
    case 'refused':
      if (verdict.disable) {
        await store.park(id, destination.id, clock(), verdict.why);
        return { kind: 'parked', why: verdict.why };
      }
      await store.refused(id, clock(), verdict.why);
      return { kind: 'refused', why: verdict.why };
    case 'uncertain':
      return uncertain(attempt, verdict.why);
  }
}

async function sent(
  { item, store, clock }: Attempt,
  handle: MessageHandle,
  how: Extract<Outcome, { kind: 'sent' }>['how'],
): Promise<Outcome> {
  const { id, op, revision } = item.delivery;
  await store.sent(id, {
    at: clock(),
    handle,
    ...((op === 'post_root' || op === 'edit_root') && { rootRevision: revision }),
  });
  return { kind: 'sent', handle, how };
}

/** The platform does not have it, and takes it not before so many milliseconds. */
async function notYet({ item, store, clock }: Attempt, ms: number, why: string): Promise<Outcome> {
  const at = later(clock(), Math.max(ms, 0));
  await store.retryAt(item.delivery.id, at, why);
  return { kind: 'later', at, why };
}

async function uncertain({ item, store, clock, patience }: Attempt, why: string): Promise<Outcome> {
  const at = later(clock(), Math.max(patience.settleMs, backoffMs(item.delivery.tries)));
  await store.uncertain(item.delivery.id, at, why);
  return { kind: 'later', at, why };
}
