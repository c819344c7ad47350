import { dayOf, isDayAlone, type Day, type Instant } from '../../../model/time.ts';
import { html } from './template.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `2018-05-20` → `20 May 2018`; a month or a year stays as short as it is. */
export function dayText(date: string): string {
  const [year = '', month, day] = date.split('-');
  const name = month === undefined ? undefined : MONTHS[Number(month) - 1];
  return [day === undefined ? undefined : String(Number(day)), name, year].filter(Boolean).join(' ');
}

const clockText = (at: Instant): string => at.slice(11, 16);

/** Times are UTC everywhere: readers of one alert sit in many zones. */
const momentText = (at: Instant): string => `${dayText(at.slice(0, 10))}, ${clockText(at)} UTC`;

export const momentHtml = (at: Instant) => html`<time datetime="${at}">${momentText(at)}</time>`;

/** When something was published: the moment, or the day where that is all that is known. */
export const publishedHtml = (at: Instant) => (isDayAlone(at) ? dayHtml(dayOf(at)) : momentHtml(at));

export const clockHtml = (at: Instant) =>
  html`<time datetime="${at}" title="${momentText(at)}">${clockText(at)} UTC</time>`;

export const dayHtml = (date: Day | string) => html`<time datetime="${date}">${dayText(date)}</time>`;

const SPANS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** Longer ago than this, the day itself says more. */
const LONG_AGO_MS = 30 * 86_400_000;

/** How long ago, in the largest whole unit: `3 hours ago`; the day when that is long ago. */
export function agoText(at: Instant, now: Instant): string {
  const ms = Date.parse(now) - Date.parse(at);
  if (ms > LONG_AGO_MS) return dayText(at.slice(0, 10));
  for (const [unit, size] of SPANS) {
    const count = Math.floor(ms / size);
    if (count >= 1) return `${String(count)} ${unit}${count === 1 ? '' : 's'} ago`;
  }
  return 'just now';
}

export const agoHtml = (at: Instant, now: Instant) =>
  html`<time datetime="${at}" title="${momentText(at)}">${agoText(at, now)}</time>`;
