import type { Token } from '../../model/reading.ts';
import { addDays, type Day } from '../../model/time.ts';
import { SMALL_NUMBERS, TENS } from '../figures/units.ts';
import { matchPhrase } from '../phrases.ts';
import { WEEKDAYS } from './calendar.ts';
import { found, norm, type DateParser } from './parser.ts';
import {
  dayParts,
  inWeek,
  inYear,
  latestWeekday,
  monthBy,
  onDay,
  weekdayOf,
  type Resolved,
} from './resolve.ts';

/** Words for a day near that of publication: offset in days. */
const NEAR_DAYS: readonly (readonly [readonly string[], number])[] = (
  [
    ['the day before yesterday', -2],
    ['earlier in the day', 0],
    ['earlier today', 0],
    ['early today', 0],
    ['today', 0],
    ['tonight', 0],
    ['overnight', 0],
    ['at dawn', 0],
    ['this dawn', 0],
    ['this morning', 0],
    ['this afternoon', 0],
    ['this evening', 0],
    ['last night', -1],
    ['yesterday', -1],
    ['yesterdays', -1],
    ['tomorrow', 1],
    ['اول امس', -2],
    ['اليوم', 0],
    ['امس', -1],
    ['غدا', 1],
  ] as const
).map(([words, offset]) => [words.split(' '), offset]);
const NEAR_DAYS_BY_FIRST = Map.groupBy(NEAR_DAYS, ([words]) => words[0] ?? '');

const namesDay = (tokens: readonly Token[], first: number, last: number): boolean =>
  /^(?:on|of|yesterday|today|the)$/.test(norm(tokens, last)) ||
  WEEKDAYS.has(norm(tokens, last)) ||
  WEEKDAYS.has(norm(tokens, first - 1));

/** "today (Sunday)": the weekday decides where the two differ, since reports are filed late. */
export const nearDay: DateParser = (tokens, at, published) => {
  for (const [words, offset] of NEAR_DAYS_BY_FIRST.get(norm(tokens, at)) ?? []) {
    const last = matchPhrase(tokens, at, words);
    if (last < 0) continue;
    // "at dawn on Monday", "Monday at dawn": the day is told.
    if (words.includes('dawn') && namesDay(tokens, at, last)) return undefined;
    const named = tokens[last]?.text === '(' ? WEEKDAYS.get(norm(tokens, last + 1)) : undefined;
    if (named === undefined || tokens[last + 2]?.text !== ')')
      return found(onDay(addDays(published, offset), false), last);
    return found(onDay(latestWeekday(published, named, false), false), last + 3);
  }
  return undefined;
};

type Unit = 'hour' | 'day' | 'week' | 'month' | 'year';
const UNITS: ReadonlyMap<string, Unit> = new Map(
  (['hour', 'day', 'week', 'month', 'year'] as const).flatMap((unit) => [
    [unit, unit] as const,
    [`${unit}s`, unit] as const,
  ]),
);
const ARABIC_UNITS: ReadonlyMap<string, Unit> = new Map([
  ['الاسبوع', 'week'],
  ['الشهر', 'month'],
  ['العام', 'year'],
  ['السنه', 'year'],
]);
const UNIT_DAYS: Readonly<Record<Unit, number>> = { hour: 1 / 24, day: 1, week: 7, month: 30, year: 365 };

/** Last month of each season in the north, where it is not over by the turn of the year. */
const SEASONS: ReadonlyMap<string, number> = new Map([
  ['spring', 5],
  ['summer', 8],
  ['autumn', 11],
  ['winter', 12],
]);

/** "last autumn": known to the year. */
export const season: DateParser = (tokens, at, published) => {
  const end = norm(tokens, at) === 'last' ? SEASONS.get(norm(tokens, at + 1)) : undefined;
  if (end === undefined) return undefined;
  const { year, month } = dayParts(published);
  return found(inYear(month > end ? year : year - 1, false), at + 2);
};

