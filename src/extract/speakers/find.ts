import type { ActorId } from '../../model/ids.ts';
import type { ActorSpan, PlaceSpan, Sentence, Token, TokenSpan } from '../../model/reading.ts';
import type { ActorLexicon } from '../actors/lexicon.ts';
import { covered, wholeQuote } from './cover.ts';
import { Ground } from './ground.ts';
import { PEOPLES } from './naming.ts';
import { phraseAfter } from './phrase-after.ts';
import { actorPhrase, phraseBefore, type Phrase } from './phrase.ts';
import { headlineFrame, type Said } from './headline.ts';
import { isQuote, quotedName } from './quoted.ts';
import { Memory } from './resolve.ts';
import type { SpeakerWords } from './schema.ts';

/** Whose word a stretch of text is. The span covers the speaker's own words. */
export interface Attribution extends TokenSpan {
  /** The words of the report for it, without "the" and the verb. */
  readonly text: string;
  /** As alerts name it: "Syrian Observatory for Human Rights", "Redur Xelil", "a military source". */
  readonly name: string;
  /** Its entry in the actor lexicon. */
  readonly id?: ActorId;
  /** The party that a person speaks for. */
  readonly speaksFor?: ActorId;
  /** The verb of speech ("said", "denied") or "according to", as a norm. */
  readonly verb: string;
  /** The tokens that are this speaker's word. */
  readonly covers: readonly TokenSpan[];
}

/**
 * Finds who is quoted with what: "X said (that) …", "…, X said", "according to X", "reported by X", with "he added" and
 * "the source said" resolved to who spoke before. Works without punctuation: "a monitoring group said on Tuesday"
 * closes what stands before it. In text order.
 * @param marks actors, and places where they are known: a name does not run into a place's
 */
export function findSpeakers(
  body: string,
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  marks: readonly (ActorSpan | PlaceSpan)[],
  words: SpeakerWords,
  lexicon: ActorLexicon,
): Attribution[] {
  const ground = new Ground(body, tokens, marks, words, lexicon);
  const memory = new Memory(lexicon);
  const found: Attribution[] = [];
  for (const sentence of sentences) {
    if (sentence.furniture !== undefined) continue;
    const inSentence: Attribution[] = [];
    let floor = sentence.first;
    // "Citing a military source, it said …": the source's word.
    const cited = /^(?:citing|quoting)$/.test(ground.norm(floor))
      ? phraseAfter(ground, floor + 1, sentence.last)
      : undefined;
    for (let at = sentence.first; at < sentence.last; at += 1) {
      const token = tokens[at];
      if (token === undefined || !words.mayTell(token.spelling)) continue;
      const frame = frameAt(tokens, at, sentence, floor, ground, words);
      if (frame === undefined) continue;
      const spans = covered(tokens, sentence, floor, frame, words);
      const trailing = spans.some((span) => span.last <= frame.phrase.first);
      if (trailing) truncate(inSentence, frame.phrase.first);
      const covers = spans
        .map((span) => wholeQuote(tokens, sentences, span, span.last <= frame.phrase.first))
        .filter((span) => span.last > span.first);
      const { first, last } = frame.phrase;
      const whose = cited ?? frame.named;
      const text = wordsOf(ground, whose);
      const speaker = memory.resolve(cited ?? itself(ground, frame.phrase, sentence, memory) ?? frame.phrase);
      // "it said", of nobody that was named: nobody's word.
      if (speaker === undefined) continue;
      inSentence.push({ first, last, text, ...speaker, verb: frame.verb, covers });
      if (trailing) floor = frame.after;
      at = Math.max(at, frame.after - 1);
    }
    if (inSentence.length === 0) goOn(found, tokens, sentence);
    found.push(...inSentence);
  }
  return found;
}

/** Words that put "it said" under the clause before it. */
const UNDER = /^(?:as|because|since|while|after|before|although|though|which|that|and|but)$/;

/** "The army left the town after it said …", "The army took the town, it said": the party that the sentence is about. */
function itself(ground: Ground, phrase: Phrase, { first }: Sentence, memory: Memory): Phrase | undefined {
  if (phrase.kind !== 'pronoun' || !/^(?:it|they)$/.test(phrase.head ?? '')) return undefined;
  if (!UNDER.test(ground.norm(phrase.first - 1)) && memory.hasHeard) return undefined;
  const subject = ground.byFirst.get(first) ?? ground.byFirst.get(first + 1);
  return subject === undefined || subject.last > phrase.first
    ? undefined
    : actorPhrase(ground, subject, first);
}

/** A quotation of its own, right behind a sentence in which somebody is quoted, is that speaker's as well. */
function goOn(found: Attribution[], tokens: readonly Token[], { first, last, index }: Sentence): void {
  const before = found.at(-1);
  if (before === undefined || !isQuote(tokens[first]) || tokens[before.first]?.sentence !== index - 1) return;
  const quoted = before.covers.some((span) => tokens.slice(span.first, span.last).some(isQuote));
  if (quoted) found[found.length - 1] = { ...before, covers: [...before.covers, { first, last }] };
}

/** What an earlier speaker of the sentence said ends where the next one comes in behind it. */
function truncate(earlier: Attribution[], at: number): void {
  earlier.forEach((attribution, index) => {
    const covers = attribution.covers.map((span) => ({ first: span.first, last: Math.min(span.last, at) }));
    earlier[index] = { ...attribution, covers: covers.filter((span) => span.last > span.first) };
  });
}

