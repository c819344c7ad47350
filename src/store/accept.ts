import { and, desc, eq, isNotNull, isNull, lt, or, sql } from 'drizzle-orm';
import { COPY_SHARE, shareIn } from '../assess/sketch.ts';
import type { ReportId } from '../model/ids.ts';
import type { Notice, Report } from '../model/report.ts';
import type { Clock, Instant } from '../model/time.ts';
import { lock, type Database } from './database.ts';
import { acceptance } from './documents/acceptance.ts';
import { readDocument } from './documents/read.ts';
import { LOCKS } from './locks.ts';
import { reportBands, reports, sourceTallies, webhookMessages } from './schema/reports.ts';
import { storable } from './text.ts';

/** A report to be kept. `fingerprint`: equal for one text. `bands`, `shingles`: its near-duplicate sketch. */
export interface NewReport {
  readonly report: Omit<Report, 'accepted'>;
  readonly fingerprint: string;
  readonly guid?: string;
  /** Kept, told to nobody. */
  readonly baseline?: boolean;
  /** What its title says it is, beside news. */
  readonly notice?: Notice;
  readonly bands: readonly string[];
  readonly shingles: readonly number[];
}

interface Acceptance {
  readonly kind: 'accepted' | 'already' | 'duplicate';
  readonly report: ReportId;
  readonly duplicateOf?: ReportId;
}

type MessageOutcome =
  { readonly kind: 'first' | 'replayed'; readonly answer: Acceptance } | { readonly kind: 'other_body' };

export interface AcceptRepository {
  /** Resolves after the commit. Of any number of concurrent calls with one text, one is `accepted`. */
  accept(input: NewReport): Promise<Acceptance>;
  /** As `accept`, once for each message id: a later call with it gets the first answer. */
  acceptMessage(
    message: { readonly id: string; readonly digest: string },
    input: NewReport,
  ): Promise<MessageOutcome>;
  /** Forgets the answers given before a moment, so that their ids may be used again. @returns how many */
  forgetMessages(before: Instant): Promise<number>;
}

export function acceptRepository(db: Database, clock: Clock): AcceptRepository {
  return {
    accept: async (input) => {
      // A feed brings the same items at every poll: those need no lock.
      const known = await db.select({ id: reports.id }).from(reports).where(eq(reports.id, input.report.id));
      if (known.length > 0) return { kind: 'already', report: input.report.id };
      return db.transaction(async (tx) => {
        await lock(tx, LOCKS.accept);
        return keep(tx, input, clock());
      });
    },
    acceptMessage: (message, input) =>
      db.transaction(async (tx) => {
        await lock(tx, LOCKS.accept);
        const [answered] = await tx.select().from(webhookMessages).where(eq(webhookMessages.id, message.id));
        if (answered) {
          if (answered.digest !== message.digest) return { kind: 'other_body' };
          const answer = readDocument(acceptance, `webhook_messages ${message.id}`, answered.answer);
          return { kind: 'replayed', answer };
        }
        const now = clock();
        const answer = await keep(tx, input, now);
        await tx.insert(webhookMessages).values({ ...message, answer, answered: now });
        return { kind: 'first', answer };
      }),
    forgetMessages: async (before) =>
      (await db.delete(webhookMessages).where(lt(webhookMessages.answered, before))).rowCount ?? 0,
  };
}

/** Under the accept lock. */
async function keep(tx: Database, input: NewReport, now: Instant): Promise<Acceptance> {
  const { id } = input.report;
  const found = await tx
    .select({ id: reports.id })
    .from(reports)
    .where(
      or(eq(reports.id, id), and(eq(reports.fingerprint, input.fingerprint), isNull(reports.duplicateOf))),
    );
  if (found.some((row) => row.id === id)) return { kind: 'already', report: id };
  const duplicateOf = found[0]?.id;
  const earlier = duplicateOf === undefined ? await earlierText(tx, input) : undefined;
  // Of what was there before the feed was listened to, only what is truly new is news.
  const unheard = earlier?.state === 'baseline' && !isNews(input, earlier.shingles);
  await insert(
    tx,
    unheard ? { ...input, baseline: true } : input,
    { duplicateOf, revises: earlier?.id },
    now,
  );
  return duplicateOf === undefined
    ? { kind: 'accepted', report: id }
    : { kind: 'duplicate', report: id, duplicateOf };
}

/** So much of one text in another is the same text, put right; less is another text at an address that is used again. */
const REVISION_SHARE = 0.5;

/** The text that its publisher had before where this one stands now: under the same name of a feed, or at the same address. */
async function earlierText(
  tx: Database,
  { report, guid, notice, shingles }: NewReport,
): Promise<Earlier | undefined> {
  const { source, outlet, url } = report;
  const named = guid === undefined ? undefined : storable(guid);
  const sameName =
    named === undefined
      ? undefined
      : and(sql`md5(${reports.guid}) = md5(${named})`, isNotNull(reports.guid), eq(reports.guid, named));
  const sameAddress =
    url === undefined
      ? undefined
      : and(
          sql`md5(${reports.url}) = md5(${storable(url)})`,
          isNotNull(reports.url),
          eq(reports.url, storable(url)),
          named === undefined ? undefined : isNull(reports.guid),
        );
  for (const same of [sameName, sameAddress]) {
    if (!same) continue;
    const [earlier] = await tx
      .select({ id: reports.id, state: reports.state, shingles: reports.shingles })
      .from(reports)
      .where(and(same, eq(reports.source, source), eq(reports.outlet, storable(outlet))))
      .orderBy(desc(reports.seq))
      .limit(1);
    if (!earlier) continue;
    const share = Math.max(shareIn(shingles, earlier.shingles), shareIn(earlier.shingles, shingles));
    return notice !== undefined || share >= REVISION_SHARE ? earlier : undefined;
  }
  return undefined;
}

type Earlier = Pick<typeof reports.$inferSelect, 'id' | 'state' | 'shingles'>;

const isNews = ({ shingles, notice }: NewReport, before: readonly number[]): boolean =>
  notice !== undefined || shareIn(shingles, before) < COPY_SHARE;

interface Relations {
  readonly duplicateOf: ReportId | undefined;
  readonly revises: ReportId | undefined;
}

async function insert(
  tx: Database,
  { report, fingerprint, guid, baseline, notice, bands, shingles }: NewReport,
  { duplicateOf, revises }: Relations,
  now: Instant,
): Promise<void> {
  const state = duplicateOf !== undefined ? 'duplicate' : baseline === true ? 'baseline' : 'accepted';
  const keeping = tx.insert(reports).values({
    ...report,
    outlet: storable(report.outlet),
    body: storable(report.body),
    title: report.title === undefined ? null : storable(report.title),
    url: report.url === undefined ? null : storable(report.url),
    guid: guid === undefined ? null : storable(guid),
    accepted: now,
    fingerprint,
    duplicateOf: duplicateOf ?? null,
    revises: revises ?? null,
    notice: notice ?? null,
    shingles: [...shingles],
    state,
  });
  const seq = sql<number>`(select ${reports.seq} from ${reports} where ${reports.id} = ${report.id})`;
  const marks = [...new Set(bands)].map((band) => ({ band, seq }));
  const tallying = tx
    .insert(sourceTallies)
    .values({ source: report.source, reports: 1, lastReport: now })
    .onConflictDoUpdate({
      target: sourceTallies.source,
      set: { reports: sql`${sourceTallies.reports} + 1`, lastReport: now },
    });
  // They go to the server together, in this order.
  await Promise.all([keeping, ...(marks.length > 0 ? [tx.insert(reportBands).values(marks)] : []), tallying]);
}
