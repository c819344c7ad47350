import { and, asc, eq, lt } from 'drizzle-orm';
import type { DestinationId, IncidentId } from '../model/ids.ts';
import type { Incident, IncidentFamily, Update } from '../model/incident.ts';
import type { Report } from '../model/report.ts';
import type { NewThreadDelivery } from '../model/telling.ts';
import type { Clock, Instant } from '../model/time.ts';
import { lock, type Database } from './database.ts';
import { toIncident } from './incidents.ts';
import { LOCKS } from './locks.ts';
import { reportRepository } from './reports.ts';
import { incidents, updates } from './schema/knowledge.ts';
import { deliveries } from './schema/telling.ts';
import { threadsOf, type ThreadKey } from './threads.ts';

/** An incident that is closed, and what is edited for it. */
export interface Closed {
  readonly incident: Incident;
  /** Absent: nobody was told of it. */
  readonly update?: Update;
  readonly deliveries: readonly NewThreadDelivery[];
}

/** @param reports those that the incident's claims stand in */
export type Close = (incident: Incident, threads: readonly ThreadKey[], reports: readonly Report[]) => Closed;

export interface QuietRepository {
  /**
   * Closes open incidents of a family of which nothing was heard since `before`, at most `limit`, each in a transaction of
   * its own and never beside a judgement. Returns the destinations that have something to be delivered.
   */
  closeQuiet(
    family: IncidentFamily,
    before: Instant,
    limit: number,
    close: Close,
  ): Promise<readonly DestinationId[]>;
}

export function quietRepository(db: Database, clock: Clock): QuietRepository {
  return {
    closeQuiet: async (family, before, limit, close) => {
      const silent = and(
        eq(incidents.family, family),
        eq(incidents.state, 'open'),
        lt(incidents.heard, before),
      );
      const due = await db
        .select({ id: incidents.id })
        .from(incidents)
        .where(silent)
        .orderBy(asc(incidents.heard))
        .limit(limit);
      const told = new Set<DestinationId>();
      for (const { id } of due)
        for (const destination of await closeOne(db, id, silent, close, clock())) told.add(destination);
      return [...told];
    },
  };
}

/** Looks again once it has the lock: a report may have come in between. */
const closeOne = (
  db: Database,
  id: IncidentId,
  silent: ReturnType<typeof and>,
  close: Close,
  now: Instant,
): Promise<readonly DestinationId[]> =>
  db.transaction(async (tx) => {
    await lock(tx, LOCKS.judge);
    const [row] = await tx
      .select()
      .from(incidents)
      .where(and(eq(incidents.id, id), silent));
    if (!row) return [];
    const incident = toIncident(row);
    const reports = new Set(incident.facts.flatMap(({ claims }) => claims.map(({ report }) => report)));
    const closed = close(
      incident,
      await threadsOf(tx, [id], now),
      await reportRepository(tx).reports([...reports]),
    );
    await write(tx, closed, now);
    return closed.deliveries.map(({ destination }) => destination);
  });

/** Where it lies and under which keys it is found stays as it was. */
async function write(
  tx: Database,
  { incident, update, deliveries: told }: Closed,
  now: Instant,
): Promise<void> {
  await tx
    .update(incidents)
    .set({ state: incident.state, revision: incident.revision, document: incident })
    .where(eq(incidents.id, incident.id));
  if (update) await tx.insert(updates).values({ ...update, correction: null, document: update });
  for (const delivery of told)
    await tx.insert(deliveries).values({ ...delivery, state: 'pending', created: now });
}
