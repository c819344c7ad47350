import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { answerOf } from './api.ts';
import { blockProblems } from './blocks.ts';
import { Pace } from './pace.ts';
import { words, type Body } from './rules.ts';
import { SocketDoor } from './socket.ts';
import { openWorkspace, type Workspace, type WorkspaceSpec } from './workspace.ts';

/** What may happen to one call beside being answered. */
export type Fault =
  | { readonly kind: 'rate_limited'; readonly seconds: number }
  /** Taken, and the answer lost. */
  | { readonly kind: 'drop' }
  /** `taken`: done before the error was answered. */
  | { readonly kind: 'status'; readonly status: number; readonly taken: boolean }
  | { readonly kind: 'hang' }
  /** Taken as soon as that is over. */
  | { readonly kind: 'slow'; readonly until: Promise<void> }
  | { readonly kind: 'error'; readonly error: string };

export interface Call {
  readonly method: string;
  readonly workspace: string;
  readonly body: Body;
  readonly answer: Body;
}

export interface Token {
  /** Or the organisation, for all its workspaces. */
  readonly workspace: string;
  readonly scopes: readonly string[];
  /** `revoked`, `expired`, `inactive`: what Slack says of it from now on. */
  state: 'good' | 'token_revoked' | 'token_expired' | 'account_inactive';
}

interface FakeOptions {
  readonly workspaces: readonly WorkspaceSpec[];
  /** Milliseconds; rates are counted by it. */
  readonly now?: () => number;
  /** An app that is sold outside the Marketplace, to which stricter limits apply. */
  readonly distributed?: boolean;
  /** Id of the organisation that the workspaces belong to, which installs the app for all of them. */
  readonly organisation?: string;
}

const BOT_SCOPES = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'im:write',
  'usergroups:read',
  'users:read',
];

/** The response that a response_url got. */
export interface Responded {
  readonly response_type?: string;
  readonly replace_original?: boolean;
  readonly text?: string;
  readonly blocks?: readonly Body[];
}

/** Slack on loopback, strict: what breaks a documented limit is refused as Slack refuses it, and noted as a breach. */
export class FakeSlack {
  readonly workspaces: ReadonlyMap<string, Workspace>;
  readonly tokens = new Map<string, Token>();
  readonly calls: Call[] = [];
  /** What the app did that Slack's documentation says it must not. */
  readonly breaches: string[] = [];
  readonly responses: { readonly id: string; readonly body: Responded }[] = [];
  readonly sockets: SocketDoor;
  readonly url: string;
  readonly #server: ReturnType<typeof createServer>;
  /** Asked for each call that no injected fault is for: what goes wrong with it. */
  chance: ((method: string) => Fault | undefined) | undefined;
  readonly #faults: { readonly method: string; readonly fault: Fault }[] = [];
  readonly #refresh = new Map<string, Token>();
  readonly #pace: Pace;
  readonly #distributed: boolean;
  readonly #organisation: string | undefined;
  readonly #listeners = new Set<() => void>();

