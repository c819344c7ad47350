import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Buckets, PER_SECOND, RATES, type Rate } from './buckets.ts';
import * as refusals from './errors.ts';
import type { Json } from './forms.ts';
import { Interactions } from './interactions.ts';
import { ROUTES, type Answer } from './routes.ts';
import { State } from './state.ts';

/** What goes wrong with one call, as a bad network or a struggling Discord has it. */
export type Fault =
  | { readonly kind: 'none' }
  /** Refused for a while. `scope` shared: without a header that told of it before. */
  | { readonly kind: 'limited'; readonly retryAfter: number; readonly scope: 'user' | 'global' | 'shared' }
  /** Taken, and the answer is lost. */
  | { readonly kind: 'answer_lost' }
  /** Never arrives. */
  | { readonly kind: 'lost' }
  /** `taken`: it has an effect all the same. */
  | { readonly kind: 'broken'; readonly status: number; readonly taken: boolean }
  | { readonly kind: 'hangs'; readonly taken: boolean }
  /** By Discord itself, with a code of its own. */
  | { readonly kind: 'refused'; readonly status: number; readonly code: number };

export interface Called {
  readonly route: string;
  readonly path: string;
  readonly body: Json;
  readonly status: number;
  readonly code?: number;
}

export interface FakeRest {
  /** `http://127.0.0.1:port/api`, for `REST` and `Client`. */
  readonly api: string;
  readonly state: State;
  readonly interactions: Interactions;
  readonly calls: Called[];
  /** What a correct client never does: malformed bodies, calls before a limit allows them. */
  readonly breaches: string[];
  token: string;
  gatewayUrl: string;
  shards: number;
  /** Asked for each call; absent: nothing goes wrong. */
  fault: ((route: string, body: Json) => Fault) | undefined;
  close(): Promise<void>;
}

const OPEN: readonly RegExp[] = [/^\/interactions\//, /^\/webhooks\//];
const KEYWORDS = new Set([
  'channels',
  'messages',
  'threads',
  'guilds',
  'members',
  'users',
  '@me',
  'archived',
  'public',
  'active',
  'applications',
  'commands',
  'gateway',
  'bot',
]);
/** `/channels/12/messages` → `/channels/:id/messages` and `12`. */
function generic(path: string): { readonly route: string; readonly params: readonly string[] } {
  const params: string[] = [];
  const route = path
    .split('/')
    .map((part) => (part === '' || KEYWORDS.has(part) ? part : (params.push(part), ':id')))
    .join('/');
  return { route, params };
}

async function bodyOf(request: IncomingMessage): Promise<Json> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString('utf8');
  return text === '' ? {} : (JSON.parse(text) as Json);
}

