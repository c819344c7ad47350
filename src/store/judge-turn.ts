import { asc, eq, sql } from 'drizzle-orm';
import type { CorrectionId, ReportId, RulingId } from '../model/ids.ts';
import type { Clock, Instant } from '../model/time.ts';
import { toCorrection } from './corrections.ts';
import type { Database } from './database.ts';
import { StoreError } from './error.ts';
import type { Turn } from './judging.ts';
import { prepared } from './prepared.ts';
import { toRuling } from './rulings.ts';
import { corrections } from './schema/corrections.ts';
import { reports } from './schema/reports.ts';
import { rulings } from './schema/rulings.ts';

export type Next = Turn | { readonly kind: 'waiting'; readonly until?: Instant } | { readonly kind: 'idle' };

/** A correction or a ruling. */
interface Request {
  readonly after: number;
  readonly requested: Instant;
  readonly dueAt: Instant | null;
  readonly turn: () => Promise<Turn>;
}

interface Waiting {
  readonly id: ReportId;
  readonly seq: number;
  readonly dueAt: Instant | null;
}

/** What people asked for has its turn after all reports that were accepted before that. */
export async function nextInOrder(tx: Database, clock: Clock): Promise<Next> {
  const [first] = await FIRST(tx, {});
  const now = clock();
  if (!first) return { kind: 'idle' };
  const { read, unread } = first;
  const report = nextReport(read, unread, now);
  const request = nextRequest(tx, first);
  if (!request) return report;
  if (Math.min(read?.seq ?? Infinity, unread?.seq ?? Infinity) <= request.after)
    return report.kind === 'idle' ? { kind: 'waiting' } : report;
  if (request.dueAt !== null && request.dueAt > now) return { kind: 'waiting', until: request.dueAt };
  return request.turn();
}

/**
 * The first of each kind, as of one moment: were one looked for after the other, a report that was read in between could
 * be passed over.
 */
const FIRST = prepared('judge_first', [], (db) => {
  const inState = (state: 'accepted' | 'read') =>
    db
      .select({ id: reports.id, seq: reports.seq, dueAt: reports.dueAt })
      .from(reports)
      .where(eq(reports.state, sql.raw(`'${state}'`)))
      .orderBy(asc(reports.seq))
      .limit(1);
  const read = inState('read').as('read');
  const unread = inState('accepted').as('unread');
  const correction = db
    .select({
      id: corrections.id,
      after: corrections.after,
      requested: corrections.requested,
      dueAt: corrections.dueAt,
    })
    .from(corrections)
    .where(eq(corrections.state, sql`'pending'`))
    .orderBy(asc(corrections.after), asc(corrections.seq))
    .limit(1)
    .as('correction');
  const ruling = db
    .select({ id: rulings.id, after: rulings.after, requested: rulings.requested, dueAt: rulings.dueAt })
    .from(rulings)
    .where(eq(rulings.state, sql`'pending'`))
    .orderBy(asc(rulings.after), asc(rulings.seq))
    .limit(1)
    .as('ruling');
  return db
    .select({
      read: { id: read.id, seq: read.seq, dueAt: read.dueAt },
      unread: { id: unread.id, seq: unread.seq, dueAt: unread.dueAt },
      correction: {
        id: correction.id,
        after: correction.after,
        requested: correction.requested,
        dueAt: correction.dueAt,
      },
      ruling: { id: ruling.id, after: ruling.after, requested: ruling.requested, dueAt: ruling.dueAt },
    })
    .from(sql`(select 1) as one`)
    .leftJoin(read, sql`true`)
    .leftJoin(unread, sql`true`)
    .leftJoin(correction, sql`true`)
    .leftJoin(ruling, sql`true`);
});

/** Of corrections and rulings, the one that was asked for first. */
function nextRequest(
  tx: Database,
  { correction, ruling }: Awaited<ReturnType<typeof FIRST>>[number],
): Request | undefined {
  const requests: readonly Request[] = [
    ...(correction ? [{ ...correction, turn: () => correctionTurn(tx, correction.id) }] : []),
    ...(ruling ? [{ ...ruling, turn: () => rulingTurn(tx, ruling.id) }] : []),
  ];
  return requests.toSorted((a, b) => a.after - b.after || (a.requested < b.requested ? -1 : 1))[0];
}

async function correctionTurn(tx: Database, id: CorrectionId): Promise<Turn> {
  const [row] = await tx.select().from(corrections).where(eq(corrections.id, id));
  if (!row) throw new StoreError(`There is no correction ${id}.`);
  return { kind: 'correction', correction: toCorrection(row) };
}

async function rulingTurn(tx: Database, id: RulingId): Promise<Turn> {
  const [row] = await tx.select().from(rulings).where(eq(rulings.id, id));
  if (!row) throw new StoreError(`There is no ruling ${id}.`);
  return { kind: 'ruling', ruling: toRuling(row) };
}

/** A report whose reading failed does not hold up the others; one whose reading has not come about yet does. */
function nextReport(read: Waiting | null, unread: Waiting | null, now: Instant): Next {
  if (!read) return { kind: 'idle' };
  if (unread && unread.seq < read.seq) return { kind: 'waiting' };
  if (read.dueAt !== null && read.dueAt > now) return { kind: 'waiting', until: read.dueAt };
  return { kind: 'report', report: read.id };
}
