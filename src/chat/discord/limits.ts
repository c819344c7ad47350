/** Where a call goes, as Discord's limits tell calls apart: method and path without ids, and the channel or guild in it. */
export interface Route {
  /** `POST /channels/:id/messages` */
  readonly name: string;
  readonly major: string;
}

/** What an answer says of limits; numbers are NaN when it says nothing. */
export interface LimitHeaders {
  readonly bucket: string | undefined;
  readonly remaining: number;
  readonly resetAfterMs: number;
  /** Of a 429 only. */
  readonly retryAfterMs: number;
  readonly global: boolean;
  /** `shared`: a limit of the resource, which is not held against us. */
  readonly scope: string | undefined;
}

interface Bucket {
  remaining: number;
  resetAt: number;
  /** Calls on their way, which the last answer did not count. */
  underWay: number;
}

/** "All bots can make up to 50 requests per second". */
const PER_SECOND = 48;
/**
 * "10,000 per 10 minutes" of 401, 403 and 429, and the address is locked out. Kept far below: others may share the address.
 */
const INVALID_MOST = 2_000;
const INVALID_MS = 10 * 60_000;
/** A token that is refused stays refused until somebody gives a new one. */
const TOKEN_REFUSED_MS = 5 * 60_000;
/** Another call of a route whose limit is not known yet is on its way: its answer tells. */
const UNKNOWN_MS = 50;
/** Buckets that are full again are forgotten when there are so many. */
const BUCKETS_KEPT = 10_000;

export interface LimitsOptions {
  /** Milliseconds on a clock that never goes back. */
  readonly now: () => number;
  /**
   * No call before so many milliseconds after the start: what a process before this one used of the limits is not known,
   * and the windows of message routes are this long.
   */
  readonly cautionMs: number;
}

/**
 * Discord's limits as its answers tell of them, kept before they are hit. Each call is announced with `take` and its
 * answer with `seen`; `waitMs` says when the next one may go.
 */
export class Limits {
  readonly #now: () => number;
  readonly #quietUntil: number;
  readonly #buckets = new Map<string, Bucket>();
  /** Bucket by route name, from `X-RateLimit-Bucket`: routes may share one. */
  readonly #names = new Map<string, string>();
  /** Ends of calls. Nobody knows when between its beginning and its end a call arrived, so the end is counted from. */
  #recent: number[] = [];
  #underWay = 0;
  #invalid: number[] = [];
  #allClosedUntil = 0;

  constructor({ now, cautionMs }: LimitsOptions) {
    this.#now = now;
    this.#quietUntil = now() + cautionMs;
  }

  /** Milliseconds until a call of this route may go; 0: now. */
  waitMs(route: Route): number {
    const now = this.#now();
    return Math.ceil(
      Math.max(
        0,
        this.#quietUntil - now,
        this.#allClosedUntil - now,
        this.#globalMs(now),
        this.#bucketMs(route, now),
      ),
    );
  }

  /** A call goes now. Must be followed by one `done`. */
  take(route: Route): void {
    this.#underWay += 1;
    this.#bucket(route, this.#now()).underWay += 1;
  }

  /** An answer came. */
  seen(route: Route, status: number, headers: LimitHeaders): void {
    const now = this.#now();
    if (headers.bucket !== undefined) this.#rename(route, headers.bucket);
    const bucket = this.#bucket(route, now);
    if (Number.isFinite(headers.remaining) && Number.isFinite(headers.resetAfterMs)) {
      bucket.remaining = headers.remaining;
      bucket.resetAt = now + headers.resetAfterMs;
    }
    if (status === 401) this.#allClosedUntil = Math.max(this.#allClosedUntil, now + TOKEN_REFUSED_MS);
    if (status === 429) this.#refused(bucket, headers, now);
    if ((status === 401 || status === 403 || status === 429) && headers.scope !== 'shared')
      this.#invalid.push(now);
  }

  /** The call is over, with an answer or without. */
  done(route: Route): void {
    const now = this.#now();
    this.#underWay -= 1;
    this.#recent.push(now);
    const bucket = this.#bucket(route, now);
    bucket.underWay = Math.max(0, bucket.underWay - 1);
  }

  #refused(bucket: Bucket, { retryAfterMs, global }: LimitHeaders, now: number): void {
    const until = now + (Number.isFinite(retryAfterMs) ? retryAfterMs : 1000);
    if (global) this.#allClosedUntil = Math.max(this.#allClosedUntil, until);
    else {
      bucket.remaining = 0;
      bucket.resetAt = Math.max(bucket.resetAt, until);
    }
  }

  #globalMs(now: number): number {
    this.#recent = this.#recent.filter((at) => at > now - 1000);
    this.#invalid = this.#invalid.filter((at) => at > now - INVALID_MS);
    const room = PER_SECOND - this.#underWay;
    const call = room > 0 ? this.#recent.at(-room) : now + UNKNOWN_MS - 1000;
    const invalid = this.#invalid.at(-INVALID_MOST);
    return Math.max(
      call === undefined ? 0 : call + 1000 - now,
      invalid === undefined ? 0 : invalid + INVALID_MS - now,
    );
  }

  #bucketMs(route: Route, now: number): number {
    const { remaining, resetAt, underWay } = this.#bucket(route, now);
    if (remaining > underWay) return 0;
    return resetAt > now ? resetAt - now : UNKNOWN_MS;
  }

  #key({ name, major }: Route): string {
    return `${this.#names.get(name) ?? name} ${major}`;
  }

  /** One whose window is over, or of which nothing is known, takes one call, whose answer says how many more. */
  #bucket(route: Route, now: number): Bucket {
    const key = this.#key(route);
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      if (this.#buckets.size >= BUCKETS_KEPT) this.#forget(now);
      bucket = { remaining: 1, resetAt: now, underWay: 0 };
      this.#buckets.set(key, bucket);
    } else if (bucket.resetAt <= now && bucket.remaining < 1) bucket.remaining = 1;
    return bucket;
  }

  #rename(route: Route, name: string): void {
    const before = this.#key(route);
    this.#names.set(route.name, name);
    const after = this.#key(route);
    const bucket = this.#buckets.get(before);
    if (after === before || bucket === undefined) return;
    this.#buckets.delete(before);
    if (!this.#buckets.has(after)) this.#buckets.set(after, bucket);
  }

  #forget(now: number): void {
    for (const [key, { resetAt, underWay }] of this.#buckets)
      if (resetAt <= now && underWay === 0) this.#buckets.delete(key);
  }
}
