import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServerType } from '@hono/node-server';
import { serve } from '@hono/node-server';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { instant } from '../../../src/model/time.ts';
import { sourceBook } from '../../../src/sources/accept/book.ts';
import type { WebhookOptions } from '../../../src/sources/webhook/routes.ts';
import { webhookRoutes } from '../../../src/sources/webhook/routes.ts';
import type { Kept } from '../kept.ts';
import { openKept, silent } from '../kept.ts';

const SECRET = 'whsec_c2FtcGxlLXNlY3JldC1vZi10d2VudHktc2V2ZW4=';
const NEW_SECRET = 'whsec_YW5vdGhlciBzYW1wbGUgc2VjcmV0IG9mIHNvbWUgc2l6ZQ==';
const NOW = instant('2018-05-20T12:00:00Z');
const MAX = 4096;
const secret = (text: string) => ({ reveal: () => text });

let kept: Kept;
const servers: ServerType[] = [];

beforeAll(async () => {
  kept = await openKept(() => NOW);
});
afterAll(() => kept.close());
beforeEach(() => kept.empty());
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function start(change: Partial<WebhookOptions> = {}): Promise<string> {
  const app = webhookRoutes({
    secrets: [secret(SECRET)],
    toleranceSeconds: 300,
    maxBytes: MAX,
    messages: kept.reports,
    log: silent,
    book: sourceBook([]),
    clock: () => NOW,
    ...change,
  });
  return new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, (info: AddressInfo) => {
      resolve(`http://127.0.0.1:${info.port}/reports`);
    });
    servers.push(server);
  });
}

interface Sent {
  readonly id?: string;
  readonly body?: string;
  readonly secret?: string;
  readonly at?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function signed({
  id = 'msg_1',
  body = '{"text": "Buses left the camp."}',
  secret: key = SECRET,
  at = NOW,
}: Sent) {
  const signature = new Webhook(key).sign(id, new Date(at), body);
  const timestamp = String(Date.parse(at) / 1000);
  return {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signature,
  };
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly json: {
    readonly report?: string;
    readonly kind?: string;
    readonly error?: { readonly code: string; readonly message: string; readonly fields?: unknown };
  };
}

async function send(url: string, sent: Sent = {}): Promise<Answer> {
  const { body = '{"text": "Buses left the camp."}', headers = {} } = sent;
  const response = await fetch(url, { method: 'POST', body, headers: { ...signed(sent), ...headers } });
  const json = (await response.json()) as Answer['json'];
  return { status: response.status, retryAfter: response.headers.get('retry-after'), json };
}

describe('POST /reports', () => {
  it('answers 202 with the report, which is then kept', async () => {
    const body = JSON.stringify({
      text: 'خرجت ست حافلات من المخيم',
      source: 'Sample Wire',
      published: '2018-05-20',
    });
    const { status, json } = await send(await start(), { body });
    expect(status).toBe(202);
    expect(json).toEqual({ report: expect.stringMatching(/^r_/) as unknown, kind: 'accepted' });
    expect(await kept.rows()).toMatchObject([
      { id: json.report, source: 'webhook', outlet: 'Sample Wire', state: 'accepted' },
    ]);
  });

  it('gives the first answer again for the same webhook-id, and under any number of tries at once', async () => {
    const url = await start();
    const answers = await Promise.all(Array.from({ length: 12 }, () => send(url)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 202, json: { kind: 'accepted' } });
    // A sender signs every try anew.
    expect(await send(url, { at: instant('2018-05-20T12:04:00Z') })).toEqual(answers[0]);
    expect(await kept.rows()).toHaveLength(1);
  });

  it('says that a report which another message brought is known', async () => {
    const url = await start();
    const { json } = await send(url);
    expect((await send(url, { id: 'msg_2' })).json).toEqual({ report: json.report, kind: 'already' });
    const body = '{"text": "Buses left the camp.", "url": "https://wire.example/2"}';
    expect((await send(url, { id: 'msg_3', body })).json).toMatchObject({ kind: 'duplicate' });
  });

  it('refuses a webhook-id that was used for another body, and does nothing', async () => {
    const url = await start();
    await send(url);
    const { status, json } = await send(url, { body: '{"text": "Fighters left the town."}' });
    expect([status, json.error?.code]).toEqual([409, 'id_reused']);
    expect(await kept.rows()).toHaveLength(1);
  });

  it('does not hold an id against a sender whose report was refused', async () => {
    const url = await start();
    expect((await send(url, { body: '{"txt": "x"}' })).status).toBe(422);
    expect((await send(url)).status).toBe(202);
  });

  it('takes either secret while one is being replaced', async () => {
    const url = await start({ secrets: [secret(NEW_SECRET), secret(SECRET)] });
    expect((await send(url, { id: 'a' })).status).toBe(202);
    expect((await send(url, { id: 'b', secret: NEW_SECRET })).status).toBe(202);
  });

  it.each<[string, Sent, number, string]>([
    ['a forged signature', { secret: NEW_SECRET }, 401, 'signature'],
    ['an old message', { at: '2018-05-20T11:54:59.000Z' }, 401, 'signature'],
    ['a message from the future', { at: '2018-05-20T12:05:01.000Z' }, 401, 'signature'],
    ['a changed id', { headers: { 'webhook-id': 'msg_9' } }, 401, 'signature'],
    ['a missing header', { headers: { 'webhook-signature': '' } }, 400, 'headers_missing'],
    ['another content type', { headers: { 'content-type': 'text/plain' } }, 415, 'content_type'],
    ['a form', { headers: { 'content-type': 'application/x-www-form-urlencoded' } }, 415, 'content_type'],
    ['a packed body', { headers: { 'content-encoding': 'gzip' } }, 415, 'content_type'],
    ['no JSON', { body: '{"text": ' }, 400, 'not_json'],
    ['an empty body', { body: '' }, 400, 'not_json'],
    ['no report', { body: '[]' }, 422, 'invalid_report'],
    ['an unknown field', { body: '{"text": "Buses left.", "txt": 1}' }, 422, 'invalid_report'],
    ['too much', { body: JSON.stringify({ text: 'x'.repeat(MAX) }) }, 413, 'too_large'],
  ])('refuses %s', async (_, sent, status, code) => {
    const answer = await send(await start(), sent);
    expect([answer.status, answer.json.error?.code]).toEqual([status, code]);
    expect(answer.json.error?.message).not.toBe('');
    expect(await kept.rows()).toEqual([]);
  });

  it('names the field that is wrong', async () => {
    const { json } = await send(await start(), { body: '{"text": "Buses left.", "published": "yesterday"}' });
    expect(json.error).toEqual({
      code: 'invalid_report',
      message: 'published: write a day or a moment, for example 2018-05-20 or 2018-05-20T06:00:00Z',
      fields: [
        {
          field: 'published',
          message: 'write a day or a moment, for example 2018-05-20 or 2018-05-20T06:00:00Z',
        },
      ],
    });
  });

  it('refuses bytes that are no text', async () => {
    const url = await start();
    const headers = signed({});
    const response = await fetch(url, { method: 'POST', body: Buffer.from([0x22, 0xd3, 0x22]), headers });
    expect([response.status, ((await response.json()) as Answer['json']).error?.code]).toEqual([
      400,
      'not_utf8',
    ]);
  });

  it('stops reading a body that goes on beyond the limit and never said how long it is', async () => {
    const url = await start();
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const call = request(url, { method: 'POST', headers: signed({}) }, (response) => {
        resolve(response.statusCode);
        call.destroy();
      });
      call.on('error', reject);
      const more = (): void => {
        if (!call.destroyed) call.write('x'.repeat(1024), () => setImmediate(more));
      };
      more();
    });
    expect(status).toBe(413);
  });

