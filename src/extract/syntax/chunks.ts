import type { PlaceSpan, TokenSpan } from '../../model/reading.ts';
import type { WordClass } from '../lexicon/entries.ts';
import { type Chunk, isLink, type NounPhrase } from './chunk.ts';
import { capitalised, type Ground, joins } from './ground.ts';
import { type Before, verbGroup } from './verbs.ts';

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

/** Cuts one sentence into noun phrases, verb groups, links and dates. Linear. */
export function chunk(ground: Ground, sentence: TokenSpan): Chunk[] {
  const chunks: Chunk[] = [];
  let open: number | undefined;
  const close = (at: number): void => {
    if (open !== undefined && open < at) chunks.push(nounPhrase(ground, open, at));
    open = undefined;
  };
  for (let i = sentence.first; i < sentence.last;) {
    const next =
      fixed(ground, i, sentence.last, open) ??
      verb(ground, i, sentence.last, open, chunks) ??
      adverb(ground, i, open);
    if (next !== undefined) {
      const from = next.chunk?.kind === 'date' && open !== undefined ? turnOf(ground, i, open) : i;
      // A quotation mark inside a phrase ends nothing: a "safe zone".
      if (next.chunk !== undefined || open === undefined || !insideQuote(ground, i, open)) close(from);
      if (next.chunk !== undefined) push(chunks, { ...next.chunk, first: from });
      i = next.last;
      continue;
    }
    const span = spanAt(ground, i);
    if (
      open !== undefined &&
      (startsNew(ground, i, open) || startsSpeaker(ground, i) || startsParty(ground, i, open, chunks))
    )
      close(i);
    open ??= i;
    i = span === undefined ? i + 1 : Math.max(i + 1, Math.min(span.last, sentence.last));
  }
  close(sentence.last);
  return chunks;
}

/** Where a date's own words begin, some of which are read as the end of the noun phrase before it: "took A last May". */
function turnOf({ tokens }: Ground, at: number, open: number): number {
  let first = at;
  while (first > open && TURN.test(tokens[first - 1]?.norm ?? '')) first -= 1;
  return first;
}

const TURN = /^(?:last|next|early|late|mid|the|this|that|same|-)$/;

/** A quotation mark right behind a determiner, or before the noun that the quoted words describe. */
function insideQuote({ tokens, lexicon }: Ground, at: number, open: number): boolean {
  if (!QUOTE.test(tokens[at]?.text ?? '')) return false;
  const before = lexicon.wordClasses(tokens[at - 1]?.norm ?? '');
  if (open === at - 1 && (before.has('determiner') || before.has('possessive'))) return true;
  const opened = tokens.slice(Math.max(0, open - 1), at).some((token) => QUOTE.test(token.text));
  return opened && lexicon.nounClasses(tokens[at + 1]?.norm ?? '').size > 0;
}

