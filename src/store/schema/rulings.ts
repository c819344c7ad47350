import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import type { IncidentId, RulingId, StatementId } from '../../model/ids.ts';
import type { RulingKind } from '../../model/ruling.ts';
import { growing, instant, oneOf } from './columns.ts';
import { CORRECTION_STATES, type CorrectionState } from './corrections.ts';
import { incidents } from './knowledge.ts';
import { statements as statementTable } from './reports.ts';

/** What people decided to be one happening, or two. Judged after the report whose number is `after`, and before the next. */
export const rulings = pgTable(
  'rulings',
  {
    id: text().$type<RulingId>().primaryKey(),
    seq: growing(),
    kind: text().$type<RulingKind>().notNull(),
    incident: text()
      .$type<IncidentId>()
      .notNull()
      .references(() => incidents.id),
    other: text()
      .$type<IncidentId>()
      .references(() => incidents.id),
    /** `apart`: those that are set apart. */
    statements: text().array().$type<StatementId[]>().notNull(),
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
    unique('rulings_seq').on(table.seq),
    check('rulings_kind', oneOf(table.kind, ['same', 'apart'])),
    check('rulings_other', sql`(${table.kind} = 'same') = (${table.other} is not null)`),
    check('rulings_state', oneOf(table.state, CORRECTION_STATES)),
    check('rulings_applied', sql`(${table.state} = 'applied') = (${table.applied} is not null)`),
    index('rulings_pending')
      .on(table.after, table.seq)
      .where(sql`${table.state} = 'pending'`),
  ],
);

/** The accounts that a ruling holds for, since it was applied: each of `one` with each of `other`. */
export const ruledAccounts = pgTable(
  'ruled_accounts',
  {
    ruling: text()
      .$type<RulingId>()
      .notNull()
      .references(() => rulings.id, { onDelete: 'cascade' }),
    side: text().$type<'one' | 'other'>().notNull(),
    statement: text()
      .$type<StatementId>()
      .notNull()
      .references(() => statementTable.id),
    /** The model's `accountKey`: a statement on several places has an account for each. */
    account: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.ruling, table.account] }),
    index('ruled_accounts_statement').on(table.statement),
    check('ruled_accounts_side', oneOf(table.side, ['one', 'other'])),
  ],
);
