import { perSpelling } from '../../model/spelling.ts';
import { bareYear, dayAndMonth, monthAlone, numeric, weekday } from './absolute.ts';
import { LEVANTINE_MONTHS, MONTHS, WEEKDAYS } from './calendar.ts';
import type { DateParser } from './parser.ts';
import { ago, nearDay, relativePeriod, season, STARTS, stretch } from './relative.ts';

const MONTH_STARTS: readonly string[] = [
  ...MONTHS.keys(),
  ...[...LEVANTINE_MONTHS.keys()].map((name) => name.split(' ')[0] ?? ''),
];

/** What dates in numbers are read by, the fuller form first. */
const OF_NUMBERS: readonly DateParser[] = [numeric, dayAndMonth, ago, bareYear];

/** What dates in words are read by, the fuller form first, with the words that they may start with. */
const OF_WORDS: readonly (readonly [parser: DateParser, starts: Iterable<string>])[] = [
  [dayAndMonth, MONTH_STARTS],
  [weekday, WEEKDAYS.keys()],
  [monthAlone, MONTH_STARTS],
  [nearDay, STARTS.nearDay],
  [stretch, STARTS.stretch],
  [relativePeriod, STARTS.relativePeriod],
  [season, STARTS.season],
  [ago, STARTS.ago],
];

const BY_WORD = new Map<string, DateParser[]>();
for (const [parser, starts] of OF_WORDS)
  for (const word of new Set(starts)) {
    const parsers = BY_WORD.get(word);
    if (parsers === undefined) BY_WORD.set(word, [parser]);
    else parsers.push(parser);
  }

const NONE: readonly DateParser[] = [];

/** The parsers that may read a date from a token on that is written so, in the order in which they are tried. */
export const parsersFrom = perSpelling(({ kind, norm }) =>
  kind === 'number' ? OF_NUMBERS : (BY_WORD.get(norm) ?? NONE),
);
