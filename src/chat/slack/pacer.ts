/** How far apart calls of one kind must be. Sources: docs.slack.dev/apis/web-api/rate-limits and each method's page. */
export interface Rate {
  readonly key: string;
  readonly everyMs: number;
  /**
   * The next call waits until this one has been answered: however long a call is on its way, two never arrive closer
   * together. Without it only the starts are apart.
   */
  readonly oneAtATime: boolean;
}

/** Tier 3 is 50 calls a minute, of which bursts are tolerated and promised to nobody: evenly apart, any minute has 50. */
const TIER_3_MS = 60_000 / 50;
/** One message a second in a channel. */
const MESSAGE_MS = 1_000;
/** "Several hundred messages a minute" in a workspace. */
const WORKSPACE_MESSAGE_MS = 60_000 / 300;
/** Of an app that is sold outside Slack's Marketplace: one call a minute (changelog of 29 May 2025). */
const DISTRIBUTED_HISTORY_MS = 60_000;

interface Where {
  readonly workspace: string;
  readonly channel: string;
}

/** The limits that each kind of call is under, beside one another. */
export const ratesOf = {
  post: ({ workspace, channel }: Where): readonly Rate[] => [
    { key: `post ${workspace} ${channel}`, everyMs: MESSAGE_MS, oneAtATime: true },
    { key: `posts ${workspace}`, everyMs: WORKSPACE_MESSAGE_MS, oneAtATime: false },
  ],
  edit: ({ workspace }: Where): readonly Rate[] => [
    { key: `edit ${workspace}`, everyMs: TIER_3_MS, oneAtATime: true },
  ],
  open: ({ workspace }: Where): readonly Rate[] => [
    { key: `open ${workspace}`, everyMs: TIER_3_MS, oneAtATime: true },
  ],
  remove: ({ workspace }: Where): readonly Rate[] => [
    { key: `remove ${workspace}`, everyMs: TIER_3_MS, oneAtATime: true },
  ],
  history: ({ workspace }: Where, distributed: boolean): readonly Rate[] => [
    {
      key: `history ${workspace}`,
      everyMs: distributed ? DISTRIBUTED_HISTORY_MS : TIER_3_MS,
      oneAtATime: true,
    },
  ],
  replies: ({ workspace }: Where, distributed: boolean): readonly Rate[] => [
    {
      key: `replies ${workspace}`,
      everyMs: distributed ? DISTRIBUTED_HISTORY_MS : TIER_3_MS,
      oneAtATime: true,
    },
  ],
} as const;

/** Keys whose last call is so long ago that they say nothing are forgotten once there are so many. */
const MANY_KEYS = 10_000;

/**
 * Keeps calls apart. It starts as if every kind of call had just been made, so that a process that was killed and started
 * again never calls too early.
 */
export class Pacer {
  readonly #now: () => number;
  readonly #started: number;
  readonly #next = new Map<string, number>();
  readonly #underWay = new Set<string>();

  /** @param now milliseconds that never go back */
  constructor(now: () => number) {
    this.#now = now;
    this.#started = now();
  }

  /** Milliseconds until a call under these limits may be made; 0 when it may now. */
  pause(rates: readonly Rate[]): number {
    return Math.max(0, ...rates.map((rate) => this.#pauseOf(rate)));
  }

  #pauseOf({ key, everyMs, oneAtATime }: Rate): number {
    if (oneAtATime && this.#underWay.has(key)) return everyMs;
    return Math.ceil((this.#next.get(key) ?? this.#started + everyMs) - this.#now());
  }

  /** Makes a call that may be made now. */
  async run<T>(rates: readonly Rate[], call: () => Promise<T>): Promise<T> {
    const start = this.#now();
    for (const { key, everyMs } of rates) {
      this.#next.set(key, start + everyMs);
      this.#underWay.add(key);
    }
    try {
      return await call();
    } finally {
      for (const { key, everyMs, oneAtATime } of rates) {
        this.#underWay.delete(key);
        if (oneAtATime) this.hold([{ key }], everyMs);
      }
      this.#forget();
    }
  }

  /** No call under the first of these limits for so long: Slack said so. */
  hold([first]: readonly Pick<Rate, 'key'>[], ms: number): void {
    if (first === undefined) return;
    this.#next.set(first.key, Math.max(this.#next.get(first.key) ?? 0, this.#now() + ms));
  }

  #forget(): void {
    if (this.#next.size < MANY_KEYS) return;
    const settled = this.#now();
    // What was never called is held until `started`: after a minute that is over for every rate, and so is this.
    if (settled < this.#started + DISTRIBUTED_HISTORY_MS) return;
    for (const [key, next] of this.#next) if (next <= settled) this.#next.delete(key);
  }
}
