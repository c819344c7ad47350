import { timingSafeEqual } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { Instant } from '../../model/time.ts';

/** The three headers of the Standard Webhooks scheme. */
export interface SignedHeaders {
  readonly id: string;
  /** Seconds since 1970 at which it was signed. */
  readonly timestamp: string;
  /** One or more `v1,<Base64>`, separated by spaces. */
  readonly signature: string;
}

export interface VerifyOptions {
  /** Any of them may have signed. */
  readonly secrets: readonly { reveal(): string }[];
  readonly toleranceSeconds: number;
  readonly now: Instant;
}

export type Verdict = { readonly ok: true } | { readonly ok: false; readonly why: string };

/** Printable ASCII without spaces, of a length that a database key bears. */
const ID = /^[\x21-\x7E]{1,200}$/;
const SECONDS = /^\d{1,11}$/;

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Checks a message by the Standard Webhooks scheme (specification, "Verifying webhook authenticity"), symmetric `v1`. */
export function verify(headers: SignedHeaders, body: string, options: VerifyOptions): Verdict {
  const { id, timestamp, signature } = headers;
  if (!ID.test(id))
    return { ok: false, why: 'webhook-id: write up to 200 printable ASCII characters without spaces' };
  if (!SECONDS.test(timestamp))
    return { ok: false, why: 'webhook-timestamp: write whole seconds since 1970' };
  const off = Math.abs(Date.parse(options.now) / 1000 - Number(timestamp));
  if (off > options.toleranceSeconds)
    return {
      ok: false,
      why: `webhook-timestamp is ${Math.round(off)} seconds off this server's clock and may be ${options.toleranceSeconds} off: sign the message anew for every try, and check both clocks`,
    };
  const signedAt = new Date(Number(timestamp) * 1000);
  const given = signature.split(' ').filter((one) => one.startsWith('v1,'));
  const expected = options.secrets.map((secret) => new Webhook(secret.reveal()).sign(id, signedAt, body));
  // Every pair is compared, so that the time taken does not tell which one fitted.
  const fits = expected.flatMap((one) => given.map((other) => equal(one, other)));
  if (fits.includes(true)) return { ok: true };
  return {
    ok: false,
    why: 'webhook-signature fits none of the secrets: sign "<webhook-id>.<webhook-timestamp>.<body>" with HMAC-SHA256, the body byte for byte as it is sent',
  };
}
