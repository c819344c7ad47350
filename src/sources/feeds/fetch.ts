import { lookup as systemLookup } from 'node:dns';
import type { Response } from 'undici';
import { Agent, fetch } from 'undici';
import { NotPublicError, publicLookup, urlProblem } from './address.ts';

const MAX_REDIRECTS = 5;
const ACCEPT =
  'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5';

export interface FetchRequest {
  readonly url: string;
  /** From the last answer. */
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  readonly timeoutMs: number;
  /** Of the unpacked answer. */
  readonly maxBytes: number;
  /** Lets the feed's own host be of this machine or network; where it redirects to must be public. */
  readonly allowPrivateAddress: boolean;
}

export type Fetched =
  | {
      readonly kind: 'fetched';
      /** Where it was in the end, after redirects. */
      readonly url: string;
      readonly bytes: Uint8Array;
      readonly charset?: string;
      readonly etag?: string;
      readonly lastModified?: string;
    }
  | { readonly kind: 'unchanged' }
  /** `why` is for the feed's state: what happened and what to do. */
  | { readonly kind: 'failed'; readonly why: string; readonly retryAfterSeconds?: number };

export interface Fetcher {
  fetch(request: FetchRequest): Promise<Fetched>;
  close(): Promise<void>;
}

const failed = (why: string): Fetched => ({ kind: 'failed', why });

async function readLimited(response: Response, maxBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    // Leaving the loop cancels the body, so that a packed bomb is not unpacked further.
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Retry-After in seconds; a date is taken from the answer's own clock (RFC 9110, 10.2.3). */
function retryAfter(headers: Response['headers']): number | undefined {
  const value = headers.get('retry-after')?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  const seconds = (Date.parse(value) - Date.parse(headers.get('date') ?? '')) / 1000;
  return seconds > 0 ? Math.ceil(seconds) : undefined;
}

const STATUS_REMEDIES: Readonly<Record<number, string>> = {
  401: 'it wants a login, which feeds cannot give',
  403: 'the server refuses us; ask its owner, or take the feed out',
  404: 'nothing is there; look for the new address of the feed',
  410: 'it is gone for good; take the feed out of config/sources.yaml',
  429: 'asked too often; give it a greater intervalSeconds',
};

function fromStatus(response: Response): Fetched {
  const after = retryAfter(response.headers);
  const remedy = STATUS_REMEDIES[response.status] ?? 'tried again later';
  return {
    kind: 'failed',
    why: `the server answered ${response.status}: ${remedy}`,
    ...(after !== undefined && { retryAfterSeconds: after }),
  };
}

async function toFetched(response: Response, url: string, request: FetchRequest): Promise<Fetched> {
  if (response.status !== 200) {
    await response.body?.cancel();
    return response.status === 304 ? { kind: 'unchanged' } : fromStatus(response);
  }
  const bytes = await readLimited(response, request.maxBytes);
  if (bytes === undefined) return failed(`it is larger than ${request.maxBytes} bytes (feeds.maxBytes)`);
  const charset = /charset\s*=\s*"?([\w.:-]{1,40})/i.exec(response.headers.get('content-type') ?? '')?.[1];
  const etag = response.headers.get('etag');
  const lastModified = response.headers.get('last-modified');
  return {
    kind: 'fetched',
    url,
    bytes,
    ...(charset !== undefined && { charset }),
    ...(etag !== null && { etag }),
    ...(lastModified !== null && { lastModified }),
  };
}

/** The next address, or why it is not followed. */
function redirected(response: Response, from: URL): URL | string {
  const location = response.headers.get('location');
  const to = location === null ? null : URL.parse(location, from.href);
  if (to === null) return `the server redirects (${response.status}) without saying where to`;
  if (from.protocol === 'https:' && to.protocol === 'http:')
    return `it redirects from https to http (${to.host}), where anyone on the way can change what it says`;
  return to;
}

interface Agents {
  readonly guarded: Agent;
  readonly open: Agent;
}

async function follow(request: FetchRequest, agents: Agents): Promise<Fetched> {
  const signal = AbortSignal.timeout(request.timeoutMs);
  const headers = {
    accept: ACCEPT,
    'user-agent': 'Sitrep feed reader',
    ...(request.etag !== undefined && { 'if-none-match': request.etag }),
    ...(request.lastModified !== undefined && { 'if-modified-since': request.lastModified }),
  };
  const first = new URL(request.url);
  let url = first;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const own = request.allowPrivateAddress && url.host === first.host;
    const problem = own ? undefined : urlProblem(url);
    if (problem !== undefined) return failed(`${url.href} is not asked: ${problem}`);
    const response = await fetch(url, {
      dispatcher: own ? agents.open : agents.guarded,
      headers,
      signal,
      redirect: 'manual',
    });
    if (![301, 302, 303, 307, 308].includes(response.status)) return toFetched(response, url.href, request);
    await response.body?.cancel();
    const next = redirected(response, url);
    if (typeof next === 'string') return failed(next);
    url = next;
  }
  return failed(`it redirects more than ${MAX_REDIRECTS} times`);
}

/** The cause at the bottom of a failed connection, in the words of whoever failed. */
function causeOf(error: unknown): Error {
  const cause = error instanceof Error ? error.cause : undefined;
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error) return causeOf(cause.errors[0]);
  return cause instanceof Error ? causeOf(cause) : error instanceof Error ? error : new Error(String(error));
}

function describeFailure(error: unknown, request: FetchRequest): string {
  const cause = causeOf(error);
  if (cause.name === 'TimeoutError')
    return `no whole answer within ${request.timeoutMs} ms (feeds.timeoutSeconds)`;
  if (cause instanceof NotPublicError)
    return `${cause.message}; if this is a server of your own, set allowPrivateAddress: true on this feed`;
  return `it cannot be reached: ${cause.message === '' ? cause.name : cause.message}`;
}

/**
 * Asks addresses on the web: public ones only, unless a request says otherwise. Each redirect is checked like the first
 * address, and each connection goes to an address that was checked. Never throws: failures are values.
 * @param resolve resolves names, for both kinds of request
 */
export function openFetcher(resolve: typeof systemLookup = systemLookup): Fetcher {
  const agents: Agents = {
    guarded: new Agent({ connect: { lookup: publicLookup(resolve) }, maxHeaderSize: 32_768 }),
    open: new Agent({ connect: { lookup: resolve }, maxHeaderSize: 32_768 }),
  };
  return {
    async fetch(request) {
      try {
        return await follow(request, agents);
      } catch (error) {
        return failed(describeFailure(error, request));
      }
    },
    async close() {
      await Promise.all([agents.guarded.destroy(), agents.open.destroy()]);
    },
  };
}
