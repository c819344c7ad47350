import type {
  ActorSpan,
  DateSpan,
  FigureSpan,
  PlaceSpan,
  Reading,
  Token,
  TokenSpan,
} from '../../model/reading.ts';
import type { WordClass } from '../lexicon/entries.ts';
import type { Lexicon, Word } from '../lexicon/lexicon.ts';

/** A reading with its marks by token, and the lexicon that it is parsed with. */
export interface Ground {
  readonly body: string;
  readonly tokens: readonly Token[];
  readonly lexicon: Lexicon;
  /** What the lexicon knows of each token. */
  readonly wordAt: readonly Word[];
  /** The mark that covers a token, by kind. */
  readonly placeAt: readonly (PlaceSpan | undefined)[];
  readonly actorAt: readonly (ActorSpan | undefined)[];
  readonly dateAt: readonly (DateSpan | undefined)[];
  readonly figureAt: readonly (FigureSpan | undefined)[];
  /** Parties named by an adjective or a noun before another: "rebel control", "a government siege". */
  readonly ownerAt: readonly (ActorSpan | undefined)[];
}

/** @param owners parties named by adjectives, which are no marks of their own */
export function ground(reading: Reading, lexicon: Lexicon, owners: readonly ActorSpan[]): Ground {
  const size = reading.tokens.length;
  const placeAt = new Array<PlaceSpan | undefined>(size);
  const actorAt = new Array<ActorSpan | undefined>(size);
  const dateAt = new Array<DateSpan | undefined>(size);
  const figureAt = new Array<FigureSpan | undefined>(size);
  for (const mark of reading.marks)
    for (let i = mark.first; i < mark.last; i += 1) {
      if (mark.kind === 'place') placeAt[i] = mark;
      else if (mark.kind === 'actor') actorAt[i] = mark;
      else if (mark.kind === 'date') dateAt[i] = mark;
      else figureAt[i] = mark;
    }
  const ownerAt = new Array<ActorSpan | undefined>(size);
  for (const owner of owners) for (let i = owner.first; i < owner.last; i += 1) ownerAt[i] = owner;
  return {
    body: reading.body,
    tokens: reading.tokens,
    lexicon,
    wordAt: reading.tokens.map(({ spelling }) => lexicon.wordOf(spelling)),
    placeAt,
    actorAt,
    dateAt,
    figureAt,
    ownerAt,
  };
}

const NONE: ReadonlySet<never> = new Set<never>();

/** Grammar classes of the token at `at`. */
export const classesAt = ({ wordAt }: Ground, at: number): ReadonlySet<WordClass> =>
  wordAt[at]?.classes ?? NONE;

/** Noun classes of the token at `at`. */
export const nounsAt = ({ wordAt }: Ground, at: number): ReadonlySet<string> => wordAt[at]?.nouns ?? NONE;

/** Whether the token is a hyphen, or stands right behind one: "rebel-held". */
export function afterHyphen({ tokens }: Ground, at: number): boolean {
  const token = tokens[at];
  const mark = tokens[at - 1];
  const before = tokens[at - 2];
  return (
    token !== undefined &&
    mark?.text === '-' &&
    mark.end === token.start &&
    before?.kind !== 'mark' &&
    before?.end === mark.start
  );
}

/** A hyphen that joins two words without blanks. */
export function joins({ tokens }: Ground, at: number): boolean {
  const token = tokens[at];
  return (
    token?.kind === 'mark' &&
    /^[-‐‑/]$/.test(token.text) &&
    tokens[at - 1]?.end === token.start &&
    tokens[at + 1]?.start === token.end
  );
}

export { isCapitalised as capitalised } from '../../model/letters.ts';

/** The longest name or figure that covers the token. */
export const spanAt = (ground: Ground, at: number): TokenSpan | undefined => {
  const actor = ground.actorAt[at];
  const place = ground.placeAt[at];
  if (actor !== undefined && place !== undefined)
    return actor.last - actor.first >= place.last - place.first ? actor : place;
  return actor ?? place ?? ground.figureAt[at];
};
