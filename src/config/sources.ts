import { z } from 'zod';
import { day } from '../model/time.ts';
import { slug } from './values.ts';

const common = {
  id: slug,
  /** The outlet's name, as alerts show it. */
  name: z.string().trim().min(1).max(200),
  reliability: z.enum(['A', 'B', 'C', 'D', 'E', 'F']).default('F'),
  /** Id of the party whose side it takes, `neutral` or `unknown`. */
  alignment: slug.default('unknown'),
  /** Sides that it took before, each until a day. */
  former: z
    .array(z.strictObject({ until: z.iso.date().transform(day), alignment: slug }).readonly())
    .readonly()
    .optional(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'write a language as its code, for example en or ar')
    .optional(),
  /** Other names that reports give it. */
  names: z.array(z.string().trim().min(1).max(200)).readonly().default([]),
  /** Its web hosts: a report that names no source is known by its address. */
  domains: z
    .array(
      z
        .string()
        .regex(
          /^(?!www\.)([a-z0-9-]+\.)+[a-z0-9-]{2,}$/,
          'write a host in small letters without www, for example example.org',
        ),
    )
    .readonly()
    .default([]),
};

const feedSchema = z
  .strictObject({
    kind: z.literal('feed'),
    ...common,
    url: z.string().refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''), {
      error: 'write a web address that starts with https:// or http://',
    }),
    /** `false`: listed, not asked. */
    enabled: z.boolean().default(true),
    intervalSeconds: z.int().min(60).max(604_800).optional(),
    /** Lets this one feed be read from an address that is not public (a server in your own network). */
    allowPrivateAddress: z.boolean().default(false),
  })
  .readonly();

const outletSchema = z
  .strictObject({ kind: z.enum(['outlet', 'inbox', 'webhook', 'person', 'demo']), ...common })
  .readonly();

export const sourcesSchema = z
  .strictObject({
    sources: z.array(z.discriminatedUnion('kind', [feedSchema, outletSchema])).readonly(),
  })
  .readonly();

/** One entry of config/sources.yaml. */
export type SourceSettings = z.output<typeof sourcesSchema>['sources'][number];
export type FeedSettings = z.output<typeof feedSchema>;
