import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { Hono } from 'hono';
import { InteractionResponseType, InteractionType, type APIInteraction } from 'discord.js';
import type { Clock } from '../../../model/time.ts';

/** Discord calls at once; what is older is a recording. Milliseconds. */
const STALE_MS = 5 * 60_000;
/** An interaction with a long message in it has some 20 kB. */
const MAX_BYTES = 500_000;

/** A public key as the developer portal shows it: 32 bytes in hexadecimal. @throws RangeError for anything else */
export function publicKey(hex: string): KeyObject {
  if (!/^[0-9a-f]{64}$/i.test(hex)) throw new RangeError('a public key has 64 hexadecimal digits');
  const x = Buffer.from(hex, 'hex').toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

interface Signed {
  readonly signature: string | undefined;
  readonly timestamp: string | undefined;
  readonly body: string;
}

/** "Validating Security Request Headers": Ed25519 over the timestamp and the body. Old ones are refused too. */
function isGenuine({ signature, timestamp, body }: Signed, key: KeyObject, now: number): boolean {
  if (signature === undefined || timestamp === undefined) return false;
  if (!/^[0-9a-f]{128}$/i.test(signature) || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now - Number(timestamp) * 1000) > STALE_MS) return false;
  return verify(null, Buffer.from(timestamp + body), key, Buffer.from(signature, 'hex'));
}

export interface WebhookParts {
  readonly key: KeyObject;
  readonly clock: Clock;
  readonly handle: (interaction: APIInteraction) => Promise<void>;
}

/**
 * `POST /discord/interactions`, for a bot without a gateway connection. The answer goes by the interaction's own token, as
 * with the gateway; here it is only said that it came.
 */
export function interactionRoutes({ key, clock, handle }: WebhookParts): Hono {
  const app = new Hono();
  app.post('/discord/interactions', async (c) => {
    if (Number(c.req.header('content-length') ?? 0) > MAX_BYTES) return c.text('Too large.', 413);
    const body = await c.req.text();
    const signed = {
      signature: c.req.header('x-signature-ed25519'),
      timestamp: c.req.header('x-signature-timestamp'),
      body,
    };
    if (!isGenuine(signed, key, Date.parse(clock()))) return c.text('The signature is not Discord’s.', 401);
    const interaction = JSON.parse(body) as APIInteraction;
    if (interaction.type === InteractionType.Ping) return c.json({ type: InteractionResponseType.Pong });
    void handle(interaction);
    return c.body(null, 202);
  });
  return app;
}
