import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { learn } from '../app/knowledge.ts';
import { openLog } from '../app/log.ts';
import { replay as replayAll, type ReplayReport } from '../app/replay.ts';
import { loadConfig } from '../config/load.ts';
import type { ChannelSettings } from '../config/schema.ts';
import { STATEMENT_TYPES } from '../model/statement.ts';
import { instant, type Instant } from '../model/time.ts';
import { ROOT } from './program.ts';
import { say, note, UserError } from './terminal.ts';

const optional = z.string().nullish();

/** A line of the corpus. Other keys (gold, notes) are left alone. */
const lineSchema = z.object({
  id: z.union([z.string().min(1), z.number().transform(String)]),
  text: z.string().min(1),
  published: z
    .string()
    .refine((text) => !Number.isNaN(Date.parse(text)), 'write an ISO date or moment')
    .nullish(),
  title: optional,
  source: optional,
  url: optional,
  language: optional,
});

const subscriptionsSchema = z.array(
  z.strictObject({
    channel: z.string().min(1),
    place: z.string().min(1).optional(),
    kinds: z.array(z.enum(STATEMENT_TYPES)).min(1).optional(),
    standing: z.enum(['claimed', 'reported', 'confirmed']).default('claimed'),
    mode: z.enum(['live', 'digest']).default('live'),
  }),
);

interface Numbered {
  readonly line: number;
  readonly report: ReplayReport;
}

/** A report without a date takes that of the one before it. */
async function readReports(): Promise<{ readonly reports: Numbered[]; readonly errors: number }> {
  const reports: Numbered[] = [];
  let errors = 0;
  let line = 0;
  let last = instant(0);
  for await (const raw of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    line += 1;
    if (raw.trim() === '') continue;
    const read = readLine(raw);
    if ('error' in read) {
      errors += 1;
      say(JSON.stringify({ ...(read.id !== undefined && { id: read.id }), line, error: read.error }));
      continue;
    }
    last = read.published ?? last;
    reports.push({ line, report: { ...read.fields, published: last } });
  }
  return { reports, errors };
}

type Read =
  | { readonly error: string; readonly id?: string }
  | { readonly fields: Omit<ReplayReport, 'published'>; readonly published?: Instant };

function readLine(raw: string): Read {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch (error) {
    return { error: `not JSON: ${(error as Error).message}` };
  }
  const parsed = lineSchema.safeParse(value);
  if (!parsed.success) {
    const id = (value as { id?: unknown } | null)?.id;
    return { error: z.prettifyError(parsed.error), ...(typeof id === 'string' && { id }) };
  }
  const { id, text, published, ...rest } = parsed.data;
  const known = Object.entries(rest).flatMap(([key, one]) => (one == null || one === '' ? [] : [[key, one]]));
  return {
    fields: {
      id,
      text,
      ...(Object.fromEntries(known) as Partial<Omit<ReplayReport, 'id' | 'text' | 'published'>>),
    },
    ...(published != null && { published: instant(published) }),
  };
}

/** Channels with what they hear; without a file, one that hears everything. */
function readChannels(file: string | undefined): ChannelSettings[] {
  if (file === undefined) return [{ name: 'all', subscriptions: [{ standing: 'claimed', mode: 'live' }] }];
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${(error as Error).message}`);
  }
  const parsed = subscriptionsSchema.safeParse(value);
  if (!parsed.success)
    throw new UserError(`${file} is not as it should be:\n${z.prettifyError(parsed.error)}`);
  const byChannel = Map.groupBy(parsed.data, ({ channel }) => channel);
  return [...byChannel].map(([name, list]) => ({
    name,
    subscriptions: list.map(({ place, kinds, standing, mode }) => ({
      standing,
      mode,
      ...(place !== undefined && { place }),
      ...(kinds !== undefined && { kinds }),
    })),
  }));
}

/** Waits until the line is taken, so that a slow reader is not overrun. */
const print = (value: unknown): Promise<void> =>
  new Promise((resolve, reject) => {
    process.stdout.write(`${JSON.stringify(value)}\n`, (error) => (error ? reject(error) : resolve()));
  });

/** `sitrep replay --jsonl`: exit status 1 when a line could not be read. */
export async function replay({ subscriptions }: { subscriptions?: string }): Promise<void> {
  const channels = readChannels(subscriptions);
  const config = loadConfig({ root: ROOT, env: process.env });
  const { reports, errors } = await readReports();
  const ordered = reports.sort((a, b) =>
    a.report.published < b.report.published
      ? -1
      : a.report.published > b.report.published
        ? 1
        : a.line - b.line,
  );
  let done = 0;
  const progress = (): void => {
    done += 1;
    if (process.stderr.isTTY)
      process.stderr.write(`\r${done}/${ordered.length} reports${done === ordered.length ? '\n' : ''}`);
  };
  const control = await replayAll(
    ordered.map(({ report }) => report),
    {
      learnt: await learn(ROOT),
      sources: config.sources,
      channels,
      log: openLog('error'),
      onLine: async (line) => {
        await print(line);
        progress();
      },
      onProgress: note,
    },
  );
  await print({ control });
  if (errors > 0) process.exitCode = 1;
}
