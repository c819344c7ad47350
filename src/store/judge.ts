import { DrizzleQueryError } from 'drizzle-orm';
import pg from 'pg';
import type { RetractionSnapshot } from '../assess/correct/types.ts';
import type { Correction } from '../model/correction.ts';
import type { DestinationId, ReportId, SourceId } from '../model/ids.ts';
import type { Source } from '../model/report.ts';
import type { Ruling } from '../model/ruling.ts';
import type { Clock, Instant } from '../model/time.ts';
import { lock, together, type Database, type Transact } from './database.ts';
import { StoreError } from './error.ts';
import { countFailure } from './judge-failure.ts';
import { LOCKS } from './locks.ts';
import { nextInOrder } from './judge-turn.ts';
import { recordingTime, snapshotOf } from './judge-snapshot.ts';
import { writeJudgement, writeRetraction, writeRuled } from './judge-write.ts';
import type { Judgement, JudgeOutcome, JudgeReader, Judging, Turn } from './judging.ts';
import { reportRepository } from './reports.ts';
import { rulingSnapshot } from './rulings.ts';
import { concernedSubscriptions } from './subscriptions.ts';
import { updateTimes } from './held.ts';
import { threadsOf } from './threads.ts';
import { withdrawalOf } from './withdrawal.ts';
import { disclosedAmong, trustedAmong } from './withholdings.ts';

export type { Judgement, JudgeReader, Judging } from './judging.ts';

export interface JudgeRepository {
  /**
   * Judges the next report, takes the next one back or applies the next ruling, in the order of acceptance, in one
   * transaction and one process at a time: so that what comes of a set of reports depends neither on timing nor on crashes.
   * @throws what the database throws when it is away; then nothing was written
   */
  judgeNext(judging: Judging): Promise<JudgeOutcome>;
  /** What taking a report back would do, were it done now. Nothing is written. */
  tryRetraction(
    correction: Correction,
    judging: Pick<Judging, 'retract' | 'ledgerPlacesOf'>,
  ): Promise<Judgement>;
}

export function judgeRepository(
  db: Database,
  transact: Transact,
  clock: Clock,
  sourceOf: (id: SourceId) => Source,
): JudgeRepository {
  return {
    judgeNext: async (judging) => {
      const failed: { next?: Turn; error?: unknown } = {};
      try {
        return await transact(async (tx) => {
          const [, next] = await together([lock(tx, LOCKS.judge), nextInOrder(tx, clock)]);
          if (next.kind === 'waiting' || next.kind === 'idle') return next;
          try {
            return await take(tx, next, judging, { clock, sourceOf });
          } catch (error) {
            Object.assign(failed, { next, error });
            throw error;
          }
        });
      } catch (error) {
        // Another error than the judgement's: the database went away, and no report is to blame.
        const { next } = failed;
        if (next === undefined || failed.error !== error || isOutage(error)) throw error;
        return countFailure(db, next, error, judging, clock());
      }
    },
    tryRetraction: (correction, judging) =>
      transact(async (tx) => {
        await lock(tx, LOCKS.judge);
        const snapshot = await retractionSnapshot(tx, correction, judging, clock);
        return judging.retract(snapshot, readerIn(tx, snapshot.now));
      }),
  };
}

interface Surroundings {
  readonly clock: Clock;
  readonly sourceOf: (id: SourceId) => Source;
}

function take(tx: Database, turn: Turn, judging: Judging, around: Surroundings): Promise<JudgeOutcome> {
  switch (turn.kind) {
    case 'report':
      return judge(tx, turn.report, judging, around);
    case 'correction':
      return takeBack(tx, turn.correction, judging, around.clock);
    case 'ruling':
      return applyRuling(tx, turn.ruling, judging, around.clock);
  }
}

async function judge(
  tx: Database,
  id: ReportId,
  judging: Judging,
  { clock, sourceOf }: Surroundings,
): Promise<JudgeOutcome> {
  const snapshot = await snapshotOf(tx, id, sourceOf, judging, clock);
  const judgement = await judging.decide(snapshot, readerIn(tx, snapshot.now));
  await writeJudgement(tx, snapshot, judgement, judging.gather);
  return { kind: 'judged', report: id, destinations: destinationsOf(judgement) };
}

async function takeBack(
  tx: Database,
  correction: Correction,
  judging: Judging,
  clock: Clock,
): Promise<JudgeOutcome> {
  const snapshot = await retractionSnapshot(tx, correction, judging, clock);
  const judgement = await judging.retract(snapshot, readerIn(tx, snapshot.now));
  await writeRetraction(tx, snapshot, judgement, judging.gather);
  const destinations = destinationsOf(judgement);
  return { kind: 'judged', report: correction.report, correction: correction.id, destinations };
}

async function applyRuling(
  tx: Database,
  ruling: Ruling,
  judging: Judging,
  clock: Clock,
): Promise<JudgeOutcome> {
  const snapshot = await rulingSnapshot(tx, ruling, await recordingTime(tx, clock));
  const judgement = await judging.rule(snapshot, readerIn(tx, snapshot.now));
  await writeRuled(tx, snapshot, judgement, judging.gather);
  return { kind: 'judged', ruling: ruling.id, destinations: destinationsOf(judgement) };
}

async function retractionSnapshot(
  tx: Database,
  correction: Correction,
  judging: Pick<Judging, 'ledgerPlacesOf'>,
  clock: Clock,
): Promise<RetractionSnapshot> {
  const report = await reportRepository(tx).report(correction.report);
  if (!report) throw new StoreError(`There is no report ${correction.report} to take back.`);
  return {
    withdrawal: await withdrawalOf(tx, correction, judging),
    report,
    now: await recordingTime(tx, clock),
  };
}

const readerIn = (tx: Database, now: Instant): JudgeReader => ({
  subscriptionsTo: (places) => concernedSubscriptions(tx, places),
  threadsOf: (incidents) => threadsOf(tx, incidents, now),
  reports: (ids) => reportRepository(tx).reports(ids),
  updateTimes: (incident, limit) => updateTimes(tx, incident, limit),
  disclosed: (incidents) => disclosedAmong(tx, incidents),
  trusted: (destinations) => trustedAmong(tx, destinations),
});

const destinationsOf = ({ deliveries }: Judgement): readonly DestinationId[] => [
  ...new Set(deliveries.map((delivery) => delivery.destination)),
];

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
