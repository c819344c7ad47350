import { and, asc, desc, eq, lte, sql } from 'drizzle-orm';
import type { DestinationId, IncidentId, ReportId, StatementId } from '../model/ids.ts';
import type { Reason, Update } from '../model/incident.ts';
import type { Report } from '../model/report.ts';
import type { StoredStatement } from '../model/statement.ts';
import type { Because, DeliveryState, ThreadOp } from '../model/telling.ts';
import type { Instant } from '../model/time.ts';
import { anyOf, type Database } from './database.ts';
import { because } from './documents/because.ts';
import { update as updateDocument } from './documents/incident.ts';
import { reason } from './documents/parts.ts';
import { readDocument } from './documents/read.ts';
import { REPORT_COLUMNS, toReport, toStatement } from './reports.ts';
import { corrections } from './schema/corrections.ts';
import { decisions, updates } from './schema/knowledge.ts';
import { reports, statements, type ReportState } from './schema/reports.ts';
import { deliveries, threads } from './schema/telling.ts';

/** Why one of a report's statements went where it went. */
export interface StoredDecision {
  readonly report: ReportId;
  readonly statement: StatementId;
  readonly incident?: IncidentId;
  readonly reason: Reason;
}

/** How far a report came, and what came of it. */
interface ReportTrail {
  readonly report: Report;
  readonly state: ReportState;
  /** The report whose text it is. */
  readonly duplicateOf?: Report;
  /** Its word counts no longer: it was taken back, or its publisher changed it. */
  readonly withdrawn: boolean;
  /** The last failure to read or judge it. */
  readonly error?: string;
  readonly statements: readonly StoredStatement[];
  readonly decisions: readonly StoredDecision[];
  readonly updates: readonly Update[];
}

/** What one channel was told of one incident. */
interface ToldHere {
  readonly mutedUntil?: Instant;
  /** Newest first. */
  readonly told: readonly {
    readonly update: Update;
    readonly op: ThreadOp;
    readonly state: DeliveryState;
    readonly at: Instant;
    readonly because?: Because;
    /** The newest obstacle, or the reason of its end. */
    readonly obstacle?: string;
  }[];
}

export interface TrailRepository {
  trail(report: ReportId): Promise<ReportTrail | undefined>;
  /** Those of the reports that were judged by that time, and those of them that were taken back by then. */
  heardBy(
    reports: readonly ReportId[],
    at: Instant,
  ): Promise<{ readonly judged: ReadonlySet<ReportId>; readonly takenBack: ReadonlySet<ReportId> }>;
  /** Undefined when the channel has no thread on it. */
  toldIn(incident: IncidentId, destination: DestinationId): Promise<ToldHere | undefined>;
}

const TOLD_PAGE = 20;

const toDecision = (row: typeof decisions.$inferSelect): StoredDecision => ({
  report: row.report,
  statement: row.statement,
  ...(row.incident !== null && { incident: row.incident }),
  reason: readDocument(reason, `decisions ${row.report} ${row.ordinal}`, row.reason),
});

const toUpdate = (row: Pick<typeof updates.$inferSelect, 'id' | 'document'>): Update =>
  readDocument(updateDocument, `updates ${row.id}`, row.document);

/** Why statements went into an incident, in the order of judging. */
export async function decisionsInto(db: Database, incident: IncidentId): Promise<readonly StoredDecision[]> {
  const rows = await db
    .select({ decision: decisions, seq: reports.seq })
    .from(decisions)
    .innerJoin(reports, eq(reports.id, decisions.report))
    .where(eq(decisions.incident, incident))
    .orderBy(asc(reports.seq), asc(decisions.ordinal));
  return rows.map(({ decision }) => toDecision(decision));
}

export function trailRepository(db: Database): TrailRepository {
  return {
    heardBy: async (ids, at) => {
      const found = await db
        .select({ id: reports.id, takenBack: sql<boolean>`${corrections.applied} <= ${at}` })
        .from(reports)
        .leftJoin(corrections, eq(corrections.id, reports.withdrawn))
        .where(and(anyOf(reports.id, ids), lte(reports.judgedAt, at)));
      const named = (some: typeof found) => new Set(some.map(({ id }) => id));
      return { judged: named(found), takenBack: named(found.filter(({ takenBack }) => takenBack)) };
    },
    trail: async (id) => {
      const [row] = await db
        .select({
          report: REPORT_COLUMNS,
          state: reports.state,
          duplicateOf: reports.duplicateOf,
          withdrawn: reports.withdrawn,
          error: reports.error,
        })
        .from(reports)
        .where(eq(reports.id, id));
      if (!row) return undefined;
      const [original] =
        row.duplicateOf === null
          ? []
          : await db.select(REPORT_COLUMNS).from(reports).where(eq(reports.id, row.duplicateOf));
      const [found, why, made] = await Promise.all([
        db.select().from(statements).where(eq(statements.report, id)).orderBy(asc(statements.ordinal)),
        db.select().from(decisions).where(eq(decisions.report, id)).orderBy(asc(decisions.ordinal)),
        db.select().from(updates).where(eq(updates.report, id)),
      ]);
      return {
        report: toReport(row.report),
        state: row.state,
        ...(original && { duplicateOf: toReport(original) }),
        withdrawn: row.withdrawn !== null,
        ...(row.error !== null && { error: row.error }),
        statements: found.map(toStatement),
        decisions: why.map(toDecision),
        updates: made.map(toUpdate),
      };
    },
    toldIn: async (incident, destination) => {
      const here = and(eq(threads.incident, incident), eq(threads.destination, destination));
      const [thread] = await db.select({ mutedUntil: threads.mutedUntil }).from(threads).where(here);
      if (!thread) return undefined;
      const rows = await db
        .select({ delivery: deliveries, update: { id: updates.id, document: updates.document } })
        .from(deliveries)
        .innerJoin(updates, eq(updates.id, deliveries.update))
        .where(and(eq(deliveries.incident, incident), eq(deliveries.destination, destination)))
        .orderBy(desc(deliveries.seq))
        .limit(TOLD_PAGE);
      return {
        ...(thread.mutedUntil !== null && { mutedUntil: thread.mutedUntil }),
        told: rows.map(({ delivery, update }) => ({
          update: toUpdate(update),
          op: delivery.op as ThreadOp,
          state: delivery.state,
          at: delivery.created,
          ...(delivery.because !== null && {
            because: readDocument(because, `deliveries ${delivery.id}`, delivery.because),
          }),
          ...(delivery.why !== null && { obstacle: delivery.why }),
        })),
      };
    },
  };
}
