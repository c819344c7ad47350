/** Work that may go on at the same time, and work that must be alone. Whoever came first has the first turn. */
export class Turns {
  /** Ends when nothing that came so far keeps others from beginning. */
  #gate: Promise<unknown> = Promise.resolve();
  readonly #running = new Set<Promise<unknown>>();

  /** Beside other such work. */
  async together<T>(work: () => Promise<T>): Promise<T> {
    await this.#gate;
    return this.#note(work());
  }

  /** When all that runs has ended; what comes later waits for it. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#gate.then(async () => {
      await Promise.allSettled(this.#running);
      return work();
    });
    this.#gate = mine.catch(() => undefined);
    return mine;
  }

  #note<T>(work: Promise<T>): Promise<T> {
    this.#running.add(work);
    const forget = (): boolean => this.#running.delete(work);
    work.then(forget, forget);
    return work;
  }
}
