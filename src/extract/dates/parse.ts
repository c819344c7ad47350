import type { Token } from '../../model/reading.ts';
import { bareYear, dayAndMonth, monthAlone, numeric, weekday } from './absolute.ts';
import { LEVANTINE_MONTHS, MONTHS, WEEKDAYS } from './calendar.ts';
import type { DateParser } from './parser.ts';
import { ago, nearDay, RELATIVE_STARTS, relativePeriod, season, stretch } from './relative.ts';

/** In the order in which they are tried: the fuller form first. */
export const DATE_PARSERS: readonly DateParser[] = [
  numeric,
  dayAndMonth,
  weekday,
  monthAlone,
  nearDay,
  stretch,
  relativePeriod,
  season,
  ago,
  bareYear,
];

const STARTS: ReadonlySet<string> = new Set([
  ...MONTHS.keys(),
  ...WEEKDAYS.keys(),
  ...[...LEVANTINE_MONTHS.keys()].map((name) => name.split(' ')[0] ?? ''),
  ...RELATIVE_STARTS,
]);

/** A word or number that some parser may start with. */
export const mayStart = (token: Token): boolean => token.kind === 'number' || STARTS.has(token.norm);
