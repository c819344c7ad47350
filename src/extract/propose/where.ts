import type { PlaceMention } from '../../model/place.ts';
import type { NounPhrase } from '../syntax/chunk.ts';
import type { Adjunct, Argument, Clauses } from '../syntax/clause.ts';
import type { Context } from './context.ts';

/** How the words gave the place: by name, by what holds it, by "the town", by a name nobody knows, by the topic. */
export type How = 'named' | 'container' | 'anaphor' | 'provisional' | 'topic';

export interface Where {
  readonly places: readonly PlaceMention[];
  readonly part: boolean;
  readonly how: How;
}

export interface Options {
  /** Take a capitalised name that the gazetteer does not know. */
  readonly provisional: boolean;
  /** Take the report's topic for an unnamed place that nothing locates. */
  readonly topic: boolean;
}

/** One noun phrase that may be a place, with what decides what it stands for. */
export interface Scene {
  readonly context: Context;
  readonly clauses: Clauses;
  readonly np: NounPhrase;
  /** Its chunk. */
  readonly at: number;
  readonly options: Options;
  /** The head's spelling, normalised, and its classes. */
  readonly head: string;
  readonly classes: ReadonlySet<string>;
  readonly fraction: boolean;
  readonly settlement: boolean;
  readonly site: boolean;
  readonly plural: boolean;
  /** "14 villages", "several towns", "most of". */
  readonly counted: boolean;
  /** The head lies in a place's name. */
  readonly marked: boolean;
  readonly adjuncts: readonly Adjunct[];
  /** Chunk behind the phrase and what hangs on it. */
  readonly end: number;
  /** What the first prepositional phrase ("of", "in") leads to. */
  readonly of: Where | undefined;
  /** What a prepositional phrase leads to. */
  readonly inner: (adjunct: Adjunct) => Where | undefined;
  /** The places of another phrase of the sentence, one step further down. */
  readonly resolve: (argument: Argument, options: Options) => Where | undefined;
}

/** Prepositions after an unnamed place that lead to what it lies in or near. */
export const AROUND =
  /^(?:in\w*|within|at|near|outside|around|on|of|along|across|between|close to|to the |surrounding|such as|(?:to|from)$|towards?$)|(?:north|south|east|west)\w* of$|outskirts of$|edges? of$|vicinity of$/;

export const found = (places: readonly PlaceMention[], how: How, part = false): Where => ({
  places,
  how,
  part,
});

/** One way in which a noun phrase can stand for a place. */
export type Way = (scene: Scene) => Where | undefined;

/** "half of the city" */
export const isOf = ({ adjuncts }: Scene): boolean => adjuncts[0]?.prep === 'of';
/** One place, and no number of places. */
export const single = ({ plural, counted }: Scene): boolean => !plural && !counted;
