import { and, asc, desc, eq, gt, inArray, isNotNull, lt, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { firstDayOf } from '../assess/ledger/window.ts';
import { nearest } from '../assess/sketch.ts';
import type { NearReport, Snapshot } from '../assess/types.ts';
import type { ReportId, SourceId } from '../model/ids.ts';
import type { Incident } from '../model/incident.ts';
import type { Report, Source } from '../model/report.ts';
import type { StoredStatement } from '../model/statement.ts';
import type { Clock, Instant } from '../model/time.ts';
import { publishedCorrection } from './corrections.ts';
import { anyOf, together, type Database } from './database.ts';
import { StoreError } from './error.ts';
import { toIncident } from './incidents.ts';
import type { Judging } from './judging.ts';
import { believedRowsFor } from './ledger.ts';
import { prepared } from './prepared.ts';
import { REPORT_COLUMNS, toReport, toStatement } from './reports.ts';
import { ruledAmong } from './rulings.ts';
import { incidentBlocks, incidents } from './schema/knowledge.ts';
import { reportBands, reports, statements, type ReportState } from './schema/reports.ts';
import { withdrawalOf } from './withdrawal.ts';

/** More earlier copies than this add nothing to whether a text is one. */
const NEAR_LIMIT = 50;

export async function snapshotOf(
  tx: Database,
  id: ReportId,
  sourceOf: (id: SourceId) => Source,
  judging: Judging,
  clock: Clock,
): Promise<Snapshot> {
  const [[row], found, near, now] = await together([
    ROW(tx, { id }),
    statementsOf(tx, id),
    nearReports(tx, id),
    recordingTime(tx, clock),
  ]);
  if (!row) throw new StoreError(`There is no report ${id} to judge.`);
  const report = toReport(row);
  const notice = row.notice ?? undefined;
  const earlier = row.revises ?? (notice && noticed(report, near));
  const corrects = earlier && publishedCorrection(earlier, report, notice, now);
  const revises = corrects && (await withdrawalOf(tx, corrects, judging));
  const [incidents, ledger] = await together([
    candidates(tx, judging.blocksOf(report, found)),
    believedRowsFor(tx, judging.ledgerPlacesOf(found), firstDayOf(report, found)),
  ]);
  const concerned = revises ? unique([...incidents, ...revises.incidents]) : incidents;
  return {
    report,
    source: sourceOf(report.source),
    statements: found,
    incidents: concerned,
    rulings: await ruledAmong(tx, concerned),
    ledger: revises ? unique([...ledger, ...revises.ledger]) : ledger,
    near,
    now,
    ...(revises && { revises }),
    ...(notice !== undefined && { notice }),
    ...(row.withdrawn !== null && { withdrawn: true }),
  };
}

const unique = <T extends { readonly id: string }>(all: readonly T[]): readonly T[] => [
  ...new Map(all.map((one) => [one.id, one])).values(),
];

/** The report, with what was noted of it when it was accepted, or since. */
const ROW = prepared('judge_report', ['id'], (db, { id }) =>
  db
    .select({
      ...REPORT_COLUMNS,
      revises: reports.revises,
      notice: reports.notice,
      withdrawn: reports.withdrawn,
    })
    .from(reports)
    .where(eq(reports.id, id)),
);

const STATEMENTS = prepared('judge_statements', ['report'], (db, { report }) =>
  db.select().from(statements).where(eq(statements.report, report)).orderBy(asc(statements.ordinal)),
);

const statementsOf = async (tx: Database, report: ReportId): Promise<readonly StoredStatement[]> =>
  (await STATEMENTS(tx, { report })).map(toStatement);

const CANDIDATES = prepared('judge_candidates', ['blocks'], (db, { blocks }) => {
  const ids = db
    .select({ id: incidentBlocks.incident })
    .from(incidentBlocks)
    .where(anyOf(incidentBlocks.block, blocks));
  return db
    .select({ id: incidents.id, document: incidents.document })
    .from(incidents)
    .where(inArray(incidents.id, ids))
    .orderBy(asc(incidents.id));
});

const candidates = async (tx: Database, blocks: readonly string[]): Promise<readonly Incident[]> =>
  (await CANDIDATES(tx, { blocks })).map(toIncident);

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
const NEAR = prepared('judge_near', ['report'], (db, { report }) => {
  const other = alias(reportBands, 'other');
  const own = db
    .select({ band: reportBands.band, seq: reportBands.seq })
    .from(reportBands)
    .innerJoin(reports, eq(reports.seq, reportBands.seq))
    .where(eq(reports.id, report))
    .as('own');
  const next = (on: SQL, order: SQL) =>
    db
      .select({ seq: other.seq })
      .from(other)
      .where(and(eq(other.band, own.band), on))
      .orderBy(order)
      .limit(NEAR_LIMIT);
  const beside = next(lt(other.seq, own.seq), desc(other.seq))
    .unionAll(next(gt(other.seq, own.seq), asc(other.seq)))
    .as('beside');
  // Newest first, so that no more reports are fetched than are wanted: bands that many share bring a thousand.
  const near = db
    .selectDistinct({ seq: beside.seq })
    .from(own)
    .crossJoinLateral(beside)
    .orderBy(desc(beside.seq))
    .as('near');
  // Looked up one by one: joined, the plan hangs on how many reports there were when the database last counted them.
  const looked = db
    .select({
      report: reports.id,
      outlet: reports.outlet,
      published: reports.published,
      // As JSON, which is read several times faster than an array.
      shingles: sql<readonly number[]>`to_json(${reports.shingles})`.as('shingles'),
      withdrawn: sql<boolean>`${reports.withdrawn} is not null`.as('taken_back'),
      unheard: sql<boolean>`${reports.state} = 'baseline'`.as('unheard'),
    })
    .from(reports)
    .where(and(eq(reports.seq, near.seq), inArray(reports.state, HAD_EFFECT)))
    .offset(0)
    .as('looked');
  return db
    .select({
      report: looked.report,
      outlet: looked.outlet,
      published: looked.published,
      shingles: looked.shingles,
      withdrawn: looked.withdrawn,
      unheard: looked.unheard,
    })
    .from(near)
    .crossJoinLateral(looked)
    .orderBy(desc(near.seq))
    .limit(NEAR_LIMIT);
});

const nearReports = (tx: Database, report: ReportId): Promise<readonly NearReport[]> => NEAR(tx, { report });

const LAST_JUDGED = prepared('judge_last', [], (db) =>
  db
    .select({ at: reports.judgedAt })
    .from(reports)
    .where(isNotNull(reports.judgedAt))
    .orderBy(desc(reports.judgedAt))
    .limit(1),
);

/** Recorded time never runs backwards, whatever the machine's clock does. */
export async function recordingTime(tx: Database, clock: Clock): Promise<Instant> {
  const [last] = await LAST_JUDGED(tx, {});
  const now = clock();
  return last?.at && last.at > now ? last.at : now;
}