  it('answers 503 when the store is away, and keeps the report at the next try', async () => {
    const url = await start();
    await kept.cut();
    try {
      const { status, json, retryAfter } = await send(url);
      expect([status, json.error?.code, retryAfter]).toEqual([503, 'try_again', '5']);
    } finally {
      await kept.mend();
    }
    expect((await send(url)).json.kind).toBe('accepted');
  });

  it('is switched off without a secret', async () => {
    const said: string[] = [];
    const url = await start({ secrets: [], log: { ...silent, info: (_, message) => said.push(message) } });
    expect(await send(url)).toMatchObject({ status: 503, json: { error: { code: 'webhook_disabled' } } });
    expect(said.join()).toContain('SITREP_WEBHOOK_SECRETS');
  });

  it('never breaks on what a signed sender may send', async () => {
    const url = await start({ maxBytes: 100_000 });
    const body = fc.oneof(
      fc.json(),
      fc.string({ unit: 'grapheme' }),
      fc
        .record(
          {
            text: fc.string({ unit: 'binary' }),
            title: fc.anything(),
            url: fc.string(),
            published: fc.string(),
          },
          { requiredKeys: ['text'] },
        )
        .map((value) => JSON.stringify(value)),
    );
    let count = 0;
    await fc.assert(
      fc.asyncProperty(body, async (text) => {
        const { status, json } = await send(url, { id: `fuzz_${count++}`, body: text.toWellFormed() });
        expect([202, 400, 422]).toContain(status);
        if (status !== 202) expect(json.error?.message).not.toBe('');
      }),
      { numRuns: 150 },
    );
  });
});
