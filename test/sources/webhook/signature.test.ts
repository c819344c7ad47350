import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instant } from '../../../src/model/time.ts';
import { verify } from '../../../src/sources/webhook/signature.ts';

/** Secret, message and signature of the worked example in the Standard Webhooks specification's own libraries. */
const EXAMPLE = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: '1614265330',
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const NOW = instant(1614265330_000);
const OTHER = 'whsec_c2FtcGxlLXNlY3JldC1vZi10d2VudHktc2V2ZW4=';

interface Attempt {
  readonly secret?: string;
  readonly secrets?: readonly string[];
  readonly id?: string;
  readonly timestamp?: string;
  readonly body?: string;
  readonly signature?: string;
}

function check(change: Attempt = {}): string {
  const { id, timestamp, body, signature, secret } = { ...EXAMPLE, ...change };
  const secrets = (change.secrets ?? [secret]).map((text) => ({ reveal: () => text }));
  const verdict = verify({ id, timestamp, signature }, body, { secrets, toleranceSeconds: 300, now: NOW });
  return verdict.ok ? 'ok' : verdict.why;
}

function sign(secret: string, id: string, timestamp: string, body: string): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

describe('verify', () => {
  it('takes what the specification signs', () => {
    expect(check()).toBe('ok');
    expect(sign(EXAMPLE.secret, EXAMPLE.id, EXAMPLE.timestamp, EXAMPLE.body)).toBe(EXAMPLE.signature);
  });

  it('takes any of several secrets and any of several signatures, so that secrets can be changed', () => {
    expect(check({ secrets: [OTHER, EXAMPLE.secret] })).toBe('ok');
    expect(check({ signature: `v1,AAAA v1a,xyz ${EXAMPLE.signature}` })).toBe('ok');
    expect(check({ secrets: [OTHER] })).toContain('fits none of the secrets');
  });

  it.each<[string, Attempt]>([
    ['another body', { body: '{"test": 2432232315}' }],
    ['a space more', { body: '{"test":  2432232314}' }],
    ['another id', { id: 'msg_x' }],
    ['another time', { timestamp: '1614265331' }],
    ['no version', { signature: EXAMPLE.signature.slice(3) }],
    ['another version', { signature: EXAMPLE.signature.replace('v1', 'v2') }],
    ['an empty signature', { signature: 'v1,' }],
    ['a cut signature', { signature: EXAMPLE.signature.slice(0, -2) }],
    ['a longer signature', { signature: `${EXAMPLE.signature}=` }],
    ['an empty secret list', { secrets: [] }],
  ])('refuses %s', (_, attempt) => expect(check(attempt)).toContain('webhook-signature fits none'));

  it.each([
    ['299 seconds', 299, 'ok'],
    ['300 seconds', 300, 'ok'],
    ['301 seconds', 301, 'webhook-timestamp is 301 seconds off this server’s clock'],
  ])('takes a message %s old or early as it should', (_, off, said) => {
    for (const sign1 of [1, -1]) {
      const timestamp = String(Number(EXAMPLE.timestamp) + sign1 * off);
      const signature = sign(EXAMPLE.secret, EXAMPLE.id, timestamp, EXAMPLE.body);
      expect(check({ timestamp, signature })).toContain(said.replace('’', "'"));
    }
  });

  it.each(['', '12abc', '1.5', '-5', '1e9', ' 1614265330'])('refuses %j as a timestamp', (timestamp) => {
    const signature = sign(EXAMPLE.secret, EXAMPLE.id, timestamp, EXAMPLE.body);
    expect(check({ timestamp, signature })).toBe('webhook-timestamp: write whole seconds since 1970');
  });

  it.each(['a b', 'é', 'x'.repeat(201), 'a\u0000'])('refuses %j as an id', (id) => {
    expect(check({ id, signature: sign(EXAMPLE.secret, id, EXAMPLE.timestamp, EXAMPLE.body) })).toContain(
      'webhook-id: ',
    );
  });

  it('agrees with an independent computation on any body, and on no forged one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (body, forged) => {
        const signature = sign(EXAMPLE.secret, EXAMPLE.id, EXAMPLE.timestamp, body);
        expect(check({ body, signature })).toBe('ok');
        if (forged !== body) expect(check({ body: forged, signature })).not.toBe('ok');
      }),
    );
  });
});
