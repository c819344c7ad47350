import { and, asc, eq, isNotNull, isNull, lt, ne, or } from 'drizzle-orm';
import type { DeliveryId, DestinationId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import { directTo, type Destination } from '../model/telling.ts';
import type { Instant } from '../model/time.ts';
import type { Database } from './database.ts';
import { toDestination } from './destinations.ts';
import { deliveries, destinations } from './schema/telling.ts';

/** A channel that nothing may be sent to any more. */
export interface ClosedChannel {
  readonly destination: Destination;
  readonly why: string;
  readonly since: Instant;
}

export interface OwnerRepository {
  /**
   * Makes a message to the owner of each channel that was closed since they were told, at most `limit`, each in a
   * transaction of its own. Nobody is told in the channel that is closed itself. Returns where something is to be
   * delivered.
   */
  fileClosed(
    now: Instant,
    limit: number,
    compose: (closed: ClosedChannel) => { readonly id: DeliveryId; readonly message: Message },
  ): Promise<readonly DestinationId[]>;
}

export const ownerRepository = (db: Database): OwnerRepository => ({
  fileClosed: async (now, limit, compose) => {
    const untold = await db
      .select({ id: destinations.id })
      .from(destinations)
      .where(
        and(
          isNotNull(destinations.disabled),
          isNotNull(destinations.owner),
          ne(destinations.platform, 'desk'),
          or(isNull(destinations.ownerTold), lt(destinations.ownerTold, destinations.disabledAt)),
        ),
      )
      .orderBy(asc(destinations.disabledAt))
      .limit(limit);
    const told: DestinationId[] = [];
    for (const { id } of untold) {
      const owner = await db.transaction((tx) => tell(tx, id, now, compose));
      if (owner !== undefined) told.push(owner);
    }
    return told;
  },
});

async function tell(
  tx: Database,
  id: DestinationId,
  now: Instant,
  compose: Parameters<OwnerRepository['fileClosed']>[2],
): Promise<DestinationId | undefined> {
  const [row] = await tx.select().from(destinations).where(eq(destinations.id, id)).for('update');
  if (row?.disabled == null || row.disabledAt === null || row.owner === null) return undefined;
  const { platform, workspace, owner, disabled: why, disabledAt: since } = row;
  if (platform === 'desk' || row.ownerTold === since) return undefined;
  await tx.update(destinations).set({ ownerTold: since }).where(eq(destinations.id, id));
  const direct = directTo({ platform, workspace, ...owner });
  if (direct.id === id) return undefined;
  await tx.insert(destinations).values(direct).onConflictDoNothing();
  const { id: delivery, message } = compose({ destination: toDestination(row), why, since });
  await tx
    .insert(deliveries)
    .values({
      id: delivery,
      destination: direct.id,
      op: 'post',
      revision: 1,
      broadcast: false,
      message,
      state: 'pending',
      created: now,
    })
    .onConflictDoNothing();
  return direct.id;
}
