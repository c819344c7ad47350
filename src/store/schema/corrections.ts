import { sql } from 'drizzle-orm';
import { bigint, check, foreignKey, index, integer, pgTable, text, unique } from 'drizzle-orm/pg-core';
import type { CorrectionKind } from '../../model/correction.ts';
import type { CorrectionId, ReportId } from '../../model/ids.ts';
import { growing, instant, oneOf } from './columns.ts';
import { reports } from './reports.ts';

/** `pending`: waits for its turn in judging. `failed`: judging it failed too often, and it was set aside. */
export const CORRECTION_STATES = ['pending', 'applied', 'failed'] as const;
export type CorrectionState = (typeof CORRECTION_STATES)[number];

/** Reports that were taken back or revised. Judged after the report whose number is `after`, and before the next. */
export const corrections = pgTable(
  'corrections',
  {
    id: text().$type<CorrectionId>().primaryKey(),
    seq: growing(),
    kind: text().$type<CorrectionKind>().notNull(),
    report: text().$type<ReportId>().notNull(),
    replacement: text().$type<ReportId>(),
    by: text().notNull(),
    reason: text().notNull(),
    requested: instant().notNull(),
    after: bigint({ mode: 'number' }).notNull(),
    state: text().$type<CorrectionState>().notNull(),
    applied: instant(),
    tries: integer().notNull().default(0),
    error: text(),
    /** Not to be judged again before this moment. */
    dueAt: instant(),
  },
  (table) => [
    unique('corrections_seq').on(table.seq),
    foreignKey({ name: 'corrections_report', columns: [table.report], foreignColumns: [reports.id] }),
    foreignKey({
      name: 'corrections_replacement',
      columns: [table.replacement],
      foreignColumns: [reports.id],
    }),
    check('corrections_kind', oneOf(table.kind, ['retraction', 'revision'])),
    check('corrections_state', oneOf(table.state, CORRECTION_STATES)),
    check('corrections_applied', sql`(${table.state} = 'applied') = (${table.applied} is not null)`),
    index('corrections_of_report').on(table.report),
    index('corrections_pending')
      .on(table.after, table.seq)
      .where(sql`${table.state} = 'pending'`),
  ],
);
