import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { CorrectionId, IncidentId, ReportId, StatementId, UpdateId } from '../../model/ids.ts';
import type { IncidentFamily } from '../../model/incident.ts';
import type { PlaceKey } from '../../model/place.ts';
import type { Day } from '../../model/time.ts';
import { document, growing, instant, oneOf } from './columns.ts';
import { reports, statements } from './reports.ts';

/** Happenings in their latest form. `document`: the model's `Incident`. */
export const incidents = pgTable(
  'incidents',
  {
    id: text().$type<IncidentId>().primaryKey(),
    family: text().$type<IncidentFamily>().notNull(),
    state: text().$type<'open' | 'closed'>().notNull(),
    revision: integer().notNull(),
    opened: instant().notNull(),
    lastActivity: instant().notNull(),
    /** When a report last said something of it, by our clock. */
    heard: instant()
      .notNull()
      .default(sql`now()`),
    document: document().notNull(),
  },
  (table) => [
    // The open ones that were silent longest, for closing.
    index('incidents_quiet')
      .on(table.family, table.heard)
      .where(sql`${table.state} = 'open'`),
    // Ids that people shorten.
    index('incidents_prefix').on(table.id.op('text_pattern_ops')),
    // Those that were told to be like another one, by that.
    index('incidents_maybe_same')
      .using('gin', sql`(${table.document}->'maybeSame')`)
      .where(sql`${table.document}->'maybeSame' <> '[]'`),
    // What went up in another one, by that.
    index('incidents_absorbed')
      .on(sql`(${table.document}->>'mergedInto')`)
      .where(sql`${table.document}->>'mergedInto' is not null`),
    index('incidents_activity').on(table.lastActivity, table.id),
    // The few that are no news, newest first.
    index('incidents_past')
      .on(table.lastActivity, table.id)
      .where(sql`${table.document}->>'past' is not null`),
    check('incidents_family', oneOf(table.family, ['ground', 'movement'])),
    check('incidents_state', oneOf(table.state, ['open', 'closed'])),
  ],
);

/** As the index of them has it. */
export const likeAnother = sql`${incidents.document}->'maybeSame' <> '[]'`;

/** Keys under which a report finds the incidents that it may belong to. */
export const incidentBlocks = pgTable(
  'incident_blocks',
  {
    block: text().notNull(),
    incident: text()
      .$type<IncidentId>()
      .notNull()
      .references(() => incidents.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.block, table.incident] }),
    index('incident_blocks_incident').on(table.incident),
  ],
);

/** Where incidents are: the facts' places and places of arrival, and all that these lie in. */
export const incidentPlaces = pgTable(
  'incident_places',
  {
    incident: text()
      .$type<IncidentId>()
      .notNull()
      .references(() => incidents.id, { onDelete: 'cascade' }),
    place: text().$type<PlaceKey>().notNull(),
    /** A fact names the place itself. */
    named: boolean().notNull(),
    /** Copy of the incident's, so that the newest of a place are one walk along the index. */
    lastActivity: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.incident, table.place] }),
    index('incident_places_newest').on(table.place, table.lastActivity, table.incident),
    index('incident_places_named')
      .on(table.place, table.lastActivity, table.incident)
      .where(sql`${table.named}`),
  ],
);

/** The reports on whose word the incidents' facts stand. */
export const incidentReports = pgTable(
  'incident_reports',
  {
    report: text()
      .$type<ReportId>()
      .notNull()
      .references(() => reports.id),
    incident: text()
      .$type<IncidentId>()
      .notNull()
      .references(() => incidents.id, { onDelete: 'cascade' }),
  },
  (table) => [
    primaryKey({ columns: [table.report, table.incident] }),
    index('incident_reports_of_incident').on(table.incident),
  ],
);

/** What a report did to an incident. `document`: the model's `Update`. */
export const updates = pgTable(
  'updates',
  {
    id: text().$type<UpdateId>().primaryKey(),
    incident: text()
      .$type<IncidentId>()
      .notNull()
      .references(() => incidents.id),
    revision: integer().notNull(),
    report: text()
      .$type<ReportId>()
      .notNull()
      .references(() => reports.id),
    /** The correction that made it. */
    correction: text().$type<CorrectionId>(),
    document: document().notNull(),
  },
  (table) => [
    uniqueIndex('updates_revision').on(table.incident, table.revision),
    index('updates_report').on(table.report),
    index('updates_correction')
      .on(table.correction)
      .where(sql`${table.correction} is not null`),
  ],
);

/** Why each statement of a report went where it went. */
export const decisions = pgTable(
  'decisions',
  {
    report: text()
      .$type<ReportId>()
      .notNull()
      .references(() => reports.id, { onDelete: 'cascade' }),
    ordinal: integer().notNull(),
    statement: text()
      .$type<StatementId>()
      .notNull()
      .references(() => statements.id, { onDelete: 'cascade' }),
    incident: text()
      .$type<IncidentId>()
      .references(() => incidents.id),
    reason: document().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.report, table.ordinal] }),
    index('decisions_of_incident')
      .on(table.incident)
      .where(sql`${table.incident} is not null`),
  ],
);

/**
 * The bitemporal ledger. Rows are closed (`recorded_to`), never changed. `lineage`: the place's key and all that it lies
 * in, so that all of a governorate is one look into an index (kept up to date with each row: `fastupdate` would leave a list
 * to be read through). `document`: the model's `ControlEntry`.
 */
export const controlEntries = pgTable(
  'control_entries',
  {
    row: growing().primaryKey(),
    id: text().notNull(),
    place: text().$type<PlaceKey>().notNull(),
    lineage: text().array().notNull(),
    validFrom: date({ mode: 'string' }).$type<Day>().notNull(),
    validTo: date({ mode: 'string' }).$type<Day>(),
    recordedFrom: instant().notNull(),
    recordedTo: instant(),
    /** Rows from here on can be worked out without those before (`assess/ledger/window.ts`). */
    fresh: boolean().notNull().default(false),
    document: document().notNull(),
  },
  (table) => [
    // What was believed and is believed again comes back under the same id; at any moment it is believed once.
    uniqueIndex('control_entries_believed')
      .on(table.id)
      .where(sql`${table.recordedTo} is null`),
    index('control_entries_place_believed')
      .on(table.place, table.validFrom)
      .where(sql`${table.recordedTo} is null`),
    index('control_entries_within_believed')
      .using('gin', table.lineage)
      .with({ fastupdate: false })
      .where(sql`${table.recordedTo} is null`),
    // What holds now, everywhere, beside all that held once.
    index('control_entries_lasting')
      .on(table.validTo)
      .where(sql`${table.recordedTo} is null`),
    index('control_entries_provisional')
      .on(table.place)
      .where(sql`${table.recordedTo} is null and ${table.place} like '~%'`),
    index('control_entries_within').using('gin', table.lineage).with({ fastupdate: false }),
    check('control_entries_valid', sql`${table.validTo} >= ${table.validFrom}`),
    check('control_entries_recorded', sql`${table.recordedTo} >= ${table.recordedFrom}`),
  ],
);
