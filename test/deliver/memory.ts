import type { DeliveryStore, Outstanding, ThreadState } from '../../src/deliver/ports.ts';
import type { DeliveryId, IncidentId } from '../../src/model/ids.ts';
import type { Delivery, Destination } from '../../src/model/telling.ts';

interface Row extends Outstanding {
  readonly why?: string;
}

/** The rules of DeliveryStore, kept in memory: for the property test, which runs thousands of histories. */
export class MemoryDeliveries implements DeliveryStore {
  readonly rows = new Map<DeliveryId, Row>();
  readonly threads = new Map<IncidentId, ThreadState>();
  disabled: string | undefined;
  readonly #destination: Destination;
  #locked = false;

  constructor(destination: Destination) {
    this.#destination = destination;
  }

  route(deliveries: readonly Delivery[]): void {
    for (const delivery of deliveries) {
      this.rows.set(delivery.id, { seq: this.rows.size + 1, delivery });
      if (!this.threads.has(delivery.incident))
        this.threads.set(delivery.incident, { incident: delivery.incident, revision: 0 });
    }
  }

  state(id: DeliveryId): Delivery['state'] {
    return this.#row(id).delivery.state;
  }

  withDestinationLock: DeliveryStore['withDestinationLock'] = async (_destination, work) => {
    if (this.#locked) return { kind: 'busy' };
    this.#locked = true;
    try {
      return { kind: 'done', value: await work() };
    } finally {
      this.#locked = false;
    }
  };

  destination: DeliveryStore['destination'] = (id) =>
    Promise.resolve(
      id === this.#destination.id
        ? {
            destination: this.#destination,
            ...(this.disabled !== undefined && { disabled: this.disabled }),
          }
        : undefined,
    );

  outstanding: DeliveryStore['outstanding'] = (_destination, after, limit) => {
    const deliveries = [...this.rows.values()]
      .filter(({ seq, delivery }) => seq > after && OUTSTANDING.has(delivery.state))
      .slice(0, limit);
    return Promise.resolve({ deliveries, threads: [...this.threads.values()] });
  };

  begin: DeliveryStore['begin'] = (id, tries, at) => {
    const row = this.#row(id);
    if (row.delivery.tries !== tries || !OUTSTANDING.has(row.delivery.state)) return Promise.resolve(false);
    this.#write(id, 'attempting', { attempted: at }, tries + 1);
    return Promise.resolve(true);
  };

  sent: DeliveryStore['sent'] = (id, { at, handle, rootRevision }) => {
    const { incident } = this.#write(id, 'sent', { attempted: at });
    if (rootRevision !== undefined)
      this.threads.set(incident, { incident, root: handle, revision: rootRevision });
    return Promise.resolve();
  };

  retryAt: DeliveryStore['retryAt'] = (id, at, why) => {
    this.#write(id, 'pending', { notBefore: at, why });
    return Promise.resolve();
  };

  uncertain: DeliveryStore['uncertain'] = (id, at, why) => {
    this.#write(id, 'uncertain', { notBefore: at, why });
    return Promise.resolve();
  };

  refused: DeliveryStore['refused'] = (id, _at, why) => {
    this.#write(id, 'refused', { why });
    return Promise.resolve();
  };

  supersede: DeliveryStore['supersede'] = (id, _at, why) => {
    this.#write(id, 'superseded', { why });
    return Promise.resolve();
  };

  park: DeliveryStore['park'] = (id, _destination, _at, why) => {
    this.#write(id, 'pending', { why });
    this.disabled = why;
    return Promise.resolve();
  };

  #row(id: DeliveryId): Row {
    const row = this.rows.get(id);
    if (row === undefined) throw new Error(`no delivery ${id}`);
    return row;
  }

  #write(
    id: DeliveryId,
    state: Delivery['state'],
    more: Partial<Pick<Row, 'attempted' | 'notBefore' | 'why'>>,
    tries = this.#row(id).delivery.tries,
  ): Delivery {
    const { seq, delivery, attempted } = this.#row(id);
    const changed = { ...delivery, state, tries };
    this.rows.set(id, { seq, delivery: changed, ...(attempted !== undefined && { attempted }), ...more });
    return changed;
  }
}

const OUTSTANDING: ReadonlySet<Delivery['state']> = new Set(['pending', 'attempting', 'uncertain']);
