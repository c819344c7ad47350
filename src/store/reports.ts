import { and, asc, desc, eq, isNotNull, like, sql } from 'drizzle-orm';
import type { ReportId } from '../model/ids.ts';
import type { Report } from '../model/report.ts';
import type { StoredStatement } from '../model/statement.ts';
import { anyOf, type Database } from './database.ts';
import { readDocument } from './documents/read.ts';
import { statement } from './documents/statement.ts';
import { prepared } from './prepared.ts';
import { reports, type ReportState, type statements } from './schema/reports.ts';

export interface Quarantined {
  readonly report: Report;
  readonly error: string;
  readonly tries: number;
}

export interface ReportRepository {
  report(id: ReportId): Promise<Report | undefined>;
  /** Those of `ids` that there are, in any order. */
  reports(ids: readonly ReportId[]): Promise<readonly Report[]>;
  reportState(id: ReportId): Promise<ReportState | undefined>;
  /** Reports published at any of these addresses, the newest first. */
  reportsAt(urls: readonly string[], limit: number): Promise<readonly Report[]>;
  /** Reports whose id begins so (empty: any), the newest first. */
  reportsLike(prefix: string, limit: number): Promise<readonly Report[]>;
  quarantined(limit?: number): Promise<readonly Quarantined[]>;
}

type Row = typeof reports.$inferSelect;

/** What a report's row needs to have for `toReport`; large columns that it does not need stay in the database. */
export const REPORT_COLUMNS = {
  id: reports.id,
  source: reports.source,
  outlet: reports.outlet,
  url: reports.url,
  title: reports.title,
  body: reports.body,
  language: reports.language,
  published: reports.published,
  accepted: reports.accepted,
};

export const toReport = (row: Pick<Row, keyof typeof REPORT_COLUMNS>): Report => ({
  id: row.id,
  source: row.source,
  outlet: row.outlet,
  ...(row.url !== null && { url: row.url }),
  ...(row.title !== null && { title: row.title }),
  body: row.body,
  language: row.language,
  published: row.published,
  accepted: row.accepted,
});

const BY_IDS = prepared('reports_by_ids', ['ids'], (db, { ids }) =>
  db.select(REPORT_COLUMNS).from(reports).where(anyOf(reports.id, ids)),
);

export function toStatement(row: typeof statements.$inferSelect): StoredStatement {
  const document = readDocument(statement, `statements ${row.id}`, row.document);
  return { ...document, id: row.id, report: row.report };
}

const QUARANTINE_PAGE = 200;
export function reportRepository(db: Database): ReportRepository {
  return {
    report: async (id) => {
      const [row] = await db.select(REPORT_COLUMNS).from(reports).where(eq(reports.id, id));
      return row && toReport(row);
    },
    reports: async (ids) => (ids.length === 0 ? [] : (await BY_IDS(db, { ids })).map(toReport)),
    reportState: async (id) =>
      (await db.select({ state: reports.state }).from(reports).where(eq(reports.id, id)))[0]?.state,
    reportsAt: async (urls, limit) => {
      const hashes = sql`select md5(address) from unnest(${sql.param([...urls])}::text[]) as address`;
      const rows = await db
        .select(REPORT_COLUMNS)
        .from(reports)
        .where(and(sql`md5(${reports.url}) in (${hashes})`, isNotNull(reports.url), anyOf(reports.url, urls)))
        .orderBy(desc(reports.seq))
        .limit(limit);
      return rows.map(toReport);
    },
    reportsLike: async (prefix, limit) => {
      const rows = await db
        .select(REPORT_COLUMNS)
        .from(reports)
        .where(prefix === '' ? undefined : like(reports.id, `${prefix.replace(/[\\%_]/g, '\\$&')}%`))
        .orderBy(desc(reports.seq))
        .limit(limit);
      return rows.map(toReport);
    },
    quarantined: async (limit = QUARANTINE_PAGE) => {
      const rows = await db
        .select({
          ...REPORT_COLUMNS,
          tries: sql<number>`${reports.tries} + ${reports.deaths}`.mapWith(Number),
          error: reports.error,
        })
        .from(reports)
        .where(eq(reports.state, 'quarantined'))
        .orderBy(asc(reports.seq))
        .limit(limit);
      return rows.map((row) => ({ report: toReport(row), error: row.error ?? '', tries: row.tries }));
    },
  };
}
