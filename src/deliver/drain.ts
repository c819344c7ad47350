import type { ChatPort, PortCall } from '../chat/port.ts';
import type { DeliveryId, DestinationId, IncidentId } from '../model/ids.ts';
import { sequenceOf, type Destination, type Platform } from '../model/telling.ts';
import type { Clock, Instant } from '../model/time.ts';
import { lookThenSend, send, type Attempt, type Outcome } from './attempt.ts';
import { decide, holds, later, type Case } from './decide.ts';
import { PATIENCE, type Patience } from './patience.ts';
import type { DeliveryStore, Outstanding, OutstandingPage, ThreadState } from './ports.ts';

interface DeliverLog {
  debug(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface DrainDeps {
  readonly store: DeliveryStore;
  /** A platform that is not set up has none: its deliveries wait. */
  readonly ports: Readonly<Partial<Record<Platform, ChatPort>>>;
  readonly clock: Clock;
  readonly log: DeliverLog;
  readonly patience?: Readonly<Record<Platform, Patience>>;
}

export interface Drained {
  /** Something is left that is due in so many milliseconds. */
  readonly againInMs?: number;
  readonly outcomes: readonly { readonly delivery: DeliveryId; readonly outcome: Outcome }[];
  /** Why nothing could be sent at all. */
  readonly idle?: 'busy' | 'unknown_destination' | 'disabled' | 'platform_not_set_up';
}

const PAGE = 50;
/** A run ends after this long, so that stopping the bot does not wait for a long backlog; the rest follows at once. */
const RUN_MS = 3_000;
const BUSY_MS = 1_000;

/**
 * Sends what is due in a destination, in the order in which it was routed: each delivery once, a thread's root before
 * its replies, an edit never over a newer one. Whatever was under way when a process died or a call gave no answer is
 * looked for on the platform before a second try. Safe to run at any time and in several processes.
 *
 * A delivery that has to wait (told to retry, outcome unknown) holds up the destination for its first tries, after
 * which only its own thread waits for it. It is never given up: only the platform's refusal ends it.
 *
 * @throws whatever the store throws: then nothing is known of the delivery in hand, and the next run finds out.
 */
export async function drainDestination(destination: DestinationId, deps: DrainDeps): Promise<Drained> {
  const locked = await deps.store.withDestinationLock(destination, async () => {
    const found = await deps.store.destination(destination);
    if (found === undefined) return idle('unknown_destination');
    if (found.disabled !== undefined) return idle('disabled');
    const port = deps.ports[found.destination.platform];
    if (port === undefined) return idle('platform_not_set_up');
    return new Run(found.destination, port, deps).drain();
  });
  // The other run may be past what was just added: look again when it is over.
  return locked.kind === 'done' ? locked.value : { ...idle('busy'), againInMs: BUSY_MS };
}

const idle = (why: NonNullable<Drained['idle']>): Drained => ({ outcomes: [], idle: why });

/** One pass over a destination's outstanding deliveries. */
class Run {
  readonly #destination: Destination;
  readonly #port: ChatPort;
  readonly #deps: DrainDeps;
  readonly #patience: Patience;
  readonly #outcomes: { delivery: DeliveryId; outcome: Outcome }[] = [];
  readonly #threads = new Map<IncidentId, ThreadState>();
  /** Threads, and posts of their own, of which something waits. */
  readonly #waiting = new Set<string>();
  #againAt = Number.POSITIVE_INFINITY;

  constructor(destination: Destination, port: ChatPort, deps: DrainDeps) {
    this.#destination = destination;
    this.#port = port;
    this.#deps = deps;
    this.#patience = (deps.patience ?? PATIENCE)[destination.platform];
  }

  async drain(): Promise<Drained> {
    const end = this.#now() + RUN_MS;
    let after = -1;
    for (;;) {
      const page = await this.#deps.store.outstanding(this.#destination.id, after, PAGE);
      if (!(await this.#drainPage(page, end))) break;
      const last = page.deliveries.at(-1);
      if (last === undefined || page.deliveries.length < PAGE) break;
      after = last.seq;
    }
    return {
      outcomes: this.#outcomes,
      ...(Number.isFinite(this.#againAt) && { againInMs: Math.max(0, this.#againAt - this.#now()) }),
    };
  }

  /** Whether to go on to what is later in the destination. */
  async #drainPage(page: OutstandingPage, end: number): Promise<boolean> {
    for (const thread of page.threads) this.#threads.set(thread.incident, thread);
    for (const [index, item] of page.deliveries.entries()) {
      if (this.#now() >= end) {
        this.#againAt = this.#now();
        return false;
      }
      const goOn = await this.#step(item, page.deliveries.slice(index + 1));
      if (!goOn) return false;
    }
    return true;
  }

  async #step(item: Outstanding, rest: readonly Outstanding[]): Promise<boolean> {
    const sequence = sequenceOf(item.delivery);
    const step = decide(this.#caseOf(item, rest));
    switch (step.kind) {
      case 'behind':
        return true;
      case 'wait':
        return this.#waitFor(sequence, step.until, step.holds);
      case 'supersede':
        await this.#deps.store.supersede(item.delivery.id, this.#deps.clock(), step.why);
        return this.#ended(item, { kind: 'superseded', why: step.why });
      case 'refuse':
        await this.#deps.store.refused(item.delivery.id, this.#deps.clock(), step.why);
        return this.#ended(item, { kind: 'refused', why: step.why });
      case 'look':
        return this.#paced(item, 'find', () => lookThenSend(this.#attempt(item)));
      case 'send':
        return this.#paced(item, step.edits ? 'edit' : 'send', () => send(this.#attempt(item)));
    }
  }

  /** Calls the platform, unless its limits ask for a pause: then the whole destination waits, and nothing was tried. */
  async #paced(item: Outstanding, call: PortCall, attempt: () => Promise<Outcome>): Promise<boolean> {
    const pauseMs = this.#port.pause?.(this.#destination, call) ?? 0;
    if (pauseMs <= 0) return this.#ended(item, await attempt());
    this.#waitFor(sequenceOf(item.delivery), later(this.#deps.clock(), pauseMs), 'destination');
    return false;
  }

  /** Notes an outcome. Whether to go on to the next delivery. */
  #ended(item: Outstanding, outcome: Outcome): boolean {
    const { delivery } = item;
    const { id, op, revision } = delivery;
    this.#outcomes.push({ delivery: id, outcome });
    switch (outcome.kind) {
      case 'sent':
        if (delivery.op === 'post_root' || delivery.op === 'edit_root')
          this.#threads.set(delivery.incident, {
            incident: delivery.incident,
            root: outcome.handle,
            revision,
          });
        return true;
      case 'superseded':
        return true;
      case 'refused':
        this.#deps.log.warn({ delivery: id, op, why: outcome.why }, 'a message was refused');
        return true;
      case 'later':
        this.#deps.log.debug({ delivery: id, op, why: outcome.why }, 'a message waits');
        return this.#waitFor(sequenceOf(delivery), outcome.at, holds(item.delivery.tries + 1));
      case 'parked':
        this.#deps.log.warn({ destination: this.#destination.name, why: outcome.why }, 'a channel is closed');
        return false;
      case 'taken_over':
        return this.#waitFor(sequenceOf(delivery), later(this.#deps.clock(), BUSY_MS), 'destination');
    }
  }

  #waitFor(sequence: string, at: Instant, who: 'destination' | 'thread'): boolean {
    this.#waiting.add(sequence);
    this.#againAt = Math.min(this.#againAt, Date.parse(at));
    return who === 'thread';
  }

  #caseOf(item: Outstanding, rest: readonly Outstanding[]): Case {
    const sequence = sequenceOf(item.delivery);
    return {
      item,
      thread: this.#thread(item),
      threadWaits: this.#waiting.has(sequence),
      newerEdit: rest.some(
        ({ delivery }) => delivery.op === 'edit_root' && sequenceOf(delivery) === sequence,
      ),
      now: this.#deps.clock(),
      patience: this.#patience,
    };
  }

  #attempt(item: Outstanding): Attempt {
    const { store, clock } = this.#deps;
    return {
      item,
      thread: this.#thread(item),
      destination: this.#destination,
      port: this.#port,
      store,
      clock,
      patience: this.#patience,
    };
  }

  #thread({ delivery }: Outstanding): ThreadState | undefined {
    if (delivery.op === 'post') return undefined;
    const { incident } = delivery;
    return this.#threads.get(incident) ?? { incident, revision: 0 };
  }

  #now(): number {
    return Date.parse(this.#deps.clock());
  }
}
