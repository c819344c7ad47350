import { learnReading } from '../app/knowledge.ts';
import { loadConfig } from '../config/load.ts';
import { extract, type Knowledge } from '../extract/extract.ts';
import { systemClock, type Instant } from '../model/time.ts';
import { detectLanguage } from '../sources/accept/text.ts';
import { reportLines, type ReportLine } from './lines.ts';
import { ROOT } from './root.ts';
import { print } from './terminal.ts';

export interface ExtractOptions {
  readonly knowledge: Knowledge;
  /** Counts as the time of publication where a line gives none. */
  readonly now: Instant;
}

function answer({ id, text, published, title, language }: ReportLine, { knowledge, now }: ExtractOptions) {
  const statements = extract(
    {
      body: text,
      published: published ?? now,
      language: language ?? detectLanguage(text),
      ...(title != null && { title }),
    },
    knowledge,
  );
  return { id, statements };
}

/**
 * `sitrep extract --jsonl`: reads a report a line, writes its statements a line, in the same order and as they come. A
 * line that cannot be read gives `{"id"?, "line", "error"}` in its place and the run goes on; empty lines are passed over.
 * Ends early when nobody reads the output any more.
 * @returns the exit status: 1 when any line failed, else 0
 */
export async function extractCommand(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  options: ExtractOptions,
): Promise<number> {
  let status = 0;
  for await (const read of reportLines(input)) {
    let line: object = read;
    if ('report' in read)
      try {
        line = answer(read.report, options);
      } catch (error) {
        line = { id: read.report.id, line: read.line, error: (error as Error).message };
      }
    if ('error' in line) status = 1;
    if (!(await print(JSON.stringify(line), output))) break;
  }
  return status;
}

/** On standard input and output. */
export async function extractLines(): Promise<void> {
  const knowledge = await learnReading(ROOT, loadConfig({ root: ROOT, env: process.env }).dataDir);
  const status = await extractCommand(process.stdin, process.stdout, { knowledge, now: systemClock() });
  if (status !== 0) process.exitCode = status;
}
