import { createInterface } from 'node:readline';
import { z } from 'zod';
import { instant } from '../model/time.ts';

const optional = z.string().nullish();

/** A line of a corpus. Other keys (gold, notes) are left alone. */
const lineSchema = z.object({
  id: z.union([z.string().min(1, 'is empty; give the report a name of its own'), z.number()]),
  text: z.string(),
  published: z
    .string()
    .refine(
      (value) => !Number.isNaN(Date.parse(value)),
      'is no date; write it as 2018-05-20 or 2018-05-20T06:00:00Z',
    )
    .transform(instant)
    .nullish(),
  title: optional,
  source: optional,
  url: optional,
  language: optional,
});

/** One report, as `extract` and `replay` take it. `id` comes back as it was given. */
export type ReportLine = z.output<typeof lineSchema>;

export type NumberedLine =
  | { readonly line: number; readonly report: ReportLine }
  | { readonly line: number; readonly id?: ReportLine['id']; readonly error: string };

function readLine(text: string): { report: ReportLine } | { id?: ReportLine['id']; error: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { error: `not JSON: ${(error as Error).message}` };
  }
  const parsed = lineSchema.safeParse(value);
  if (parsed.success) return { report: parsed.data };
  const id = lineSchema.pick({ id: true }).safeParse(value).data?.id;
  const error = parsed.error.issues
    .map(({ path, message }) => `${path.join('.') || 'the line'}: ${message}`)
    .join('; ');
  return { ...(id !== undefined && { id }), error };
}

/** The reports of JSON Lines, in order, with what is wrong in place of a line that cannot be read. Empty lines are passed over. */
export async function* reportLines(input: NodeJS.ReadableStream): AsyncGenerator<NumberedLine> {
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    line += 1;
    const clean = line === 1 ? text.replace(/^\uFEFF/, '') : text;
    if (clean.trim() !== '') yield { line, ...readLine(clean) };
  }
}
