import { drainDestination, type Drained } from '../../src/deliver/drain.ts';
import type { DeliveryStore } from '../../src/deliver/ports.ts';
import { deliveryId, destinationId, incidentId, updateId } from '../../src/model/ids.ts';
import type { ThreadDelivery, ThreadOp, Destination } from '../../src/model/telling.ts';
import { instant, type Instant } from '../../src/model/time.ts';
import { FakePlatform } from './platform.ts';

export const CHANNEL: Destination = {
  id: destinationId('d_damascus'),
  platform: 'slack',
  workspace: 'T1',
  channel: 'C1',
  name: '#damascus',
};

/** The message's text says what it is, so that what a channel shows can be compared with what was routed. */
export function delivery(thread: string, revision: number, op: ThreadOp): ThreadDelivery {
  const name = `${thread}.${revision}.${op}`;
  return {
    id: deliveryId(name),
    update: updateId(`${thread}.${revision}`),
    incident: incidentId(thread),
    destination: CHANNEL.id,
    op,
    revision,
    broadcast: false,
    message: { headline: name, tone: 'alert', blocks: [] },
    state: 'pending',
    tries: 0,
    created: instant('2018-05-20T06:00:00Z'),
  };
}

/** What routing writes for an incident's updates: the root, then for each update an edit of it and a reply. */
export const thread = (name: string, updates: number): readonly ThreadDelivery[] =>
  Array.from({ length: updates }, (_, index) =>
    index === 0
      ? [delivery(name, 1, 'post_root')]
      : [delivery(name, index + 1, 'edit_root'), delivery(name, index + 1, 'reply')],
  ).flat();

export const silent = { debug: () => undefined, warn: () => undefined };

class Killed extends Error {}

/** A bot that can be killed and started again, with a clock that is moved by hand. */
export class Bot {
  readonly platform: FakePlatform;
  readonly #store: DeliveryStore;
  #now = Date.parse('2018-05-20T08:00:00Z');
  #alive = true;
  #killAtStoreCall = Number.POSITIVE_INFINITY;
  #storeCalls = 0;

  constructor(store: DeliveryStore) {
    this.#store = store;
    this.platform = new FakePlatform(this.clock, () => (this.#alive = false));
  }

  readonly clock = (): Instant => instant(this.#now);

  pass(ms: number): void {
    this.#now += ms;
  }

  /** The process dies right before its n-th write from now on. */
  killBeforeWrite(n: number): void {
    this.#killAtStoreCall = this.#storeCalls + n;
  }

  /** One run of the destination's drain; undefined when the process was killed on the way. */
  async drain(): Promise<Drained | undefined> {
    this.#alive = true;
    try {
      return await drainDestination(CHANNEL.id, {
        store: this.#mortal(),
        ports: { slack: this.platform },
        clock: this.clock,
        log: silent,
        patience: {
          desk: { callMs: 5, settleMs: 20_000 },
          slack: { callMs: 5, settleMs: 20_000 },
          discord: { callMs: 5, settleMs: 20_000 },
        },
      });
    } catch (error) {
      if (error instanceof Killed) return undefined;
      throw error;
    }
  }

  /** Runs until nothing is left to do, starting again after each death and waiting as told. */
  async settle(mostRuns = 300): Promise<void> {
    for (let run = 0; run < mostRuns; run += 1) {
      const drained = await this.drain();
      if (drained !== undefined && drained.againInMs === undefined) return;
      this.pass(drained?.againInMs ?? 100);
    }
    throw new Error(`still not done after ${mostRuns} runs: ${this.platform.journal.slice(-10).join(', ')}`);
  }

  /** The store, as a process reaches it that may be dead: then nothing is written any more. */
  #mortal(): DeliveryStore {
    const write =
      <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
      (...args: A): Promise<R> => {
        this.#storeCalls += 1;
        if (this.#storeCalls === this.#killAtStoreCall) this.#alive = false;
        return this.#alive ? call(...args) : Promise.reject(new Killed());
      };
    const store = this.#store;
    return {
      withDestinationLock: store.withDestinationLock.bind(store),
      destination: store.destination.bind(store),
      outstanding: store.outstanding.bind(store),
      begin: write(store.begin.bind(store)),
      sent: write(store.sent.bind(store)),
      retryAt: write(store.retryAt.bind(store)),
      uncertain: write(store.uncertain.bind(store)),
      refused: write(store.refused.bind(store)),
      supersede: write(store.supersede.bind(store)),
      park: write(store.park.bind(store)),
    };
  }
}
