import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { extract, type Knowledge } from '../extract/extract.ts';
import { instant, type Instant } from '../model/time.ts';

const lineSchema = z.object({
  id: z.string().min(1, 'is empty; give the report a name of its own'),
  text: z.string(),
  published: z
    .string()
    .refine(
      (value) => !Number.isNaN(Date.parse(value)),
      'is no date; write it as 2018-05-20 or 2018-05-20T06:00:00Z',
    )
    .optional(),
  title: z.string().nullish(),
  source: z.string().nullish(),
  url: z.string().nullish(),
  language: z.string().nullish(),
});

/** Why a line could not be read, for the person who wrote it. */
class LineError extends Error {
  readonly id: string | undefined;
  constructor(message: string, id?: string) {
    super(message);
    this.id = id;
  }
}

function parseLine(line: string): z.infer<typeof lineSchema> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new LineError(`not JSON: ${(error as Error).message}`);
  }
  const parsed = lineSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const id = z.object({ id: z.string() }).safeParse(value).data?.id;
  const issue = parsed.error.issues[0];
  throw new LineError(`${issue?.path.join('.') || 'the line'}: ${issue?.message ?? 'cannot be read'}`, id);
}

/** Writes and waits until there is room again; `false` when the reader is gone. */
async function written(output: NodeJS.WritableStream, text: string): Promise<boolean> {
  if (!output.writable) return false;
  if (output.write(text)) return true;
  const left = new AbortController();
  const gone = Promise.race([once(output, 'close', left), once(output, 'error', left)]).then(
    () => false,
    () => false,
  );
  const room = once(output, 'drain', left).then(
    () => true,
    () => false,
  );
  const more = await Promise.race([room, gone]);
  left.abort();
  return more;
}

/** One line of the answer, for one line of the input. */
function answer(
  line: string,
  number: number,
  knowledge: Knowledge,
  now: Instant,
): { readonly text: string; readonly failed: boolean } {
  try {
    const { id, text, published, title, language } = parseLine(line);
    const statements = extract(
      {
        body: text,
        published: published === undefined ? now : instant(published),
        language: language ?? 'en',
        ...(typeof title === 'string' && { title }),
      },
      knowledge,
    );
    return { text: JSON.stringify({ id, statements }), failed: false };
  } catch (error) {
    const id = error instanceof LineError ? error.id : undefined;
    const text = JSON.stringify({
      ...(id !== undefined && { id }),
      line: number,
      error: (error as Error).message,
    });
    return { text, failed: true };
  }
}

export interface ExtractOptions {
  readonly knowledge: Knowledge;
  /** Counts as the time of publication where a line gives none. */
  readonly now: Instant;
}

/**
 * `sitrep extract --jsonl`: reads a report a line, writes its statements a line, in the same order and as they come. A
 * line that cannot be read gives `{"id"?, "line", "error"}` in its place and the run goes on; empty lines are passed over.
 * @returns the exit status: 1 when any line failed, else 0. Ends early, with 0, when nobody reads the output any more.
 */
export async function extractCommand(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  { knowledge, now }: ExtractOptions,
): Promise<number> {
  let failed = false;
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() === '') continue;
    const result = answer(number === 1 ? line.replace(/^\uFEFF/, '') : line, number, knowledge, now);
    failed ||= result.failed;
    if (!(await written(output, `${result.text}\n`))) return 0;
  }
  return failed ? 1 : 0;
}
