import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { learn } from '../app/knowledge.ts';
import { openLog } from '../app/log.ts';
import { replay as replayAll, type ReplayReport } from '../app/replay.ts';
import { loadConfig } from '../config/load.ts';
import type { ChannelSettings } from '../config/schema.ts';
import { STATEMENT_TYPES } from '../model/statement.ts';
import { SUBSCRIPTION_MODES } from '../model/telling.ts';
import { systemClock } from '../model/time.ts';
import { reportLines, type ReportLine } from './lines.ts';
import { ROOT } from './root.ts';
import { stoppable } from './stopping.ts';
import { print, UserError } from './terminal.ts';

const subscriptionsSchema = z.array(
  z.strictObject({
    channel: z.string().min(1),
    place: z.string().min(1).optional(),
    kinds: z.array(z.enum(STATEMENT_TYPES)).min(1).optional(),
    standing: z.enum(['claimed', 'reported', 'confirmed']).default('claimed'),
    mode: z.enum(SUBSCRIPTION_MODES).default('live'),
    past: z.boolean().default(false),
  }),
);

interface Numbered {
  readonly line: number;
  readonly id: ReportLine['id'];
  readonly report: ReplayReport;
}

const LANGUAGE = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i;

/** What a corpus says in another form than the product takes (a url that is none, "English") is left out. */
function toReport({
  text,
  title,
  source,
  url,
  language,
}: ReportLine): Omit<ReplayReport, 'id' | 'published'> {
  return {
    text,
    ...(title != null && title !== '' && { title }),
    ...(source != null && source.trim() !== '' && { source }),
    ...(url != null && /^https?:$/.test(URL.parse(url)?.protocol ?? '') && { url }),
    ...(language != null && LANGUAGE.test(language) && { language }),
  };
}

/**
 * All reports in time order. One without a date takes that of the one before it; those before the first dated one, its date;
 * where none has a date, today's.
 */
async function readReports(fail: (line: object) => Promise<unknown>): Promise<readonly Numbered[]> {
  const lines: { readonly line: number; readonly report: ReportLine }[] = [];
  for await (const read of reportLines(process.stdin)) {
    if ('error' in read) await fail(read);
    else lines.push(read);
  }
  let published = lines.find(({ report }) => report.published != null)?.report.published ?? systemClock();
  const reports = lines.map(({ line, report }): Numbered => {
    published = report.published ?? published;
    return { line, id: report.id, report: { id: String(report.id), published, ...toReport(report) } };
  });
  // The sort is stable: reports of one moment stay as they came.
  return reports.sort((a, b) => Date.parse(a.report.published) - Date.parse(b.report.published));
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
    subscriptions: list.map(({ place, kinds, standing, mode, past }) => ({
      standing,
      mode,
      ...(place !== undefined && { place }),
      ...(kinds !== undefined && { kinds }),
      ...(past && { past }),
    })),
  }));
}

/** On a terminal: how far it is. */
function progressOf(total: number): () => void {
  let done = 0;
  return () => {
    done += 1;
    if (process.stderr.isTTY) process.stderr.write(`\r${done}/${total} reports${done === total ? '\n' : ''}`);
  };
}

/**
 * `sitrep replay --jsonl`: exit status 1 when a line could not be read, or a report not taken its way. Ends early when
 * nobody reads the output any more.
 */
export async function replay({ subscriptions }: { subscriptions?: string }): Promise<void> {
  const channels = readChannels(subscriptions);
  const config = loadConfig({ root: ROOT, env: process.env });
  const fail = (line: object): Promise<boolean> => {
    process.exitCode = 1;
    return print(JSON.stringify(line));
  };
  await stoppable(async (stop) => {
    const reports = await readReports(fail);
    const progress = progressOf(reports.length);
    const control = await replayAll(
      reports.map(({ report }) => report),
      {
        learnt: await learn(ROOT, config.dataDir),
        sources: config.sources,
        channels,
        log: openLog('error'),
        stop,
        onReport: (outcome, index) => {
          progress();
          const { id, line } = reports[index] ?? {};
          if (outcome.kind === 'failed') return fail({ id, line, error: outcome.error });
          return print(JSON.stringify({ ...outcome.line, report: id }));
        },
      },
    );
    if (control !== undefined) await print(JSON.stringify({ control }));
  });
}
