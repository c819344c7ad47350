import { z } from 'zod';
import { cleanText, hasWords } from './text.ts';
import { readPublished } from './published.ts';

/** Characters that one report may have. A daily bulletin has some 20,000. */
export const MAX_BODY = 200_000;

const shortText = (max: number) => z.string().max(max, `write at most ${max} characters`);
const WHEN = 'write a day or a moment, for example 2018-05-20 or 2018-05-20T06:00:00Z';

const readableBody = z
  .string()
  .refine((text) => hasWords(cleanText(text)), 'there is no text in it; write the words of the report')
  .refine((text) => text.length <= MAX_BODY, `one report may have ${MAX_BODY} characters; split it`);

/**
 * A report as a person or a program hands it in: one JSON object, or a file's front matter with its text. The names are
 * those that `sitrep extract` reads. An unknown name is an error: a mistyped "published" would date the report wrongly.
 */
const incomingReport = z
  .strictObject({
    /** The sender's own name for the report. */
    id: shortText(500).min(1).optional(),
    text: readableBody,
    /** A listed source's id or name, or the outlet's name. */
    source: shortText(200).trim().min(1).optional(),
    /** The publisher's name where it differs from the source's. */
    outlet: shortText(200).trim().min(1).optional(),
    url: shortText(2048)
      .refine(
        (text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ''),
        'write an address that starts with https:// or http://',
      )
      .optional(),
    title: shortText(2000).optional(),
    published: z
      .string()
      .transform((text, ctx) => {
        const at = readPublished(text);
        if (at !== undefined) return at;
        ctx.addIssue({ code: 'custom', message: WHEN });
        return z.NEVER;
      })
      .optional(),
    language: z
      .string()
      .regex(/^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i, 'write a language as its code, for example en or ar')
      .optional(),
    /** Marks made-up reports for whoever reads the file. */
    sample: z.union([z.boolean(), z.enum(['true', 'false'])]).optional(),
  })
  .readonly();

type IncomingReport = z.output<typeof incomingReport>;

/** What is wrong with an incoming report. `field` is empty when the whole of it is. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

const FIELDS = ['id', 'text', 'source', 'outlet', 'url', 'title', 'published', 'language'];

function toProblems(issue: z.core.$ZodIssue): FieldProblem[] {
  const field = issue.path.join('.');
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      field: key,
      message: `unknown field; the fields are: ${FIELDS.join(', ')}`,
    }));
  if (issue.code === 'invalid_type') {
    const missing = issue.input === undefined && field !== '';
    const wanted = field === '' ? 'an object with the field "text"' : `a ${issue.expected}`;
    return [{ field, message: missing ? `is missing; write ${wanted}` : `write ${wanted}` }];
  }
  return [{ field, message: issue.message }];
}

export type Incoming =
  | { readonly ok: true; readonly report: IncomingReport }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

export function readIncoming(value: unknown): Incoming {
  const result = incomingReport.safeParse(value, { reportInput: true });
  if (result.success) return { ok: true, report: result.data };
  return { ok: false, problems: result.error.issues.flatMap(toProblems) };
}

export const describeFields = (problems: readonly FieldProblem[]): string =>
  problems.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`)).join('\n');
