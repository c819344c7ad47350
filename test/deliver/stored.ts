import pg from 'pg';
import type { DeliveryStore } from '../../src/deliver/ports.ts';
import { incidentId, reportId, sourceId, type DeliveryId } from '../../src/model/ids.ts';
import type { Incident, Update } from '../../src/model/incident.ts';
import type { Source } from '../../src/model/report.ts';
import type { ThreadDelivery, Destination } from '../../src/model/telling.ts';
import { systemClock } from '../../src/model/time.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { freshDatabase } from '../support/postgres.ts';

const SOURCE: Source = {
  id: sourceId('sample'),
  kind: 'demo',
  name: 'Sample Wire',
  reliability: 'F',
  alignment: 'unknown',
};
const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** The real store, and what a test needs beside it: to have deliveries routed, and to see what became of them. */
export class StoredDeliveries {
  readonly store: Store & DeliveryStore;
  readonly #destination: Destination;
  readonly #pool: pg.Pool;
  #reports = 0;
  #updates = new Set<string>();

  private constructor(store: Store, destination: Destination, pool: pg.Pool) {
    this.store = store;
    this.#destination = destination;
    this.#pool = pool;
  }

  static async open(destination: Destination): Promise<StoredDeliveries> {
    const { connectionString } = await freshDatabase();
    const store = await openStore({
      connectionString,
      clock: systemClock,
      log: silent,
      sources: { get: () => SOURCE, all: () => [SOURCE] },
    });
    await store.addDestination(destination);
    return new StoredDeliveries(store, destination, new pg.Pool({ connectionString, max: 2 }));
  }

  /** Forgets all that was routed. */
  async reset(): Promise<void> {
    await this.#pool.query('truncate reports, incidents cascade');
    await this.enable();
    this.#updates = new Set();
  }

  async enable(): Promise<void> {
    await this.store.enableDestination(this.#destination.id);
  }

  /** Has a report judged of which these deliveries come. */
  async route(deliveries: readonly ThreadDelivery[]): Promise<void> {
    const report = reportId(`r_${(this.#reports += 1)}`);
    const now = systemClock();
    const body = `report ${this.#reports}`;
    await this.store.accept({
      report: { id: report, source: SOURCE.id, outlet: SOURCE.name, body, language: 'en', published: now },
      fingerprint: body,
      bands: [],
      shingles: [],
    });
    await this.store.commitRead(report, [], 'test');
    const fresh = deliveries.filter(({ update }) => !this.#updates.has(update));
    const updates = [...new Map(fresh.map((each) => [each.update, each])).values()];
    for (const { update } of updates) this.#updates.add(update);
    const outcome = await this.store.judgeNext({
      blocksOf: () => [],
      ledgerPlacesOf: () => [],
      gather: ([first]) => first!,
      retract: () => Promise.reject(new Error('nothing is taken back here')),
      rule: () => Promise.reject(new Error('nothing is decided here')),
      maxTries: 1,
      retryMs: 0,
      decide: () =>
        Promise.resolve({
          assessment: {
            incidents: [...new Set(deliveries.map((each) => each.incident))].map((id) => ({
              incident: { ...INCIDENT, id, opened: now, lastActivity: now },
              blocks: [],
            })),
            updates: updates.map((each) => ({
              ...UPDATE,
              id: each.update,
              incident: each.incident,
              revision: each.revision,
              report,
              at: now,
            })),
            ledger: { close: [], open: [] },
            decisions: [],
          },
          deliveries: deliveries.map(({ state: _state, tries: _tries, created: _created, ...rest }) => rest),
        }),
    });
    if (outcome.kind === 'failed') throw outcome.error;
  }

  async row(id: string): Promise<{ readonly state: ThreadDelivery['state']; readonly why: string | null }> {
    const { rows } = await this.#pool.query<{ state: ThreadDelivery['state']; why: string | null }>(
      'select state, why from deliveries where id = $1',
      [id as DeliveryId],
    );
    const [row] = rows;
    if (row === undefined) throw new Error(`no delivery ${id}`);
    return row;
  }

  async close(): Promise<void> {
    await this.#pool.end();
    await this.store.close();
  }
}

const INCIDENT: Omit<Incident, 'opened' | 'lastActivity'> = {
  id: incidentId('any'),
  family: 'ground',
  state: 'open',
  revision: 1,
  facts: [],
  accounts: [],
  maybeSame: [],
};

const UPDATE: Omit<Update, 'id' | 'incident' | 'report' | 'at'> = {
  revision: 1,
  kinds: ['progressed'],
  changes: [],
  broadcast: false,
  reason: { key: 'any', values: {} },
};
