import type { Stats } from 'node:fs';
import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { AcceptDeps } from '../accept/accept.ts';
import { acceptReport } from '../accept/accept.ts';
import { describeFields } from '../accept/incoming.ts';
import type { Acceptance, LogPort, ReportsPort } from '../ports.ts';
import { moveDone, moveRejected } from './move.ts';
import type { FileContent } from './read.ts';
import { readFileContent } from './read.ts';

export interface TakeDeps extends AcceptDeps {
  readonly folder: string;
  readonly maxBytes: number;
  readonly reports: ReportsPort;
  readonly log: LogPort;
}

export type Taken =
  | { readonly kind: 'done'; readonly path: string; readonly accepted: readonly Acceptance[] }
  | { readonly kind: 'rejected'; readonly path: string; readonly reason: string }
  /** No file: left alone. */
  | { readonly kind: 'left'; readonly why: string }
  /** Taken away meanwhile. */
  | { readonly kind: 'gone' }
  /** Written to while it was read: to be taken once more. */
  | { readonly kind: 'changed' };

type Bytes =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly stats: Stats }
  | { readonly ok: false; readonly reason: string };

/** Errors that another try at the same file will not mend. */
const FOR_GOOD: Readonly<Record<string, string>> = {
  EACCES: 'Sitrep may not read it. Give it read permission',
  EPERM: 'Sitrep may not read it. Give it read permission',
  ELOOP: 'It is a symbolic link. Put the file itself here',
};

async function readBytes(path: string, maxBytes: number): Promise<Bytes> {
  try {
    // Never through a link, and never waiting on a pipe.
    await using handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const stats = await handle.stat();
    if (stats.size > maxBytes)
      return {
        ok: false,
        reason: `It has ${stats.size} bytes and may have ${maxBytes} (inbox.maxBytes). Split it, then put the parts into the inbox`,
      };
    return { ok: true, bytes: await handle.readFile(), stats };
  } catch (error) {
    const reason = FOR_GOOD[(error as NodeJS.ErrnoException).code ?? ''];
    if (reason === undefined) throw error;
    return { ok: false, reason: `${reason}, then put it into the inbox again` };
  }
}

interface Outcome {
  readonly accepted: readonly Acceptance[];
  readonly problems: readonly string[];
}

const placed = (where: string, why: string): string => (where === '' ? why : `${where}: ${why}`);

async function acceptAll({ items, problems }: FileContent, path: string, deps: TakeDeps): Promise<Outcome> {
  const accepted: Acceptance[] = [];
  const wrong = problems.map(({ where, why }) => placed(where, why));
  for (const { where, value } of items) {
    const result = await acceptReport(value, 'inbox', deps);
    if (!result.ok) {
      wrong.push(placed(where, describeFields(result.problems)));
      continue;
    }
    accepted.push(result.acceptance);
    for (const note of result.notes) deps.log.warn({ file: path, report: result.acceptance.report }, note);
  }
  return { accepted, problems: wrong };
}

function reasonText(name: string, { accepted, problems }: Outcome): string {
  const rest =
    accepted.length > 0
      ? `\n\nThe other ${accepted.length} of its reports were accepted. You may put the whole file into the inbox again when it is mended: what was accepted is not accepted twice.`
      : '\n\nMend it and put it into the inbox again.';
  return `Sitrep could not take all of ${name}.\n\n${problems.join('\n')}${rest}`;
}

const sameFile = (a: Stats, b: Stats): boolean =>
  a.ino === b.ino && a.size === b.size && a.mtimeMs === b.mtimeMs;

async function statsOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function reject(path: string, reason: string, deps: TakeDeps): Promise<Taken> {
  const target = await moveRejected(deps.folder, path, reason);
  deps.log.warn({ file: target, reason }, 'file rejected');
  return { kind: 'rejected', path: target, reason };
}

/**
 * Takes one file of the inbox: reads it, accepts every report in it (committed when this resolves), and only then moves
 * it to `done/` or, when anything in it was refused, to `rejected/` with the reason beside it. Killed in between, the
 * file is taken again at the next start, and nothing in it is accepted twice.
 * @throws what the store or a failing disk throws; the file then still lies where it was
 */
export async function takeFile(path: string, deps: TakeDeps): Promise<Taken> {
  const found = await statsOf(path);
  if (found === undefined) return { kind: 'gone' };
  if (found.isDirectory())
    return { kind: 'left', why: 'folders are not read; put the files themselves into the inbox' };
  if (!found.isFile() && !found.isSymbolicLink()) return { kind: 'left', why: 'it is no regular file' };
  const read = await readBytes(path, deps.maxBytes);
  if (!read.ok) return reject(path, read.reason, deps);
  const name = basename(path);
  const outcome = await acceptAll(readFileContent(name, read.bytes), path, deps);
  const now = await statsOf(path);
  if (now === undefined || !sameFile(now, read.stats)) return { kind: 'changed' };
  if (outcome.problems.length > 0) return reject(path, reasonText(name, outcome), deps);
  const target = await moveDone(deps.folder, path);
  deps.log.info({ file: target, reports: outcome.accepted.length }, 'file accepted');
  return { kind: 'done', path: target, accepted: outcome.accepted };
}
