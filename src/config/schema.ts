import { z } from 'zod';
import { DISCRETIONS } from '../model/sensitivity.ts';
import { STATEMENT_TYPES } from '../model/statement.ts';
import { SUBSCRIPTION_MODES } from '../model/telling.ts';
import { discordSchema } from './discord.ts';
import { slackSchema } from './slack.ts';
import { channelName, dayMinute, deskSchema, secretsSchema, serverUrl } from './values.ts';

const positive = (max: number) => z.int().min(1).max(max);

/** One subscription of a desk channel, as the settings write it. */
const subscriptionSchema = z
  .strictObject({
    /** A place's name or gazetteer id; absent: everywhere. */
    place: z.string().min(1).optional(),
    /** Statement types; absent: all. */
    kinds: z.array(z.enum(STATEMENT_TYPES)).min(1).readonly().optional(),
    standing: z.enum(['claimed', 'reported', 'confirmed']).default('claimed'),
    mode: z.enum(SUBSCRIPTION_MODES).default('live'),
    /** Also what is newly learned about the past. */
    past: z.boolean().optional(),
  })
  .readonly();

const discretion = z.enum(DISCRETIONS);

const channelSchema = z
  .strictObject({
    name: channelName,
    /** Told in full what could put people in danger. */
    trusted: z.boolean().optional(),
    subscriptions: z.array(subscriptionSchema).min(1).readonly(),
  })
  .readonly();

/** Every setting of config/default.yaml. What each one does is written there, beside its value. */
export const settingsSchema = z
  .strictObject({
    dataDir: z.string().min(1),
    log: z.strictObject({ level: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']) }).readonly(),
    database: z.strictObject({ url: serverUrl('postgres', 'postgresql').optional() }).readonly(),
    queue: z
      .strictObject({
        redisUrl: serverUrl('redis', 'rediss').optional(),
        concurrency: positive(64),
        tries: positive(100),
        retrySeconds: positive(86_400),
        relaySeconds: positive(3600),
      })
      .readonly(),
    desk: deskSchema,
    discord: discordSchema,
    slack: slackSchema,
    inbox: z
      .strictObject({
        folder: z.string().min(1),
        settleMs: z.int().min(50).max(600_000),
        retrySeconds: positive(3600),
        maxBytes: z.int().min(1024).max(1_073_741_824),
      })
      .readonly(),
    webhook: z
      .strictObject({
        secrets: secretsSchema,
        toleranceSeconds: positive(86_400),
        maxBytes: z.int().min(1024).max(67_108_864),
      })
      .readonly(),
    feeds: z
      .strictObject({
        intervalSeconds: z.int().min(60).max(604_800),
        timeoutSeconds: positive(300),
        maxBytes: z.int().min(1024).max(67_108_864),
      })
      .readonly(),
    updates: z.strictObject({ atOnce: positive(1000), gatherMinutes: positive(1440) }).readonly(),
    digests: z.strictObject({ dailyAt: dayMinute }).readonly(),
    sensitivity: z
      .strictObject({
        evacuation: discretion,
        return: discretion,
        aid_access: discretion,
        delayMinutes: positive(43_200),
      })
      .readonly(),
    channels: z.array(channelSchema).readonly(),
  })
  .readonly();

export type Settings = z.output<typeof settingsSchema>;
export type ChannelSettings = Settings['channels'][number];
