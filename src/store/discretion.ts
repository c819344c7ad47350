import { and, asc, eq, lte } from 'drizzle-orm';
import type { DestinationId, IncidentId } from '../model/ids.ts';
import type { Incident, Update } from '../model/incident.ts';
import type { Report } from '../model/report.ts';
import type { NewThreadDelivery } from '../model/telling.ts';
import type { Clock, Instant } from '../model/time.ts';
import { record } from './audit.ts';
import { lock, type Database } from './database.ts';
import { toIncident } from './incidents.ts';
import { writeDeliveries } from './judge-telling.ts';
import type { Gather } from './held.ts';
import { LOCKS } from './locks.ts';
import { reportRepository } from './reports.ts';
import { withheld, withheldFrom } from './schema/discretion.ts';
import { incidents, updates } from './schema/knowledge.ts';
import { destinations } from './schema/telling.ts';
import { threadsOf, type ThreadKey } from './threads.ts';
import { trustedAmong } from './withholdings.ts';

/** What telling in full takes. */
export interface Release {
  readonly incident: Incident;
  readonly destinations: readonly DestinationId[];
  readonly threads: readonly ThreadKey[];
  readonly reports: readonly Report[];
}

interface Released {
  readonly incident: Incident;
  readonly update: Update;
  readonly deliveries: readonly NewThreadDelivery[];
}

export interface DiscretionRepository {
  /** Until when an incident is not told in full to everyone; undefined: it is. */
  withheldUntil(incident: IncidentId): Promise<Instant | undefined>;
  /** Tells it in full everywhere, now and from now on; on record. False when it was so already. */
  disclose(incident: IncidentId, by: string, reason: string): Promise<boolean>;
  isTrusted(destination: DestinationId): Promise<boolean>;
  trustedDestinations(): Promise<readonly DestinationId[]>;
  /** On record. False when there is no such destination, or it was marked so already. */
  trust(destination: DestinationId, trusted: boolean, by: string): Promise<boolean>;
  /** Incidents that somebody is to be told in full by now. */
  withheldDue(now: Instant, limit: number): Promise<readonly IncidentId[]>;
  /**
   * Tells an incident in full where that is due, in one transaction under the lock of judging. Returns the destinations
   * that have something to be delivered; none when another process was quicker.
   */
  release(
    incident: IncidentId,
    now: Instant,
    compose: (release: Release) => Released,
    gather: Gather,
  ): Promise<readonly DestinationId[]>;
}

export function discretionRepository(db: Database, clock: Clock): DiscretionRepository {
  return {
    withheldUntil: async (incident) => {
      const [row] = await db.select().from(withheld).where(eq(withheld.incident, incident));
      return row && !row.disclosed && row.until > clock() ? row.until : undefined;
    },
    disclose: (incident, by, reason) =>
      db.transaction(async (tx) => {
        await lock(tx, LOCKS.judge);
        const now = clock();
        const [before] = await tx.select().from(withheld).where(eq(withheld.incident, incident));
        if (before?.disclosed === true) return false;
        await tx
          .insert(withheld)
          .values({ incident, until: now, disclosed: true })
          .onConflictDoUpdate({ target: withheld.incident, set: { until: now, disclosed: true } });
        await tx.update(withheldFrom).set({ due: now }).where(eq(withheldFrom.incident, incident));
        await record(tx, { actor: by, action: 'disclose', subject: incident, detail: reason }, clock);
        return true;
      }),
    isTrusted: async (destination) => (await trustedAmong(db, [destination])).has(destination),
    trustedDestinations: async () => {
      const rows = await db
        .select({ id: destinations.id })
        .from(destinations)
        .where(eq(destinations.trusted, true))
        .orderBy(asc(destinations.id));
      return rows.map(({ id }) => id);
    },
    trust: (destination, trusted, by) =>
      db.transaction(async (tx) => {
        const changed = await tx
          .update(destinations)
          .set({ trusted })
          .where(and(eq(destinations.id, destination), eq(destinations.trusted, !trusted)))
          .returning({ name: destinations.name });
        const [row] = changed;
        if (!row) return false;
        const action = trusted ? 'trust' : 'distrust';
        await record(tx, { actor: by, action, subject: destination, detail: row.name }, clock);
        return true;
      }),
    withheldDue: async (now, limit) => {
      const rows = await db
        .selectDistinct({ incident: withheldFrom.incident })
        .from(withheldFrom)
        .where(lte(withheldFrom.due, now))
        .limit(limit);
      return rows.map(({ incident }) => incident);
    },
    release: (id, now, compose, gather) =>
      db.transaction(async (tx) => {
        await lock(tx, LOCKS.judge);
        const due = await tx
          .delete(withheldFrom)
          .where(and(eq(withheldFrom.incident, id), lte(withheldFrom.due, now)))
          .returning({ destination: withheldFrom.destination });
        const [row] = await tx.select().from(incidents).where(eq(incidents.id, id));
        if (due.length === 0 || !row) return [];
        const incident = toIncident(row);
        // What went up in another one, or was taken back, is told by that.
        if (incident.mergedInto !== undefined || incident.facts.length === 0) return [];
        const cited = incident.facts.flatMap(({ claims }) => claims.map(({ report }) => report));
        const released = compose({
          incident,
          destinations: due.map(({ destination }) => destination).sort(),
          threads: await threadsOf(tx, [id], now),
          reports: await reportRepository(tx).reports([...new Set(cited)]),
        });
        await tx.insert(updates).values({ ...released.update, correction: null, document: released.update });
        await tx
          .update(incidents)
          .set({ revision: released.incident.revision, document: released.incident })
          .where(eq(incidents.id, id));
        await writeDeliveries(tx, released.deliveries, now, gather);
        return released.deliveries.length > 0 ? [...new Set(due.map(({ destination }) => destination))] : [];
      }),
  };
}
