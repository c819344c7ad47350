import { instant, type Instant } from '../model/time.ts';
import { TRIES_THAT_HOLD_THE_DESTINATION, type Patience } from './patience.ts';
import type { Outstanding, ThreadState } from './ports.ts';

/** One outstanding delivery and all that its next step depends on. */
export interface Case {
  readonly item: Outstanding;
  /** Absent of a message that belongs to no thread. */
  readonly thread: ThreadState | undefined;
  /** An earlier delivery of the same thread waits. */
  readonly threadWaits: boolean;
  /** A later edit of the same root is outstanding too. */
  readonly newerEdit: boolean;
  readonly now: Instant;
  readonly patience: Patience;
}

export type Step =
  /** Behind a delivery of its own thread that waits. */
  | { readonly kind: 'behind' }
  /** `holds`: what is later in the destination waits too, or only what is later in the thread. */
  | { readonly kind: 'wait'; readonly until: Instant; readonly holds: 'destination' | 'thread' }
  | { readonly kind: 'supersede'; readonly why: 'a_newer_edit_is_next' | 'the_root_shows_more' }
  | { readonly kind: 'refuse'; readonly why: 'the_thread_has_no_root' }
  /** It may be on the platform already: look, and send only what is not there. */
  | { readonly kind: 'look' }
  /** `edits`: the root that is there; else a message is posted. */
  | { readonly kind: 'send'; readonly edits: boolean };

/** An edit of a root that was refused posts the root afresh: its message says all that the refused one did. */
export const postsAnew = ({ item, thread }: Pick<Case, 'item' | 'thread'>): boolean =>
  item.delivery.op !== 'edit_root' || thread?.root === undefined;

type Check = (subject: Case) => Step | undefined;

const behindItsThread: Check = ({ threadWaits }) => (threadWaits ? { kind: 'behind' } : undefined);

const notBefore: Check = ({ item, now }) =>
  item.notBefore !== undefined && item.notBefore > now ? waitUntil(item, item.notBefore) : undefined;

/** An attempt of a process that died, or of one that is still at it: its call must be over before it is looked for. */
const unsettled: Check = ({ item, now, patience }) => {
  if (item.delivery.state !== 'attempting' || item.attempted === undefined) return undefined;
  const settled = later(item.attempted, patience.settleMs);
  return settled > now ? waitUntil(item, settled) : undefined;
};

const outdated: Check = ({ item, thread, newerEdit }) => {
  if (item.delivery.op !== 'edit_root' || thread?.root === undefined) return undefined;
  if (item.delivery.revision <= thread.revision) return { kind: 'supersede', why: 'the_root_shows_more' };
  return newerEdit ? { kind: 'supersede', why: 'a_newer_edit_is_next' } : undefined;
};

/** The thread's order is kept, so a root that is not there by now was refused, and so was the edit that came after. */
const rootless: Check = ({ item, thread }) =>
  item.delivery.op === 'reply' && thread?.root === undefined
    ? { kind: 'refuse', why: 'the_thread_has_no_root' }
    : undefined;

/** Only of posts: an edit done twice shows what it showed. */
const maybeThere: Check = (subject) =>
  subject.item.delivery.state !== 'pending' && postsAnew(subject) ? { kind: 'look' } : undefined;

const CHECKS: readonly Check[] = [behindItsThread, notBefore, unsettled, outdated, rootless, maybeThere];

/** What to do with an outstanding delivery now: the first check that has something to say, else send it. */
export function decide(subject: Case): Step {
  for (const check of CHECKS) {
    const step = check(subject);
    if (step !== undefined) return step;
  }
  return { kind: 'send', edits: !postsAnew(subject) };
}

const waitUntil = (item: Outstanding, until: Instant): Step => ({
  kind: 'wait',
  until,
  holds: holds(item.delivery.tries),
});

/** Who waits for a delivery that has been tried so often. */
export const holds = (tries: number): 'destination' | 'thread' =>
  tries < TRIES_THAT_HOLD_THE_DESTINATION ? 'destination' : 'thread';

export const later = (at: Instant, ms: number): Instant => instant(Date.parse(at) + ms);
