import type { DateSpan, Sentence, Token } from '../model/reading.ts';
import { dayOf, type Day, type Instant } from '../model/time.ts';
import { parsersFrom } from './dates/parse.ts';
import type { DateMatch } from './dates/parser.ts';
import { daysAgo } from './dates/resolve.ts';
import { isHyphen } from './phrases.ts';

/** Words between "since" and its date: "since early last year". */
const SINCE_REACH = 3;
const SINCE_WORDS = new Set(
  'since early late mid earlier last the beginning start end of about around at منذ'.split(' '),
);

/**
 * The calendar day on which a report came out, where its readers live.
 * @param zone IANA name ("Asia/Damascus"); UTC when absent
 * @throws RangeError when there is no such zone
 */
export function publishedDay(published: Instant, zone?: string): Day {
  if (zone === undefined) return dayOf(published);
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  return parts.format(new Date(published)) as Day;
}

/**
 * Finds the dates that prose names, resolved against the day of publication: bare weekdays to the latest such day not
 * after it, bare months to the latest that has begun. Page furniture is passed over. In text order, without overlap.
 */
export function findDates(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  published: Day,
): DateSpan[] {
  const spans: DateSpan[] = [];
  for (const sentence of sentences) {
    if (sentence.furniture !== undefined) continue;
    for (let i = sentence.first; i < sentence.last;) {
      const match = dateAt(tokens, i, published);
      if (match !== undefined) spans.push(spanOf(tokens, i, match, published));
      i = match?.last ?? i + 1;
    }
  }
  return spans;
}

/** Datelines stand at a text's head. */
const DATELINE_REACH = 80;

/** The date of a report's own dateline ("MOSCOW, 20 May 2018"): feeds carry wrong times more often than texts do. */
export function datelineDay(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  published: Day,
): Day | undefined {
  for (const sentence of sentences) {
    if (sentence.first > DATELINE_REACH) return undefined;
    if (sentence.furniture !== 'dateline' && sentence.furniture !== 'share') continue;
    for (let i = sentence.first; i < sentence.last; i += 1) {
      const match = dateAt(tokens, i, published);
      if (match?.assigned === true && match.precision === 'day') return match.date as Day;
    }
  }
  return undefined;
}

function dateAt(tokens: readonly Token[], at: number, published: Day): DateMatch | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  for (const parse of parsersFrom(token.spelling)) {
    const match = parse(tokens, at, published);
    if (match !== undefined) return match;
  }
  return undefined;
}

function spanOf(tokens: readonly Token[], first: number, match: DateMatch, published: Day): DateSpan {
  const { date, precision, assigned, last } = match;
  return {
    kind: 'date',
    first,
    last,
    date,
    precision,
    assigned,
    daysAgo: daysAgo(match, published),
    ...(isSince(tokens, first) ? { since: true as const } : {}),
  };
}

function isSince(tokens: readonly Token[], first: number): boolean {
  for (let i = first - 1; i >= Math.max(0, first - SINCE_REACH - 1); i -= 1) {
    const norm = tokens[i]?.norm ?? '';
    if (norm === 'since' || norm === 'منذ') return true;
    if (!SINCE_WORDS.has(norm) && !isHyphen(tokens[i])) return false;
  }
  return false;
}
