import { createHmac } from 'node:crypto';

/** How a request is sent, or wrongly sent. */
export interface Signing {
  readonly secret?: string;
  /** Seconds that its time stamp lies back. */
  readonly age?: number;
  /** Sent in the place of what was signed. */
  readonly body?: string;
  readonly unsigned?: boolean;
  /** Number of the retry. */
  readonly retry?: number;
}

interface Content {
  readonly form?: Readonly<Record<string, string>>;
  readonly json?: object;
}

/** A request as Slack signs it (docs.slack.dev/authentication/verifying-requests-from-slack). */
export async function signed(url: URL, secret: string, request: Content & Signing): Promise<Response> {
  const { form, json, age = 0, retry } = request;
  const body = json ? JSON.stringify(json) : new URLSearchParams(form).toString();
  const at = String(Math.floor(Date.now() / 1_000) - age);
  const signature = createHmac('sha256', request.secret ?? secret)
    .update(`v0:${at}:${body}`)
    .digest('hex');
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded',
      ...(!request.unsigned && { 'x-slack-request-timestamp': at, 'x-slack-signature': `v0=${signature}` }),
      ...(retry !== undefined && {
        'x-slack-retry-num': String(retry),
        'x-slack-retry-reason': 'http_timeout',
      }),
    },
    body: request.body ?? body,
  });
}
