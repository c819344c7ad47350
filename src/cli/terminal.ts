import { ConfigError } from '../config/problem.ts';
import { withoutPasswords } from '../app/log.ts';
import { Stopped } from './stopped.ts';

/** Errors whose message is written for the person at the terminal: no stack is shown. */
const FOR_USERS = new Set([
  'ChannelError',
  'ConfigError',
  'DeskAddressError',
  'EmbeddedError',
  'GazetteerError',
  'HeldError',
  'LexiconError',
  'QueueError',
  'SchemaError',
  'StoreError',
  'UserError',
]);

/** Something that the user can put right; the message says how. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** Prints an error and gives the exit status: 2 for a wrong configuration, a signal's own, else 1. */
export function failure(error: unknown): number {
  if (error instanceof Stopped) return error.status;
  const known = error instanceof Error && FOR_USERS.has(error.name);
  const text =
    error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error);
  note(withoutPasswords(text));
  return error instanceof ConfigError ? 2 : 1;
}

const isGone = (error: unknown): boolean =>
  ['EPIPE', 'ERR_STREAM_DESTROYED'].includes((error as NodeJS.ErrnoException).code ?? '');

/**
 * Nobody reads any more (`… | head`): that is no failure, and not heard of by whoever prints. Another trouble with the
 * output (a full disk) is told, and makes the exit status 1.
 */
export function bearClosedOutput(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error) => {
      if (!isGone(error)) process.exitCode = failure(error);
    });
}

/** Resolves when the line is taken, so that a slow reader is not overrun. False when nobody reads any more. */
export function print(line: string, output: NodeJS.WritableStream = process.stdout): Promise<boolean> {
  return new Promise((resolve, reject) => {
    output.write(`${line}\n`, (error) => {
      if (error == null) resolve(true);
      else if (isGone(error)) resolve(false);
      else reject(error);
    });
  });
}

export const say = (line: string): void => void process.stdout.write(`${line}\n`);
export const note = (line: string): void => void process.stderr.write(`${line}\n`);
export const printJson = (value: unknown): void => say(JSON.stringify(value, undefined, 2));
