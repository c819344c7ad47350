import type { PlaceSpan } from '../../model/reading.ts';
import type { WordClass } from '../lexicon/entries.ts';
import type { Word } from '../lexicon/lexicon.ts';
import type { Chunk } from './chunk.ts';
import { type Ground, joins, spanAt } from './ground.ts';
import { IDLE, verbGroup } from './verbs.ts';

const SEPARATES: ReadonlySet<string> = new Set([
  ';',
  ':',
  '—',
  '–',
  '--',
  '…',
  '...',
  '|',
  '!',
  '?',
  '.',
  '-',
  '•',
]);

const OPENS: Readonly<Record<string, string>> = { '(': ')', '[': ']' };

/** Brackets longer than this many tokens are not taken as asides: a bracket was left open. */
const ASIDE_MAX = 14;

export interface Step {
  readonly chunk?: Chunk;
  readonly last: number;
}

/** Dates, marks, brackets and grammar words: what never opens a noun phrase. */
export function fixed(ground: Ground, at: number, last: number, open: number | undefined): Step | undefined {
  const { tokens, dateAt } = ground;
  const token = tokens[at];
  if (token === undefined) return { last: at + 1 };
  const date = dateAt[at];
  if (date?.first === at)
    return {
      chunk: { kind: 'date', first: at, last: Math.min(date.last, last), date },
      last: Math.min(date.last, last),
    };
  if (spanAt(ground, at) !== undefined && ground.figureAt[at] === undefined) return undefined;
  if (token.kind === 'mark') return mark(ground, at, last);
  const word = ground.wordAt[at];
  if (word === undefined) return undefined;
  const phrase = word.phrases.length === 0 ? undefined : phraseAt(ground, at, last, word);
  if (phrase !== undefined) return phrase;
  if (joins(ground, at + 1) || joins(ground, at - 1)) return undefined;
  // "entered the town early on Monday"
  if (
    EARLY.has(token.norm) &&
    open !== undefined &&
    dateAt[at + 2] !== undefined &&
    isPreposition(ground, at + 1)
  )
    return link('adverb', token.norm, at);
  if (word.classes.size === 0) return undefined;
  // "pushed the group back near the town"
  if (BACK.has(token.norm) && open !== undefined && isPreposition(ground, at + 1))
    return link('adverb', token.norm, at);
  // "holds around 60 percent"
  if (ABOUT.has(token.norm) && (tokens[at + 1]?.kind === 'number' || isShare(ground, at + 1)))
    return link('adverb', token.norm, at);
  // "in As Suwayda", "towns of An Nasiriyah": an article in a name.
  if (isArticle(ground, at)) return undefined;
  if (token.norm === 'that' && !readsAsThat(ground, at, open)) return undefined;
  if (token.norm === 'to' && verbGroup(ground, at, last, IDLE) !== undefined) return undefined;
  return word.link === undefined ? undefined : link(word.link, token.norm, at);
}

const EARLY: ReadonlySet<string> = new Set(['early', 'late']);
const BACK: ReadonlySet<string> = new Set(['back', 'away', 'out', 'further']);
const ABOUT: ReadonlySet<string> = new Set(['around', 'about', 'over', 'under', 'above']);

const link = (is: WordClass, word: string, at: number): Step => ({
  chunk: { kind: 'link', is, word, first: at, last: at + 1 },
  last: at + 1,
});

const isPreposition = ({ wordAt }: Ground, at: number): boolean =>
  wordAt[at]?.classes.has('preposition') === true;

function stands(tokens: Ground['tokens'], at: number, words: readonly string[]): boolean {
  for (let offset = 0; offset < words.length; offset += 1)
    if (tokens[at + offset]?.norm !== words[offset]) return false;
  return true;
}

/** The longest preposition or conjunction of several words at `at`. */
function phraseAt(ground: Ground, at: number, last: number, { phrases }: Word): Step | undefined {
  const { tokens } = ground;
  const norm = tokens[at]?.norm ?? '';
  for (const [words, is, text] of phrases) {
    const end = at + words.length;
    if (
      end <= last &&
      stands(tokens, at, words) &&
      !(DIRECTION.test(norm) && describedDirection(ground, at)) &&
      !(text === 'due to' && isBaseVerb(ground, end))
    )
      return { chunk: { kind: 'link', is, word: text, first: at, last: end }, last: end };
  }
  return undefined;
}

const ARTICLES: ReadonlySet<string> = new Set(['As', 'An', 'At', 'Ad']);

/** "As", "An", "At" before a capital where no clause can begin: the Arabic article. */
const isArticle = ({ tokens }: Ground, at: number): boolean =>
  ARTICLES.has(tokens[at]?.text ?? '') &&
  /^\p{Lu}\p{Ll}/u.test(tokens[at + 1]?.text ?? '') &&
  /^(?:of|and|in|near|from|to|town|village|city|,)$/.test(tokens[at - 1]?.norm ?? '');

/** "half", "two-thirds", "three quarters". */
const isShare = ({ tokens }: Ground, at: number): boolean =>
  tokens[at]?.norm === 'half' ||
  (/^(?:one|two|three|four)$/.test(tokens[at]?.norm ?? '') &&
    /^(?:thirds?|quarters?|fifths?)$/.test(
      tokens[tokens[at + 1]?.text === '-' ? at + 2 : at + 1]?.norm ?? '',
    ));

