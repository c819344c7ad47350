import { and, asc, desc, eq, inArray, isNotNull, like, sql } from 'drizzle-orm';
import type { ReportId, StatementId } from '../model/ids.ts';
import type { Report } from '../model/report.ts';
import type { Statement, StoredStatement } from '../model/statement.ts';
import { statementId } from '../model/ids.ts';
import { instant, type Clock, type Instant } from '../model/time.ts';
import { anyOf, type Database } from './database.ts';
import { readDocument } from './documents/read.ts';
import { statement } from './documents/statement.ts';
import { reasonOf } from './error.ts';
import { prepared } from './prepared.ts';
import { reports, statements, type ReportState } from './schema/reports.ts';

/** A report that is to be read. */
interface Unread {
  readonly report: Report;
  /** Failed tries to read it. */
  readonly tries: number;
  /** Not to be tried before this moment. */
  readonly dueAt?: Instant;
  /** A process ended, or lost the database, while it read this one: whether by this report's doing is not known. */
  readonly suspect: boolean;
}

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
  /** Undefined when it is read already, set aside or not there. */
  unread(id: ReportId): Promise<Unread | undefined>;
  /**
   * Writes down that the process `reader` begins to read it, so that a report which ends every process that reads it (it
   * takes all memory) is set aside too. Another reader that began and came to no end counts as a death. Only deaths of
   * readers of this very report count; read a `suspect` one alone, so that it takes no other with it.
   */
  beginRead(
    id: ReportId,
    reader: string,
    policy: { readonly maxTries: number },
  ): Promise<'begun' | 'quarantined' | 'unchanged'>;
  /**
   * Keeps what was read, in text order, and lets the report be judged. False when it had been read meanwhile, and
   * nothing was changed. Ids of statements: the report's id and their number from 0.
   */
  commitRead(id: ReportId, statements: readonly Statement[], engineVersion: string): Promise<boolean>;
  /** Counts a failure. `unchanged`: the report was not waiting to be read. */
  failRead(
    id: ReportId,
    error: unknown,
    policy: { readonly maxTries: number; readonly delayMs: number },
  ): Promise<'retrying' | 'quarantined' | 'unchanged'>;
  quarantined(limit?: number): Promise<readonly Quarantined[]>;
  /** Puts a quarantined report back to be read. False when it is not quarantined. */
  requeue(id: ReportId): Promise<boolean>;
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

const statementIdOf = (report: ReportId, ordinal: number): StatementId => statementId(`${report}.${ordinal}`);

export function toStatement(row: typeof statements.$inferSelect): StoredStatement {
  const document = readDocument(statement, `statements ${row.id}`, row.document);
  return { ...document, id: row.id, report: row.report };
}

const WAITING_TO_BE_READ: ReportState[] = ['accepted', 'retrying'];
const QUARANTINE_PAGE = 200;
/** Why a report is quarantined that let nobody live to say so. */
const DEADLY =
  'the bot ended each time while it read this report; it may need more memory than there is, or the bot was killed by chance';
/** What earlier failures left is forgotten. */
const AFRESH = { tries: 0, deaths: 0, reader: null, error: null, dueAt: null } as const;

export function reportRepository(db: Database, clock: Clock): ReportRepository {
  const waiting = (id: ReportId) => and(eq(reports.id, id), inArray(reports.state, WAITING_TO_BE_READ));
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
    unread: async (id) => {
      const [row] = await db
        .select({
          ...REPORT_COLUMNS,
          tries: reports.tries,
          dueAt: reports.dueAt,
          suspect: sql<boolean>`${reports.reader} is not null or ${reports.deaths} > 0`,
        })
        .from(reports)
        .where(waiting(id));
      return (
        row && {
          report: toReport(row),
          tries: row.tries,
          suspect: row.suspect,
          ...(row.dueAt !== null && { dueAt: row.dueAt }),
        }
      );
    },
    beginRead: async (id, reader, { maxTries }) => {
      const died = sql`(case when ${reports.reader} <> ${reader} then 1 else 0 end)`;
      const deaths = sql`${reports.deaths} + ${died}`;
      const [row] = await db
        .update(reports)
        .set({
          deaths,
          reader: sql`case when ${deaths} >= ${maxTries} then null else ${reader} end`,
          state: sql`case when ${deaths} >= ${maxTries} then 'quarantined' else ${reports.state} end`,
          dueAt: sql`case when ${deaths} >= ${maxTries} then null else ${reports.dueAt} end`,
          error: sql`case when ${deaths} >= ${maxTries} then ${DEADLY} else ${reports.error} end`,
        })
        .where(waiting(id))
        .returning({ state: reports.state });
      if (!row) return 'unchanged';
      return row.state === 'quarantined' ? 'quarantined' : 'begun';
    },
    commitRead: (id, found, engineVersion) =>
      db.transaction(async (tx) => {
        const changed = await tx
          .update(reports)
          .set({ ...AFRESH, state: 'read', readAt: clock(), engine: engineVersion })
          .where(waiting(id))
          .returning({ id: reports.id });
        if (changed.length === 0) return false;
        const rows = found.map((document, ordinal) => ({
          id: statementIdOf(id, ordinal),
          report: id,
          ordinal,
          document,
        }));
        if (rows.length > 0) await tx.insert(statements).values(rows);
        return true;
      }),
    failRead: (id, error, { maxTries, delayMs }) =>
      db.transaction(async (tx) => {
        const [row] = await tx
          .select({ tries: reports.tries })
          .from(reports)
          .where(waiting(id))
          .for('update');
        if (!row) return 'unchanged';
        const tries = row.tries + 1;
        const state = tries >= maxTries ? 'quarantined' : 'retrying';
        const dueAt = state === 'retrying' ? instant(Date.parse(clock()) + delayMs) : null;
        await tx
          .update(reports)
          .set({ state, tries, error: reasonOf(error), dueAt, reader: null })
          .where(eq(reports.id, id));
        return state;
      }),
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
    requeue: (id) =>
      db.transaction(async (tx) => {
        const changed = await tx
          .update(reports)
          .set({ ...AFRESH, state: 'accepted', readAt: null, engine: null })
          .where(and(eq(reports.id, id), eq(reports.state, 'quarantined')))
          .returning({ id: reports.id });
        if (changed.length === 0) return false;
        await tx.delete(statements).where(eq(statements.report, id));
        return true;
      }),
  };
}
