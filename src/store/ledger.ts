import {
  and,
  arrayContains,
  asc,
  desc,
  eq,
  getTableColumns,
  gt,
  isNull,
  like,
  lte,
  min,
  or,
  sql,
  type SQL,
} from 'drizzle-orm';
import { standingOn } from '../assess/ledger/stale.ts';
import { REACH } from '../assess/ledger/window.ts';
import type { ControlEntry, ControlQuery } from '../model/control.ts';
import type { PlaceKey, PlaceRef } from '../model/place.ts';
import { dayOf, type Clock, type Day } from '../model/time.ts';
import { anyOf, type Database } from './database.ts';
import { controlEntry } from './documents/control.ts';
import { readDocument } from './documents/read.ts';
import { prepared } from './prepared.ts';
import { controlEntries as rows } from './schema/knowledge.ts';

export interface LedgerRepository {
  /**
   * What holds on `query.at` (absent: today, UTC) as known at `query.known` (absent: now), in the place and all in it; stale
   * where nobody had confirmed it for long by that day.
   */
  controlIn(place: PlaceKey, query: ControlQuery): Promise<readonly ControlEntry[]>;
  /** The same of these places alone, without what lies in them. */
  controlOf(places: readonly PlaceKey[], query: ControlQuery): Promise<readonly ControlEntry[]>;
  /** The same, everywhere. */
  control(query: ControlQuery): Promise<readonly ControlEntry[]>;
  /** All rows of one place that are still believed, newest valid day first. */
  controlHistory(place: PlaceKey): Promise<readonly ControlEntry[]>;
  /** The first day on which anything is known to have held in `place`, by rows that are still believed. */
  earliestIn(place: PlaceKey): Promise<Day | undefined>;
  /** Places that the gazetteer does not have, each once, by rows that are still believed. */
  provisionalPlaces(): Promise<readonly PlaceRef[]>;
}

function toEntry(row: typeof rows.$inferSelect): ControlEntry {
  const entry = readDocument(controlEntry, `control_entries ${row.id}`, row.document);
  return row.recordedTo === null ? entry : { ...entry, recordedTo: row.recordedTo };
}

const believed = isNull(rows.recordedTo);
const within = (place: PlaceKey): SQL => arrayContains(rows.lineage, [place]);

/** Valid from its first day up to, and not on, its last; recorded likewise, so that at each moment one row is believed. */
function heldAt({ at, known }: ControlQuery, today: Day): SQL | undefined {
  const on = at ?? today;
  return and(
    lte(rows.validFrom, on),
    or(isNull(rows.validTo), gt(rows.validTo, on)),
    known === undefined
      ? believed
      : and(lte(rows.recordedFrom, known), or(isNull(rows.recordedTo), gt(rows.recordedTo, known))),
  );
}

/** Rows of these places that are still believed. */
export async function believedRows(
  tx: Database,
  places: readonly PlaceKey[],
): Promise<readonly ControlEntry[]> {
  const found = await tx
    .select()
    .from(rows)
    .where(and(anyOf(rows.place, places), believed))
    .orderBy(asc(rows.row));
  return found.map(toEntry);
}

/** The last day up to `latest` on which rows of the place begin, all of them fresh. */
const freshDay = (place: SQL, latest: SQL): SQL => sql`(
  select ${rows.validFrom} from ${rows}
  where ${rows.place} = ${place} and ${rows.recordedTo} is null and ${rows.validFrom} <= ${latest}
  group by ${rows.validFrom} having bool_and(${rows.fresh}) order by ${rows.validFrom} desc limit 1)`;

const FOR_JUDGING = prepared('judge_ledger', ['places', 'day'], (db, { places, day }) => {
  const from = freshDay(sql`need.place`, sql`${day}::date - ${REACH.unsettled}::int`);
  const back = freshDay(sql`need.place`, sql`${from} - ${REACH.lookBack}::int`);
  const need = sql`(select place, coalesce(${back}, '-infinity') as back from unnest(${places}::text[]) as need (place)) as need`;
  return db
    .select(getTableColumns(rows))
    .from(need)
    .innerJoin(rows, sql`${rows.place} = need.place and ${rows.validFrom} >= need.back`)
    .where(believed)
    .orderBy(asc(rows.row));
});

/** Of these places the rows that judging what is said of `day` and later looks at (`rowsFor`), however long their history is. */
export async function believedRowsFor(
  tx: Database,
  places: readonly PlaceKey[],
  day: Day,
): Promise<readonly ControlEntry[]> {
  if (places.length === 0) return [];
  return (await FOR_JUDGING(tx, { places, day })).map(toEntry);
}

export function ledgerRepository(db: Database, clock: Clock): LedgerRepository {
  const select = async (where: SQL | undefined): Promise<readonly ControlEntry[]> => {
    const found = await db
      .select()
      .from(rows)
      .where(where)
      .orderBy(asc(rows.place), asc(rows.validFrom), asc(rows.row));
    return found.map(toEntry);
  };
  return {
    controlIn: async (place, query) => {
      const today = dayOf(clock());
      const held = await select(and(within(place), heldAt(query, today)));
      return held.map((entry) => standingOn(entry, query.at ?? today));
    },
    controlOf: async (places, query) => {
      const today = dayOf(clock());
      const held = await select(and(anyOf(rows.place, places), heldAt(query, today)));
      return held.map((entry) => standingOn(entry, query.at ?? today));
    },
    control: async (query) => {
      const today = dayOf(clock());
      return (await select(heldAt(query, today))).map((entry) => standingOn(entry, query.at ?? today));
    },
    controlHistory: async (place) => {
      const found = await db
        .select()
        .from(rows)
        .where(and(eq(rows.place, place), believed))
        .orderBy(desc(rows.validFrom), desc(rows.row));
      return found.map(toEntry);
    },
    earliestIn: async (place) => {
      const [found] = await db
        .select({ first: min(rows.validFrom) })
        .from(rows)
        .where(and(within(place), believed));
      return found?.first ?? undefined;
    },
    provisionalPlaces: async () => {
      const found = await db
        .selectDistinctOn([rows.place])
        .from(rows)
        .where(and(believed, like(rows.place, '~%')))
        .orderBy(asc(rows.place), desc(rows.row));
      return found.map((row) => toEntry(row).place);
    },
  };
}