/** An adverb by itself; one before a verb belongs to its group. */
export function adverb(ground: Ground, at: number, open: number | undefined): Step | undefined {
  if (ground.wordAt[at]?.classes.has('adverb') !== true) return undefined;
  if (spanAt(ground, at) !== undefined || joins(ground, at + 1) || joins(ground, at - 1)) return undefined;
  return standsAlone(ground, at, open) ? link('adverb', ground.tokens[at]?.norm ?? '', at) : undefined;
}

/** An adverb that is no part of a noun phrase: not "the newly taken town". */
function standsAlone({ tokens, lexicon }: Ground, at: number, open: number | undefined): boolean {
  if (open === undefined) return true;
  const previous = lexicon.wordClasses(tokens[at - 1]?.norm ?? '');
  return !previous.has('determiner') && !previous.has('possessive') && !previous.has('adverb');
}

/** "are due to leave", but not "due to fire". */
const isBaseVerb = ({ tokens, lexicon }: Ground, at: number): boolean => {
  const norm = tokens[at]?.norm ?? '';
  return lexicon.verb(norm)?.forms.has('base') === true && !lexicon.nounish(norm);
};

const DIRECTION = /^(?:north|south|east|west)/;

/** "the east of the city", "the rebel-held east of Aleppo": a part, not a preposition. */
function describedDirection({ tokens, lexicon, actorAt }: Ground, at: number): boolean {
  const previous = lexicon.wordClasses(tokens[at - 1]?.norm ?? '');
  return (
    previous.has('determiner') ||
    previous.has('possessive') ||
    tokens[at - 2]?.text === '-' ||
    actorAt[at - 1]?.epithet !== undefined
  );
}

/** "that" introduces a clause unless a noun follows right away and nothing precedes ("that city"). */
function readsAsThat({ lexicon, tokens }: Ground, at: number, open: number | undefined): boolean {
  if (open !== undefined) return true;
  const previous = tokens[at - 1];
  if (previous !== undefined && lexicon.verb(previous.norm) !== undefined) return true;
  const next = tokens[at + 1]?.norm ?? '';
  return lexicon.nounClasses(next).size === 0;
}

function mark(ground: Ground, at: number, last: number): Step | undefined {
  const token = ground.tokens[at];
  if (token === undefined || joins(ground, at)) return undefined;
  const closing = OPENS[token.text];
  if (closing !== undefined)
    for (let i = at + 1; i < Math.min(last, at + ASIDE_MAX); i += 1)
      if (ground.tokens[i]?.text === closing)
        return { chunk: { kind: 'aside', first: at, last: i + 1 }, last: i + 1 };
  const locator = token.text === ',' ? locatorBehind(ground, at, last) : undefined;
  if (locator !== undefined)
    return { chunk: { kind: 'aside', first: at, last: locator.phrase.last }, last: locator.phrase.last };
  const some = token.text === ',' ? someBehind(ground, at, last) : -1;
  if (some > 0) return { chunk: { kind: 'aside', first: at, last: some }, last: some };
  if (token.text === ',' || token.text === '،')
    return { chunk: { kind: 'link', is: 'comma', word: ',', first: at, last: at + 1 }, last: at + 1 };
  if (token.text === '&')
    return { chunk: { kind: 'link', is: 'conjunction', word: 'and', first: at, last: at + 1 }, last: at + 1 };
  if (SEPARATES.has(token.text))
    return { chunk: { kind: 'link', is: 'break', word: token.text, first: at, last: at + 1 }, last: at + 1 };
  // Quotation marks, hashes and stray marks stand for nothing.
  return { last: at + 1 };
}

/** Tokens that what is said of some of those named before may take, with its commas. */
const SOME_REACH = 10;

/** Index behind ", some of them wounded," or ", among them women and children,": what follows goes on from before it. */
function someBehind({ tokens, lexicon }: Ground, comma: number, last: number): number {
  // "among them", or "some of them"
  const opens = tokens[comma + 1]?.norm === 'among' ? comma + 2 : comma + 3;
  const isOf = opens === comma + 2 || tokens[comma + 2]?.norm === 'of';
  if (!isOf || !/^(?:them|whom)$/.test(tokens[opens]?.norm ?? '')) return -1;
  for (let i = opens + 1; i < Math.min(last, comma + SOME_REACH); i += 1) {
    if (tokens[i]?.text === ',') return i + 1;
    if (lexicon.verb(tokens[i]?.norm ?? '')?.forms.has('third') === true) return -1;
  }
  return -1;
}

/** Tokens from a comma to the name behind it: ", the capital of South Darfur". */
const LOCATOR_REACH = 6;

/** What a comma leads to when it only says where the name before it lies: "Talbiseh, Homs". */
function locatorBehind({ placeAt }: Ground, comma: number, last: number): PlaceSpan | undefined {
  const place = placeAt
    .slice(comma + 1, Math.min(last, comma + LOCATOR_REACH))
    .find((span) => span !== undefined);
  return place?.locates === true && place.phrase.last <= last ? place : undefined;
}
