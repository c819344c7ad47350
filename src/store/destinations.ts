import { and, asc, eq, isNull } from 'drizzle-orm';
import type { DestinationId } from '../model/ids.ts';
import type { Destination, Person, Subscription } from '../model/telling.ts';
import { isIn } from './apps.ts';
import type { Database } from './database.ts';
import { deskChannels, destinations as rows } from './schema/telling.ts';
import { subscriptionRepository } from './subscriptions.ts';
import type { Clock } from '../model/time.ts';

interface KnownDestination {
  readonly destination: Destination;
  /** Why nothing may be sent there at present. */
  readonly disabled?: string;
}

export interface DestinationRepository {
  destination(id: DestinationId): Promise<KnownDestination | undefined>;
  destinations(): Promise<readonly KnownDestination[]>;
  /** Adds it, or gives it its new name and owner. A channel of the desk gets its place on the desk. */
  addDestination(destination: Destination, owner?: Person): Promise<void>;
  /**
   * Makes a channel of the desk with what it hears, in one transaction: a channel that is there hears all that it should.
   * False when it was there before, and nothing was changed.
   */
  setUpChannel(destination: Destination, subscriptions: readonly Subscription[]): Promise<boolean>;
  /**
   * Sends nothing more to a channel, or without one to a whole workspace or organisation, until it is enabled again. What is disabled
   * already keeps its reason. @returns those that were disabled now
   */
  disableDestinations(
    where: Pick<Destination, 'platform' | 'workspace'> & { readonly channel?: string },
    why: string,
  ): Promise<readonly DestinationId[]>;
  /** Lets it be sent to again: what waits there is told then. False when it was not disabled. */
  enableDestination(id: DestinationId): Promise<boolean>;
}

export const toDestination = ({
  id,
  platform,
  workspace,
  channel,
  name,
}: typeof rows.$inferSelect): Destination => ({ id, platform, workspace, channel, name });

const toKnown = (row: typeof rows.$inferSelect): KnownDestination => ({
  destination: toDestination(row),
  ...(row.disabled !== null && { disabled: row.disabled }),
});

export function destinationRepository(db: Database, clock: Clock): DestinationRepository {
  return {
    destination: async (id) => {
      const [row] = await db.select().from(rows).where(eq(rows.id, id));
      return row && toKnown(row);
    },
    destinations: async () =>
      (await db.select().from(rows).orderBy(asc(rows.platform), asc(rows.name), asc(rows.id))).map(toKnown),
    addDestination: (destination, owner) =>
      db.transaction(async (tx) => {
        const named = {
          name: destination.name,
          ...(owner && { owner: { id: owner.id, name: owner.name, workspace: owner.workspace } }),
        };
        await tx
          .insert(rows)
          .values({ ...destination, ...named })
          .onConflictDoUpdate({ target: rows.id, set: named });
        if (destination.platform === 'desk')
          await tx.insert(deskChannels).values({ destination: destination.id }).onConflictDoNothing();
      }),
    setUpChannel: (destination, subscriptions) =>
      db.transaction(async (tx) => {
        await tx.insert(rows).values(destination).onConflictDoNothing();
        const made = await tx
          .insert(deskChannels)
          .values({ destination: destination.id })
          .onConflictDoNothing()
          .returning({ destination: deskChannels.destination });
        if (made.length === 0) return false;
        for (const subscription of subscriptions) await subscriptionRepository(tx).subscribe(subscription);
        return true;
      }),
    disableDestinations: async ({ platform, workspace, channel }, why) => {
      const disabled = await db
        .update(rows)
        .set({ disabled: why, disabledAt: clock() })
        .where(
          and(
            isIn(db, platform, workspace),
            channel === undefined ? undefined : eq(rows.channel, channel),
            isNull(rows.disabled),
          ),
        )
        .returning({ id: rows.id });
      return disabled.map(({ id }) => id);
    },
    enableDestination: (id) =>
      db.transaction(async (tx) => {
        const [row] = await tx.select().from(rows).where(eq(rows.id, id)).for('update');
        if (row?.disabled == null) return false;
        await tx.update(rows).set({ disabled: null, disabledAt: null }).where(eq(rows.id, id));
        return true;
      }),
  };
}
