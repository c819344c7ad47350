import { and, eq } from 'drizzle-orm';
import type { CorrectionId, ReportId, RulingId } from '../model/ids.ts';
import { instant, type Instant } from '../model/time.ts';
import type { Database } from './database.ts';
import { reasonOf } from './error.ts';
import type { JudgeOutcome, Judging, Turn } from './judging.ts';
import { corrections } from './schema/corrections.ts';
import { reports } from './schema/reports.ts';
import { rulings } from './schema/rulings.ts';

type Policy = Pick<Judging, 'maxTries' | 'retryMs'>;

/** What could not be judged is tried again, each time later, and set aside when it failed too often. */
export async function countFailure(
  db: Database,
  turn: Turn,
  error: unknown,
  policy: Policy,
  now: Instant,
): Promise<JudgeOutcome> {
  switch (turn.kind) {
    case 'report': {
      const { report } = turn;
      return {
        kind: 'failed',
        report,
        state: await countReport(db, report, error, policy, now),
        error,
      };
    }
    case 'correction': {
      const { id, report } = turn.correction;
      const state = await countRequest(db, corrections, id, error, policy, now);
      return { kind: 'failed', report, correction: id, state, error };
    }
    case 'ruling': {
      const { id } = turn.ruling;
      const state = await countRequest(db, rulings, id, error, policy, now);
      return { kind: 'failed', ruling: id, state, error };
    }
  }
}

const retryAt = (now: Instant, retryMs: number, tries: number): Instant =>
  instant(Date.parse(now) + retryMs * 2 ** Math.min(tries, 10));

function countReport(
  db: Database,
  id: ReportId,
  error: unknown,
  { maxTries, retryMs }: Policy,
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
    const dueAt = state === 'read' ? retryAt(now, retryMs, row.tries) : null;
    await tx
      .update(reports)
      .set({ state, tries, dueAt, error: `judging it failed: ${reasonOf(error)}` })
      .where(eq(reports.id, id));
    return state;
  });
}

/** Both tables keep their failures alike. */
function countRequest(
  db: Database,
  table: typeof corrections | typeof rulings,
  id: CorrectionId | RulingId,
  error: unknown,
  { maxTries, retryMs }: Policy,
  now: Instant,
): Promise<'pending' | 'failed'> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select({ tries: table.tries })
      .from(table)
      .where(and(eq(table.id, id), eq(table.state, 'pending')))
      .for('update');
    if (!row) return 'pending';
    const tries = row.tries + 1;
    const state = tries >= maxTries ? 'failed' : 'pending';
    const dueAt = state === 'pending' ? retryAt(now, retryMs, row.tries) : null;
    await tx
      .update(table)
      .set({ state, tries, dueAt, error: reasonOf(error) })
      .where(eq(table.id, id));
    return state;
  });
}
