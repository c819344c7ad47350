import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { CorrectionId, ReportId, SourceId, StatementId } from '../../model/ids.ts';
import type { Notice } from '../../model/report.ts';
import { document, growing, instant, oneOf } from './columns.ts';

/**
 * `accepted → read → judged` is the way of a report. `retrying`: reading it failed and is tried again. `quarantined`: it
 * failed too often. `duplicate`: the text of an earlier report. `baseline`: from a feed's first fetch, told to nobody.
 */
export const REPORT_STATES = [
  'accepted',
  'retrying',
  'read',
  'judged',
  'quarantined',
  'duplicate',
  'baseline',
] as const;
export type ReportState = (typeof REPORT_STATES)[number];

/** Incoming texts, in the order of their acceptance (`seq`). */
export const reports = pgTable(
  'reports',
  {
    id: text().$type<ReportId>().primaryKey(),
    seq: growing(),
    source: text().$type<SourceId>().notNull(),
    outlet: text().notNull(),
    url: text(),
    guid: text(),
    title: text(),
    body: text().notNull(),
    language: text().notNull(),
    published: instant().notNull(),
    accepted: instant().notNull(),
    fingerprint: text().notNull(),
    duplicateOf: text().$type<ReportId>(),
    /** The report whose text it repeats with changes, as judging found; it is judged all the same. */
    copyOf: text().$type<ReportId>(),
    shingles: bigint({ mode: 'number' }).array().notNull(),
    state: text().$type<ReportState>().notNull(),
    tries: integer().notNull().default(0),
    /** The last failure to read or judge it. */
    error: text(),
    /** Not to be read or judged again before this moment. */
    dueAt: instant(),
    /** The process that began to read it and has neither ended that nor failed in it. */
    reader: text(),
    /** How many processes ended while they read it. */
    deaths: integer().notNull().default(0),
    readAt: instant(),
    judgedAt: instant(),
    /** Version of the engine that read it. */
    engine: text(),
    /** The publisher's earlier text at the same address, which this one takes the place of. */
    revises: text().$type<ReportId>(),
    /** By the word before its title it puts right, or takes back, what its outlet published before. */
    notice: text().$type<Notice>(),
    /** The correction after which its word no longer counts. */
    withdrawn: text().$type<CorrectionId>(),
  },
  (table) => [
    unique('reports_seq').on(table.seq),
    // Of two reports with one text only one counts, whatever happens at the same time.
    uniqueIndex('reports_first_of_text')
      .on(table.fingerprint)
      .where(sql`${table.duplicateOf} is null`),
    foreignKey({ name: 'reports_duplicate_of', columns: [table.duplicateOf], foreignColumns: [table.id] }),
    foreignKey({ name: 'reports_copy_of', columns: [table.copyOf], foreignColumns: [table.id] }),
    foreignKey({ name: 'reports_revises', columns: [table.revises], foreignColumns: [table.id] }),
    check('reports_notice', oneOf(table.notice, ['correction', 'retraction'])),
    check('reports_state', oneOf(table.state, REPORT_STATES)),
    check('reports_duplicate', sql`(${table.state} = 'duplicate') = (${table.duplicateOf} is not null)`),
    check('reports_retry_due', sql`${table.state} <> 'retrying' or ${table.dueAt} is not null`),
    check('reports_judged_at', sql`(${table.state} = 'judged') = (${table.judgedAt} is not null)`),
    // Small whatever the history is: only what is under way or set aside.
    index('reports_open')
      .on(table.state, table.seq)
      .where(sql`${table.state} in ('accepted', 'retrying', 'read', 'quarantined')`),
    // Addresses are longer than an index takes. What a publisher has at one address, and by whom it was copied.
    index('reports_url')
      .on(sql`md5(${table.url})`, table.seq)
      .where(sql`${table.url} is not null`),
    index('reports_guid')
      .on(table.source, sql`md5(${table.guid})`, table.seq)
      .where(sql`${table.guid} is not null`),
    // Ids that people shorten.
    index('reports_prefix').on(table.id.op('text_pattern_ops')),
    index('reports_copies')
      .on(table.copyOf)
      .where(sql`${table.copyOf} is not null`),
    index('reports_judged_order')
      .on(table.judgedAt)
      .where(sql`${table.judgedAt} is not null`),
  ],
);

/** MinHash bands of reports' texts: reports that share one may be copies. */
export const reportBands = pgTable(
  'report_bands',
  {
    band: text().notNull(),
    seq: bigint({ mode: 'number' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.band, table.seq] }),
    index('report_bands_of_report').on(table.seq),
    foreignKey({
      name: 'report_bands_report',
      columns: [table.seq],
      foreignColumns: [reports.seq],
    }).onDelete('cascade'),
  ],
);

/** How many reports each source has brought: a count that need not read all history. */
export const sourceTallies = pgTable('source_tallies', {
  source: text().$type<SourceId>().primaryKey(),
  reports: bigint({ mode: 'number' }).notNull(),
  lastReport: instant().notNull(),
});

/** What a report states. `document`: the model's `Statement`. */
export const statements = pgTable(
  'statements',
  {
    id: text().$type<StatementId>().primaryKey(),
    report: text()
      .$type<ReportId>()
      .notNull()
      .references(() => reports.id, { onDelete: 'cascade' }),
    ordinal: integer().notNull(),
    document: document().notNull(),
  },
  (table) => [uniqueIndex('statements_of_report').on(table.report, table.ordinal)],
);

/** Signed messages that were answered: the same id gets the same answer. */
export const webhookMessages = pgTable('webhook_messages', {
  id: text().primaryKey(),
  /** SHA-256 of the body, in hex. */
  digest: text().notNull(),
  answer: document().notNull(),
  answered: instant().notNull(),
});

/** What is known of a feed between two polls. */
export const feeds = pgTable('feeds', {
  source: text().$type<SourceId>().primaryKey(),
  url: text().notNull(),
  etag: text(),
  lastModified: text(),
  baselineDone: boolean().notNull(),
  lastOk: instant(),
  lastError: text(),
  failures: integer().notNull(),
  nextAt: instant(),
});
