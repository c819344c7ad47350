import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { DestinationId, PlaceId } from '../model/ids.ts';
import type { Subscription } from '../model/telling.ts';
import { anyOf, type Database } from './database.ts';
import { preparedRows } from './prepared.ts';
import { fromServer } from './schema/columns.ts';
import { subscriptions as rows } from './schema/telling.ts';

export interface SubscriptionRepository {
  /** Oldest first. */
  subscriptionsOf(destination: DestinationId): Promise<readonly Subscription[]>;
  /** A second one to the same place replaces filters and mode of the first, which keeps its id. */
  subscribe(subscription: Subscription): Promise<'added' | 'changed'>;
  /** False when there was none. `place` absent: the subscription to everywhere. */
  unsubscribe(destination: DestinationId, place?: PlaceId): Promise<boolean>;
}

const toSubscription = (row: typeof rows.$inferSelect): Subscription => ({
  id: row.id,
  destination: row.destination,
  ...(row.place !== null && { place: row.place }),
  filters: { types: row.types, standing: row.standing, ...(row.past && { past: true }) },
  mode: row.mode,
  created: row.created,
});

type Row = typeof rows.$inferSelect;

/** What the index by place holds, so that no row is fetched. */
const CONCERNED_COLUMNS = {
  id: rows.id,
  destination: rows.destination,
  place: rows.place,
  types: rows.types,
  standing: rows.standing,
  mode: rows.mode,
  created: rows.created,
  past: rows.past,
};

type ConcernedRow = readonly [
  Row['id'],
  Row['destination'],
  Row['place'],
  Row['types'],
  Row['standing'],
  Row['mode'],
  string,
  Row['past'],
];

/** To any of the places or to everywhere: two halves, each of which the index answers alone. */
const CONCERNED = preparedRows(
  'concerned_subscriptions',
  ['places'],
  (db, { places }) => {
    const toPlaces = db.select(CONCERNED_COLUMNS).from(rows).where(anyOf(rows.place, places));
    const toEverywhere = db.select(CONCERNED_COLUMNS).from(rows).where(isNull(rows.place));
    return toPlaces.unionAll(toEverywhere).orderBy(asc(rows.destination), asc(rows.created), asc(rows.id));
  },
  (row) => {
    const [id, destination, place, types, standing, mode, created, past] = row as ConcernedRow;
    return toSubscription({
      id,
      destination,
      place,
      types,
      standing,
      mode,
      created: fromServer(created),
      past,
    });
  },
);

export const concernedSubscriptions = (
  db: Database,
  places: readonly PlaceId[],
): Promise<readonly Subscription[]> => CONCERNED(db, { places });

export function subscriptionRepository(db: Database): SubscriptionRepository {
  return {
    subscriptionsOf: async (destination) => {
      const found = await db
        .select()
        .from(rows)
        .where(eq(rows.destination, destination))
        .orderBy(asc(rows.created), asc(rows.id));
      return found.map(toSubscription);
    },
    subscribe: async ({ filters, place, ...subscription }) => {
      const { types, standing, past = false } = filters;
      const set = { types: [...types], standing, past, mode: subscription.mode };
      const [row] = await db
        .insert(rows)
        .values({ ...subscription, place: place ?? null, ...set })
        .onConflictDoUpdate({ target: [rows.destination, rows.place], set })
        // xmax is 0 in a row that was inserted, and this transaction in one that was changed.
        .returning({ added: sql<boolean>`xmax = 0` });
      return row?.added === true ? 'added' : 'changed';
    },
    unsubscribe: async (destination, place) => {
      const removed = await db
        .delete(rows)
        .where(
          and(
            eq(rows.destination, destination),
            place === undefined ? isNull(rows.place) : eq(rows.place, place),
          ),
        )
        .returning({ id: rows.id });
      return removed.length > 0;
    },
  };
}
