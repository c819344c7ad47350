import type { Instant } from '../../model/time.ts';
import { instant } from '../../model/time.ts';

const ISO = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|[+-]\d{2}:?\d{2})?)?$/i;
/** RFC 5322 section 3.3, as feeds and mails write it: "Sun, 20 May 2018 06:00:00 +0000". */
const RFC5322 =
  /^(?:[a-z]{3}, ?)?\d{1,2} [a-z]{3,9} \d{4} \d{1,2}:\d{2}(?::\d{2})? (?:[+-]\d{4}|GMT|UTC?|Z|[ECMP][SD]T)$/i;
const EARLIEST = Date.UTC(1900, 0, 1);
/** Clocks of honest senders differ by this much. */
const SKEW_MS = 10 * 60_000;

/** A moment as reports write it: a day (its first moment in UTC), an ISO 8601 time (UTC unless it says so), or RFC 5322. */
export function readPublished(text: string): Instant | undefined {
  const iso = ISO.exec(text.trim());
  const zone = iso?.[3]?.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2') ?? 'Z';
  const written = iso ? `${iso[1] ?? ''}T${iso[2] ?? '00:00'}${zone}` : text.trim();
  if (!iso && !RFC5322.test(written)) return undefined;
  const at = Date.parse(written);
  if (Number.isNaN(at) || at < EARLIEST) return undefined;
  // JavaScript reads 31 February as 3 March.
  if (iso && instant(Date.parse(`${iso[1] ?? ''}T00:00Z`)).slice(0, 10) !== iso[1]) return undefined;
  return instant(at);
}

/** A report cannot have been published after it came: a later time is a wrong clock or zone, and `now` is taken. */
export function notAfter(published: Instant, now: Instant): { readonly at: Instant; readonly note?: string } {
  if (Date.parse(published) <= Date.parse(now) + SKEW_MS) return { at: published < now ? published : now };
  return { at: now, note: `published ${published} lies in the future; ${now} was taken` };
}
