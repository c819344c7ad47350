import type { Token } from '../../model/reading.ts';
import type { Day } from '../../model/time.ts';
import { isHyphen } from '../phrases.ts';
import { LEVANTINE_MONTHS, MONTHS, WEEKDAYS } from './calendar.ts';
import { found, norm, type DateMatch, type DateParser } from './parser.ts';
import {
  calendarDay,
  dayParts,
  dayWithoutYear,
  inMonth,
  inYear,
  latestWeekday,
  monthWithoutYear,
  nextWeekday,
  onDay,
} from './resolve.ts';

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

const numeral = (text: string): number => Number.parseInt(text, 10);

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

/** A year at `at`, with or without a comma or "of" before it. */
function yearAt(
  tokens: readonly Token[],
  at: number,
): { readonly year: number; readonly last: number } | undefined {
  const comma = /^(?:,|،|of)$/.test(tokens[at]?.text ?? '') ? 1 : 0;
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
export const dayAndMonth: DateParser = (tokens, at, published) => {
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
export const numeric: DateParser = (tokens, at) => {
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
export const monthAlone: DateParser = (tokens, at, published) => {
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
export const weekday: DateParser = (tokens, at, published) => {
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

const BARE_YEAR_LEADS = new Set(
  'in since of by until till before after during late early mid from year between summer autumn winter spring the عام في منذ سنه'.split(
    ' ',
  ),
);

/** "in 2015", "mid-2012", "the 2011 uprising". */
export const bareYear: DateParser = (tokens, at, published) => {
  const year = norm(tokens, at);
  // "in 1258": history, unless something is counted.
  if (/^1[0-8]\d\d$/.test(year))
    return /^(?:in|since)$/.test(norm(tokens, at - 1)) && !norm(tokens, at + 1).endsWith('s')
      ? found(inYear(Number(year), true), at + 1)
      : undefined;
  if (!YEAR.test(year) || Number(year) > dayParts(published).year + 2 || tokens[at]?.text !== year)
    return undefined;
  const before = norm(tokens, isHyphen(tokens[at - 1]) ? at - 2 : at - 1);
  return BARE_YEAR_LEADS.has(before) ? found(inYear(Number(year), true), at + 1) : undefined;
};
