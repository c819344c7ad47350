import type { DestinationId, IncidentId } from '../model/ids.ts';
import { anyOf, type Database } from './database.ts';
import { threads } from './schema/telling.ts';

/** A destination that has a thread on an incident, sent or on its way. */
export interface ThreadKey {
  readonly incident: IncidentId;
  readonly destination: DestinationId;
}

export const threadsOf = (db: Database, incidents: readonly IncidentId[]): Promise<readonly ThreadKey[]> =>
  db
    .select({ incident: threads.incident, destination: threads.destination })
    .from(threads)
    .where(anyOf(threads.incident, incidents))
    .orderBy(threads.incident, threads.destination);
