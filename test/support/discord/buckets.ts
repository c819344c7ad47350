import { createHash } from 'node:crypto';

export interface Rate {
  readonly limit: number;
  readonly windowMs: number;
}

/** Rates by route; the real ones are not documented and change, so that a client must read the headers. */
export const RATES: Readonly<Record<string, Rate>> = {
  'POST /channels/:id/messages': { limit: 5, windowMs: 5000 },
  'PATCH /channels/:id/messages/:id': { limit: 5, windowMs: 5000 },
  'POST /channels/:id/messages/:id/threads': { limit: 10, windowMs: 10_000 },
  'POST /channels/:id/threads': { limit: 10, windowMs: 10_000 },
};
const OTHERS: Rate = { limit: 50, windowMs: 1000 };
/** "All bots can make up to 50 requests per second." */
export const PER_SECOND = 50;

export interface Limited {
  readonly retryAfter: number;
  readonly scope: 'user' | 'global' | 'shared';
}

interface Window {
  left: number;
  resetAt: number;
}

/** Counts calls as Discord does: a bucket a route and channel, and fifty a second in all. */
export class Buckets {
  readonly #windows = new Map<string, Window>();
  readonly #closed = new Map<string, number>();
  #recent: number[] = [];
  #allClosedUntil = 0;
  readonly #rates: Readonly<Record<string, Rate>>;

  readonly #perSecond: number;

  constructor(rates: Readonly<Record<string, Rate>>, perSecond: number) {
    this.#rates = rates;
    this.#perSecond = perSecond;
  }

  /** A call came. Its headers, and how it exceeds a limit if it does. */
  count(
    route: string,
    major: string,
    now: number,
  ): { readonly headers: Record<string, string>; readonly limited?: Limited } {
    this.#recent = this.#recent.filter((at) => at > now - 1000);
    const oldest = this.#recent[0];
    if (this.#allClosedUntil > now)
      return { headers: {}, limited: { retryAfter: (this.#allClosedUntil - now) / 1000, scope: 'global' } };
    if (this.#recent.length >= this.#perSecond && oldest !== undefined)
      return { headers: {}, limited: { retryAfter: (oldest + 1000 - now) / 1000, scope: 'global' } };
    this.#recent.push(now);
    const rate = this.#rates[route] ?? OTHERS;
    const key = `${route} ${major}`;
    let window = this.#windows.get(key);
    if (window === undefined || window.resetAt <= now) {
      window = { left: rate.limit, resetAt: now + rate.windowMs };
      this.#windows.set(key, window);
    }
    const closedUntil = this.#closed.get(key) ?? 0;
    const resetAt = Math.max(window.resetAt, closedUntil);
    const limited = window.left === 0 || closedUntil > now;
    if (!limited) window.left -= 1;
    const headers = {
      'x-ratelimit-limit': String(rate.limit),
      'x-ratelimit-remaining': String(limited ? 0 : window.left),
      'x-ratelimit-reset': String((Date.now() + resetAt - now) / 1000),
      'x-ratelimit-reset-after': String((resetAt - now) / 1000),
      'x-ratelimit-bucket': createHash('md5').update(route).digest('hex'),
    };
    return {
      headers,
      ...(limited && { limited: { retryAfter: (resetAt - now) / 1000, scope: 'user' as const } }),
    };
  }

  /** From now on the route of the channel takes nothing for a while: what a 429 out of the blue says. */
  close(route: string, major: string, until: number): void {
    this.#closed.set(`${route} ${major}`, until);
  }

  /** From now on nothing is taken for a while. */
  closeAll(until: number): void {
    this.#allClosedUntil = until;
  }
}
