declare const instantBrand: unique symbol;
declare const dayBrand: unique symbol;

/** A moment: ISO 8601 in UTC with milliseconds, `2018-05-20T06:00:00.000Z`. Sorts as text. */
export type Instant = string & { readonly [instantBrand]: true };
/** A calendar day: `2018-05-20`. Sorts as text. */
export type Day = string & { readonly [dayBrand]: true };

/** Tells the time. Pure code takes an `Instant` instead; only effect code holds a clock. */
export type Clock = () => Instant;

/** @throws RangeError when `value` is no date that JavaScript reads. */
export function instant(value: string | number | Date): Instant {
  return new Date(value).toISOString() as Instant;
}

export const systemClock: Clock = () => instant(Date.now());

/** The UTC day of a moment. */
export const dayOf = (at: Instant): Day => at.slice(0, 10) as Day;

/** @throws RangeError when `value` is not `YYYY-MM-DD` or names a day that does not exist. */
export function day(value: string): Day {
  const parsed = new Date(`${value}T00:00:00Z`);
  if (
    !/^\d{4}-\d{2}-\d{2}$/.test(value) ||
    Number.isNaN(parsed.getTime()) ||
    parsed.toISOString().slice(0, 10) !== value
  )
    throw new RangeError(`"${value}" is not a day; write it as YYYY-MM-DD, for example 2018-05-20`);
  return value as Day;
}

/**
 * Is it a day's first moment? A publication of which only the day is given is kept as that, and shown as the day: an hour that
 * nobody gave is worse than none. One that was stated as midnight cannot be told from it, and is shown as the day too.
 */
export const isDayAlone = (published: Instant): boolean => published.endsWith('T00:00:00.000Z');

const DAY_MS = 86_400_000;

/** Whole days from `a` to `b`; negative when `b` is earlier. */
export const daysBetween = (a: Day, b: Day): number => Math.round((Date.parse(b) - Date.parse(a)) / DAY_MS);

export const addDays = (from: Day, days: number): Day =>
  new Date(Date.parse(from) + days * DAY_MS).toISOString().slice(0, 10) as Day;
