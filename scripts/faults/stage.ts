import type { Destination } from '../../src/model/telling.ts';

/** A reader's view of a channel: each thread's root as it stands, and its replies in order. */
export interface SeenThread {
  readonly root: string;
  readonly replies: readonly string[];
}

/** What the process that tells needs to know, as JSON in its environment. */
export interface Address {
  readonly platform: 'slack' | 'discord';
  readonly api: string;
}

/** A strict platform on loopback that misbehaves on request. */
export interface Stage {
  readonly address: Address;
  readonly destinations: readonly Destination[];
  /** From now on some calls go wrong, by the numbers that `random` gives. */
  misbehave(random: () => number): void;
  /** How often each kind of fault was met. */
  readonly faults: ReadonlyMap<string, number>;
  readonly calls: () => number;
  /** What a correct client never does: malformed calls, calls earlier than a limit allows. */
  readonly breaches: readonly string[];
  seen(destination: Destination): Promise<readonly SeenThread[]>;
  close(): Promise<void>;
}

/** Of a hundred calls so many meet each fault. */
export const SHARES = { limited: 2, answer_lost: 3, broken: 2, hangs: 0.5 } as const;
export type FaultName = keyof typeof SHARES;

export function draw(random: () => number): FaultName | undefined {
  let at = random() * 100;
  for (const [name, share] of Object.entries(SHARES) as [FaultName, number][]) {
    if (at < share) return name;
    at -= share;
  }
  return undefined;
}

export class Tally {
  readonly counts = new Map<string, number>();
  met(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }
}
