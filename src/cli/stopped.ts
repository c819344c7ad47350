/** What tells a command to stop, with the exit status of one that it ended, by the custom of shells. */
export const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
export type StopSignal = keyof typeof SIGNALS;

/** The command was told to stop before it was done. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  readonly status: number;

  constructor(signal: StopSignal) {
    super(`stopped by ${signal}`);
    this.status = SIGNALS[signal];
  }
}
