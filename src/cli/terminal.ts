import { ConfigError } from '../config/problem.ts';
import { withoutPasswords } from '../app/log.ts';

/** Errors whose message is written for the person at the terminal: no stack is shown. */
const FOR_USERS = new Set([
  'ConfigError',
  'DeskAddressError',
  'HeldError',
  'EmbeddedError',
  'StoreError',
  'QueueError',
  'UserError',
]);

/** Something that the user can put right; the message says how. */
export class UserError extends Error {
  override readonly name = 'UserError';
}

/** Prints an error and gives the exit status: 2 for a wrong configuration, else 1. */
export function failure(error: unknown): number {
  const known = error instanceof Error && FOR_USERS.has(error.name);
  const text =
    error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`${withoutPasswords(text)}\n`);
  return error instanceof ConfigError ? 2 : 1;
}

export const say = (line: string): void => void process.stdout.write(`${line}\n`);
export const note = (line: string): void => void process.stderr.write(`${line}\n`);
export const printJson = (value: unknown): void => say(JSON.stringify(value, undefined, 2));
