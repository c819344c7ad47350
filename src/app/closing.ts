import type { Log } from './log.ts';
import { within } from './within.ts';

/** What ends first: what takes reports in or asks for work; then the workers; then what they all stand on. */
const STAGES = ['doors', 'work', 'ground'] as const;
type Stage = (typeof STAGES)[number];

/** In all less than the ten seconds that a supervisor waits. What is cut off is taken up by the next start. */
const PATIENCE_MS: Readonly<Record<Stage, number>> = { doors: 2_000, work: 6_000, ground: 8_000 };

/** Ends what was started, stage by stage; a part that fails or hangs does not keep the others from ending. */
export class Closing {
  readonly #parts: { readonly stage: Stage; readonly name: string; readonly end: () => Promise<unknown> }[] =
    [];
  readonly #log: Log;
  #ended: Promise<void> | undefined;

  constructor(log: Log) {
    this.#log = log;
  }

  add(stage: Stage, name: string, end: () => Promise<unknown>): void {
    this.#parts.push({ stage, name, end });
  }

  end(): Promise<void> {
    this.#ended ??= this.#endAll();
    return this.#ended;
  }

  async #endAll(): Promise<void> {
    for (const stage of STAGES)
      await Promise.all(
        this.#parts
          .filter((part) => part.stage === stage)
          .map(async ({ name, end }) => {
            try {
              if (!(await within(PATIENCE_MS[stage], end())))
                this.#log.warn({ part: name }, 'a part did not end in time and was left');
            } catch (error) {
              this.#log.warn({ err: error, part: name }, 'a part did not end as it should');
            }
          }),
      );
  }
}
