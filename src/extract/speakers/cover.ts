import type { Sentence, Token, TokenSpan } from '../../model/reading.ts';
import { isCapitalised } from '../../model/letters.ts';
import { MONTHS } from '../dates/calendar.ts';
import { isQuote } from './quoted.ts';
import type { SpeakerWords } from './schema.ts';

/** An attribution's own words: the speaker and the verb. */
export interface Frame {
  readonly phrase: TokenSpan;
  /** Index behind the verb, or behind the speaker where that comes last. */
  readonly after: number;
  /** `leading`: "according to X …" at a sentence's head; `headline`: "X: …"; `either`: the text decides. */
  readonly order: 'leading' | 'headline' | 'trailing' | 'either';
}

/** Words that a clause of its own has at least. */
const CLAUSE_WORDS = 3;
const QUOTE_SENTENCES = 6;

const isTimeWord = (token: Token, words: SpeakerWords): boolean =>
  words.objects.has(token.norm) || words.adverbs.has(token.norm) || words.leads.has(token.norm);
const wordsIn = (tokens: readonly Token[], first: number, last: number): number => {
  let words = 0;
  for (let i = first; i < last; i += 1) if (tokens[i]?.kind !== 'mark') words += 1;
  return words;
};

/** Index behind "reporters on Sunday", "on May 3", "in a statement that". `that`: the clause is announced. */
function contentStart(
  tokens: readonly Token[],
  after: number,
  last: number,
  words: SpeakerWords,
): { readonly at: number; readonly that: boolean } {
  let at = after;
  for (let step = 0; step < 12 && at < last; step += 1) {
    const token = tokens[at];
    const norm = token?.norm ?? '';
    if (norm === 'that' || norm === ':') return { at: at + 1, that: true };
    // An article may open the clause itself: it is passed only where the next word belongs to the phrase.
    const article = /^(?:a|an|the|his|its)$/.test(norm);
    const passes = article
      ? words.objects.has(tokens[at + 1]?.norm ?? '')
      : words.objects.has(norm) ||
        inDate(tokens, at) ||
        (/^\p{Lu}{2,}$|^Reuters$/u.test(token?.text ?? '') && at === after);
    if (!passes) return { at, that: false };
    at += 1;
  }
  return { at, that: false };
}

/** "May 3", "3 May": a day by its month, which has a capital ("may" and "march" are verbs, too). */
const inDate = (tokens: readonly Token[], at: number): boolean => {
  const isMonth = (i: number): boolean =>
    MONTHS.has(tokens[i]?.norm ?? '') && isCapitalised(tokens[i]?.text ?? '');
  const isNumber = (i: number): boolean => tokens[i]?.kind === 'number';
  return isNumber(at)
    ? isMonth(at - 1) || isMonth(at + 1)
    : isMonth(at) && (isNumber(at - 1) || isNumber(at + 1));
};

/** What a speaker is quoted with: before it, behind it or on both sides. */
export function covered(
  tokens: readonly Token[],
  sentence: Sentence,
  floor: number,
  frame: Frame,
  words: SpeakerWords,
): readonly TokenSpan[] {
  const { phrase, after } = frame;
  if (frame.order === 'headline') return [{ first: after, last: sentence.last }];
  const content = contentStart(tokens, after, sentence.last, words);
  const behind = wordsIn(tokens, content.at, sentence.last);
  // "Early Sunday", "Later": no clause of its own.
  const said = tokens
    .slice(floor, phrase.first)
    .some((token) => token.kind !== 'mark' && !isTimeWord(token, words));
  const ahead = said ? wordsIn(tokens, floor, phrase.first) : 0;
  const back: TokenSpan = { first: floor, last: phrase.first };
  const front: TokenSpan = { first: content.at, last: sentence.last };
  if (frame.order === 'leading') return [front];
  // "LNA claims the airport; GNA says fighting continues": each its own.
  const apart = tokens.slice(floor, phrase.first).findLastIndex((token) => token.text === ';');
  if (apart >= 0 && phrase.first - floor - apart <= CLAUSE_WORDS && behind > 0) return [front];
  if (frame.order === 'trailing' && ahead > 0) return [back];
  const clauseAhead = ahead >= CLAUSE_WORDS && !leads(tokens, floor, phrase.first, words, behind);
  if (words.participles.has(tokens[content.at]?.norm ?? '') && ahead > 1) return [back, front];
  if (behind < CLAUSE_WORDS && !content.that) return ahead > 0 ? [back] : [front];
  if (content.that || !clauseAhead) return [front];
  // Both sides could be a clause. One behind the verb starts as clauses do, not with a word that joins.
  const quotedAhead = isQuote(tokens[phrase.first - 1]);
  const next = tokens[content.at]?.norm ?? '';
  // "…, the army said on Sunday, adding that …": a comma ends what was said before it.
  if (next === ',' && ahead >= CLAUSE_WORDS)
    return words.participles.has(tokens[content.at + 1]?.norm ?? '') ? [back, front] : [back];
  if (!quotedAhead && !words.joins.has(next) && !opensParticiple(tokens, content.at)) return [front];
  return [back];
}

/** "…, the army said, blaming the rebels", but not "army says fighting goes on". */
const opensParticiple = (tokens: readonly Token[], at: number): boolean =>
  /^\p{Ll}+ing$/u.test(tokens[at]?.text ?? '') &&
  !/^(?:fighting|shelling|bombing|nothing|something|everything|anything|during)$/.test(
    tokens[at]?.norm ?? '',
  );

/** "After the raid, …", "In rural Homs meanwhile …": an opening that is no clause of its own while one follows. */
function leads(
  tokens: readonly Token[],
  first: number,
  last: number,
  words: SpeakerWords,
  behind: number,
): boolean {
  let at = first;
  while (isQuote(tokens[at])) at += 1;
  if (at > first || isQuote(tokens[last - 1]) || behind < CLAUSE_WORDS) return false;
  return words.leads.has(tokens[at]?.norm ?? '');
}

/** A quotation that began or goes on in other sentences belongs to the speaker as a whole. */
export function wholeQuote(
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  span: TokenSpan,
  back: boolean,
): TokenSpan {
  const marks = tokens.slice(span.first, span.last).filter(isQuote);
  const opened = marks.filter((token) => token.text !== '”' && token.text !== '»').length;
  const closed = marks.filter((token) => token.text !== '“' && token.text !== '«').length;
  const odd = marks.every((token) => token.text === '"') ? marks.length % 2 === 1 : opened !== closed;
  const sentence = tokens[back ? span.first : span.last - 1]?.sentence;
  if (!odd || sentence === undefined) return span;
  if (back) {
    const floor = sentences[Math.max(0, sentence - QUOTE_SENTENCES)]?.first ?? 0;
    for (let at = span.first - 1; at >= floor; at -= 1)
      if (isQuote(tokens[at])) return { first: at, last: span.last };
    return span;
  }
  const ceiling =
    sentences[Math.min(sentences.length - 1, sentence + QUOTE_SENTENCES)]?.last ?? tokens.length;
  for (let at = span.last; at < ceiling; at += 1)
    if (isQuote(tokens[at])) return { first: span.first, last: at + 1 };
  return span;
}
