import type { QueueLog } from './contract.ts';

const QUIET_MS = 10_000;

/**
 * Takes the 'error' events of one server's clients. During an outage each of a dozen clients reports each of its tries;
 * the log gets the first, then one line every ten seconds with the number of those left out.
 */
export function outageListener(log: QueueLog, server: string): (error: Error) => void {
  let last = Number.NEGATIVE_INFINITY;
  let left = 0;
  return (error) => {
    const now = performance.now();
    if (now - last < QUIET_MS) {
      left += 1;
      return;
    }
    last = now;
    log.warn({ server, error: describe(error), leftOut: left }, 'the queue has trouble with its server');
    left = 0;
  };
}

/** The message of an error; Node's AggregateError of a failed connect has its text in its parts. */
export function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join('; ');
  if (error instanceof Error) return error.message === '' ? error.name : error.message;
  return String(error);
}