/** "this month", "earlier this week", "late last year", "next week", "الشهر الماضي". */
export const relativePeriod: DateParser = (tokens, at, published) => {
  const arabic = ARABIC_UNITS.get(norm(tokens, at));
  if (arabic !== undefined) {
    const offset = { الماضي: -1, الحالي: 0, الجاري: 0, المقبل: 1 }[norm(tokens, at + 1)];
    return offset === undefined ? undefined : found(period(arabic, offset, published), at + 2);
  }
  const offset = { last: -1, previous: -1, this: 0, next: 1 }[norm(tokens, at)];
  const unit = UNITS.get(norm(tokens, at + 1));
  if (offset === undefined || unit === undefined || unit === 'hour' || unit === 'day') return undefined;
  // "last weeks" is a possessive without its apostrophe, "the last weeks" a stretch of time.
  return found(period(unit, offset, published), at + 2);
};

function period(unit: Unit, offset: number, published: Day): Resolved {
  if (unit === 'month') return monthBy(published, offset);
  if (unit === 'year') return inYear(dayParts(published).year + offset, false);
  // A week starts on Monday (ISO 8601).
  return inWeek(addDays(published, 7 * offset - ((weekdayOf(published) + 6) % 7)));
}

function countAt(
  tokens: readonly Token[],
  at: number,
): { readonly count: number; readonly last: number } | undefined {
  const word = norm(tokens, at);
  if (tokens[at]?.kind === 'number' && /^\d{1,3}$/.test(word)) return { count: Number(word), last: at + 1 };
  if (word === 'a' && /^(?:few|couple)$/.test(norm(tokens, at + 1)))
    return { count: 3, last: at + (norm(tokens, at + 2) === 'of' ? 3 : 2) };
  if (word === 'few' || word === 'several') return { count: 3, last: at + 1 };
  const count = word === 'a' || word === 'an' ? 1 : (SMALL_NUMBERS.get(word) ?? TENS.get(word));
  return count === undefined ? undefined : { count, last: at + 1 };
}

/** "two days ago", "five years ago", "days ago", "a week earlier" is left alone: it counts from another date. */
export const ago: DateParser = (tokens, at, published) => {
  const counted = countAt(tokens, at) ?? { count: 3, last: at };
  const unit = UNITS.get(norm(tokens, counted.last));
  if (unit === undefined || norm(tokens, counted.last + 1) !== 'ago') return undefined;
  const last = counted.last + 2 + sameDayAt(tokens, counted.last + 2);
  if (unit === 'hour') return found(onDay(published, false), last);
  if (unit === 'month') return found(monthBy(published, -counted.count), last);
  if (unit === 'year') return found(inYear(dayParts(published).year - counted.count, false), last);
  const day = addDays(published, -counted.count * UNIT_DAYS[unit]);
  const exact =
    unit === 'day' &&
    counted.last > at &&
    norm(tokens, at) !== 'a' &&
    !/^(?:few|several)$/.test(norm(tokens, at));
  return found(exact ? onDay(day, false) : inWeek(day), last);
};

/** "ten years ago this week", "a year ago today", "ten years ago on Monday": how many tokens more say on which day of then. */
function sameDayAt(tokens: readonly Token[], at: number): number {
  const [first, second] = [norm(tokens, at), norm(tokens, at + 1)];
  if (first === 'today') return 1;
  return (first === 'this' && UNITS.has(second)) || (first === 'on' && WEEKDAYS.has(second)) ? 2 : 0;
}

/** "over the past three days", "in the last 24 hours", "the past few weeks": a stretch that reaches up to the report. */
export const stretch: DateParser = (tokens, at, published) => {
  if (!/^(?:last|past)$/.test(norm(tokens, at))) return undefined;
  const counted =
    countAt(tokens, at + 1) ?? (norm(tokens, at) === 'past' ? { count: 1, last: at + 1 } : undefined);
  const unit = counted && UNITS.get(norm(tokens, counted.last));
  if (counted === undefined || unit === undefined) return undefined;
  const days = counted.count * UNIT_DAYS[unit];
  if (days <= 2) return found(onDay(published, false), counted.last + 1);
  if (days <= 14) return found(inWeek(addDays(published, -Math.floor(days))), counted.last + 1);
  return undefined;
};

/** Words that each parser here may start with. */
export const STARTS = {
  nearDay: [...NEAR_DAYS_BY_FIRST.keys()],
  stretch: ['last', 'past'],
  relativePeriod: [...ARABIC_UNITS.keys(), 'last', 'previous', 'this', 'next'],
  season: ['last'],
  ago: [...UNITS.keys(), ...SMALL_NUMBERS.keys(), ...TENS.keys(), 'a', 'an', 'few', 'several'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
