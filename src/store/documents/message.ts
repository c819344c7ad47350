import { z } from 'zod';
import type { Action, Block, Inline, Message } from '../../model/message.ts';
import { instant } from './parts.ts';

const words = { text: z.string() };
const inline = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('text'), ...words }),
  z.looseObject({ kind: z.literal('strong'), ...words }),
  z.looseObject({ kind: z.literal('untrusted'), ...words }),
  z.looseObject({ kind: z.literal('link'), ...words, url: z.string() }),
  z.looseObject({ kind: z.literal('time'), at: instant }),
]) satisfies z.ZodType<Inline>;

const line = z.array(inline);

const action = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('command'), label: z.string(), command: z.string() }),
  z.looseObject({ kind: z.literal('open'), label: z.string(), path: z.string() }),
]) satisfies z.ZodType<Action>;

const block = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('paragraph'), line }),
  z.looseObject({ kind: z.literal('list'), lines: z.array(line) }),
  z.looseObject({
    kind: z.literal('fields'),
    fields: z.array(z.looseObject({ label: z.string(), value: line })),
  }),
  z.looseObject({ kind: z.literal('quote'), ...words, source: line }),
  z.looseObject({ kind: z.literal('context'), lines: z.array(line) }),
  z.looseObject({ kind: z.literal('actions'), actions: z.array(action) }),
]) satisfies z.ZodType<Block>;

export const message = z.looseObject({
  headline: z.string(),
  tone: z.enum(['alert', 'update', 'warning', 'answer', 'error']),
  blocks: z.array(block),
  topics: z.array(z.string()).exactOptional(),
}) satisfies z.ZodType<Message>;
