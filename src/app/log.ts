import { pino, type Logger } from 'pino';
import pretty from 'pino-pretty';

export type Log = Logger;

/** Names under which a secret could stand in a logged object. Secrets of the configuration print as "[secret]" by themselves. */
const REDACTED = [
  'secret',
  'secrets',
  'password',
  'token',
  'authorization',
  '*.secret',
  '*.password',
  '*.token',
  '*.authorization',
  'headers',
];

/**
 * Logs go to stderr, so that stdout stays for what a command prints: JSON lines, or readable lines on a terminal.
 */
export function openLog(level: string): Log {
  const options = { level, redact: { paths: REDACTED, censor: '[secret]' } };
  if (!process.stderr.isTTY) return pino(options, pino.destination({ dest: 2, sync: true }));
  return pino(
    options,
    pretty({ destination: 2, sync: true, colorize: true, ignore: 'pid,hostname', translateTime: 'HH:MM:ss' }),
  );
}

/** A driver's message may carry a connection string: what looks like `user:password@` is cut out. */
export const withoutPasswords = (text: string): string => text.replace(/\/\/[^\s/@]+@/g, '//[secret]@');
