import { and, asc, eq, lt, sql } from 'drizzle-orm';
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

export type { Judgement, JudgeOutcome, JudgeReader, Judging, NewDelivery } from './judging.ts';

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
      let current: ReportId | undefined;
      try {
        return await db.transaction(async (tx) => {
          await lock(tx, LOCKS.judge);
          const next = await nextInOrder(tx);
          if (next.kind !== 'next') return next;
          current = next.report.id;
          return judge(tx, next.report, judging, { clock, sourceOf });
        });
      } catch (error) {
        if (current === undefined || isOutage(error)) throw error;
        const state = await countFailure(db, current, error, judging.maxTries);
        return { kind: 'failed', report: current, state, error };
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

/** SQLSTATE classes 08 (connection), 53 (resources), 57 (operator) and 58 (system), and errors of the socket. */
function isOutage(error: unknown): boolean {
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    const code = 'code' in each && typeof each.code === 'string' ? each.code : '';
    if (/^(?:08|53|57|58)/.test(code) || /^E[A-Z]+$/.test(code)) return true;
    if (/^(?:Connection terminated|timeout exceeded when trying to connect)/.test(each.message)) return true;
  }
  return false;
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