const QUOTE = /^["“”„«»'‘’]$/;

const BEFORE_DATES = /^(?:on|in|at|during|of)$/;

/** Adds a chunk; a preposition right before a date goes into the date. */
function push(chunks: Chunk[], chunk: Chunk): void {
  const last = chunks.at(-1);
  if (chunk.kind === 'date' && isLink(last, 'preposition') && BEFORE_DATES.test(last.word))
    chunks[chunks.length - 1] = { ...chunk, first: last.first };
  else chunks.push(chunk);
}

interface Step {
  readonly chunk?: Chunk;
  readonly last: number;
}

const spanAt = (ground: Ground, at: number): TokenSpan | undefined => {
  const actor = ground.actorAt[at];
  const place = ground.placeAt[at];
  if (actor !== undefined && place !== undefined)
    return actor.last - actor.first >= place.last - place.first ? actor : place;
  return actor ?? place ?? ground.figureAt[at];
};

/** Dates, marks, brackets and grammar words: what never opens a noun phrase. */
function fixed(ground: Ground, at: number, last: number, open: number | undefined): Step | undefined {
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
function adverb(ground: Ground, at: number, open: number | undefined): Step | undefined {
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

const IDLE: Before = {
  open: undefined,
  governed: false,
  afterVerb: false,
  acts: false,
  verbal: false,
  struck: false,
};

function verb(
  ground: Ground,
  at: number,
  last: number,
  open: number | undefined,
  chunks: readonly Chunk[],
): Step | undefined {
  if (spanAt(ground, at) !== undefined) return undefined;
  const group = verbGroup(ground, at, last, before(ground, at, open, chunks));
  return group && { chunk: group, last: group.last };
}

function before(ground: Ground, at: number, open: number | undefined, chunks: readonly Chunk[]): Before {
  const previous = chunks.findLast((chunk) => chunk.kind !== 'date' && chunk.kind !== 'aside');
  const link = previous?.kind === 'link' ? previous : undefined;
  const pronoun = open !== undefined && open === at - 1 && isPronoun(ground, open);
  return {
    open,
    governed: link?.is === 'preposition',
    struck:
      previous?.kind === 'vg' &&
      ground.lexicon.verbFrames(previous.lemma).some(({ object }) => object?.is === 'assault'),
    afterVerb: open === undefined && previous?.kind === 'vg',
    acts:
      open === undefined
        ? link?.is === 'adverb' && canAct(ground, chunks)
        : ground.actorAt[at - 1] !== undefined || bandOwner(ground, at - 1) || pronoun,
    verbal:
      pronoun ||
      (open === undefined &&
        link !== undefined &&
        (link.is === 'relative' ||
          (link.word === 'that' && chunks.at(-2)?.kind === 'np') ||
          (link.is === 'conjunction' && chunks.at(-2)?.kind !== 'link'))),
  };
}

/** "they now control", "the rebels still hold": who acts stands before the adverb. */
function canAct(ground: Ground, chunks: readonly Chunk[]): boolean {
  const np = chunks.findLast((chunk) => chunk.kind !== 'link' || chunk.is !== 'adverb');
  return np?.kind === 'np' && (np.pronoun || ground.actorAt[np.head] !== undefined);
}

/** "rebels", "the army": a party by itself, although the word behind it could make a compound of it. */
const bandOwner = ({ ownerAt, tokens }: Ground, at: number): boolean =>
  ownerAt[at] !== undefined && /(?:s|army|military|militia|men)$/.test(tokens[at]?.norm ?? '');

/** "control Damascus rebels often fire": behind a verb and a bare place a party opens a clause of its own. */
function startsParty(
  { actorAt, placeAt, tokens, lexicon }: Ground,
  at: number,
  open: number,
  chunks: readonly Chunk[],
): boolean {
  if (actorAt[at]?.first !== at || at === open) return false;
  const place = placeAt[at - 1];
  if (place?.first === open && place.last === at && chunks.at(-1)?.kind === 'vg') return true;
  // "the areas rebels control": who acts in a relative clause without a pronoun.
  const before = tokens[at - 1];
  const classes = lexicon.nounClasses(before?.norm ?? '');
  return (
    !capitalised(before?.text ?? '') &&
    (classes.has('settlement') || classes.has('site')) &&
    !classes.has('troops')
  );
}

/** "the town SOHR said": a speaker's name right behind a noun is no part of it, the comma got lost. */
function startsSpeaker({ actorAt, tokens, lexicon }: Ground, at: number): boolean {
  const actor = actorAt[at];
  if (actor?.first !== at || actor.role !== 'speaker') return false;
  const classes = lexicon.nounClasses(tokens[at - 1]?.norm ?? '');
  return classes.has('settlement') || classes.has('site');
}

/** Whether the word at `at` cannot belong to the open phrase: a new determiner or a pronoun. */
function startsNew(ground: Ground, at: number, open: number): boolean {
  const { tokens, lexicon, actorAt, placeAt } = ground;
  const classes = lexicon.wordClasses(tokens[at]?.norm ?? '');
  if (!classes.has('determiner') && !classes.has('pronoun')) {
    // "the city Syrian troops": an actor that follows a place without a blank word between them opens its own phrase.
    const pronoun = isPronoun(ground, open) && open === at - 1;
    return (
      pronoun &&
      !lexicon.wordClasses(tokens[open]?.norm ?? '').has('determiner') &&
      (actorAt[at] !== undefined || placeAt[at] === undefined)
    );
  }
  const previous = lexicon.wordClasses(tokens[at - 1]?.norm ?? '');
  // "all the towns", "half the city"
  return !(previous.has('determiner') || lexicon.nounClasses(tokens[at - 1]?.norm ?? '').has('fraction'));
}

/** "US" is spelt like "us" and is none. */
const isPronoun = ({ lexicon, tokens, actorAt, placeAt }: Ground, at: number): boolean =>
  lexicon.wordClasses(tokens[at]?.norm ?? '').has('pronoun') &&
  actorAt[at] === undefined &&
  placeAt[at] === undefined &&
  tokens[at]?.text !== 'US';

function nounPhrase(ground: Ground, first: number, last: number): NounPhrase {
  const { tokens, lexicon } = ground;
  let head = last - 1;
  while (
    head > first &&
    (tokens[head]?.kind === 'mark' ||
      (tokens[head]?.kind === 'number' && tokens[head - 1]?.kind === 'word') ||
      lexicon.wordClasses(tokens[head]?.norm ?? '').has('adverb'))
  )
    head -= 1;
  const within = <T extends TokenSpan>(at: readonly (T | undefined)[]): readonly T[] => {
    const found = new Set<T>();
    for (let i = first; i < last; i += 1) {
      const span = at[i];
      if (span !== undefined) found.add(span);
    }
    return [...found];
  };
  return {
    kind: 'np',
    first,
    last,
    head,
    places: within(ground.placeAt),
    actors: within(ground.actorAt),
    owners: within(ground.ownerAt),
    figures: within(ground.figureAt),
    pronoun: isPronoun(ground, first) && head === first,
    definite: /^(?:the|this|that|these|those|its|their|his|her)$/.test(tokens[first]?.norm ?? ''),
  };
}
