import { getTableColumns, sql, type Placeholder, type Query, type SQL, type SQLWrapper } from 'drizzle-orm';
import { CasingCache } from 'drizzle-orm/casing';
import { PgDialect, type PgColumn, type PgTable, type PreparedQueryConfig } from 'drizzle-orm/pg-core';
import { CASING, type Database } from './database.ts';
import { storableJson } from './text.ts';

interface Preparable<Result> {
  prepare(name: string): { execute(values?: Record<string, unknown>): Promise<Result> };
}

/**
 * A query of fixed text, for what every report needs: its text is made once a connection and planned there once, where
 * both together cost several times what answering it does. It goes to the server as soon as it is called, so that what
 * is called first is done first.
 *
 * @param name  of all prepared queries only this one's
 * @param names of the values that each call gives; `build` finds a placeholder under each
 */
export function prepared<Name extends string, Result>(
  name: string,
  names: readonly Name[],
  build: (db: Database, value: Readonly<Record<Name, Placeholder>>) => Preparable<Result>,
): (db: Database, values: Readonly<Record<Name, unknown>>) => Promise<Result> {
  const made = new WeakMap<Database, ReturnType<Preparable<Result>['prepare']>>();
  return (db, values) => {
    let query = made.get(db);
    if (query === undefined) {
      const placeholders = Object.fromEntries(names.map((each) => [each, sql.placeholder(each)]));
      query = build(db, placeholders as unknown as Record<Name, Placeholder>).prepare(name);
      made.set(db, query);
    }
    return query.execute(values);
  };
}

/**
 * As `prepared`, for a query that gives many rows: `read` takes a row's values as they come, in the order in which the
 * query names them, which is several times quicker than having the query builder put each where it belongs.
 */
export function preparedRows<Name extends string, Result>(
  name: string,
  names: readonly Name[],
  build: (db: Database, value: Readonly<Record<Name, Placeholder>>) => { toSQL(): Query },
  read: (row: readonly unknown[]) => Result,
): (db: Database, values: Readonly<Record<Name, unknown>>) => Promise<readonly Result[]> {
  return prepared(name, names, (db, value) => ({
    prepare: () =>
      db._.session.prepareQuery<PreparedQueryConfig & { execute: readonly Result[] }>(
        build(db, value).toSQL(),
        undefined,
        name,
        true,
        (rows) => rows.map(read),
      ),
  }));
}

/**
 * A prepared insert of any number of rows, which go to the server as one JSON text and are put in in their order. What is
 * not given, or null, takes the column's default.
 *
 * @param conflict `on conflict …`: what is done about rows that are there; absent: it fails
 */
export function preparedInsert<Table extends PgTable>(
  name: string,
  table: Table,
  conflict: SQL = sql``,
): (db: Database, rows: readonly Table['$inferInsert'][]) => Promise<void> {
  const columns = Object.entries(getTableColumns(table)).filter(
    ([, column]) => column.generatedIdentity === undefined,
  );
  const keys = columns.map(([key]) => key);
  const insert = prepared(name, ['rows'], (db, { rows }) => ({
    prepare: () => {
      const query = DIALECT.sqlToQuery(insertOf(table, columns, rows, conflict));
      return db._.session.prepareQuery(query, undefined, name, false);
    },
  }));
  return async (db, rows) => {
    if (rows.length > 0) await insert(db, { rows: storableJson(rows.map((row) => only(keys, row))) });
  };
}

const DIALECT = new PgDialect(CASING);
const NAMES = new CasingCache(CASING.casing);

function insertOf(
  table: PgTable,
  columns: readonly (readonly [key: string, column: PgColumn])[],
  rows: Placeholder,
  conflict: SQL,
): SQL {
  const list = (parts: readonly SQLWrapper[]): SQL => sql.join([...parts], sql`, `);
  const names = columns.map(([, column]) => sql.identifier(NAMES.getColumnCasing(column)));
  const values = columns.map(([key, column]) =>
    column.default === undefined
      ? sql.identifier(key)
      : sql`coalesce(${sql.identifier(key)}, ${column.default})`,
  );
  const shape = columns.map(([key, column]) => sql`${sql.identifier(key)} ${sql.raw(column.getSQLType())}`);
  return sql`insert into ${table} (${list(names)}) select ${list(values)}
    from rows from (jsonb_to_recordset(${rows}::jsonb) as (${list(shape)})) with ordinality
    order by ordinality ${conflict}`;
}

const only = (keys: readonly string[], row: object): object =>
  Object.fromEntries(keys.map((key) => [key, (row as Readonly<Record<string, unknown>>)[key]]));
