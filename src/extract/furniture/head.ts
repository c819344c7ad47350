import type { Token } from '../../model/reading.ts';
import { isCapitalised } from '../../model/letters.ts';
import { MONTHS, WEEKDAYS } from '../dates/calendar.ts';
import { isHyphen, matchPhrase } from '../phrases.ts';
import { AGENCIES, OPENERS } from './cues.ts';

/** A stretch of tokens that is no prose. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
  readonly label: string;
}

const isUpper = (token: Token | undefined): boolean => isCapitalised(token?.text ?? '');
const isAllCaps = (token: Token | undefined): boolean => /^\p{Lu}{3,}$/u.test(token?.text ?? '');
const YEAR = /^(?:19|20)\d\d$/;
const DAY = /^\d{1,2}(?:st|nd|rd|th)?$/;
const NUMERIC_DATE = /^\d{1,2}\.\d{1,2}\.(?:19|20)\d\d$/;
const LEADS: readonly (readonly string[])[] = [
  'date of publication',
  'published on',
  'published',
  'posted on',
  'posted',
  'last updated at',
  'last updated',
  'last update',
  'updated',
].map((lead) => lead.split(' '));

/** Index behind a date written in full (day, month, year) at `at`, else `at`. */
function fullDateEnd(tokens: readonly Token[], at: number): number {
  const norm = (offset: number): string => tokens[at + offset]?.norm ?? '';
  if (NUMERIC_DATE.test(norm(0))) return at + 1;
  if (DAY.test(norm(0)) && MONTHS.has(norm(1)) && YEAR.test(norm(2))) return at + 3;
  if (
    DAY.test(norm(0)) &&
    isHyphen(tokens[at + 1]) &&
    DAY.test(norm(2)) &&
    isHyphen(tokens[at + 3]) &&
    YEAR.test(norm(4))
  )
    return at + 5;
  if (!MONTHS.has(norm(0))) return at;
  const dot = norm(1) === '.' ? 1 : 0;
  if (DAY.test(norm(1 + dot)) && YEAR.test(norm(2 + dot))) return at + 3 + dot;
  if (DAY.test(norm(1 + dot)) && norm(2 + dot) === ',' && YEAR.test(norm(3 + dot))) return at + 4 + dot;
  // "Apr 232017": day and year run together.
  return /^\d{1,2}(?:19|20)\d\d$/.test(norm(1)) ? at + 2 : at;
}

/** Clock times and counters behind a date: "at 2354", "10:45 GMT", "(updated 1454 08.04.2017)". */
function clockEnd(tokens: readonly Token[], at: number): number {
  let position = at;
  if (tokens[position]?.norm === '(' && tokens[position + 1]?.norm === 'updated') {
    const close = tokens.slice(position, position + 6).findIndex((token) => token.text === ')');
    if (close > 0) position += close + 1;
  }
  if (tokens[position]?.norm === 'at' && tokens[position + 1]?.kind === 'number') position += 1;
  const time = /^\d{4}(?:\d\d)?$/;
  if (time.test(tokens[position]?.norm ?? '') && !isUnit(tokens[position + 1])) position += 1;
  else if (DAY.test(tokens[position]?.norm ?? '') && tokens[position + 1]?.text === ':') position += 3;
  else return position;
  if (/^(?:gmt|utc|ksa|am|pm)$/.test(tokens[position]?.norm ?? '')) position += 1;
  if (tokens[position]?.text === '+') position += 2;
  return position;
}

const isUnit = (token: Token | undefined): boolean => /^\p{Ll}/u.test(token?.text ?? '');

/** Index behind a dateline's date at `at` ("Published April 8 2017", "Wed 05 Apr 2017"), else `at`. */
function datelineEnd(tokens: readonly Token[], at: number): number {
  let position = at;
  for (const lead of LEADS) {
    const after = matchPhrase(tokens, position, lead);
    if (after < 0) continue;
    position = tokens[after]?.text === ':' ? after + 1 : after;
    break;
  }
  if (WEEKDAYS.has(tokens[position]?.norm ?? '')) position += 1;
  if (tokens[position]?.text === ',') position += 1;
  const end = fullDateEnd(tokens, position);
  return end === position ? at : clockEnd(tokens, end);
}

/** "by Youssef Haddad" behind a dateline: up to three capitalised words, up to the title if that follows. */
function bylineEnd(tokens: readonly Token[], at: number, title: readonly string[]): number {
  if (tokens[at]?.norm !== 'by' || !isUpper(tokens[at + 1])) return at;
  for (let i = at + 1; i < at + 12; i += 1) if (titleEnd(tokens, i, title) > i) return i;
  let position = at + 1;
  while (position < at + 4 && isUpper(tokens[position]) && !OPENERS.has(tokens[position]?.norm ?? ''))
    position += 1;
  return position;
}

/** What opens a link to another story is no city: "READ MORE:", "RELATED:". */
const LINKS = /^(?:read|related|recommended|see|also)$/;

