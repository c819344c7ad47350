import { and, asc, DrizzleQueryError, eq, lt, sql } from 'drizzle-orm';
import pg from 'pg';
import type { ReportId, SourceId } from '../model/ids.ts';
import type { Report, Source } from '../model/report.ts';
import type { Clock } from '../model/time.ts';
import { lock, type Database } from './database.ts';
import { reasonOf } from './error.ts';
import { LOCKS } from './locks.ts';
import { writeJudgement } from './judge-write.ts';
import type { JudgeOutcome, Judging } from './judging.ts';
import { snapshotOf } from './judge-snapshot.ts';
import { REPORT_COLUMNS, reportRepository, toReport } from './reports.ts';
import { reports } from './schema/reports.ts';
import { concernedSubscriptions } from './subscriptions.ts';
import { threadsOf } from './threads.ts';

export type { Judgement, JudgeReader, Judging, NewDelivery } from './judging.ts';

export interface JudgeRepository {
  /**
   * Judges the next report, in the order of acceptance, in one transaction and one process at a time: so that what comes
   * of a set of reports depends neither on timing nor on crashes.
   * @throws what the database throws when it is away; then nothing was written
   */
  judgeNext(judging: Judging): Promise<JudgeOutcome>;
}

export function judgeRepository(
  db: Database,
  clock: Clock,
  sourceOf: (id: SourceId) => Source,
): JudgeRepository {
  return {
    judgeNext: async (judging) => {
      const failed: { report?: ReportId; error?: unknown } = {};
      try {
        return await db.transaction(async (tx) => {
          await lock(tx, LOCKS.judge);
          const next = await nextInOrder(tx);
          if (next.kind !== 'next') return next;
          try {
            return await judge(tx, next.report, judging, { clock, sourceOf });
          } catch (error) {
            Object.assign(failed, { report: next.report.id, error });
            throw error;
          }
        });
      } catch (error) {
        // Another error than the judgement's: the database went away, and no report is to blame.
        const { report } = failed;
        if (report === undefined || failed.error !== error || isOutage(error)) throw error;
        return {
          kind: 'failed',
          report,
          state: await countFailure(db, report, error, judging.maxTries),
          error,
        };
      }
    },
  };
}

type Next =
  | { readonly kind: 'next'; readonly report: Report }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'idle' };

/** A report whose reading failed does not hold up the others; one whose reading has not come about yet does. */
async function nextInOrder(tx: Database): Promise<Next> {
  const [row] = await tx
    .select({ ...REPORT_COLUMNS, seq: reports.seq })
    .from(reports)
    .where(eq(reports.state, 'read'))
    .orderBy(asc(reports.seq))
    .limit(1);
  if (!row) return { kind: 'idle' };
  const [earlier] = await tx
    .select({ id: reports.id })
    .from(reports)
    .where(and(eq(reports.state, 'accepted'), lt(reports.seq, row.seq)))
    .limit(1);
  return earlier ? { kind: 'waiting' } : { kind: 'next', report: toReport(row) };
}

async function judge(
  tx: Database,
  report: Report,
  judging: Judging,
  { clock, sourceOf }: { readonly clock: Clock; readonly sourceOf: (id: SourceId) => Source },
): Promise<JudgeOutcome> {
  const snapshot = await snapshotOf(tx, report, sourceOf(report.source), judging, clock);
  const judgement = await judging.decide(snapshot, {
    subscriptionsTo: (places) => concernedSubscriptions(tx, places),
    threadsOf: (incidents) => threadsOf(tx, incidents),
    reports: (ids) => reportRepository(tx, clock).reports(ids),
  });
  await writeJudgement(tx, snapshot, judgement);
  const destinations = [...new Set(judgement.deliveries.map((delivery) => delivery.destination))];
  return { kind: 'judged', report: report.id, destinations };
}

/** SQLSTATE classes 40 (deadlock), 53 (disk, memory), 57 (operator, shutdown) and 58 (system): the same may work later. */
function isOutage(error: unknown): boolean {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return cause instanceof pg.DatabaseError && /^(?:40|53|57|58)/.test(cause.code ?? '');
}

async function countFailure(
  db: Database,
  id: ReportId,
  error: unknown,
  maxTries: number,
): Promise<'read' | 'quarantined'> {
  const [row] = await db
    .update(reports)
    .set({
      tries: sql`${reports.tries} + 1`,
      error: `judging it failed: ${reasonOf(error)}`,
      state: sql`case when ${reports.tries} + 1 >= ${maxTries} then 'quarantined' else ${reports.state} end`,
    })
    .where(and(eq(reports.id, id), eq(reports.state, 'read')))
    .returning({ state: reports.state });
  return row?.state === 'quarantined' ? 'quarantined' : 'read';
}
