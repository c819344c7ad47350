import { and, eq, inArray, sql, type Placeholder } from 'drizzle-orm';
import { statementId, type ReportId, type StatementId } from '../model/ids.ts';
import type { Report } from '../model/report.ts';
import type { Statement } from '../model/statement.ts';
import { instant, type Clock, type Instant } from '../model/time.ts';
import type { Database, Transact } from './database.ts';
import { reasonOf } from './error.ts';
import { prepared, preparedInsert } from './prepared.ts';
import { REPORT_COLUMNS, toReport } from './reports.ts';
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

export interface ReadRepository {
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
  /** Puts a quarantined report back to be read. False when it is not quarantined. */
  requeue(id: ReportId): Promise<boolean>;
}

const statementIdOf = (report: ReportId, ordinal: number): StatementId => statementId(`${report}.${ordinal}`);

const WAITING_TO_BE_READ: ReportState[] = ['accepted', 'retrying'];
/** Why a report is quarantined that let nobody live to say so. */
const DEADLY =
  'the bot ended each time while it read this report; it may need more memory than there is, or the bot was killed by chance';
/** What earlier failures left is forgotten. */
const AFRESH = { tries: 0, deaths: 0, reader: null, error: null, dueAt: null } as const;

const waiting = (id: ReportId | Placeholder) =>
  and(eq(reports.id, id), inArray(reports.state, WAITING_TO_BE_READ));

const UNREAD = prepared('read_unread', ['id'], (db, { id }) =>
  db
    .select({
      ...REPORT_COLUMNS,
      tries: reports.tries,
      dueAt: reports.dueAt,
      suspect: sql<boolean>`${reports.reader} is not null or ${reports.deaths} > 0`,
    })
    .from(reports)
    .where(waiting(id)),
);

const BEGIN_READ = prepared('read_begin', ['id', 'reader', 'maxTries'], (db, { id, reader, maxTries }) => {
  const died = sql`(case when ${reports.reader} <> ${reader} then 1 else 0 end)`;
  const deaths = sql`${reports.deaths} + ${died}`;
  const deadly = sql`${deaths} >= ${maxTries}::int`;
  return db
    .update(reports)
    .set({
      deaths,
      reader: sql`case when ${deadly} then null else ${reader} end`,
      state: sql`case when ${deadly} then 'quarantined' else ${reports.state} end`,
      dueAt: sql`case when ${deadly} then null else ${reports.dueAt} end`,
      error: sql`case when ${deadly} then ${DEADLY} else ${reports.error} end`,
    })
    .where(waiting(id))
    .returning({ state: reports.state });
});

const SET_READ = prepared('read_done', ['id', 'now', 'engine'], (db, { id, now, engine }) =>
  db
    .update(reports)
    .set({ ...AFRESH, state: 'read', readAt: sql`${now}`, engine: sql`${engine}` })
    .where(waiting(id))
    .returning({ id: reports.id }),
);

const INSERT_STATEMENTS = preparedInsert('read_statements', statements);

export function readRepository(db: Database, transact: Transact, clock: Clock): ReadRepository {
  return {
    unread: async (id) => {
      const [row] = await UNREAD(db, { id });
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
      const [row] = await BEGIN_READ(db, { id, reader, maxTries });
      if (!row) return 'unchanged';
      return row.state === 'quarantined' ? 'quarantined' : 'begun';
    },
    commitRead: (id, found, engineVersion) =>
      transact(async (tx) => {
        const changed = await SET_READ(tx, { id, now: clock(), engine: engineVersion });
        if (changed.length === 0) return false;
        await INSERT_STATEMENTS(
          tx,
          found.map((document, ordinal) => ({
            id: statementIdOf(id, ordinal),
            report: id,
            ordinal,
            document,
          })),
        );
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
