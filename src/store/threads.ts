import { and, eq } from 'drizzle-orm';
import type { DestinationId, IncidentId } from '../model/ids.ts';
import type { Instant } from '../model/time.ts';
import { anyOf, type Database } from './database.ts';
import { prepared } from './prepared.ts';
import { threads } from './schema/telling.ts';

/** A destination that has a thread on an incident, sent or on its way. */
export interface ThreadKey {
  readonly incident: IncidentId;
  readonly destination: DestinationId;
  readonly muted?: true;
}

const OF_INCIDENTS = prepared('threads_of_incidents', ['incidents'], (db, { incidents }) =>
  db
    .select({
      incident: threads.incident,
      destination: threads.destination,
      mutedUntil: threads.mutedUntil,
    })
    .from(threads)
    .where(anyOf(threads.incident, incidents))
    .orderBy(threads.incident, threads.destination),
);

export async function threadsOf(
  db: Database,
  incidents: readonly IncidentId[],
  now: Instant,
): Promise<readonly ThreadKey[]> {
  const rows = await OF_INCIDENTS(db, { incidents });
  return rows.map(({ mutedUntil, ...key }) => ({
    ...key,
    ...(mutedUntil !== null && mutedUntil > now && { muted: true }),
  }));
}

export interface MuteRepository {
  /**
   * Tells the destination nothing more of an incident until then; absent: from now on again. False when it has no thread
   * on it.
   */
  mute(incident: IncidentId, destination: DestinationId, until?: Instant): Promise<boolean>;
}

export const muteRepository = (db: Database): MuteRepository => ({
  mute: async (incident, destination, until) => {
    const changed = await db
      .update(threads)
      .set({ mutedUntil: until ?? null })
      .where(and(eq(threads.incident, incident), eq(threads.destination, destination)))
      .returning({ incident: threads.incident });
    return changed.length > 0;
  },
});