function frameAt(
  tokens: readonly Token[],
  at: number,
  sentence: Sentence,
  floor: number,
  ground: Ground,
  words: SpeakerWords,
): Said | undefined {
  const norm = ground.norm(at);
  if (norm === ':') return headlineFrame(ground, at, sentence);
  if (norm === 'according' && ground.norm(at + 1) === 'to') {
    const phrase = phraseAfter(ground, at + 2, sentence.last);
    if (phrase === undefined) return undefined;
    const leading = at - floor <= 1 && floor === sentence.first;
    return {
      phrase: { ...phrase, first: at },
      named: phrase,
      after: phrase.last,
      order: leading ? 'leading' : 'trailing',
      verb: 'according to',
    };
  }
  if (!speaks(ground, at, words) || tokens[at]?.kind !== 'word') return undefined;
  if (ground.norm(at + 1) === 'by' && norm !== 'says') {
    const phrase = phraseAfter(ground, at + 2, sentence.last);
    return (
      phrase && {
        phrase: { ...phrase, first: passiveStart(ground, at) },
        named: phrase,
        after: phrase.last,
        order: 'trailing',
        verb: norm,
      }
    );
  }
  if (isOtherUse(ground, at, words)) return undefined;
  const quoted = /^["”“»]$/.test(tokens[at - 1]?.text ?? '');
  const left = quoted ? quotedName(ground, at, floor) : phraseBefore(ground, at, floor);
  // "… in Hardan and Safa said the Observatory": a known speaker behind the verb outdoes an unknown name before it.
  const behind =
    (left?.kind === 'person' || left === undefined) && ground.norm(at + 1) !== 'that'
      ? phraseAfter(ground, at + 1, sentence.last)
      : undefined;
  // "told Reuters" names a listener.
  const known =
    behind?.id !== undefined &&
    !/^(?:told|tells)$/.test(norm) &&
    lexiconKind(ground, behind.id) === 'speaker';
  if (behind !== undefined && known && at - floor >= 2)
    return {
      phrase: { ...behind, first: at },
      named: behind,
      after: behind.last,
      order: 'trailing',
      verb: norm,
    };
  const after = words.calls.has(norm) ? at + 2 : at + 1;
  if (left !== undefined) return { phrase: left, named: left, after, order: 'either', verb: norm };
  if (behind === undefined || at - floor < 2) return undefined;
  return {
    phrase: { ...behind, first: at },
    named: behind,
    after: behind.last,
    order: 'trailing',
    verb: norm,
  };
}

/** "the Observatory" → "Observatory". */
function wordsOf(ground: Ground, named: TokenSpan): string {
  return ground.text(ground.norm(named.first) === 'the' ? named.first + 1 : named.first, named.last);
}

const lexiconKind = (ground: Ground, id: ActorId): string | undefined => ground.lexicon.get(id)?.kind;

/** "…, it was reported by X": the attribution starts at "it". */
function passiveStart(ground: Ground, at: number): number {
  let first = at;
  while (/^(?:was|is|were|are|been|has|it|as)$/.test(ground.norm(first - 1))) first -= 1;
  return first;
}

/** A verb of speech; "called for" is one, "called" is none. */
const speaks = (ground: Ground, at: number, words: SpeakerWords): boolean =>
  words.verbs.has(ground.norm(at)) || (words.calls.has(ground.norm(at)) && ground.norm(at + 1) === 'for');

/** "was told", "did not say", "claimed five lives", "claimed responsibility", "added to". */
function isOtherUse(ground: Ground, at: number, words: SpeakerWords): boolean {
  const norm = ground.norm(at);
  const before = ground.norm(at - 1);
  if (words.passive.has(before) || words.determiners.has(before)) return true;
  const next = ground.norm(at + 1);
  // "denied Russian claims that …": the claims are not who speaks.
  if (/^(?:claims|reports)$/.test(norm) && PEOPLES.test(before)) return true;
  if (/^(?:claimed|claims)$/.test(norm))
    return (
      /^(?:responsibility|lives|victory)$/.test(next) ||
      [1, 2, 3, 4].some((step) => /^(?:lives|life)$/.test(ground.norm(at + step)))
    );
  if (/^(?:added|adds)$/.test(norm)) return next === 'to';
  // "media reports", "two reports": a noun, unless a name stands before it and nothing or "that" behind.
  return norm === 'reports' && !(/^(?:that|on|\.)?$/.test(next) && ground.isName(at - 1));
}

/** The speaker of a stretch: of all that cover its first token, the one with the narrowest cover. */
export function speakerAt(attributions: readonly Attribution[], token: number): Attribution | undefined {
  let best: Attribution | undefined;
  let width = Infinity;
  for (const attribution of attributions)
    for (const span of attribution.covers)
      if (span.first <= token && token < span.last && span.last - span.first < width) {
        best = attribution;
        width = span.last - span.first;
      }
  return best;
}

/** `speakerAt` for each token of a text, so that a text with many statements is not searched once for each. */
export function speakerByToken(
  attributions: readonly Attribution[],
  size: number,
): readonly (Attribution | undefined)[] {
  const speakers = new Array<Attribution | undefined>(size);
  const widths = new Array<number>(size).fill(Infinity);
  for (const attribution of attributions)
    for (const { first, last } of attribution.covers)
      for (let at = Math.max(0, first); at < Math.min(last, size); at += 1)
        if (last - first < (widths[at] ?? Infinity)) {
          speakers[at] = attribution;
          widths[at] = last - first;
        }
  return speakers;
}
