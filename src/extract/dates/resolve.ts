import type { DatePrecision } from '../../model/statement.ts';
import { addDays, daysBetween, type Day } from '../../model/time.ts';

/** A date that words stand for. */
export interface Resolved {
  /** `2018-05-20`, `2018-05` or `2018`, as the precision says; of a week, its first day. */
  readonly date: string;
  readonly precision: DatePrecision;
  readonly assigned: boolean;
}

const pad = (value: number): string => String(value).padStart(2, '0');
const DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Furthest that a day without a year may lie ahead: "the truce starts on 5 June", said in May. */
const AHEAD_DAYS = 31;

export const dayParts = (
  day: Day,
): { readonly year: number; readonly month: number; readonly day: number } => ({
  year: Number(day.slice(0, 4)),
  month: Number(day.slice(5, 7)),
  day: Number(day.slice(8, 10)),
});

/** The calendar day, if there is such a day. */
export function calendarDay(year: number, month: number, day: number): Day | undefined {
  if (year < 1900 || year > 2100 || month < 1 || month > 12) return undefined;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const longest = month === 2 && !leap ? 28 : (DAYS_OF_MONTH[month - 1] ?? 0);
  return day < 1 || day > longest ? undefined : (`${year}-${pad(month)}-${pad(day)}` as Day);
}

export const onDay = (day: Day | undefined, assigned: boolean): Resolved | undefined =>
  day === undefined ? undefined : { date: day, precision: 'day', assigned };
export const inMonth = (year: number, month: number, assigned: boolean): Resolved => ({
  date: `${year}-${pad(month)}`,
  precision: 'month',
  assigned,
});
export const inYear = (year: number, assigned: boolean): Resolved => ({
  date: String(year),
  precision: 'year',
  assigned,
});
export const inWeek = (day: Day): Resolved => ({ date: day, precision: 'week', assigned: false });

/** Sunday = 0. */
export const weekdayOf = (day: Day): number =>
  (daysBetween('1970-01-01' as Day, day) + 4 + 7 * 10_000_000) % 7;

/** The latest such weekday not after the day, or before it when `past`. */
export function latestWeekday(published: Day, weekday: number, past: boolean): Day {
  const back = (weekdayOf(published) - weekday + 7) % 7;
  return addDays(published, back === 0 && past ? -7 : -back);
}

/** The first such weekday after the day. */
export function nextWeekday(published: Day, weekday: number): Day {
  return addDays(published, ((weekday - weekdayOf(published) + 6) % 7) + 1);
}

/** A day of a month without a year: the latest, unless it lies just ahead. */
export function dayWithoutYear(published: Day, month: number, day: number): Day | undefined {
  const { year } = dayParts(published);
  const here = calendarDay(year, month, day);
  if (here !== undefined && daysBetween(published, here) <= AHEAD_DAYS) {
    // In January, "30 December" is last month's, though this year's lies 11 months ahead; the reverse in December.
    const next = calendarDay(year + 1, month, day);
    return next !== undefined && daysBetween(published, next) <= AHEAD_DAYS ? next : here;
  }
  return calendarDay(year - 1, month, day);
}

/** A month without a year: the latest that has begun; before this one when `past`. */
export function monthWithoutYear(published: Day, month: number, past: boolean): Resolved {
  const now = dayParts(published);
  const earlier = month > now.month || (past && month === now.month);
  return inMonth(earlier ? now.year - 1 : now.year, month, false);
}

/** The month that lies `offset` months from the day's. */
export function monthBy(published: Day, offset: number): Resolved {
  const now = dayParts(published);
  const index = now.year * 12 + now.month - 1 + offset;
  return inMonth(Math.floor(index / 12), (((index % 12) + 12) % 12) + 1, false);
}

/** Whole days from the end of what the date covers to the day of publication; 0 while it lasts. */
export function daysAgo(resolved: Resolved, published: Day): number {
  if (resolved.precision === 'day' || resolved.precision === 'week')
    return daysBetween(resolved.date as Day, published);
  const start = (resolved.precision === 'month' ? `${resolved.date}-01` : `${resolved.date}-01-01`) as Day;
  if (start > published) return daysBetween(start, published);
  const year = Number(resolved.date.slice(0, 4));
  const month = resolved.precision === 'month' ? Number(resolved.date.slice(5, 7)) : 12;
  const end = addDays(`${month === 12 ? year + 1 : year}-${pad((month % 12) + 1)}-01` as Day, -1);
  return Math.max(0, daysBetween(end, published));
}
