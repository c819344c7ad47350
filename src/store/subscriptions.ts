import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { DestinationId, PlaceId } from '../model/ids.ts';
import type { Subscription } from '../model/telling.ts';
import { anyOf, type Database } from './database.ts';
import { prepared } from './prepared.ts';
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

/** Two halves, each of which the index answers alone. */
const CONCERNED = prepared('concerned_subscriptions', ['places'], (db, { places }) => {
  const toPlaces = db.select().from(rows).where(anyOf(rows.place, places));
  const toEverywhere = db.select().from(rows).where(isNull(rows.place));
  return toPlaces.unionAll(toEverywhere).orderBy(asc(rows.destination), asc(rows.created), asc(rows.id));
});

/** To any of the places or to everywhere. */
export async function concernedSubscriptions(
  db: Database,
  places: readonly PlaceId[],
): Promise<readonly Subscription[]> {
  return (await CONCERNED(db, { places })).map(toSubscription);
}

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
