import { sql, type SQL } from 'drizzle-orm';
import { bigint, customType, type AnyPgColumn } from 'drizzle-orm/pg-core';
import { instant as toInstant, type Instant } from '../../model/time.ts';
import { storableJson } from '../text.ts';

/** `timestamptz`, read as the model's ISO text in UTC with milliseconds. */
export const instant = customType<{ data: Instant; driverData: string }>({
  dataType: () => 'timestamp (3) with time zone',
  fromDriver: (value) => toInstant(value),
});

/**
 * `jsonb`. Postgres cannot hold a zero character or half of a surrogate pair, which a cut through a report's text may
 * leave; they become U+FFFD. Read as `unknown`: what it holds is checked where it is used (documents.ts).
 */
export const document = customType<{ data: unknown; driverData: string }>({
  dataType: () => 'jsonb',
  toDriver: storableJson,
});

/** A number that grows with every row. */
export const growing = () => bigint({ mode: 'number' }).generatedAlwaysAsIdentity();

/** For a check that a column holds one of these words. */
export const oneOf = (column: AnyPgColumn, words: readonly string[]): SQL =>
  sql`${column} in (${sql.raw(words.map((word) => `'${word}'`).join(', '))})`;
