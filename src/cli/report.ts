import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { systemClock } from '../model/time.ts';
import { acceptReport } from '../sources/accept/accept.ts';
import { describeFields } from '../sources/accept/incoming.ts';
import { readFileContent } from '../sources/inbox/read.ts';
import { besideTheBot } from './beside.ts';
import { printJson, say } from './terminal.ts';

interface Line {
  readonly file: string;
  readonly kind: 'accepted' | 'already' | 'duplicate' | 'rejected';
  readonly report?: string;
  readonly duplicateOf?: string;
  readonly why?: string;
}

const WORDS: Readonly<Record<Line['kind'], string>> = {
  accepted: 'accepted',
  already: 'is kept already',
  duplicate: 'repeats an earlier report',
  rejected: 'rejected',
};

async function contents(file: string): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  if (file === '-') return { name: 'standard-input.md', bytes: await buffer(process.stdin) };
  return { name: basename(file), bytes: await readFile(file) };
}

/** `sitrep report FILE…`: accepts reports as the inbox does, but leaves the files where they are. Exit status 1 when one was rejected. */
export async function report(
  files: readonly string[],
  { source, published, json }: { source?: string; published?: string; json?: true },
): Promise<void> {
  const given = { ...(source !== undefined && { source }), ...(published !== undefined && { published }) };
  const lines = await besideTheBot(async ({ database, book }) => {
    const deps = { book, clock: systemClock, reports: database.store };
    const done: Line[] = [];
    for (const file of files) {
      let read;
      try {
        const { name, bytes } = await contents(file);
        read = readFileContent(name, bytes);
      } catch (error) {
        done.push({ file, kind: 'rejected', why: `cannot be read: ${(error as Error).message}` });
        continue;
      }
      for (const { where, why } of read.problems)
        done.push({ file: [file, where].filter(Boolean).join(' '), kind: 'rejected', why });
      for (const { where, value } of read.items) {
        const named = [file, where].filter(Boolean).join(' ');
        const result = await acceptReport({ ...given, ...(value as object) }, 'inbox', deps);
        if (result.ok) done.push({ file: named, ...result.acceptance });
        else done.push({ file: named, kind: 'rejected', why: describeFields(result.problems) });
      }
    }
    return done;
  });
  if (json) printJson(lines);
  else
    for (const { file, kind, report: id, duplicateOf, why } of lines)
      say(
        `${file}: ${WORDS[kind]}${id ? ` (${id})` : ''}${duplicateOf ? `, ${duplicateOf}` : ''}${why ? `: ${why}` : ''}`,
      );
  if (lines.some(({ kind }) => kind === 'rejected')) process.exitCode = 1;
}
