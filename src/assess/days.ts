import type { Fact } from '../model/incident.ts';
import type { Report } from '../model/report.ts';
import type { DatePrecision, Statement } from '../model/statement.ts';
import { addDays, day, dayOf, daysBetween, type Day } from '../model/time.ts';

/** The day that something is put on, and whether a report gave that very day. */
export interface Dated {
  readonly day: Day;
  readonly exact: boolean;
}

const lastOf = (date: string): Day => {
  const [year = '', month] = date.split('-');
  if (month === undefined) return day(`${year}-12-31`);
  const next =
    month === '12' ? `${Number(year) + 1}-01` : `${year}-${String(Number(month) + 1).padStart(2, '0')}`;
  return addDays(day(`${next}-01`), -1);
};

/**
 * A stated day as it is; a month, a year or nothing: the last day that it can be, which is the report's at the latest,
 * because what has happened has happened by then.
 */
function datedBy(date: string | undefined, precision: DatePrecision | undefined, reported: Day): Dated {
  if (date === undefined) return { day: reported, exact: false };
  if (date.length === 10) {
    const stated = day(date);
    return { day: stated, exact: precision === undefined || precision === 'day' };
  }
  const last = lastOf(date);
  return { day: last < reported ? last : reported, exact: false };
}

export const statementDay = (statement: Statement, report: Report): Dated =>
  datedBy(statement.date, statement.datePrecision, dayOf(report.published));

export const gapDays = (a: Day, b: Day): number => Math.abs(daysBetween(a, b));

/** An undated fact is put on the day of the first report of it. */
export function factDay({ date, datePrecision, claims }: Fact): Dated {
  const [first = ''] = claims.map((claim) => claim.at).sort();
  return datedBy(date, datePrecision, first.slice(0, 10) as Day);
}
