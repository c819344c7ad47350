import type { ControlClaim, ControlEntry } from '../../model/control.ts';
import type { Report } from '../../model/report.ts';
import type { StoredStatement } from '../../model/statement.ts';
import { addDays, dayOf, type Day } from '../../model/time.ts';
import { statementDay } from '../days.ts';
import { inOrder, LOOK_BACK_DAYS } from './fold.ts';

/** More than a denial reaches back (`fold.ts`): what began before is not changed by what is heard now. */
const UNSETTLED_DAYS = 30;

/**
 * At the row's first day its place had one holder, by one account, whoever had it before: from there on rows can be worked
 * out without those before.
 */
export function isFresh({ part, why, holders, validFrom, claims }: ControlEntry): boolean {
  // That others left the day before began nothing.
  const began = ({ stance, what }: ControlClaim): boolean =>
    stance !== 'denies' && (what !== 'left' || holders.length === 0);
  const [first] = claims.filter(began).toSorted(inOrder);
  return !part && why.key !== 'standing.conflict' && first?.day === validFrom && !first.part;
}

/** The last day up to `latest` on which rows of the place begin, all of them fresh. */
function freshDay(rows: readonly ControlEntry[], latest: Day): Day | undefined {
  const starts = Map.groupBy(rows, ({ validFrom }) => validFrom);
  return [...starts]
    .filter(([from, beginning]) => from <= latest && beginning.every(isFresh))
    .map(([from]) => from)
    .toSorted()
    .at(-1);
}

/** From which day on the rows of a place are worked out anew for what is said of `day`; absent: all of them. */
const foldedFrom = (rows: readonly ControlEntry[], day: Day): Day | undefined =>
  freshDay(rows, addDays(day, -UNSETTLED_DAYS));

/** The first day of which a report says something, its own day at the latest. */
export const firstDayOf = (report: Report, statements: readonly StoredStatement[]): Day =>
  statements
    .map((statement) => statementDay(statement, report).day)
    .reduce((first, day) => (day < first ? day : first), dayOf(report.published));

/** Of the believed rows of one place: those that judging what is said of `day` looks at. The store reads no others. */
export function rowsFor(rows: readonly ControlEntry[], day: Day): readonly ControlEntry[] {
  const from = foldedFrom(rows, day);
  const back = from && freshDay(rows, addDays(from, -LOOK_BACK_DAYS));
  return back === undefined ? rows : rows.filter(({ validFrom }) => validFrom >= back);
}

/** The rows that are worked out anew, and what was said before them. */
export function windowOf(
  rows: readonly ControlEntry[],
  news: readonly ControlClaim[],
): { readonly rows: readonly ControlEntry[]; readonly before: readonly ControlClaim[] } {
  const [first] = news.map(({ day }) => day).toSorted();
  const from = first && foldedFrom(rows, first);
  if (from === undefined) return { rows, before: [] };
  return {
    rows: rows.filter(({ validFrom }) => validFrom >= from),
    before: rows.filter(({ validFrom }) => validFrom < from).flatMap(({ claims }) => claims),
  };
}

/** How far the store reads: see `rowsFor`. */
export const REACH = { unsettled: UNSETTLED_DAYS, lookBack: LOOK_BACK_DAYS } as const;
