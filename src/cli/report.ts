import { systemClock } from '../model/time.ts';
import { acceptReport, type AcceptDeps } from '../sources/accept/accept.ts';
import { describeFields } from '../sources/accept/incoming.ts';
import { readFileContent } from '../sources/inbox/read.ts';
import type { ReportsPort } from '../sources/ports.ts';
import { besideTheBot } from './beside.ts';
import { contents } from './handed.ts';
import { note, printJson, say } from './terminal.ts';

/** What became of one report, or of a file that holds none. */
interface Line {
  readonly file: string;
  readonly kind: 'accepted' | 'already' | 'duplicate' | 'rejected';
  readonly report?: string;
  readonly duplicateOf?: string;
  /** What was put right on the way. */
  readonly notes?: readonly string[];
  readonly why?: string;
}

const WORDS: Readonly<Record<Line['kind'], string>> = {
  accepted: 'accepted',
  already: 'is kept already',
  duplicate: 'repeats the text of an earlier report',
  rejected: 'rejected',
};

function describe({ file, kind, report, duplicateOf, notes, why }: Line): string {
  const ids = [report, duplicateOf].filter((id) => id !== undefined).join(' of ');
  return `${file}: ${WORDS[kind]}${ids === '' ? '' : ` (${ids})`}${[...(notes ?? []), why ?? '']
    .filter(Boolean)
    .map((text) => `: ${text}`)
    .join('')}`;
}

const rejected = (file: string, why: string): Line => ({ file, kind: 'rejected', why });

async function* accept(
  file: string,
  given: object,
  deps: AcceptDeps & { readonly reports: ReportsPort },
): AsyncGenerator<Line> {
  let read;
  try {
    const { name, bytes } = await contents(file);
    read = readFileContent(name, bytes);
  } catch (error) {
    yield rejected(file, `cannot be read: ${(error as Error).message}`);
    return;
  }
  const named = (where: string): string => [file, where].filter(Boolean).join(' ');
  for (const { where, why } of read.problems) yield rejected(named(where), why);
  for (const { where, value } of read.items) {
    const result = await acceptReport({ ...given, ...(value as object) }, 'inbox', deps);
    if (result.ok)
      yield {
        file: named(where),
        ...result.acceptance,
        ...(result.notes.length > 0 && { notes: result.notes }),
      };
    else yield rejected(named(where), describeFields(result.problems));
  }
}

/** `sitrep report FILE…`: accepts reports as the inbox does, but leaves the files where they are. Exit status 1 when one was rejected. */
export async function report(
  files: readonly string[],
  { source, published, json }: { source?: string; published?: string; json?: true },
): Promise<void> {
  const given = { ...(source !== undefined && { source }), ...(published !== undefined && { published }) };
  const lines: Line[] = [];
  await besideTheBot(async ({ database, book }) => {
    const deps = { book, clock: systemClock, reports: database.store };
    for (const file of files)
      for await (const line of accept(file, given, deps)) {
        lines.push(line);
        if (!json) say(describe(line));
      }
    if (database.embedded && lines.some(({ kind }) => kind === 'accepted'))
      note('The bot does not run. What was accepted is kept, and is read and told when it does: npm start');
  });
  if (json) printJson(lines);
  if (lines.some(({ kind }) => kind === 'rejected')) process.exitCode = 1;
}
