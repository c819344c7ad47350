import type { PlaceMention } from '../../model/place.ts';
import type { PlaceSpan, Reading, TokenSpan } from '../../model/reading.ts';
import type { Day } from '../../model/time.ts';
import type { Attribution } from '../speakers.ts';
import type { ActorLexicon } from '../actors.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import type { Clauses } from '../syntax/clause.ts';
import type { Ground } from '../syntax/ground.ts';

/** What every part of proposing looks at. */
export interface Context {
  readonly reading: Reading;
  readonly ground: Ground;
  readonly lexicon: Lexicon;
  readonly actors: Pick<ActorLexicon, 'get'>;
  /** Day of the report's publication. */
  readonly day: Day;
  /** One entry a sentence; furniture is empty. */
  readonly sentences: readonly Clauses[];
  /** Place marks in text order. */
  readonly places: readonly PlaceSpan[];
  placesIn(sentence: number): readonly PlaceSpan[];
  /** Who is quoted with what. */
  readonly attributions: readonly Attribution[];
  /** Whether a token is one of the words that name a speaker. */
  speaks(token: number): boolean;
  /** Whose word each token is. */
  readonly speakerAt: readonly (Attribution | undefined)[];
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