/** Discord's REST API, version 10, on loopback: strict, in memory. */
export async function startRest(
  rates: Readonly<Record<string, Rate>> = RATES,
  perSecond = PER_SECOND,
): Promise<FakeRest> {
  const state = new State();
  const interactions = new Interactions(state);
  const buckets = new Buckets(rates, perSecond);

  const handle = (method: string, path: string, query: URLSearchParams, body: Json): Answer => {
    const callback = /^\/interactions\/([^/]+)\/([^/]+)\/callback$/.exec(path);
    if (callback && method === 'POST')
      return interactions.callback(callback[1] ?? '', callback[2] ?? '', body);
    const webhook = /^\/webhooks\/[^/]+\/([^/]+)(?:\/messages\/@original)?$/.exec(path);
    if (webhook) return interactions.followUp(webhook[1] ?? '', body);
    if (path === '/gateway/bot')
      return {
        status: 200,
        json: {
          url: rest.gatewayUrl,
          shards: rest.shards,
          session_start_limit: { total: 1000, remaining: 1000, reset_after: 0, max_concurrency: 1 },
        },
      };
    const { route, params } = generic(path);
    const handler = ROUTES[`${method} ${route}`];
    if (!handler) {
      rest.breaches.push(`no such endpoint: ${method} ${path}`);
      return { status: 404, json: { code: 0, message: '404: Not Found' } };
    }
    return handler({ params, query, body, state });
  };

  const answerTo = (method: string, path: string, query: URLSearchParams, body: Json): Answer => {
    try {
      return handle(method, path, query, body);
    } catch (error) {
      if (!(error instanceof refusals.Refusal)) throw error;
      if (error.code === 50_035) rest.breaches.push(`${method} ${path}: ${JSON.stringify(error.errors)}`);
      return { status: error.status, json: error.body() };
    }
  };

  const limitedAnswer = (
    response: ServerResponse,
    retryAfter: number,
    scope: string,
    headers: Record<string, string>,
  ): void => {
    const global = scope === 'global';
    response.writeHead(429, {
      'content-type': 'application/json',
      ...headers,
      'retry-after': String(Math.ceil(retryAfter)),
      'x-ratelimit-scope': scope,
      ...(global && { 'x-ratelimit-global': 'true' }),
    });
    response.end(JSON.stringify({ message: 'You are being rate limited.', retry_after: retryAfter, global }));
  };

  const server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      const url = new URL(request.url ?? '', 'http://discord.test');
      const path = decodeURIComponent(url.pathname).replace(/^\/api\/v10/, '');
      const method = request.method ?? 'GET';
      const { route, params } = generic(path);
      const name = `${method} ${route}`;
      const note = (status: number, code?: number): void => {
        rest.calls.push({ route: name, path, body, status, ...(code !== undefined && { code }) });
      };
      const free = OPEN.some((one) => one.test(path));
      if (!free && request.headers.authorization !== `Bot ${rest.token}`) {
        note(401);
        response.writeHead(401, { 'content-type': 'application/json' });
        response.end(JSON.stringify(refusals.unauthorized().body()));
        return;
      }
      const fault = rest.fault?.(name, body) ?? { kind: 'none' };
      if (fault.kind === 'lost') return void request.socket.destroy();
      if (fault.kind === 'hangs' && !fault.taken) return;
      const counted = free ? { headers: {} } : buckets.count(name, params[0] ?? '', performance.now());
      if (counted.limited) {
        rest.breaches.push(
          `too early: ${method} ${path}, ${counted.limited.retryAfter} s before ${counted.limited.scope} limits allow it`,
        );
        note(429);
        limitedAnswer(response, counted.limited.retryAfter, counted.limited.scope, counted.headers);
        return;
      }
      if (fault.kind === 'limited') {
        const until = performance.now() + fault.retryAfter * 1000;
        if (fault.scope === 'global') buckets.closeAll(until);
        else buckets.close(name, params[0] ?? '', until);
        note(429);
        limitedAnswer(response, fault.retryAfter, fault.scope, counted.headers);
        return;
      }
      if (fault.kind === 'refused') {
        note(fault.status, fault.code);
        response.writeHead(fault.status, { 'content-type': 'application/json', ...counted.headers });
        response.end(JSON.stringify({ code: fault.code, message: 'Refused' }));
        return;
      }
      if (fault.kind === 'broken' && !fault.taken) {
        note(fault.status);
        response.writeHead(fault.status, { 'content-type': 'text/html' });
        response.end('<html>upstream connect error</html>');
        return;
      }
      const answer = answerTo(method, path, url.searchParams, body);
      note(answer.status, (answer.json as { code?: number } | undefined)?.code);
      if (fault.kind === 'answer_lost') return void request.socket.destroy();
      if (fault.kind === 'hangs') return;
      const broken = fault.kind === 'broken';
      const text = broken || answer.json === undefined ? undefined : JSON.stringify(answer.json);
      response.writeHead(broken ? fault.status : answer.status, {
        ...(text !== undefined && { 'content-type': 'application/json' }),
        ...counted.headers,
      });
      response.end(text);
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const rest: FakeRest = {
    api: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    state,
    interactions,
    calls: [],
    breaches: [],
    token: 'fake-token',
    gatewayUrl: '',
    shards: 1,
    fault: undefined,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return rest;
}
