import type { DateSpan, Sentence, Token } from '../../model/reading.ts';
import { addDays, type Day } from '../../model/time.ts';
import { findDates } from '../dates.ts';
import { WEEKDAYS } from '../dates/calendar.ts';
import { daysAgo, dayParts, inWeek, inYear, monthBy, onDay, type Resolved } from '../dates/resolve.ts';
import { normalise } from '../norm.ts';

/** Length of the units that Arabic counts back in, in days; months and years are counted by the calendar. */
const SINGLE: ReadonlyMap<string, readonly [unit: 'day' | 'week' | 'month' | 'year', count: number]> =
  new Map(
    (
      [
        ['يوم', 'day', 1],
        ['يومين', 'day', 2],
        ['أيام', 'day', 3],
        ['أسبوع', 'week', 1],
        ['أسبوعين', 'week', 2],
        ['أسابيع', 'week', 3],
        ['شهر', 'month', 1],
        ['شهرين', 'month', 2],
        ['أشهر', 'month', 3],
        ['عام', 'year', 1],
        ['عامين', 'year', 2],
        ['سنة', 'year', 1],
        ['سنتين', 'year', 2],
        ['أعوام', 'year', 3],
        ['سنوات', 'year', 3],
      ] as const
    ).map(([word, unit, count]) => [normalise(word), [unit, count]] as const),
  );
const COUNTS: ReadonlyMap<string, number> = new Map(
  'ثلاثه أربعه خمسه سته سبعه ثمانيه تسعه عشره'
    .split(' ')
    .flatMap((word, index) => [
      [normalise(word), index + 3] as const,
      [normalise(word).slice(0, -1), index + 3] as const,
    ]),
);

const back = (
  unit: 'day' | 'week' | 'month' | 'year',
  count: number,
  exact: boolean,
  published: Day,
): Resolved | undefined => {
  if (unit === 'year') return inYear(dayParts(published).year - count, false);
  if (unit === 'month') return monthBy(published, -count);
  const day = addDays(published, -count * (unit === 'week' ? 7 : 1));
  return exact && unit === 'day' ? onDay(day, false) : inWeek(day);
};

/** "قبل يومين", "منذ ثلاثة أسابيع": counted back from the report. */
function ago(tokens: readonly Token[], at: number, published: Day): DateSpan | undefined {
  const lead = tokens[at]?.norm;
  if (lead !== 'قبل' && lead !== 'منذ') return undefined;
  const counted = tokens[at + 1];
  const count = counted?.kind === 'number' ? Number(counted.norm) : COUNTS.get(counted?.norm ?? '');
  const noun = count === undefined ? at + 1 : at + 2;
  const single = SINGLE.get(tokens[noun]?.norm ?? '');
  if (single === undefined || (count !== undefined && !(count < 1000))) return undefined;
  const exact = count !== undefined || single[1] < 3;
  const resolved = back(single[0], count ?? single[1], exact, published);
  if (resolved === undefined) return undefined;
  const { date, precision, assigned } = resolved;
  return {
    kind: 'date',
    first: at,
    last: noun + 1,
    date,
    precision,
    assigned,
    daysAgo: daysAgo(resolved, published),
    ...(lead === 'منذ' && { since: true as const }),
  };
}

/** Dates as `findDates` has them, those counted back in Arabic, and of "اليوم السبت" the weekday alone. */
export function findArabicDates(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  published: Day,
): DateSpan[] {
  const own = tokens.flatMap((token) => {
    const span =
      token.norm === 'قبل' || token.norm === 'منذ' ? ago(tokens, token.index, published) : undefined;
    return span === undefined ? [] : [span];
  });
  const taken = new Set(own.flatMap((span) => [span.first, span.first + 1, span.last - 1]));
  const named = findDates(tokens, sentences, published).filter((span) => !taken.has(span.first));
  const kept = named.filter((span) => {
    const next = WEEKDAYS.has(tokens[span.last]?.norm ?? '');
    return !(next && span.last - span.first === 1 && /^(?:اليوم|امس)$/.test(tokens[span.first]?.norm ?? ''));
  });
  return [...kept, ...own].sort((a, b) => a.first - b.first);
}
