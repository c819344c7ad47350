/** How far apart calls of one kind must be. Sources: docs.slack.dev/apis/web-api/rate-limits and each method's page. */
export type Rate = OneAtATime | Shared;

/**
 * The next call waits until this one has been answered, and then so long: however long a call is on its way, two never
 * arrive closer together.
 */
interface OneAtATime {
  readonly key: string;
  readonly everyMs: number;
}

/** A limit that many wait under: each has a turn of its own, in the order of asking, and nobody two while others wait. */
interface Shared extends OneAtATime {
  readonly inLine: string;
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
    { key: `post ${workspace} ${channel}`, everyMs: MESSAGE_MS },
    { key: `posts ${workspace}`, everyMs: WORKSPACE_MESSAGE_MS, inLine: channel },
  ],
  edit: ({ workspace }: Where): readonly Rate[] => [{ key: `edit ${workspace}`, everyMs: TIER_3_MS }],
  open: ({ workspace }: Where): readonly Rate[] => [{ key: `open ${workspace}`, everyMs: TIER_3_MS }],
  remove: ({ workspace }: Where): readonly Rate[] => [{ key: `remove ${workspace}`, everyMs: TIER_3_MS }],
  history: ({ workspace }: Where, distributed: boolean): readonly Rate[] => [
    {
      key: `history ${workspace}`,
      everyMs: distributed ? DISTRIBUTED_HISTORY_MS : TIER_3_MS,
    },
  ],
  replies: ({ workspace }: Where, distributed: boolean): readonly Rate[] => [
    {
      key: `replies ${workspace}`,
      everyMs: distributed ? DISTRIBUTED_HISTORY_MS : TIER_3_MS,
    },
  ],
} as const;

/** How late a turn may be taken. Whoever comes later asks for another, so that what piled up does not go out at once. */
const LATE_MS = 5_000;

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
  readonly #lines = new Map<string, Line>();

  /** @param now milliseconds that never go back */
  constructor(now: () => number) {
    this.#now = now;
    this.#started = now();
  }

  /**
   * Milliseconds until a call under these limits may be made; 0 when it may now. Under a shared limit the asker keeps the
   * turn that it is told of.
   */
  pause(rates: readonly Rate[]): number {
    const now = this.#now();
    const own = Math.max(0, ...rates.map((rate) => (isShared(rate) ? 0 : this.#pauseOf(rate))));
    const turns = rates.filter(isShared).map((rate) => this.#line(rate).turn(rate.inLine, now + own, now));
    return Math.max(own, ...turns.map((at) => Math.ceil(at - now)));
  }

  #pauseOf({ key, everyMs }: OneAtATime): number {
    if (this.#underWay.has(key)) return everyMs;
    return Math.ceil((this.#next.get(key) ?? this.#started + everyMs) - this.#now());
  }

  #line({ key, everyMs }: Shared): Line {
    const line = this.#lines.get(key) ?? new Line(everyMs, this.#started);
    this.#lines.set(key, line);
    return line;
  }

  /** Makes a call that may be made now. */
  async run<T>(rates: readonly Rate[], call: () => Promise<T>): Promise<T> {
    const start = this.#now();
    const alone = rates.filter((rate) => !isShared(rate));
    for (const rate of rates.filter(isShared)) this.#line(rate).take(rate.inLine, start);
    for (const { key, everyMs } of alone) {
      this.#next.set(key, start + everyMs);
      this.#underWay.add(key);
    }
    try {
      return await call();
    } finally {
      for (const { key, everyMs } of alone) {
        this.#underWay.delete(key);
        this.hold([{ key }], everyMs);
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

const isShared = (rate: Rate): rate is Shared => 'inLine' in rate;

/** Who waits under one limit, and when the turn of each comes. */
class Line {
  readonly #everyMs: number;
  readonly #turns = new Map<string, number>();
  /** Turns that were taken, as far as a new one could come too close to them. */
  #taken: number[];

  constructor(everyMs: number, started: number) {
    this.#everyMs = everyMs;
    this.#taken = [started];
  }

  /** When it is the turn of who asks: the one that it has already, else the first that is free from `earliest` on. */
  turn(who: string, earliest: number, now: number): number {
    const kept = this.#turns.get(who);
    if (kept !== undefined && kept + LATE_MS > now) return kept;
    this.#turns.delete(who);
    let at = earliest;
    for (const other of [...this.#taken, ...this.#turns.values()].sort((a, b) => a - b)) {
      if (other >= at + this.#everyMs) break;
      at = Math.max(at, other + this.#everyMs);
    }
    this.#turns.set(who, at);
    return at;
  }

  /** Whose turn it is makes its call: a little late, perhaps, but turns are apart, and so are the calls over a minute. */
  take(who: string, now: number): void {
    const at = this.#turns.get(who) ?? now;
    this.#turns.delete(who);
    this.#taken = [...this.#taken.filter((one) => one > now - this.#everyMs), at];
  }
}
