import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { Secret } from './secret.ts';

/** Standard Webhooks asks for 24 to 64 random bytes (specification, "Signature scheme"). */
const SECRET_BYTES = { min: 24, max: 64 };
const NEW_SECRET = `make one with: echo "whsec_$(openssl rand -base64 32)"`;

export const channelName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,63}$/,
    'write a channel name in small letters, digits and hyphens, without "#"',
  );

/** A time of the day, `06:00`, as the minute of the day. */
export const dayMinute = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'write a time of the day (UTC) as "06:00", with the quotes')
  .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)));

/** An id in the settings: a source's, an actor's. */
export const slug = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,63}$/,
    'write an id in small letters, digits and hyphens, for example sample-wire',
  );

/** A server's address, which may hold a password and is therefore secret. */
export const serverUrl = (...protocols: readonly string[]) =>
  z
    .string()
    .refine((text) => protocols.includes(URL.parse(text)?.protocol.slice(0, -1) ?? ''), {
      error: `write an address such as ${protocols[0] ?? ''}://user:password@host:port/name`,
    })
    .transform((text) => new Secret(text));

/** A web address that people's browsers open, always with a slash at its end. */
export const webAddress = z
  .string()
  .refine((text) => ['http:', 'https:'].includes(URL.parse(text)?.protocol ?? ''), {
    error: 'write a web address such as https://sitrep.example.org/',
  })
  .transform((text) => (text.endsWith('/') ? text : `${text}/`));

const BASE64 = /^[a-z0-9+/]+={0,2}$/i;

function secretProblem(text: string): string | undefined {
  const encoded = text.startsWith('whsec_') ? text.slice('whsec_'.length) : undefined;
  if (encoded === undefined || !BASE64.test(encoded))
    return `a webhook secret is "whsec_" and Base64; ${NEW_SECRET}`;
  const bytes = Buffer.from(encoded, 'base64').length;
  if (bytes < SECRET_BYTES.min || bytes > SECRET_BYTES.max)
    return `a webhook secret holds ${SECRET_BYTES.min} to ${SECRET_BYTES.max} bytes, this one ${bytes}; ${NEW_SECRET}`;
  return undefined;
}

/** Any of them verifies a message, so that a new one can be handed out before the old one is taken away. */
export const secretsSchema = z
  .array(
    z
      .string()
      .superRefine((text, ctx) => {
        const message = secretProblem(text);
        if (message !== undefined) ctx.addIssue({ code: 'custom', message });
      })
      .transform((text) => new Secret(text)),
  )
  .readonly();

function isLoopback(host: string): boolean {
  if (host === 'localhost') return true;
  return ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback';
}

export const deskSchema = z
  .strictObject({
    host: z.string().min(1),
    port: z.int().min(0).max(65_535),
    exposed: z.boolean(),
    publicUrl: webAddress.optional(),
  })
  .refine((desk) => desk.exposed || isLoopback(desk.host), {
    path: ['host'],
    error:
      'this address can be reached from other machines, and the desk has no login: whoever reaches it reads everything and changes subscriptions. Write 127.0.0.1, or set desk.exposed: true (SITREP_DESK_EXPOSED=true) when a firewall or a proxy with a login stands before it',
  })
  .readonly();
