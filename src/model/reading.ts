import type { ActorId, PlaceId } from './ids.ts';
import type { PlaceMention } from './place.ts';
import type { Spelling } from './spelling.ts';
import type { DatePrecision, Figure } from './statement.ts';

/** A word, number or mark of a report, with its offsets in the report's body: `text === body.slice(start, end)`. */
export interface Token {
  readonly index: number;
  readonly text: string;
  /** Lower case, apostrophes and diacritics of Latin letters folded: what lexicons match on. */
  readonly norm: string;
  readonly start: number;
  readonly end: number;
  readonly kind: 'word' | 'number' | 'mark';
  /** Of this text, norm and kind. */
  readonly spelling: Spelling;
  /** Index of its sentence. */
  readonly sentence: number;
}

/** Half-open range of token indices. */
export interface TokenSpan {
  readonly first: number;
  readonly last: number;
}

export interface Sentence extends TokenSpan {
  readonly index: number;
  readonly start: number;
  readonly end: number;
  /** Page furniture (captions, related headlines, datelines, share bars): yields nothing. */
  readonly furniture?: string;
  /** The report's own title, or its repetition at the head of the body. */
  readonly title?: true;
}

/** A place's name in the text, resolved by the report's context. The span covers the name alone, not "town of". */
export interface PlaceSpan extends TokenSpan {
  readonly kind: 'place';
  readonly mention: PlaceMention;
  /** What else the name could have been, best first. */
  readonly alternatives: readonly PlaceId[];
  /** "eastern Aleppo", "the outskirts of Homs", "10 km north of Raqqa", "parts of", "half of". */
  readonly part?: 'direction' | 'vicinity' | 'fraction';
  /** Named behind another place only to say where that lies: "Talbiseh, Homs". It is where nothing happens. */
  readonly locates?: true;
  /** The span widened over the words that belong to the name: "the strategic village of Baghuz", "the northern countryside of Hama". */
  readonly phrase: TokenSpan;
}

export interface ActorSpan extends TokenSpan {
  readonly kind: 'actor';
  readonly id?: ActorId;
  /** `party` fights or rules, `speaker` is heard, `bloc` is a generic set ("rebels"). */
  readonly role: 'party' | 'speaker' | 'bloc';
  /** "the militants", "the group": resolved inside the report where that can be done. */
  readonly generic: boolean;
  /** Part of an adjective, doing nothing itself: `holder` in "ISIS-held Hajin", `backer` in "Turkish-backed rebels". */
  readonly epithet?: 'holder' | 'backer';
}

export interface DateSpan extends TokenSpan {
  readonly kind: 'date';
  /** `2018-05-20`, `2018-05` or `2018`. */
  readonly date: string;
  readonly precision: DatePrecision;
  /** Stated in full, or worked out from the report's time. */
  readonly assigned: boolean;
  /** Days from the report's date, positive for the past; of a month or year, to its end. */
  readonly daysAgo: number;
  /** "since Saturday": the start of something that goes on. */
  readonly since?: true;
}

export interface FigureSpan extends TokenSpan {
  readonly kind: 'figure';
  readonly figure: Figure;
  /** IDMC's qualifiers. */
  readonly qualifier?: 'about' | 'more_than' | 'up_to' | 'range' | 'at_least' | 'nearly';
}

export type Mark = PlaceSpan | ActorSpan | DateSpan | FigureSpan;

/** A report cut into sentences and tokens, with what the annotators found in it, in text order. */
export interface Reading {
  readonly body: string;
  readonly tokens: readonly Token[];
  readonly sentences: readonly Sentence[];
  readonly marks: readonly Mark[];
}
