import type { PlaceMention } from '../../model/place.ts';
import type { PlaceSpan, Reading, TokenSpan } from '../../model/reading.ts';
import type { Day } from '../../model/time.ts';
import type { Attribution } from '../speakers.ts';
import type { ActorLexicon } from '../actors.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import type { Clauses } from '../syntax/clause.ts';
import type { Ground } from '../syntax/ground.ts';

/** What is known of a report before its sentences are cut. */
export interface Setting {
  readonly lexicon: Lexicon;
  /** Day of the report's publication. */
  readonly day: Day;
  /** Who is quoted with what. */
  readonly attributions: readonly Attribution[];
  /** The country that the report is about, as its words name it. */
  readonly country: PlaceMention | undefined;
  /** A place for a name that only the grammar knows to be one. */
  provisional(span: TokenSpan, container: PlaceMention | undefined): PlaceMention;
  /** The country with an ISO code, told by the words at `span`: who fights there. */
  countryAt(code: string, span: TokenSpan): PlaceMention | undefined;
  /** The capital of the country with an ISO code, told by the words at `span`. */
  capitalAt(code: string, span: TokenSpan): PlaceMention | undefined;
  /** The ISO code of the country that an adjective means: "turkish". */
  demonym(norm: string): string | undefined;
  /** Does `container` hold `place`? */
  contains(container: PlaceMention, place: PlaceMention): boolean;
}

/** What every part of proposing looks at. */
export interface Context extends Setting {
  readonly reading: Reading;
  readonly ground: Ground;
  readonly actors: Pick<ActorLexicon, 'get'>;
  /** One entry a sentence; furniture is empty. */
  readonly sentences: readonly Clauses[];
  /** Place marks in text order. */
  readonly places: readonly PlaceSpan[];
  placesIn(sentence: number): readonly PlaceSpan[];
  /** Whether a token is one of the words that name a speaker. */
  speaks(token: number): boolean;
  /** Whose word each token is. */
  readonly speakerAt: readonly (Attribution | undefined)[];
}
