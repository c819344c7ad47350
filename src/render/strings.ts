import type { Reason } from '../model/incident.ts';
import type { Inline, Line } from '../model/message.ts';
import { dayOf, isDayAlone, type Instant } from '../model/time.ts';
import { joined, literal, text, untrusted } from './inline.ts';
import { PLACEHOLDERS, type Placeholder, type StringKey } from './keys.ts';

/** A string, or one for each plural category of the language (`one`, `other`, …); `other` is always there. */
export type Template =
  string | (Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string });

/** A loaded locale file. */
export interface Strings {
  /** BCP 47 tag: decides dates, numbers, lists and plurals. */
  readonly locale: string;
  readonly entries: Readonly<Record<StringKey, Template>>;
}

/** What dates and numbers need of a locale file. */
export type Locale = Pick<Strings, 'locale'>;

type Value = string | number | Inline | Line;
export type Values<K extends StringKey> = Readonly<Record<Placeholder<K>, Value>>;

/** Making a formatter costs more than a hundred uses of it. */
function remembered<T>(make: (locale: string) => T): (locale: string) => T {
  const made = new Map<string, T>();
  return (locale) => {
    const known = made.get(locale) ?? make(locale);
    made.set(locale, known);
    return known;
  };
}
const plurals = remembered((locale) => new Intl.PluralRules(locale));
const numbers = remembered((locale) => new Intl.NumberFormat(locale));
const lists = {
  conjunction: remembered((locale) => new Intl.ListFormat(locale, { type: 'conjunction' })),
  disjunction: remembered((locale) => new Intl.ListFormat(locale, { type: 'disjunction' })),
} as const;

const isLine = (value: Inline | Line): value is Line => Array.isArray(value);

function inline(value: Value, strings: Strings): Line {
  if (typeof value === 'string') return [text(value)];
  if (typeof value === 'number') return [text(number(value, strings))];
  return isLine(value) ? value : [value];
}

function form(template: Template, count: Value | undefined, strings: Strings): string {
  if (typeof template === 'string') return template;
  const rule = plurals(strings.locale).select(typeof count === 'number' ? count : 2);
  return template[rule] ?? template.other;
}

/** A string with its placeholders filled. */
export function say<K extends StringKey>(strings: Strings, key: K, values: Values<K>): Line {
  const given = values as Readonly<Record<string, Value>>;
  const parts = form(strings.entries[key], given['count'], strings).split(/\{(\w+)\}/);
  return joined(parts.map((part, i) => (i % 2 === 0 ? [literal(part)] : inline(given[part] ?? '', strings))));
}

/** A string as plain words. */
export const label = <K extends StringKey>(strings: Strings, key: K, values: Values<K>): string =>
  plain(say(strings, key, values), strings);

const isKey = (key: string): key is StringKey => Object.hasOwn(PLACEHOLDERS, key);

/**
 * A reason as a line. A value of several names has each on a line of its own; names are words of reports.
 * @throws RangeError when no string has the reason's key.
 */
export function sayReason(reason: Reason, strings: Strings): Line {
  const key = `reason.${reason.key}`;
  if (!isKey(key)) throw new RangeError(`no string for the reason "${reason.key}"`);
  const values = Object.entries(reason.values).map(([name, value]): [string, Value] => [
    name,
    typeof value === 'number'
      ? value
      : list(
          value.split('\n').map((one) => [untrusted(one)]),
          strings,
        ),
  ]);
  return say(strings, key, Object.fromEntries(values) as Values<typeof key>);
}

/** "a, b and c" in the language's way; of choices (`disjunction`) "a, b or c". */
export function list(
  items: readonly Line[],
  strings: Locale,
  type: 'conjunction' | 'disjunction' = 'conjunction',
): Line {
  const parts = lists[type](strings.locale).formatToParts(items.map((_, i) => String(i)));
  return joined(
    parts.map((part) =>
      part.type === 'element' ? (items[Number(part.value)] ?? []) : [literal(part.value)],
    ),
  );
}

export const number = (value: number, strings: Locale): string => numbers(strings.locale).format(value);

const dates = {
  day: remembered(
    (locale) =>
      new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' }),
  ),
  month: remembered(
    (locale) => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', month: 'long', year: 'numeric' }),
  ),
  year: remembered((locale) => new Intl.DateTimeFormat(locale, { timeZone: 'UTC', year: 'numeric' })),
} as const;

/** `2018-05-20`, `2018-05` or `2018` as people write it. */
export function date(value: string, strings: Locale): string {
  const precision = value.length > 7 ? 'day' : value.length > 4 ? 'month' : 'year';
  const at = new Date(`${`${value}-01-01`.slice(0, 10)}T00:00:00Z`);
  return dates[precision](strings.locale).format(at);
}

/** A moment, in UTC, to the minute. */
export function moment(at: Instant, strings: Locale): string {
  const day = date(at.slice(0, 10), strings);
  return `${day}, ${at.slice(11, 16)} UTC`;
}

/** When something was published: the moment, or the day where that is all that is known. */
export const publication = (at: Instant, strings: Locale): Inline =>
  isDayAlone(at) ? text(date(dayOf(at), strings)) : { kind: 'time', at };

/** The line's words without any mark-up. */
export const plain = (line: Line, strings: Locale): string =>
  line.map((part) => (part.kind === 'time' ? moment(part.at, strings) : part.text)).join('');