/** Index behind "MOSCOW (Sputnik)", "BEIRUT:", "Aleppo, SANA –", "AFP" before a date or capital, else `at`. */
export function wireDatelineEnd(tokens: readonly Token[], at: number): number {
  if (LINKS.test(tokens[at]?.norm ?? '') && isAllCaps(tokens[at])) return at;
  let position = at;
  while (position < at + 4 && isAllCaps(tokens[position]) && !AGENCIES.has(tokens[position]?.norm ?? ''))
    position += tokens[position + 1]?.text === ',' ? 2 : 1;
  if (position === at) return at;
  if (
    tokens[position]?.text === '(' &&
    tokens[position + 2]?.text === ')' &&
    AGENCIES.has(tokens[position + 1]?.norm ?? '')
  ) {
    const after = tokens[position + 3];
    return after?.kind === 'mark' && /^[-–—:]+$/.test(after.text) ? position + 4 : position + 3;
  }
  const after = tokens[position];
  if (after?.kind === 'mark' && /^(?:[–—:]|-{2,})$/.test(after.text)) return position + 1;
  if (isHyphen(after) && after !== undefined && tokens[position - 1]?.end !== after.start)
    return position + 1;
  return OPENERS.has(after?.norm ?? '') && isUpper(after) && (tokens[position - 1]?.text.length ?? 0) > 4
    ? position
    : at;
}

/** Words of a title without the site's name behind it ("… - World - Sample Online"). */
export function titleWords(title: readonly Token[]): string[] {
  const words = title.filter((token) => token.kind !== 'mark').map((token) => token.norm);
  const cut = title.findIndex(
    (token, i) =>
      i > 3 && (isHyphen(token) || /^[|–—]$/.test(token.text)) && title[i - 1]?.end !== token.start,
  );
  return cut < 0
    ? words
    : title
        .slice(0, cut)
        .filter((token) => token.kind !== 'mark')
        .map((token) => token.norm);
}

/**
 * Index behind a repetition of the title at `at`, else `at`. At least four words and two thirds of the title, and
 * what follows must not go on in lower case: then it is prose that begins like the title.
 */
function titleEnd(tokens: readonly Token[], at: number, title: readonly string[]): number {
  let position = at;
  let matched = 0;
  while (matched < title.length && position < tokens.length) {
    const token = tokens[position];
    if (token?.kind === 'mark' && matched > 0) position += 1;
    else if (token?.norm === title[matched]) {
      matched += 1;
      position += 1;
    } else break;
  }
  if (matched < 4 || matched * 3 < title.length * 2) return at;
  while (tokens[position - 1]?.kind === 'mark') position -= 1;
  if (/^\p{Ll}/u.test(tokens[position]?.text ?? '')) return at;
  return /^[.!?…]+$/.test(tokens[position]?.text ?? '') ? position + 1 : position;
}

/** Index behind the furniture around a share link: "Rodi Said Middle East 1730 28.04.2017Get short URL Topic … (180) 0 54". */
function shortUrlEnd(tokens: readonly Token[], at: number): number {
  for (let i = at; i < Math.min(at + 24, tokens.length); i += 1) {
    if (matchPhrase(tokens, i, ['get', 'short', 'url']) < 0) continue;
    let position = i + 3;
    if (tokens[position]?.norm === 'topic') {
      const close = tokens.slice(position, position + 16).findIndex((token) => token.text === ')');
      if (close > 0) position += close + 1;
    }
    while (/^\d+$/.test(tokens[position]?.norm ?? '') && !isUnit(tokens[position + 1])) position += 1;
    return position;
  }
  return at;
}

/** What stands before the prose: datelines, the title's repetition, bylines, share bars, in any order. */
export function headStretches(tokens: readonly Token[], title: readonly string[]): Stretch[] {
  const stretches: Stretch[] = [];
  let position = 0;
  const take = (end: number, label: string): boolean => {
    if (end <= position) return false;
    stretches.push({ first: position, last: end, label });
    position = end;
    return true;
  };
  const agencyEnd = (): number => {
    const next = tokens[position + 1];
    return (AGENCIES.has(tokens[position]?.norm ?? '') && isAllCaps(tokens[position])) ||
      tokens[position]?.text === 'Reuters'
      ? datelineEnd(tokens, position + 1) > position + 1 ||
        (stretches.length > 0 && OPENERS.has(next?.norm ?? '') && isUpper(next))
        ? position + 1
        : position
      : position;
  };
  while (
    take(titleEnd(tokens, position, title), 'title') ||
    take(shortUrlEnd(tokens, position), 'share') ||
    take(datelineEnd(tokens, position), 'dateline') ||
    (stretches.at(-1)?.label === 'dateline' && take(bylineEnd(tokens, position, title), 'byline')) ||
    take(agencyEnd(), 'dateline') ||
    take(wireDatelineEnd(tokens, position), 'dateline')
  );
  return stretches;
}
