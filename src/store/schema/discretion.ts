import { boolean, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { DestinationId, IncidentId } from '../../model/ids.ts';
import { growing, instant } from './columns.ts';
import { incidents } from './knowledge.ts';
import { destinations } from './telling.ts';

/** Happenings that are not told in full to everyone until then. */
export const withheld = pgTable('withheld', {
  incident: text()
    .$type<IncidentId>()
    .primaryKey()
    .references(() => incidents.id, { onDelete: 'cascade' }),
  until: instant().notNull(),
  /** An authorised person decided that it is told in full, now and from now on. */
  disclosed: boolean().notNull().default(false),
});

/** Destinations that are to be told in full when the time has passed. */
export const withheldFrom = pgTable(
  'withheld_from',
  {
    incident: text()
      .$type<IncidentId>()
      .notNull()
      .references(() => withheld.incident, { onDelete: 'cascade' }),
    destination: text()
      .$type<DestinationId>()
      .notNull()
      .references(() => destinations.id, { onDelete: 'cascade' }),
    due: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.incident, table.destination] }),
    index('withheld_from_due').on(table.due, table.incident),
  ],
);

/** Who did what when, of all that changes what readers are told. Rows are added, never changed. */
export const audit = pgTable(
  'audit',
  {
    seq: growing().primaryKey(),
    at: instant().notNull(),
    /** The person's name, or how they came: `desk`, `terminal`. */
    actor: text().notNull(),
    action: text().notNull(),
    /** Id of the incident, report or destination. */
    subject: text().notNull(),
    detail: text().notNull(),
  },
  (table) => [index('audit_subject').on(table.subject, table.seq)],
);
