import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { Hono } from 'hono';
import type { AcceptDeps } from '../accept/accept.ts';
import { prepareIncoming } from '../accept/accept.ts';
import type { FieldProblem } from '../accept/incoming.ts';
import type { LogPort, WebhookOutcome, WebhookPort } from '../ports.ts';
import { readBody } from './body.ts';
import { verify } from './signature.ts';

export interface WebhookOptions extends AcceptDeps {
  /** `whsec_…`; none: every message is answered 503. */
  readonly secrets: readonly { reveal(): string }[];
  readonly toleranceSeconds: number;
  readonly maxBytes: number;
  readonly messages: WebhookPort;
  readonly log: LogPort;
}

type Status = 400 | 401 | 409 | 413 | 415 | 422 | 503;

interface Refusal {
  readonly status: Status;
  /** For programs. */
  readonly code: string;
  /** For people: what is wrong and what to do. */
  readonly message: string;
  readonly fields?: readonly FieldProblem[];
}

const refusal = (status: Status, code: string, message: string): Refusal => ({ status, code, message });

const DISABLED = refusal(
  503,
  'webhook_disabled',
  'This server takes no reports over the network: no webhook secret is set',
);
const NOT_JSON = refusal(415, 'content_type', 'Send the report as application/json, not compressed');
const STORE_AWAY = refusal(
  503,
  'try_again',
  'The report could not be kept just now; send it again with the same webhook-id',
);
const OTHER_BODY = refusal(
  409,
  'id_reused',
  'This webhook-id was used for another body before; nothing was done. Give every report its own id, and a repeated try the same id and body',
);

function refuse(c: Context, { status, ...error }: Refusal): Response {
  if (error.code === 'try_again') c.header('retry-after', '5');
  // The rest of a body that is too large is not read, so the connection cannot be used again.
  if (status === 413) c.header('connection', 'close');
  return c.json({ error }, status);
}

interface Message {
  readonly id: string;
  readonly body: string;
  readonly digest: string;
}

function isPlainJson(request: Request): boolean {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  const encoding = request.headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity';
  return type === 'application/json' && encoding === 'identity';
}

/** The body as it was signed. A byte order mark is part of it. */
function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** A message that is whole, of a bearable size, and signed by one of the secrets; else why not. */
async function authenticate(request: Request, options: WebhookOptions): Promise<Message | Refusal> {
  const { secrets, toleranceSeconds, maxBytes, clock } = options;
  if (secrets.length === 0) return DISABLED;
  if (!isPlainJson(request)) return NOT_JSON;
  const header = (name: string): string => request.headers.get(name) ?? '';
  const headers = {
    id: header('webhook-id'),
    timestamp: header('webhook-timestamp'),
    signature: header('webhook-signature'),
  };
  const missing = Object.entries(headers).flatMap(([name, value]) =>
    value === '' ? [`webhook-${name}`] : [],
  );
  if (missing.length > 0)
    return refusal(
      400,
      'headers_missing',
      `Send the headers of standardwebhooks.com; missing: ${missing.join(', ')}`,
    );
  const bytes = await readBody(request, maxBytes);
  if (bytes === 'too_large')
    return refusal(413, 'too_large', `A message may have ${maxBytes} bytes; split it`);
  const body = decodeUtf8(bytes);
  if (body === undefined) return refusal(400, 'not_utf8', 'The body is not UTF-8');
  const verdict = verify(headers, body, { secrets, toleranceSeconds, now: clock() });
  if (!verdict.ok) return refusal(401, 'signature', verdict.why);
  return { id: headers.id, body, digest: createHash('sha256').update(bytes).digest('hex') };
}

function parseJson(body: string): { readonly value: unknown } | Refusal {
  try {
    return { value: JSON.parse(body) as unknown };
  } catch (error) {
    return refusal(400, 'not_json', `The body is not well-formed JSON: ${(error as Error).message}`);
  }
}

async function keep(message: Message, options: WebhookOptions): Promise<WebhookOutcome | Refusal> {
  const parsed = parseJson(message.body);
  if ('status' in parsed) return parsed;
  const prepared = prepareIncoming(parsed.value, 'webhook', options);
  if (!prepared.ok) {
    const { problems } = prepared;
    const named = problems.map(({ field, message: text }) => (field === '' ? text : `${field}: ${text}`));
    return { ...refusal(422, 'invalid_report', named.join('; ')), fields: problems };
  }
  try {
    const outcome = await options.messages.acceptMessage(
      { id: message.id, digest: message.digest },
      prepared.input,
    );
    const report = prepared.input.report.id;
    for (const note of prepared.notes) options.log.warn({ webhook: message.id, report }, note);
    return outcome;
  } catch (error) {
    options.log.error(
      { err: error, webhook: message.id },
      'a signed report could not be kept; its sender was asked to try again',
    );
    return STORE_AWAY;
  }
}

/**
 * `POST /reports`: one report as JSON (fields: see `incomingReport`), signed by the Standard Webhooks scheme. 202 with
 * `{report, kind}` after the commit; a repeated webhook-id gets the first answer again. Everything else is a 4xx or 503
 * with `{error: {code, message, fields?}}`.
 */
export function webhookRoutes(options: WebhookOptions): Hono {
  const app = new Hono();
  app.post('/reports', async (c) => {
    const message = await authenticate(c.req.raw, options);
    if ('status' in message) {
      options.log.warn({ code: message.code, status: message.status }, `webhook refused: ${message.message}`);
      return refuse(c, message);
    }
    const outcome = await keep(message, options);
    if ('status' in outcome) return refuse(c, outcome);
    if (outcome.kind === 'other_body') return refuse(c, OTHER_BODY);
    const { report, kind } = outcome.answer;
    return c.json({ report, kind }, 202);
  });
  if (options.secrets.length === 0)
    options.log.info(
      {},
      'POST /reports is switched off; to switch it on, set SITREP_WEBHOOK_SECRETS (webhook.secrets)',
    );
  return app;
}
