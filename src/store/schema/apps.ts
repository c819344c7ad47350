import { sql } from 'drizzle-orm';
import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { Platform } from '../../model/telling.ts';
import { instant } from './columns.ts';

/** Where the app is installed, by workspace or by organisation. `sealed`: its tokens, encrypted. */
export const installations = pgTable(
  'installations',
  {
    platform: text().$type<Platform>().notNull(),
    workspace: text().notNull(),
    sealed: text().notNull(),
    /** When the token in it ends; absent: never. */
    expires: instant(),
    installed: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.platform, table.workspace] }),
    index('installations_expiring')
      .on(table.platform, table.expires)
      .where(sql`${table.expires} is not null`),
  ],
);

/** Workspaces of an organisation that installed the app for all of them. */
export const organisationWorkspaces = pgTable(
  'organisation_workspaces',
  {
    platform: text().$type<Platform>().notNull(),
    workspace: text().notNull(),
    organisation: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.platform, table.workspace] }),
    index('organisation_workspaces_of').on(table.platform, table.organisation),
  ],
);
