import type { ActorId } from './ids.ts';

/**
 * `party`: fights, holds, gains or loses (an army, a group, a government). `speaker`: is heard but does not hold ground
 * (a monitor, an agency, a ministry's spokesman). `bloc`: a generic set of parties ("rebels").
 */
export type ActorKind = 'party' | 'speaker' | 'bloc';

/** Admiralty grade of a source: A completely reliable … E unreliable, F cannot be judged (NATO AJP-2.1). */
export type Reliability = 'A' | 'B' | 'C' | 'D' | 'E' | 'F';

/** One entry of the actor lexicon. */
export interface Actor {
  readonly id: ActorId;
  /** Short usual name, as alerts show it. */
  readonly name: string;
  readonly kind: ActorKind;
  /** Whose side it takes when it speaks; its own id for a party. Absent: neutral or unknown. */
  readonly alignment?: ActorId;
  readonly reliability?: Reliability;
  /** Larger bodies that it belongs to, nearest first: a unit's army, an army's government. */
  readonly parents: readonly ActorId[];
  /** Parties whose gain is its gain, beside its parents (patrons, joint commands). */
  readonly allies: readonly ActorId[];
  /** What generic words may stand for it; of a generic word, what it may stand for. */
  readonly tags?: ReadonlySet<string>;
  /** A generic word of which no report says who is meant: "militants". */
  readonly generic?: true;
  /** Day from which there is no such body any more, and what took its place. */
  readonly validTo?: string;
  readonly becomes?: ActorId;
}

/** What pure code asks of the actor lexicon about actors that it already has ids of. */
export interface ActorIndex {
  get(id: ActorId): Actor | undefined;
}

/** An actor as a report names it. Without `id` the lexicon does not know it. */
export interface ActorMention {
  readonly text: string;
  readonly id?: ActorId;
  readonly name?: string;
}
