import { and, asc, desc, eq, gt, inArray, isNotNull, lt, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { firstDayOf } from '../assess/ledger/window.ts';
import { nearest } from '../assess/sketch.ts';
import type { NearReport, Snapshot } from '../assess/types.ts';
import type { Correction } from '../model/correction.ts';
import type { ReportId } from '../model/ids.ts';
import type { Incident } from '../model/incident.ts';
import type { Notice, Report, Source } from '../model/report.ts';
import type { StoredStatement } from '../model/statement.ts';
import type { Clock, Instant } from '../model/time.ts';
import { publishedCorrection } from './corrections.ts';
import { anyOf, type Database } from './database.ts';
import { toIncident } from './incidents.ts';
import type { Judging } from './judging.ts';
import { believedRowsFor } from './ledger.ts';
import { toStatement } from './reports.ts';
import { ruledAmong } from './rulings.ts';
import { incidentBlocks, incidents } from './schema/knowledge.ts';
import { reportBands, reports, statements, type ReportState } from './schema/reports.ts';
import { withdrawalOf } from './withdrawal.ts';

/** More earlier copies than this add nothing to whether a text is one. */
const NEAR_LIMIT = 50;

export async function snapshotOf(
  tx: Database,
  report: Report,
  source: Source,
  judging: Judging,
  clock: Clock,
): Promise<Snapshot> {
  const [found, near, now] = await Promise.all([
    statementsOf(tx, report),
    nearReports(tx, report),
    recordingTime(tx, clock),
  ]);
  const past = await pastOf(tx, report, near);
  const revises = past.corrects && (await withdrawalOf(tx, past.corrects(now), judging));
  const [incidents, ledger] = await Promise.all([
    candidates(tx, judging.blocksOf(report, found)),
    believedRowsFor(tx, judging.ledgerPlacesOf(found), firstDayOf(report, found)),
  ]);
  const concerned = revises ? unique([...incidents, ...revises.incidents]) : incidents;
  return {
    report,
    source,
    statements: found,
    incidents: concerned,
    rulings: await ruledAmong(tx, concerned),
    ledger: revises ? unique([...ledger, ...revises.ledger]) : ledger,
    near,
    now,
    ...(revises && { revises }),
    ...(past.notice !== undefined && { notice: past.notice }),
    ...(past.withdrawn && { withdrawn: true }),
  };
}

const unique = <T extends { readonly id: string }>(all: readonly T[]): readonly T[] => [
  ...new Map(all.map((one) => [one.id, one])).values(),
];

async function statementsOf(tx: Database, report: Report): Promise<readonly StoredStatement[]> {
  const rows = await tx
    .select()
    .from(statements)
    .where(eq(statements.report, report.id))
    .orderBy(asc(statements.ordinal));
  return rows.map(toStatement);
}

async function candidates(tx: Database, blocks: readonly string[]): Promise<readonly Incident[]> {
  const ids = tx
    .select({ id: incidentBlocks.incident })
    .from(incidentBlocks)
    .where(anyOf(incidentBlocks.block, blocks));
  const rows = await tx.select().from(incidents).where(inArray(incidents.id, ids)).orderBy(asc(incidents.id));
  return rows.map(toIncident);
}

interface Past {
  readonly notice?: Notice;
  readonly withdrawn: boolean;
  /** The correction that the report is, if it is one, at the time of its judging. */
  readonly corrects?: (now: Instant) => Correction;
}

/** What was noted of a report when it was accepted, or since. */
async function pastOf(tx: Database, report: Report, near: readonly NearReport[]): Promise<Past> {
  const [row] = await tx
    .select({ revises: reports.revises, notice: reports.notice, withdrawn: reports.withdrawn })
    .from(reports)
    .where(eq(reports.id, report.id));
  const notice = row?.notice ?? undefined;
  const earlier = row?.revises ?? (notice && noticed(report, near));
  return {
    ...(notice && { notice }),
    withdrawn: row?.withdrawn != null,
    ...(earlier && { corrects: (now) => publishedCorrection(earlier, report, notice, now) }),
  };
}

/** A notice that stands at an address of its own is of the text of the same outlet that it repeats. */
function noticed(report: Report, near: readonly NearReport[]): ReportId | undefined {
  const own = near.filter(({ outlet, withdrawn }) => outlet === report.outlet && !withdrawn);
  return nearest(report.body, own)?.report.report;
}

/** Only reports that had their effect: the copy of one that was never judged must not be silenced as a copy. */
const HAD_EFFECT: ReportState[] = ['judged', 'baseline'];

/**
 * Those next to it in each band, and of these the newest: thousands of reports in set phrases may share a band. Those after
 * it had their effect when it was set aside and is judged again; else they wait.
 */
async function nearReports(tx: Database, report: Report): Promise<readonly NearReport[]> {
  const other = alias(reportBands, 'other');
  const own = tx
    .select({ band: reportBands.band, seq: reportBands.seq })
    .from(reportBands)
    .innerJoin(reports, eq(reports.seq, reportBands.seq))
    .where(eq(reports.id, report.id))
    .as('own');
  const next = (on: SQL, order: SQL) =>
    tx
      .select({ seq: other.seq })
      .from(other)
      .where(and(eq(other.band, own.band), on))
      .orderBy(order)
      .limit(NEAR_LIMIT);
  const beside = next(lt(other.seq, own.seq), desc(other.seq))
    .unionAll(next(gt(other.seq, own.seq), asc(other.seq)))
    .as('beside');
  const near = tx.selectDistinct({ seq: beside.seq }).from(own).crossJoinLateral(beside);
  return tx
    .select({
      report: reports.id,
      outlet: reports.outlet,
      published: reports.published,
      // As JSON, which is read several times faster than an array.
      shingles: sql<readonly number[]>`to_json(${reports.shingles})`,
      withdrawn: sql<boolean>`${reports.withdrawn} is not null`,
      unheard: sql<boolean>`${reports.state} = 'baseline'`,
    })
    .from(reports)
    .where(and(inArray(reports.seq, near), inArray(reports.state, HAD_EFFECT)))
    .orderBy(desc(reports.seq))
    .limit(NEAR_LIMIT);
}

/** Recorded time never runs backwards, whatever the machine's clock does. */
export async function recordingTime(tx: Database, clock: Clock): Promise<Instant> {
  const [last] = await tx
    .select({ at: reports.judgedAt })
    .from(reports)
    .where(isNotNull(reports.judgedAt))
    .orderBy(desc(reports.judgedAt))
    .limit(1);
  const now = clock();
  return last?.at && last.at > now ? last.at : now;
}
