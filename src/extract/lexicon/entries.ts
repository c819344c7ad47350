import type { Phase, StatementType, Status } from '../../model/statement.ts';

/** A sentence in our own words, and what the entry must make of it. */
interface Example {
  readonly text: string;
  /** `type status place, place` as in "control happened Hajin, Susa"; places by the words of the text. */
  readonly is: string;
}

interface Tested {
  readonly id: string;
  readonly examples: readonly Example[];
  /** Texts on which this entry must yield nothing. */
  readonly counter: readonly string[];
}

/** Closed word classes and verb forms: vocabulary, no patterns. Every list holds normalised words. */
export interface GrammarFile {
  readonly words: Readonly<Record<WordClass, readonly string[]>>;
  /** Words that take a preposition's place: "outside of", "ahead of", "because of". */
  readonly phrases: Readonly<Record<string, WordClass>>;
  /** Past and participle of verbs that do not add -ed. */
  readonly irregular: Readonly<Record<string, readonly [string, string]>>;
  /** Verbs that trigger nothing but show where a clause is. */
  readonly verbs: readonly string[];
  /** Spellings that are nouns unless an auxiliary or a subject says otherwise: "attack", "deal". */
  readonly nounish: readonly string[];
}

export const WORD_CLASSES = [
  'determiner',
  'pronoun',
  'preposition',
  'conjunction',
  'relative',
  'complementizer',
  'subordinator',
  'condition',
  'be',
  'have',
  'do',
  'modal',
  'negation',
  'adverb',
  'particle',
  'possessive',
  'adjective',
] as const;
export type WordClass = (typeof WORD_CLASSES)[number];

/** Noun classes: what the head of a noun phrase is. */
export type NounFile = Readonly<Record<string, readonly string[]>>;

/**
 * What a governing verb or noun does to the status of what it governs. `real`: it happened ("managed to take").
 * `say`: nothing, but names the speaker. `open`: outcome open. `void`: says nothing about the world.
 */
export type Effect = 'real' | 'begun' | 'say' | 'open' | 'failed' | 'denied' | 'void';

export interface EffectEntry extends Tested {
  readonly effect: Effect;
  readonly verbs: readonly string[];
  readonly nouns: readonly string[];
  readonly adjectives: readonly string[];
}

/** Field of a statement that a role fills; `none` only has to be there. */
export type RoleField = 'to' | 'from' | 'parties' | 'places' | 'toPlaces' | 'viaPlaces' | 'people' | 'none';

export interface Role {
  readonly field: RoleField;
  /** Noun class: `place`, `force`, `people`, or a class of nouns.yaml. */
  readonly is: string;
  readonly optional: boolean;
}

/** A pattern: a verb or noun with its roles, and the statement that it proposes. */
export interface FrameEntry extends Tested {
  readonly type: StatementType;
  readonly phase?: Phase;
  /** Overrides what the verb group says. */
  readonly status?: Status;
  readonly part?: true;
  /** Kept only when the text says that it came to nothing: an attack is no change, a repelled one is. */
  readonly only?: 'failed';
  readonly verbs: readonly string[];
  readonly nouns: readonly string[];
  readonly subject?: Role;
  readonly object?: Role;
  /** Preposition → role. */
  readonly with: ReadonlyMap<string, Role>;
  /** Share of its statements that were right on texts with gold. */
  readonly confidence: number;
  /** Words whose presence in the clause drops the proposal. */
  readonly unless: readonly string[];
  readonly passive: boolean;
  /** Verbs one of which follows the object as an infinitive ("forced ISIS to retreat from the town"); its roles count too. */
  readonly then: readonly string[];
  /** Of a noun: prepositions one of which must govern it ("under a deal"). Empty: any or none. */
  readonly governed: readonly string[];
}
