import { and, asc, DrizzleQueryError, eq, lt } from 'drizzle-orm';
import pg from 'pg';
import type { ReportId, SourceId } from '../model/ids.ts';
import type { Report, Source } from '../model/report.ts';
import { instant, type Clock, type Instant } from '../model/time.ts';
import { lock, type Database } from './database.ts';
import { reasonOf } from './error.ts';
import { LOCKS } from './locks.ts';
import { writeJudgement } from './judge-write.ts';
import type { JudgeOutcome, Judging } from './judging.ts';
import { snapshotOf } from './judge-snapshot.ts';
import { REPORT_COLUMNS, reportRepository, toReport } from './reports.ts';
import { reports } from './schema/reports.ts';
import { concernedSubscriptions } from './subscriptions.ts';
import { updateTimes } from './held.ts';
import { threadsOf } from './threads.ts';

export type { Judgement, JudgeReader, Judging } from './judging.ts';

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
          const next = await nextInOrder(tx, clock());
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
          state: await countFailure(db, report, error, judging, clock()),
          error,
        };
      }
    },
  };
}

type Next =
  | { readonly kind: 'next'; readonly report: Report }
  | { readonly kind: 'waiting'; readonly until?: Instant }
  | { readonly kind: 'idle' };

/** A report whose reading failed does not hold up the others; one whose reading has not come about yet does. */
async function nextInOrder(tx: Database, now: Instant): Promise<Next> {
  const [row] = await tx
    .select({ ...REPORT_COLUMNS, seq: reports.seq, dueAt: reports.dueAt })
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
  if (earlier) return { kind: 'waiting' };
  if (row.dueAt !== null && row.dueAt > now) return { kind: 'waiting', until: row.dueAt };
  return { kind: 'next', report: toReport(row) };
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
    threadsOf: (incidents) => threadsOf(tx, incidents, snapshot.now),
    reports: (ids) => reportRepository(tx, clock).reports(ids),
    updateTimes: (incident, limit) => updateTimes(tx, incident, limit),
  });
  await writeJudgement(tx, snapshot, judgement, judging.gather);
  const destinations = [...new Set(judgement.deliveries.map((delivery) => delivery.destination))];
  return { kind: 'judged', report: report.id, destinations };
}

/**
 * SQLSTATE classes 40 (deadlock), 53 (disk, memory), 57 (operator, shutdown) and 58 (system), and a query that got no
 * answer at all: the same may work later, and no report is to blame.
 */
function isOutage(error: unknown): boolean {
  if (!(error instanceof DrizzleQueryError)) return isPassing(error);
  return !(error.cause instanceof pg.DatabaseError) || isPassing(error.cause);
}

const isPassing = (error: unknown): boolean =>
  error instanceof pg.DatabaseError && /^(?:40|53|57|58)/.test(error.code ?? '');

async function countFailure(
  db: Database,
  id: ReportId,
  error: unknown,
  { maxTries, retryMs }: Pick<Judging, 'maxTries' | 'retryMs'>,
  now: Instant,
): Promise<'read' | 'quarantined'> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select({ tries: reports.tries })
      .from(reports)
      .where(and(eq(reports.id, id), eq(reports.state, 'read')))
      .for('update');
    if (!row) return 'read';
    const tries = row.tries + 1;
    const state = tries >= maxTries ? 'quarantined' : 'read';
    const pause = retryMs * 2 ** Math.min(row.tries, 10);
    const dueAt = state === 'read' ? instant(Date.parse(now) + pause) : null;
    await tx
      .update(reports)
      .set({ state, tries, dueAt, error: `judging it failed: ${reasonOf(error)}` })
      .where(eq(reports.id, id));
    return state;
  });
}
