import type { PlaceSpan } from '../../model/reading.ts';
import type { WordClass } from '../lexicon/entries.ts';
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

/** Word classes that end a noun phrase, in the order in which a word of several classes is read. */
const LINKS: readonly WordClass[] = [
  'relative',
  'complementizer',
  'condition',
  'subordinator',
  'conjunction',
  'preposition',
];

export interface Step {
  readonly chunk?: Chunk;
  readonly last: number;
}

/** Dates, marks, brackets and grammar words: what never opens a noun phrase. */
export function fixed(ground: Ground, at: number, last: number, open: number | undefined): Step | undefined {
  const { tokens, dateAt, lexicon } = ground;
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
  for (const [words, is] of lexicon.phrases(token.norm))
    if (
      !(DIRECTION.test(token.norm) && describedDirection(ground, at)) &&
      words.every((word, offset) => tokens[at + offset]?.norm === word) &&
      !(words.join(' ') === 'due to' && isBaseVerb(ground, at + words.length)) &&
      at + words.length <= last
    )
      return {
        chunk: { kind: 'link', is, word: words.join(' '), first: at, last: at + words.length },
        last: at + words.length,
      };
  if (joins(ground, at + 1) || joins(ground, at - 1)) return undefined;
  // "entered the town early on Monday"
  if (
    /^(?:early|late)$/.test(token.norm) &&
    open !== undefined &&
    dateAt[at + 2] !== undefined &&
    lexicon.wordClasses(tokens[at + 1]?.norm ?? '').has('preposition')
  )
    return { chunk: { kind: 'link', is: 'adverb', word: token.norm, first: at, last: at + 1 }, last: at + 1 };
  const classes = lexicon.wordClasses(token.norm);
  if (classes.size === 0) return undefined;
  // "pushed the group back near the town"
  if (
    /^(?:back|away|out|further)$/.test(token.norm) &&
    open !== undefined &&
    lexicon.wordClasses(tokens[at + 1]?.norm ?? '').has('preposition')
  )
    return { chunk: { kind: 'link', is: 'adverb', word: token.norm, first: at, last: at + 1 }, last: at + 1 };
  // "holds around 60 percent"
  if (
    /^(?:around|about|over|under|above)$/.test(token.norm) &&
    (tokens[at + 1]?.kind === 'number' || isShare(ground, at + 1))
  )
    return { chunk: { kind: 'link', is: 'adverb', word: token.norm, first: at, last: at + 1 }, last: at + 1 };
  // "in As Suwayda", "towns of An Nasiriyah": an article in a name.
  if (isArticle(ground, at)) return undefined;
  if (token.norm === 'that' && !readsAsThat(ground, at, open)) return undefined;
  if (token.norm === 'to' && verbGroup(ground, at, last, IDLE) !== undefined) return undefined;
  const is = LINKS.find((link) => classes.has(link));
  return is && { chunk: { kind: 'link', is, word: token.norm, first: at, last: at + 1 }, last: at + 1 };
}

/** "As", "An", "At" before a capital where no clause can begin: the Arabic article. */
const isArticle = ({ tokens }: Ground, at: number): boolean =>
  /^(?:As|An|At|Ad)$/.test(tokens[at]?.text ?? '') &&
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
  const norm = ground.tokens[at]?.norm ?? '';
  if (spanAt(ground, at) !== undefined || joins(ground, at + 1) || joins(ground, at - 1)) return undefined;
  if (!ground.lexicon.wordClasses(norm).has('adverb') || !standsAlone(ground, at, open)) return undefined;
  return { chunk: { kind: 'link', is: 'adverb', word: norm, first: at, last: at + 1 }, last: at + 1 };
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
  if (token.text === ',' || token.text === '،')
    return { chunk: { kind: 'link', is: 'comma', word: ',', first: at, last: at + 1 }, last: at + 1 };
  if (token.text === '&')
    return { chunk: { kind: 'link', is: 'conjunction', word: 'and', first: at, last: at + 1 }, last: at + 1 };
  if (SEPARATES.has(token.text))
    return { chunk: { kind: 'link', is: 'break', word: token.text, first: at, last: at + 1 }, last: at + 1 };
  // Quotation marks, hashes and stray marks stand for nothing.
  return { last: at + 1 };
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
