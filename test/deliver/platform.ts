import type { ChatPort, Edit, Find, Post, SendVerdict } from '../../src/chat/port.ts';
import type { DeliveryId } from '../../src/model/ids.ts';
import type { MessageHandle, Platform } from '../../src/model/telling.ts';
import type { Clock } from '../../src/model/time.ts';

/** What goes wrong at one call. `lands`: milliseconds after which the call takes effect all the same; absent: never. */
export type Fault =
  | { readonly kind: 'none' }
  | { readonly kind: 'answer_lost' }
  | { readonly kind: 'not_taken' }
  | { readonly kind: 'throws' }
  | { readonly kind: 'hangs'; readonly lands?: number }
  | { readonly kind: 'retry'; readonly afterMs: number }
  | { readonly kind: 'refused'; readonly disable: boolean }
  /** The process is killed while the call is on its way. */
  | { readonly kind: 'killed'; readonly lands?: number };

export interface ShownMessage {
  readonly delivery: DeliveryId;
  readonly ts: string;
  readonly thread?: string;
  readonly text: string;
  readonly revision: number;
}

/**
 * The outside: one chat platform as a strict reader would see it. It takes whatever is sent, as often as it is sent, and
 * keeps a journal of what was shown; it throws at what a real one refuses and a correct client never does.
 */
export class FakePlatform implements ChatPort {
  readonly platform: Platform = 'slack';
  readonly shown: ShownMessage[] = [];
  /** Every text that each root ever showed, in order. */
  readonly rootHistory = new Map<string, string[]>();
  readonly journal: string[] = [];
  #faults: Fault[] = [];
  #findFaults: ('none' | 'throws' | 'hangs')[] = [];
  #landing: { at: number; effect: () => void }[] = [];
  #count = 0;
  readonly #clock: Clock;
  readonly #kill: () => void;
  /** Milliseconds between two calls; an earlier call is a breach. */
  spacingMs = 0;
  #nextCall = 0;

  constructor(clock: Clock, kill: () => void) {
    this.#clock = clock;
    this.#kill = kill;
  }

  /** Faults of the next calls, one each; afterwards nothing goes wrong. */
  plan(faults: readonly Fault[], findFaults: readonly ('none' | 'throws' | 'hangs')[] = []): void {
    this.#faults = [...faults];
    this.#findFaults = [...findFaults];
  }

  readonly pause = (): number => Math.max(0, this.#nextCall - Date.parse(this.#clock()));

  #called(): void {
    if (this.pause() > 0) throw new Error('a call earlier than the limit allowed');
    this.#nextCall = Date.parse(this.#clock()) + this.spacingMs;
  }

  send(post: Post): Promise<SendVerdict> {
    this.#called();
    this.#land();
    const thread = post.thread?.['ts'];
    if (thread !== undefined && !this.shown.some(({ ts }) => ts === thread))
      throw new Error(`reply ${post.delivery} below a message that does not exist: ${thread}`);
    const ts = `m${(this.#count += 1)}`;
    this.journal.push(`send ${post.delivery}`);
    return this.#call({ ts }, () => {
      this.shown.push({
        delivery: post.delivery,
        ts,
        text: post.message.headline,
        revision: 1,
        ...(thread !== undefined && { thread }),
      });
      if (thread === undefined) this.rootHistory.set(ts, [post.message.headline]);
    });
  }

  edit(edit: Edit): Promise<SendVerdict> {
    this.#called();
    this.#land();
    const ts = edit.handle['ts'] ?? '';
    this.journal.push(`edit ${edit.delivery}`);
    if (!this.rootHistory.has(ts)) throw new Error(`edit ${edit.delivery} of a message that does not exist`);
    return this.#call(edit.handle, () => {
      const index = this.shown.findIndex((message) => message.ts === ts);
      this.shown[index] = {
        ...this.shown[index]!,
        text: edit.message.headline,
        revision: edit.revision,
      };
      const history = this.rootHistory.get(ts)!;
      if (history.at(-1) !== edit.message.headline) history.push(edit.message.headline);
    });
  }

  find(find: Find): Promise<MessageHandle | undefined> {
    this.#called();
    this.#land();
    this.journal.push(`find ${find.delivery}`);
    const fault = this.#findFaults.shift() ?? 'none';
    if (fault === 'throws') return Promise.reject(new Error('history cannot be read'));
    if (fault === 'hangs') return new Promise(() => undefined);
    const message = this.shown.find(({ delivery }) => delivery === find.delivery);
    return Promise.resolve(message === undefined ? undefined : { ts: message.ts });
  }

  #call(handle: MessageHandle, effect: () => void): Promise<SendVerdict> {
    const fault = this.#faults.shift() ?? { kind: 'none' };
    switch (fault.kind) {
      case 'none':
        effect();
        return Promise.resolve({ kind: 'sent', handle });
      case 'answer_lost':
        effect();
        return Promise.resolve({ kind: 'uncertain', why: 'the connection broke' });
      case 'not_taken':
        return Promise.resolve({ kind: 'uncertain', why: 'the connection broke' });
      case 'throws':
        return Promise.reject(new Error('a bug in the port'));
      case 'hangs':
        this.#landIn(fault.lands, effect);
        return new Promise(() => undefined);
      case 'retry':
        return Promise.resolve({ kind: 'retry', afterMs: fault.afterMs, why: 'rate limited' });
      case 'refused':
        return Promise.resolve({ kind: 'refused', why: 'not_allowed', disable: fault.disable });
      case 'killed':
        this.#landIn(fault.lands, effect);
        this.#kill();
        return Promise.resolve({ kind: 'uncertain', why: 'nobody is there to read this' });
    }
  }

  #landIn(ms: number | undefined, effect: () => void): void {
    if (ms !== undefined) this.#landing.push({ at: Date.parse(this.#clock()) + ms, effect });
  }

  /** Calls whose client gave up take effect when their time has come. */
  #land(): void {
    const now = Date.parse(this.#clock());
    const due = this.#landing.filter(({ at }) => at <= now);
    this.#landing = this.#landing.filter(({ at }) => at > now);
    for (const { effect } of due) effect();
  }

  /** The day after: all that was under way has landed. */
  landAll(): void {
    for (const { effect } of this.#landing) effect();
    this.#landing = [];
  }
}
