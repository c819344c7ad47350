import { note } from './terminal.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Waits for Ctrl-C or a signal, then ends what runs. A second one ends the process at once: nothing is lost by it, the
 * next start takes up what was left.
 */
export async function untilStopped(stop: () => Promise<void>): Promise<void> {
  await new Promise<void>((resolve) => {
    for (const signal of SIGNALS) process.once(signal, () => resolve());
  });
  note('Stopping …');
  for (const signal of SIGNALS) process.once(signal, () => process.exit(130));
  await stop();
  note('Stopped.');
}
