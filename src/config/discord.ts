import { z } from 'zod';
import { Secret } from './secret.ts';
import { webAddress } from './values.ts';

const WHERE = 'the application’s page at https://discord.com/developers/applications';

/** Three parts with dots between them, unlike the client secret and the public key, which stand near it. */
const token = z
  .string()
  .regex(
    /^[\w-]+\.[\w-]+\.[\w-]+$/,
    `a bot’s token has three parts with dots between them; copy it from ${WHERE}, “Bot”, “Reset Token”`,
  )
  .transform((text) => new Secret(text));

const publicKey = z
  .string()
  .regex(
    /^[0-9a-f]{64}$/i,
    `the public key has 64 digits from 0 to 9 and a to f; copy it from ${WHERE}, “General Information”`,
  );

/** How Discord is reached; without a token it is not used. */
export const discordSchema = z
  .strictObject({
    token: token.optional(),
    interactions: z.enum(['gateway', 'http']),
    publicKey: publicKey.optional(),
    api: webAddress,
  })
  .refine(({ interactions, publicKey: key }) => interactions === 'gateway' || key !== undefined, {
    path: ['publicKey'],
    error:
      'discord.interactions: http needs it, to tell Discord’s requests from forged ones (DISCORD_PUBLIC_KEY)',
  })
  .readonly();
