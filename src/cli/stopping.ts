import { SIGNALS, Stopped, type StopSignal } from './stopped.ts';
import { note } from './terminal.ts';

/** A supervisor kills what has not ended ten seconds after its signal. */
const LIMIT_MS = 9_500;
/** Of one Ctrl-C both the terminal and the script that started us may tell us. */
const ONE_PRESS_MS = 500;

/**
 * Runs `work`, which is told by `stop` that Ctrl-C or a signal came and then ends what it started. A second one ends the
 * process at once: nothing is lost by it, the next start takes up what was left.
 */
export async function stoppable<T>(work: (stop: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let first: number | undefined;
  let limit: NodeJS.Timeout | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    const now = performance.now();
    if (first !== undefined && now - first > ONE_PRESS_MS) process.exit(SIGNALS.SIGINT);
    if (first !== undefined) return;
    first = now;
    note('Stopping …');
    limit = setTimeout(() => {
      note('Not everything ended in time. Nothing is lost: the next start takes up what was left.');
      process.exit(1);
    }, LIMIT_MS);
    controller.abort(new Stopped(signal as StopSignal));
  };
  const signals = Object.keys(SIGNALS) as StopSignal[];
  for (const signal of signals) process.on(signal, onSignal);
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(limit);
    for (const signal of signals) process.off(signal, onSignal);
  }
}

/** Resolves when it is time to stop. */
const told = (stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (stop.aborted) resolve();
    else stop.addEventListener('abort', () => resolve(), { once: true });
  });

/** `work`, given up when it is time to stop. @throws Stopped then */
export async function unless<T>(stop: AbortSignal, work: Promise<T>): Promise<T> {
  const given = told(stop).then(() => {
    throw stop.reason as Stopped;
  });
  given.catch(() => undefined);
  return Promise.race([work, given]);
}

/**
 * Runs a bot until it is told to stop, which is how it should end, also while it starts.
 * @param start builds and announces it; `stop` is aborted when the start is to be given up
 */
export async function runUntilStopped(
  start: (stop: AbortSignal) => Promise<{ stop(): Promise<void> }>,
): Promise<void> {
  await stoppable(async (stop) => {
    try {
      const running = await start(stop);
      await told(stop);
      await running.stop();
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
    }
  });
  note('Stopped.');
}