  private constructor(
    server: ReturnType<typeof createServer>,
    workspaces: ReadonlyMap<string, Workspace>,
    { now, distributed, organisation }: FakeOptions,
  ) {
    this.workspaces = workspaces;
    this.#server = server;
    this.#distributed = distributed === true;
    this.#organisation = organisation;
    this.#pace = new Pace(now ?? (() => performance.now()), this.#distributed);
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.sockets = new SocketDoor(server, this.url, this.breaches);
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.#answer(request, response).catch((error: unknown) => {
        this.breaches.push(`the fake failed: ${String(error)}`);
        response.destroy();
      });
    });
  }

  static async start(options: FakeOptions): Promise<FakeSlack> {
    const workspaces = await Promise.all(options.workspaces.map(openWorkspace));
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const fake = new FakeSlack(server, new Map(workspaces.map((one) => [one.id, one])), options);
    for (const { id } of workspaces) fake.tokens.set(`xoxb-${id}`, token(id));
    fake.tokens.set('xapp-1-test', { workspace: '', scopes: ['connections:write'], state: 'good' });
    return fake;
  }

  /** Where the Web API is, as `slackApiUrl` takes it. */
  get api(): string {
    return `${this.url}/api/`;
  }

  workspace(id = [...this.workspaces.keys()][0] ?? ''): Workspace {
    const found = this.workspaces.get(id);
    if (!found) throw new Error(`no workspace ${id}`);
    return found;
  }

  /** The next call of the method meets the fault. */
  inject(method: string, fault: Fault): void {
    this.#faults.push({ method, fault });
  }

  /** A response_url as an interaction carries it. */
  responseUrl(): { readonly id: string; readonly url: string } {
    const id = randomUUID();
    return { id, url: `${this.url}/response/${id}` };
  }

  /** Says yes for somebody on the page that OAuth sends them to; returns where their browser goes then. */
  consent(asked: URL, user: string): Promise<string> {
    return this.workspace().consent(asked, user);
  }

  /** Resolves when `seen` gives something, looked at after every call and every response. */
  async until<T>(seen: () => T | undefined): Promise<T> {
    for (;;) {
      const found = seen();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        const listener = (): void => {
          this.#listeners.delete(listener);
          resolve();
        };
        this.#listeners.add(listener);
      });
    }
  }

  async close(): Promise<void> {
    this.sockets.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await Promise.all([...this.workspaces.values()].map((one) => one.close()));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.url);
    const body = await text(request);
    const [, area, name = ''] = url.pathname.split('/');
    if (area === 'response') this.#respond(name, body, response);
    else if (area === 'api') await this.#call(name, readBody(request, body), request, response);
    else response.writeHead(404).end();
    for (const listener of this.#listeners) listener();
  }

  #respond(id: string, body: string, response: ServerResponse): void {
    const said = JSON.parse(body) as Responded;
    const problems = [
      ...(said.blocks === undefined ? [] : blockProblems(said.blocks)),
      ...(this.responses.filter((one) => one.id === id).length >= 5 ? ['used more than five times'] : []),
    ];
    this.breaches.push(...problems.map((problem) => `response_url: ${problem}`));
    this.responses.push({ id, body: said });
    response.writeHead(problems.length === 0 ? 200 : 400).end('ok');
  }

  async #call(method: string, body: Body, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const index = this.#faults.findIndex((one) => one.method === method);
    const fault = index < 0 ? this.chance?.(method) : this.#faults.splice(index, 1)[0]?.fault;
    const bearer = /^Bearer (.+)$/u.exec(request.headers.authorization ?? '')?.[1] ?? words(body['token']);
    const known = this.tokens.get(bearer);
    const send = (answer: Body): void => {
      this.calls.push({ method, workspace: known?.workspace ?? '', body, answer });
      response
        .writeHead(200, {
          'content-type': 'application/json',
          ...(known && { 'x-oauth-scopes': known.scopes.join(',') }),
        })
        .end(JSON.stringify(answer));
    };
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'slow') await fault.until;
    if (fault?.kind === 'status' && !fault.taken) {
      response.writeHead(fault.status).end('upstream failed');
      return;
    }
    if (fault?.kind === 'rate_limited') {
      rateLimited(response, fault.seconds);
      return;
    }
    if (fault?.kind === 'error') {
      send({ ok: false, error: fault.error });
      return;
    }
    if (method === 'oauth.v2.access') {
      send(await this.#access(body));
      return;
    }
    if (method === 'api.test') {
      send({ ok: true });
      return;
    }
    if (!known) {
      send({ ok: false, error: bearer === '' ? 'not_authed' : 'invalid_auth' });
      return;
    }
    if (known.state !== 'good') {
      send({ ok: false, error: known.state });
      return;
    }
    const early = this.#pace.early(method, known.workspace, words(body['channel']));
    if (early !== undefined) {
      this.breaches.push(`${method} in ${words(body['channel'])} came ${Math.ceil(early)} ms too early`);
      rateLimited(response, Math.ceil(early / 1_000));
      return;
    }
    const answer = await this.#act(method, body, known);
    if (fault?.kind === 'drop' || fault?.kind === 'status') {
      this.calls.push({ method, workspace: known.workspace, body, answer });
      if (fault.kind === 'drop') response.destroy();
      else response.writeHead(fault.status).end('upstream failed');
      return;
    }
    send(answer);
  }

  /** OAuth by the emulator; tokens are rotated, as an app may ask for. */
  async #access(body: Body): Promise<Body> {
    if (body['grant_type'] === 'refresh_token') {
      const old = this.#refresh.get(words(body['refresh_token']));
      // A refresh token is good once.
      if (!this.#refresh.delete(words(body['refresh_token'])) || !old)
        return { ok: false, error: 'invalid_refresh_token' };
      return { ok: true, token_type: 'bot', ...this.#rotated(old) };
    }
    const workspace = this.workspace();
    const answer = await workspace.call('oauth.v2.access', body);
    if (!answer.ok) return answer;
    const organisation = this.#organisation;
    const granted = token(organisation ?? workspace.id, words(answer['scope']).split(','));
    return {
      ...answer,
      ...(organisation === undefined
        ? { team: { id: workspace.id, name: workspace.id }, enterprise: null }
        : { team: null, enterprise: { id: organisation, name: organisation } }),
      is_enterprise_install: organisation !== undefined,
      ...this.#rotated(granted),
    };
  }

  #rotated(granted: Token): Body {
    const access_token = `xoxe.xoxb-1-${randomUUID()}`;
    const refresh_token = `xoxe-1-${randomUUID()}`;
    this.tokens.set(access_token, { ...granted, state: 'good' });
    this.#refresh.set(refresh_token, granted);
    return { access_token, refresh_token, expires_in: 43_200 };
  }

  /** The workspace that a call is about: of an organisation's token the one that has the channel or the person. */
  #meant(body: Body, { workspace }: Token): Workspace | undefined {
    const of = [...this.workspaces.values()];
    if (workspace !== this.#organisation) return this.workspaces.get(workspace);
    const person = words(body['user'] ?? body['users'] ?? body['user_id']);
    return (
      of.find(({ channels }) => channels.has(words(body['channel']))) ??
      of.find(({ people }) => [...people.values()].includes(person)) ??
      this.workspaces.get(words(body['team_id'])) ??
      of[0]
    );
  }

  async #act(method: string, body: Body, known: Token): Promise<Body> {
    if (method === 'apps.connections.open') {
      if (!known.scopes.includes('connections:write')) return { ok: false, error: 'not_allowed_token_type' };
      return { ok: true, url: this.sockets.ticket() };
    }
    const workspace = this.#meant(body, known);
    if (!workspace) return { ok: false, error: 'not_allowed_token_type' };
    const ofOrganisation = known.workspace === this.#organisation;
    // "Required if org token is used."
    if (ofOrganisation && method.startsWith('usergroups.') && body['team_id'] === undefined)
      return { ok: false, error: 'missing_argument' };
    const answer = await answerOf(workspace, method, body, known.scopes, this.#distributed);
    const error = words(answer['error']);
    if (/^(?:invalid_|msg_|no_text|metadata_|sitrep_)/u.test(error))
      this.breaches.push(`${method}: ${error} ${JSON.stringify(answer['response_metadata'] ?? '')}`);
    return answer;
  }
}

/** A token of the workspace's bot, or of an organisation's. */
export const token = (workspace: string, scopes: readonly string[] = BOT_SCOPES): Token => ({
  workspace,
  scopes,
  state: 'good',
});

const rateLimited = (response: ServerResponse, seconds: number): void => {
  response
    .writeHead(429, { 'retry-after': String(seconds), 'content-type': 'application/json' })
    .end(JSON.stringify({ ok: false, error: 'ratelimited' }));
};

function readBody(request: IncomingMessage, body: string): Body {
  if (body === '') return {};
  if (request.headers['content-type']?.includes('json')) return JSON.parse(body) as Body;
  return Object.fromEntries(
    [...new URLSearchParams(body)].map(([key, value]) => [key, /^[[{]/u.test(value) ? parse(value) : value]),
  );
}

function parse(value: string): unknown {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}
