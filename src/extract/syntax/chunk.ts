import type { ActorSpan, DateSpan, FigureSpan, PlaceSpan, TokenSpan } from '../../model/reading.ts';
import type { WordClass } from '../lexicon/entries.ts';

/** A run of words around one noun, without what follows it in prepositional phrases. */
export interface NounPhrase extends TokenSpan {
  readonly kind: 'np';
  /** Token index of the noun that the phrase is about: its last word. */
  readonly head: number;
  readonly places: readonly PlaceSpan[];
  readonly actors: readonly ActorSpan[];
  /** Parties named by adjectives before the head. */
  readonly owners: readonly ActorSpan[];
  readonly figures: readonly FigureSpan[];
  readonly pronoun: boolean;
  readonly definite: boolean;
}

/** Auxiliaries, negation, adverbs, main verb and particle. */
export interface VerbGroup extends TokenSpan {
  readonly kind: 'vg';
  readonly lemma: string;
  /** "over" of "took over". */
  readonly particle: string | undefined;
  /** Token index of the main verb. */
  readonly head: number;
  readonly form: 'past' | 'present' | 'infinitive' | 'gerund' | 'participle';
  readonly passive: boolean;
  readonly perfect: boolean;
  readonly progressive: boolean;
  /** Pluperfect: "had taken". */
  readonly anterior: boolean;
  readonly modal: string | undefined;
  readonly negated: boolean;
  /** The main verb's spelling can be a past participle: "captured", not "withdrew". */
  readonly participial: boolean;
  /** Adverbs in the group, normalised. */
  readonly adverbs: readonly string[];
}

/** A grammar word or phrase, or a mark that separates. */
export interface Link extends TokenSpan {
  readonly kind: 'link';
  readonly is: WordClass | 'comma' | 'break';
  /** Normalised words, joined by blanks. */
  readonly word: string;
}

interface DateChunk extends TokenSpan {
  readonly kind: 'date';
  readonly date: DateSpan;
}

/** Something in brackets, kept out of the way of the clause. */
interface Aside extends TokenSpan {
  readonly kind: 'aside';
}

export type Chunk = NounPhrase | VerbGroup | Link | DateChunk | Aside;

export const isFinite = (group: VerbGroup): boolean => group.form === 'past' || group.form === 'present';

export const isLink = <Is extends Link['is']>(
  chunk: Chunk | undefined,
  ...is: readonly Is[]
): chunk is Link & { readonly is: Is } =>
  chunk?.kind === 'link' && (is as readonly string[]).includes(chunk.is);
