import { sql, type SQL } from 'drizzle-orm';
import { bigint, customType, type AnyPgColumn } from 'drizzle-orm/pg-core';
import { instant as toInstant, type Instant } from '../../model/time.ts';
import { storableJson } from '../text.ts';

/** `timestamptz`, read as the model's ISO text in UTC with milliseconds. */
export const instant = customType<{ data: Instant; driverData: string }>({
  dataType: () => 'timestamp (3) with time zone',
  fromDriver: fromServer,
});

const DATE = '2018-05-20';
const SECONDS = `${DATE} 06:00:00`;
const UTC = '+00';

/**
 * As the server writes a moment, `2018-05-20 06:00:00.12+00`: zeros at the end left out, and in UTC where it runs in that.
 * Nearly all are so, and taking them apart is many times quicker than having them read as a date.
 */
export function fromServer(value: string): Instant {
  const tail = value.length - UTC.length;
  const plain =
    value.endsWith(UTC) &&
    value[DATE.length] === ' ' &&
    (tail === SECONDS.length || (value[SECONDS.length] === '.' && tail <= SECONDS.length + '.000'.length));
  if (!plain) return toInstant(value);
  const parts = value.slice(SECONDS.length + 1, tail).padEnd(3, '0');
  return `${value.slice(0, DATE.length)}T${value.slice(DATE.length + 1, SECONDS.length)}.${parts}Z` as Instant;
}

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
