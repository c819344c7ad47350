import { setTimeout as sleep } from 'node:timers/promises';
import { DiscordAPIError, HTTPError, RateLimitError, REST, type ResponseLike } from 'discord.js';
import { Limits, type LimitHeaders, type Route } from './limits.ts';

/** Discord's ids are 17 to 20 digits. */
export type Snowflake = string;

/**
 * What one call came to. `limited`: it was not made, or refused for now. `failed`: Discord refused it, with its own code.
 * `unreached`: it certainly did not arrive. `unknown`: nobody knows whether it took effect.
 */
export type Outcome<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'limited'; readonly afterMs: number; readonly why: string }
  | { readonly kind: 'failed'; readonly status: number; readonly code: number; readonly why: string }
  | { readonly kind: 'unreached'; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** Whether Discord refused it with this code of its own. */
export const refusedWith = (outcome: Outcome<unknown>, code: number): boolean =>
  outcome.kind === 'failed' && outcome.code === code;

export type NotOk = Exclude<Outcome<never>, { kind: 'ok' }>;

export interface ApiOptions {
  readonly token: string;
  /** Without the version: `https://discord.com/api`. */
  readonly api: string;
  readonly timeoutMs: number;
  /** See `LimitsOptions`. */
  readonly cautionMs: number;
}

export interface CallOptions {
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string>>;
  /** Waits for the limits at most this long instead of giving the call back. */
  readonly patientMs?: number;
  /** Ends the call, also while it is queued. */
  readonly signal?: AbortSignal;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT';

/** A part of a path that names one thing of many. */
const ID = /^\d{5,}$/;

/** `/channels/12345/messages` → its route, as limits tell routes apart. */
function routeOf(method: string, path: string): Route {
  const parts = path.split('/');
  return {
    name: `${method} ${parts.map((part) => (ID.test(part) ? ':id' : part)).join('/')}`,
    major: parts.find((part) => ID.test(part)) ?? '',
  };
}

const REFUSED: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const seconds = (headers: ResponseLike['headers'], name: string): number =>
  Number(headers.get(name) ?? 'none') * 1000;

function limitsIn({ headers }: ResponseLike): LimitHeaders {
  return {
    bucket: headers.get('x-ratelimit-bucket') ?? undefined,
    remaining: Number(headers.get('x-ratelimit-remaining') ?? 'none'),
    resetAfterMs: seconds(headers, 'x-ratelimit-reset-after'),
    retryAfterMs: seconds(headers, 'retry-after'),
    global: headers.has('x-ratelimit-global'),
    scope: headers.get('x-ratelimit-scope') ?? undefined,
  };
}

/**
 * Discord's REST API: one request a call, never repeated, never queued behind a limit by the library (it would repeat a
 * 429 and a 5xx by itself). Limits are kept here, before a request goes.
 */
export class DiscordApi {
  readonly limits: Limits;
  readonly #rest: REST;
  readonly #token: string;
  readonly #timeoutMs: number;

  constructor({ token, api, timeoutMs, cautionMs }: ApiOptions) {
    this.#token = token;
    this.#timeoutMs = timeoutMs;
    this.limits = new Limits({ now: () => performance.now(), cautionMs });
    this.#rest = new REST({
      version: '10',
      api,
      retries: 0,
      timeout: timeoutMs,
      offset: 0,
      rejectOnRateLimit: () => true,
    });
    this.#rest.on('response', ({ method, path }, response) => {
      this.limits.seen(routeOf(method, path), response.status, limitsIn(response));
    });
  }

  /** Milliseconds until a call may go. */
  waitMs(method: Method, path: string): number {
    return this.limits.waitMs(routeOf(method, path));
  }

  get<T>(path: string, options: CallOptions = {}): Promise<Outcome<T>> {
    return this.#call('GET', path, options);
  }

  post<T>(path: string, body: unknown, options: CallOptions = {}): Promise<Outcome<T>> {
    return this.#call('POST', path, { ...options, body });
  }

  patch<T>(path: string, body: unknown, options: CallOptions = {}): Promise<Outcome<T>> {
    return this.#call('PATCH', path, { ...options, body });
  }

  put<T>(path: string, body: unknown, options: CallOptions = {}): Promise<Outcome<T>> {
    return this.#call('PUT', path, { ...options, body });
  }

  async #call<T>(
    method: Method,
    path: string,
    { body, query, patientMs = 0, signal }: CallOptions,
  ): Promise<Outcome<T>> {
    const route = routeOf(method, path);
    for (let left = patientMs, wait = this.limits.waitMs(route); wait > 0; wait = this.limits.waitMs(route)) {
      if (wait > left) return { kind: 'limited', afterMs: wait, why: 'Discord takes no such call yet' };
      left -= wait;
      await sleep(wait);
    }
    this.limits.take(route);
    // The library forgets a token that was refused once.
    this.#rest.setToken(this.#token);
    try {
      const value = await this.#rest.request({
        method: method as never,
        fullRoute: path as `/${string}`,
        ...(body !== undefined && { body }),
        ...(query && { query: new URLSearchParams(query) }),
        signal: AbortSignal.any([AbortSignal.timeout(this.#timeoutMs), ...(signal ? [signal] : [])]),
      });
      return { kind: 'ok', value: value as T };
    } catch (error) {
      return this.#notOk(route, error);
    } finally {
      this.limits.done(route);
    }
  }

  #notOk(route: Route, error: unknown): NotOk {
    if (error instanceof DiscordAPIError)
      return {
        kind: 'failed',
        status: error.status,
        code: Number(error.code),
        why: `${error.message} (${error.code})`,
      };
    if (error instanceof RateLimitError) {
      const afterMs = Math.ceil(
        Math.max(error.retryAfter, error.timeToReset, error.sublimitTimeout, this.limits.waitMs(route), 1),
      );
      return { kind: 'limited', afterMs, why: 'Discord is rate limiting us' };
    }
    if (error instanceof HTTPError) return { kind: 'unknown', why: `Discord answered ${error.status}` };
    const { cause } = error as { readonly cause?: unknown };
    const { code, name, message } = (cause ?? error) as {
      readonly code?: string;
      readonly name: string;
      readonly message: string;
    };
    if (code !== undefined && REFUSED.has(code))
      return { kind: 'unreached', why: `Discord cannot be reached (${code})` };
    return { kind: 'unknown', why: name === 'AbortError' ? 'Discord did not answer in time' : message };
  }
}
