import { and, desc, eq, isNotNull, isNull, lt, or, sql, type Placeholder, type SQL } from 'drizzle-orm';
import { COPY_SHARE, shareIn } from '../assess/sketch.ts';
import type { ReportId } from '../model/ids.ts';
import type { Notice, Report } from '../model/report.ts';
import type { Clock, Instant } from '../model/time.ts';
import { lock, together, type Database, type Transact } from './database.ts';
import { acceptance } from './documents/acceptance.ts';
import { readDocument } from './documents/read.ts';
import { LOCKS } from './locks.ts';
import { prepared, preparedInsert } from './prepared.ts';
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

export function acceptRepository(db: Database, transact: Transact, clock: Clock): AcceptRepository {
  return {
    accept: async (input) => {
      // A feed brings the same items at every poll: those need no lock.
      const known = await KNOWN(db, { id: input.report.id });
      if (known.length > 0) return { kind: 'already', report: input.report.id };
      return transact(async (tx) => {
        const [, there] = await together([lock(tx, LOCKS.accept), thereOf(tx, input)]);
        return keep(tx, input, there, clock());
      });
    },
    acceptMessage: (message, input) =>
      transact(async (tx) => {
        const [, [answered], there] = await together([
          lock(tx, LOCKS.accept),
          ANSWERED(tx, { id: message.id }),
          thereOf(tx, input),
        ]);
        if (answered) {
          if (answered.digest !== message.digest) return { kind: 'other_body' };
          const answer = readDocument(acceptance, `webhook_messages ${message.id}`, answered.answer);
          return { kind: 'replayed', answer };
        }
        const now = clock();
        const answer = await keep(tx, input, there, now);
        await INSERT_ANSWER(tx, [{ ...message, answer, answered: now }]);
        return { kind: 'first', answer };
      }),
    forgetMessages: async (before) =>
      (await db.delete(webhookMessages).where(lt(webhookMessages.answered, before))).rowCount ?? 0,
  };
}

const ANSWERED = prepared('accept_answered', ['id'], (db, { id }) =>
  db.select().from(webhookMessages).where(eq(webhookMessages.id, id)),
);
const INSERT_ANSWER = preparedInsert('accept_answer', webhookMessages);

const KNOWN = prepared('accept_known', ['id'], (db, { id }) =>
  db.select({ id: reports.id }).from(reports).where(eq(reports.id, id)),
);

/** What is there already that a new report may be, repeat or take the place of. */
interface There {
  /** Reports of the same id or the same text, the first of that text. */
  readonly same: readonly { readonly id: ReportId }[];
  /** The newest text of its source and outlet under the same name of a feed, and at the same address. */
  readonly named: readonly Earlier[];
  readonly addressed: readonly Earlier[];
}

type Earlier = Pick<typeof reports.$inferSelect, 'id' | 'state' | 'shingles'>;

async function thereOf(tx: Database, { report, guid, fingerprint }: NewReport): Promise<There> {
  const { id, source, url } = report;
  const outlet = storable(report.outlet);
  const [same, named, addressed] = await together([
    SAME(tx, { id, fingerprint }),
    guid === undefined ? [] : NAMED(tx, { guid: storable(guid), source, outlet }),
    url === undefined ? [] : ADDRESSED(tx, { url: storable(url), named: guid !== undefined, source, outlet }),
  ]);
  return { same, named, addressed };
}

const SAME = prepared('accept_same', ['id', 'fingerprint'], (db, { id, fingerprint }) =>
  db
    .select({ id: reports.id })
    .from(reports)
    .where(or(eq(reports.id, id), and(eq(reports.fingerprint, fingerprint), isNull(reports.duplicateOf)))),
);

const newestOf = (db: Database, source: Placeholder, outlet: Placeholder, where: SQL | undefined) =>
  db
    .select({ id: reports.id, state: reports.state, shingles: reports.shingles })
    .from(reports)
    .where(and(where, eq(reports.source, source), eq(reports.outlet, outlet)))
    .orderBy(desc(reports.seq))
    .limit(1);

// The hashes are what the indexes hold.
const NAMED = prepared('accept_named', ['guid', 'source', 'outlet'], (db, { guid, source, outlet }) =>
  newestOf(
    db,
    source,
    outlet,
    and(sql`md5(${reports.guid}) = md5(${guid})`, isNotNull(reports.guid), eq(reports.guid, guid)),
  ),
);
/** `named`: what has a name of its own is another text, whatever its address. */
const ADDRESSED = prepared(
  'accept_addressed',
  ['url', 'named', 'source', 'outlet'],
  (db, { url, named, source, outlet }) =>
    newestOf(
      db,
      source,
      outlet,
      and(
        sql`md5(${reports.url}) = md5(${url})`,
        isNotNull(reports.url),
        eq(reports.url, url),
        sql`(not ${named}::boolean or ${reports.guid} is null)`,
      ),
    ),
);

/** Under the accept lock. */
async function keep(tx: Database, input: NewReport, there: There, now: Instant): Promise<Acceptance> {
  const { id } = input.report;
  if (there.same.some((row) => row.id === id)) return { kind: 'already', report: id };
  const duplicateOf = there.same[0]?.id;
  const earlier = duplicateOf === undefined ? earlierText(input, there) : undefined;
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

/** The text that its publisher had before where this one stands now. */
function earlierText({ notice, shingles }: NewReport, { named, addressed }: There): Earlier | undefined {
  const earlier = named[0] ?? addressed[0];
  if (!earlier) return undefined;
  const share = Math.max(shareIn(shingles, earlier.shingles), shareIn(earlier.shingles, shingles));
  return notice !== undefined || share >= REVISION_SHARE ? earlier : undefined;
}

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
  const { id, source } = report;
  // A row before what refers to it.
  await together([
    INSERT_REPORT(tx, [
      {
        ...report,
        accepted: now,
        fingerprint,
        guid: guid ?? null,
        duplicateOf: duplicateOf ?? null,
        revises: revises ?? null,
        notice: notice ?? null,
        shingles: [...shingles],
        state,
      },
    ]),
    INSERT_BANDS(tx, { id, bands }),
    COUNT(tx, { source, now }),
  ]);
}

const INSERT_REPORT = preparedInsert('accept_report', reports);

const INSERT_BANDS = prepared('accept_bands', ['id', 'bands'], (db, { id, bands }) =>
  db
    .insert(reportBands)
    .select(
      sql`select distinct band, ${reports.seq} from ${reports}, unnest(${bands}::text[]) as band where ${reports.id} = ${id}`,
    ),
);

const COUNT = prepared('accept_count', ['source', 'now'], (db, { source, now }) =>
  db
    .insert(sourceTallies)
    .values({ source, reports: 1, lastReport: now })
    .onConflictDoUpdate({
      target: sourceTallies.source,
      set: { reports: sql`${sourceTallies.reports} + 1`, lastReport: sql`excluded.last_report` },
    }),
);
