import { and, asc, eq, inArray, lte, min } from 'drizzle-orm';
import type { DeliveryId, DestinationId } from '../model/ids.ts';
import type { Incident, Update } from '../model/incident.ts';
import type { Message } from '../model/message.ts';
import type { Instant } from '../model/time.ts';
import type { Database } from './database.ts';
import { update as updateDocument } from './documents/incident.ts';
import { readDocument } from './documents/read.ts';
import { toIncident } from './incidents.ts';
import { incidents, updates } from './schema/knowledge.ts';
import { deliveries, digestItems } from './schema/telling.ts';

/** An incident as it stands, with the updates that a destination has not been told, oldest first. */
export interface DigestEntry {
  readonly incident: Incident;
  readonly updates: readonly Update[];
}

export interface DueDigest {
  readonly destination: DestinationId;
  /** When it was due: the latest moment of its items. */
  readonly due: Instant;
  readonly entries: readonly DigestEntry[];
}

export interface DigestRepository {
  /** Destinations that a digest is due in, the longest due first. */
  digestsDue(now: Instant, limit: number): Promise<readonly DestinationId[]>;
  /**
   * Makes a delivery of all that is due in a destination and strikes it off, in one transaction. False when nothing was
   * due any more: another process was quicker.
   */
  fileDigest(
    destination: DestinationId,
    now: Instant,
    compose: (digest: DueDigest) => { readonly id: DeliveryId; readonly message: Message },
  ): Promise<boolean>;
}

export const digestRepository = (db: Database): DigestRepository => ({
  digestsDue: async (now, limit) => {
    const rows = await db
      .select({ destination: digestItems.destination })
      .from(digestItems)
      .where(lte(digestItems.due, now))
      .groupBy(digestItems.destination)
      .orderBy(asc(min(digestItems.due)), asc(digestItems.destination))
      .limit(limit);
    return rows.map(({ destination }) => destination);
  },
  fileDigest: (destination, now, compose) =>
    db.transaction(async (tx) => {
      const items = await tx
        .delete(digestItems)
        .where(and(eq(digestItems.destination, destination), lte(digestItems.due, now)))
        .returning();
      const due = items
        .map((item) => item.due)
        .sort()
        .at(-1);
      if (due === undefined) return false;
      const entries = await entriesOf(
        tx,
        items.map(({ update }) => update),
      );
      const { id, message } = compose({ destination, due, entries });
      await tx.insert(deliveries).values({
        id,
        destination,
        op: 'post',
        revision: 1,
        broadcast: false,
        message,
        state: 'pending',
        created: now,
      });
      return true;
    }),
});

/** Incidents in the order in which they were last moved, the newest first. */
async function entriesOf(tx: Database, ids: readonly Update['id'][]): Promise<readonly DigestEntry[]> {
  const rows = await tx
    .select()
    .from(updates)
    .innerJoin(incidents, eq(incidents.id, updates.incident))
    .where(inArray(updates.id, [...ids]))
    .orderBy(asc(updates.incident), asc(updates.revision));
  const byIncident = Map.groupBy(rows, (row) => row.incidents.id);
  return [...byIncident.values()]
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      return {
        incident: toIncident(first.incidents),
        updates: group.map((row) =>
          readDocument(updateDocument, `updates ${row.updates.id}`, row.updates.document),
        ),
      };
    })
    .sort((a, b) => b.incident.lastActivity.localeCompare(a.incident.lastActivity));
}
