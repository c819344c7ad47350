import { z } from 'zod';
import { Secret } from './secret.ts';
import { webAddress } from './values.ts';

/** A token of Slack, known by how it begins. */
const token = (prefixes: readonly string[], where: string) =>
  z
    .string()
    .refine((text) => prefixes.some((prefix) => text.startsWith(prefix)), {
      error: `it begins with ${prefixes.join(' or ')}; copy it from ${where} of the app at api.slack.com/apps`,
    })
    .transform((text) => new Secret(text));

const secret = z
  .string()
  .min(8)
  .transform((text) => new Secret(text));

const KEY_BYTES = 32;
const tokenKey = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').length === KEY_BYTES, {
    error: `the key is ${KEY_BYTES} bytes in Base64; make one with: openssl rand -base64 ${KEY_BYTES}`,
  })
  .transform((text) => new Secret(text));

const settings = z.strictObject({
  botToken: token(['xoxb-'], '"OAuth & Permissions"').optional(),
  appToken: token(['xapp-'], '"Basic Information", "App-Level Tokens"').optional(),
  signingSecret: secret.optional(),
  clientId: z.string().min(1).optional(),
  clientSecret: secret.optional(),
  tokenKey: tokenKey.optional(),
  publicUrl: webAddress.optional(),
  host: z.string().min(1),
  port: z.int().min(0).max(65_535),
  managers: z
    .string()
    .regex(/^S[A-Z0-9]+$/u, 'write the id of a user group, which begins with S')
    .optional(),
  api: webAddress,
});

type Field = keyof z.output<typeof settings>;

/** Settings that are of use only together, by the one that asks for the others. */
const NEEDS: readonly { readonly when: Field; readonly needs: readonly Field[]; readonly why: string }[] = [
  { when: 'appToken', needs: ['botToken'], why: 'Socket Mode serves the one workspace whose token is given' },
  {
    when: 'clientId',
    needs: ['clientSecret', 'signingSecret', 'tokenKey', 'publicUrl'],
    why: 'an app that others install is reached over HTTP, and keeps their tokens encrypted',
  },
];

/** How Slack is reached, and whose tokens there are; all empty: Slack is not used. */
export const slackSchema = settings
  .superRefine((slack, ctx) => {
    const wrong = (field: Field, message: string): void => {
      ctx.addIssue({ code: 'custom', path: [field], message });
    };
    for (const { when, needs, why } of NEEDS)
      if (slack[when] !== undefined)
        for (const field of needs)
          if (slack[field] === undefined) wrong(field, `slack.${when} needs it too: ${why}`);
    if (slack.appToken !== undefined && slack.clientId !== undefined)
      wrong(
        'appToken',
        'an app that others install is not reached over Socket Mode; leave one of the two out',
      );
    if (slack.botToken !== undefined && slack.clientId !== undefined)
      wrong('botToken', 'an app that others install has a token for each workspace; leave this one out');
    if (slack.botToken !== undefined && slack.appToken === undefined && slack.signingSecret === undefined)
      wrong(
        'appToken',
        'slack.botToken alone can post and cannot listen; give an app-level token (SLACK_APP_TOKEN) for Socket Mode, or the signing secret (SLACK_SIGNING_SECRET) for HTTP',
      );
  })
  .readonly();
