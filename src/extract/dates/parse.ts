import type { Token } from '../../model/reading.ts';
import { addDays, type Day } from '../../model/time.ts';
import { SMALL_NUMBERS, TENS } from '../figures/units.ts';
import { isHyphen, matchPhrase } from '../phrases.ts';
import { LEVANTINE_MONTHS, MONTHS, WEEKDAYS } from './calendar.ts';
import {
  calendarDay,
  dayParts,
  dayWithoutYear,
  inMonth,
  inWeek,
  inYear,
  latestWeekday,
  monthBy,
  monthWithoutYear,
  nextWeekday,
  onDay,
  weekdayOf,
  type Resolved,
} from './resolve.ts';

/** A date's words: `[at, last)`. */
export interface DateMatch extends Resolved {
  readonly last: number;
}

/** One way to write a date: what stands at `at`, read on the day of publication. */
export type DateParser = (tokens: readonly Token[], at: number, published: Day) => DateMatch | undefined;

const YEAR = /^(?:19|20)\d\d$/;
const DAY = /^(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?$/;
const SHORT_WEEKDAYS = new Set('sun mon tue tues wed thu thur thurs fri sat'.split(' '));
/** Months that are words or names as well: only after a preposition or beside a number. */
const WORD_MONTHS = new Set('may march mar april june august اب'.split(' '));
const TIME_PREPOSITIONS = new Set(
  'in since last early late mid until till by during of from next this before after between through في منذ خلال'.split(
    ' ',
  ),
);
const PART_OF_DAY = new Set(
  'morning afternoon evening night noon midday dawn midnight overnight صباح مساء فجر ليل'.split(' '),
);

const norm = (tokens: readonly Token[], at: number): string => tokens[at]?.norm ?? '';
const numeral = (text: string): number => Number.parseInt(text, 10);
const found = (resolved: Resolved | undefined, last: number): DateMatch | undefined =>
  resolved === undefined ? undefined : { ...resolved, last };

/** The month named at `at`, and the index behind it. */
function monthAt(
  tokens: readonly Token[],
  at: number,
): { readonly month: number; readonly last: number } | undefined {
  const two = LEVANTINE_MONTHS.get(`${norm(tokens, at)} ${norm(tokens, at + 1)}`);
  if (two !== undefined) return { month: two, last: at + 2 };
  const month = MONTHS.get(norm(tokens, at));
  if (
    month === undefined ||
    (/^\p{Ll}/u.test(tokens[at]?.text ?? '') && /^(?:may|march|mar|dec|sep)$/.test(norm(tokens, at)))
  )
    return undefined;
  const dot =
    tokens[at + 1]?.text === '.' && tokens[at + 1]?.start === tokens[at]?.end && norm(tokens, at).length <= 4;
  return { month, last: dot && tokens[at + 2]?.kind === 'number' ? at + 2 : at + 1 };
}

/** A year at `at`, with or without a comma before it. */
function yearAt(
  tokens: readonly Token[],
  at: number,
): { readonly year: number; readonly last: number } | undefined {
  const comma = tokens[at]?.text === ',' || tokens[at]?.text === '،' ? 1 : 0;
  const text = norm(tokens, at + comma);
  return YEAR.test(text) ? { year: Number(text), last: at + comma + 1 } : undefined;
}

function withYear(
  tokens: readonly Token[],
  at: number,
  published: Day,
  month: number,
  day: number,
): DateMatch | undefined {
  const year = yearAt(tokens, at);
  if (year !== undefined) return found(onDay(calendarDay(year.year, month, day), true), year.last);
  return found(onDay(dayWithoutYear(published, month, day), false), at);
}

/** "3 May 2020", "the 20th of May", "May 3rd, 2020", "20 مايو". */
const dayAndMonth: DateParser = (tokens, at, published) => {
  if (DAY.test(norm(tokens, at)) && tokens[at]?.kind === 'number') {
    const of = norm(tokens, at + 1) === 'of' ? 1 : 0;
    const month = monthAt(tokens, at + 1 + of);
    return month && withYear(tokens, month.last, published, month.month, numeral(norm(tokens, at)));
  }
  const month = monthAt(tokens, at);
  if (month === undefined || !DAY.test(norm(tokens, month.last)) || tokens[month.last]?.kind !== 'number')
    return undefined;
  return withYear(tokens, month.last + 1, published, month.month, numeral(norm(tokens, month.last)));
};

/** "20.04.2017", "03-09-2014", "27/2/2016", "2018-05-20". Day before month, unless there is no such month. */
const numeric: DateParser = (tokens, at) => {
  const dotted = /^(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)$/.exec(norm(tokens, at));
  const order = (a: number, b: number, year: number): Day | undefined =>
    calendarDay(year, b, a) ?? calendarDay(year, a, b);
  if (dotted !== null)
    return found(onDay(order(Number(dotted[1]), Number(dotted[2]), Number(dotted[3])), true), at + 1);
  const joint = tokens[at + 1];
  if (
    tokens[at]?.kind !== 'number' ||
    !(isHyphen(joint) || joint?.text === '/') ||
    tokens[at + 3]?.text !== joint?.text
  )
    return undefined;
  const [a, b, c] = [norm(tokens, at), norm(tokens, at + 2), norm(tokens, at + 4)];
  if (YEAR.test(a) && /^\d\d$/.test(b) && /^\d\d$/.test(c))
    return found(onDay(calendarDay(Number(a), Number(b), Number(c)), true), at + 5);
  if (!DAY.test(a) || !DAY.test(b) || !YEAR.test(c)) return undefined;
  return found(onDay(order(Number(a), Number(b), Number(c)), true), at + 5);
};

/** "May 2017", "mid-May", "late last December", "in March". */
const monthAlone: DateParser = (tokens, at, published) => {
  const month = monthAt(tokens, at);
  if (month === undefined) return undefined;
  const year = yearAt(tokens, month.last);
  if (year !== undefined) return found(inMonth(year.year, month.month, true), year.last);
  const before = norm(tokens, isHyphen(tokens[at - 1]) ? at - 2 : at - 1);
  const led = TIME_PREPOSITIONS.has(before) || before === 'شهر';
  const name = norm(tokens, at);
  if (!led && (WORD_MONTHS.has(name) || name.length < 4 || /^\p{Ll}/u.test(tokens[at]?.text ?? '')))
    return undefined;
  return found(monthWithoutYear(published, month.month, before === 'last'), month.last);
};

/** "Saturday", "last Thursday", "next Friday", "Mondays fighting", "Saturday 27 February 2016", "السبت". */
const weekday: DateParser = (tokens, at, published) => {
  const name = norm(tokens, at);
  const day = WEEKDAYS.get(name);
  if (day === undefined || /^\p{Ll}/u.test(tokens[at]?.text ?? '')) return undefined;
  let next = at + 1;
  if (tokens[next]?.text === ',' || (SHORT_WEEKDAYS.has(name) && tokens[next]?.text === '.')) next += 1;
  const date = dayAndMonth(tokens, next, published) ?? numeric(tokens, next, published);
  if (date !== undefined) return date;
  if (SHORT_WEEKDAYS.has(name)) return undefined;
  const before = norm(tokens, at - 1);
  const last = PART_OF_DAY.has(norm(tokens, at + 1)) ? at + 2 : at + 1;
  if (before === 'next' || before === 'coming' || norm(tokens, at + 1) === 'المقبل')
    return found(onDay(nextWeekday(published, day), false), last);
  return found(
    onDay(latestWeekday(published, day, before === 'last' || norm(tokens, at + 1) === 'الماضي'), false),
    last,
  );
};

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

/** "today (Sunday)": the weekday decides where the two differ, since reports are filed late. */
const nearDay: DateParser = (tokens, at, published) => {
  for (const [words, offset] of NEAR_DAYS) {
    const last = matchPhrase(tokens, at, words);
    if (last < 0) continue;
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

/** "this month", "earlier this week", "late last year", "next week", "الشهر الماضي". */
const relativePeriod: DateParser = (tokens, at, published) => {
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
const ago: DateParser = (tokens, at, published) => {
  const counted = countAt(tokens, at) ?? { count: 3, last: at };
  const unit = UNITS.get(norm(tokens, counted.last));
  if (unit === undefined || norm(tokens, counted.last + 1) !== 'ago') return undefined;
  const last = counted.last + 2;
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

/** "over the past three days", "in the last 24 hours", "the past few weeks": a stretch that reaches up to the report. */
const stretch: DateParser = (tokens, at, published) => {
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

const BARE_YEAR_LEADS = new Set(
  'in since of by until till before after during late early mid from year between summer autumn winter spring the عام في منذ سنه'.split(
    ' ',
  ),
);

/** "in 2015", "mid-2012", "the 2011 uprising". */
const bareYear: DateParser = (tokens, at, published) => {
  const year = norm(tokens, at);
  if (!YEAR.test(year) || Number(year) > dayParts(published).year + 2 || tokens[at]?.text !== year)
    return undefined;
  const before = norm(tokens, isHyphen(tokens[at - 1]) ? at - 2 : at - 1);
  return BARE_YEAR_LEADS.has(before) ? found(inYear(Number(year), true), at + 1) : undefined;
};

/** In the order in which they are tried: the fuller form first. */
export const DATE_PARSERS: readonly DateParser[] = [
  numeric,
  dayAndMonth,
  weekday,
  monthAlone,
  nearDay,
  stretch,
  relativePeriod,
  ago,
  bareYear,
];

const STARTS: ReadonlySet<string> = new Set([
  ...MONTHS.keys(),
  ...WEEKDAYS.keys(),
  ...UNITS.keys(),
  ...ARABIC_UNITS.keys(),
  ...SMALL_NUMBERS.keys(),
  ...TENS.keys(),
  ...NEAR_DAYS.map(([words]) => words[0] ?? ''),
  ...[...LEVANTINE_MONTHS.keys()].map((name) => name.split(' ')[0] ?? ''),
  ...'last past this next previous a an few several'.split(' '),
]);

/** A word or number that some parser may start with. */
export const mayStart = (token: Token): boolean => token.kind === 'number' || STARTS.has(token.norm);
