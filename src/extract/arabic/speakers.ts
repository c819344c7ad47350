import type { ActorSpan, Mark, Sentence, Token, TokenSpan } from '../../model/reading.ts';
import type { ActorLexicon } from '../actors.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import type { Attribution, SpeakerWords } from '../speakers.ts';
import { normalise } from '../norm.ts';
import { nounFramesOf } from './lexicon.ts';
import { nounKeys } from './morphology.ts';

/** A speaker's phrase is no longer. */
const LONGEST = 14;
/** Sentences back to which "and it added that" may point. */
const REACH = 3;
/** Words that make the verb behind them a source for the whole sentence: "as … said". */
const AS = new Set('كما حسبما وفقما ما وفق بحسب حسب'.split(' '));
const STOPS = new Set('ان انه انها انهم انهما عن الي في ب علي بعد قبل خلال التي الذي حيث و عبر ل'.split(' '));
/** Behind these the speaker's phrase goes on: "a spokesman for", "a source in". */
const GOES_ON = new Set('باسم في ب لدي من ل'.split(' '));
const IS_STOP = /^[،,:؛.«»"“”؟!()\-–—]$/;

interface Scene {
  readonly body: string;
  readonly tokens: readonly Token[];
  readonly actors: readonly ActorSpan[];
  readonly lexicon: Lexicon;
  /** "according to". */
  readonly sources: ReadonlySet<string>;
  /** Who speaks for others or without a name: "spokesman", "source". */
  readonly persons: ReadonlySet<string>;
  readonly index: Pick<ActorLexicon, 'get'>;
}

const norm = (scene: Scene, at: number): string => scene.tokens[at]?.norm ?? '';
const isSay = (scene: Scene, at: number): boolean => {
  const verb = scene.lexicon.verb(norm(scene, at));
  return verb !== undefined && scene.lexicon.verbEffect(verb.lemma)?.effect === 'say';
};
const isPerson = (scene: Scene, word: string): boolean =>
  nounKeys(word).some((key) => scene.persons.has(key));

/** The phrase that starts at `first`: up to a mark, a verb, "that" or what is announced. */
function phraseEnd(scene: Scene, first: number, last: number): number {
  let at = first;
  for (; at < last && at - first < LONGEST; at += 1) {
    const token = scene.tokens[at];
    if (token === undefined || IS_STOP.test(token.text)) break;
    const actor = scene.actors.find((span) => span.first === at);
    if (actor !== undefined && actor.last <= last) {
      at = actor.last - 1;
      continue;
    }
    const that = /^(?:ان|انه|انها|انهم)$/.test(norm(scene, at + 1));
    const inside = at > first && !that && GOES_ON.has(token.norm) && isPerson(scene, norm(scene, at - 1));
    const joins = at > first && token.norm === 'و' && isPerson(scene, norm(scene, at + 1));
    if (inside || joins) continue;
    if (STOPS.has(token.norm) || scene.lexicon.verb(token.norm) !== undefined) break;
    if (at > first && nounFramesOf(scene.lexicon, token.norm).length > 0) break;
  }
  return at;
}

type Speaker = Pick<Attribution, 'text' | 'name' | 'id' | 'speaksFor'>;

/** Who the words are: an actor of the lexicon, or somebody who speaks for one, or a source without a name. */
function speakerOf(scene: Scene, first: number, last: number): Speaker | undefined {
  const from = scene.tokens[first];
  const to = scene.tokens[last - 1];
  if (from === undefined || to === undefined || last <= first) return undefined;
  const text = scene.body.slice(from.start, to.end);
  const actor = scene.actors.find(
    (span) => span.first >= first && span.last <= last && span.id !== undefined,
  );
  const known = actor?.id === undefined ? undefined : scene.index.get(actor.id);
  const person = scene.tokens.slice(first, last).some((token) => isPerson(scene, token.norm));
  if (known === undefined || actor === undefined)
    return person || last - first <= 4 ? { text, name: text } : undefined;
  const alone = actor.first - first <= 1 && !isPerson(scene, from.norm);
  if (alone || known.kind === 'speaker') return { text, name: known.name, id: known.id };
  return { text, name: text, id: known.id, speaksFor: known.id };
}

/** One attribution of a sentence, before the tokens that follow are known to be its word. */
interface Found {
  readonly phrase: TokenSpan;
  readonly verb: string;
  readonly whole: boolean;
  readonly speaker: Speaker;
}

/** "قال X إن", "أعلن X السيطرة", "كما أفاد X", "X: …", "وأضاف أن". */
function spoken(
  scene: Scene,
  at: number,
  sentence: Sentence,
  previous: Speaker | undefined,
): Found | undefined {
  const verb = norm(scene, at);
  const whole = AS.has(norm(scene, at - 1));
  // "بحسب ما أفاد به X": the preposition resumes what is said.
  const start = /^(?:به|بها|عنه)$/.test(norm(scene, at + 1)) ? at + 2 : at + 1;
  const end = phraseEnd(scene, start, sentence.last);
  const after = speakerOf(scene, start, end);
  if (after !== undefined && end > start)
    return { phrase: { first: at, last: end }, verb, whole, speaker: after };
  const before = scene.actors.filter((span) => span.first >= sentence.first && span.last <= at).at(-1);
  const subject =
    before !== undefined && at - before.last <= 1 ? speakerOf(scene, before.first, before.last) : undefined;
  if (subject !== undefined && before !== undefined)
    return { phrase: { first: before.first, last: at + 1 }, verb, whole, speaker: subject };
  const goesOn = previous !== undefined && /^(?:ان|انه|انها|انهم|ب)$/.test(norm(scene, at + 1));
  return goesOn ? { phrase: { first: at, last: at + 1 }, verb, whole, speaker: previous } : undefined;
}

/** "بحسب X", "وفقا لـ X", "نقلا عن X". */
function according(scene: Scene, at: number, sentence: Sentence): Found | undefined {
  const word = norm(scene, at);
  if (!scene.sources.has(word)) return undefined;
  const first = /^(?:ل|عن)$/.test(norm(scene, at + 1)) ? at + 2 : at + 1;
  if (norm(scene, first) === 'ما' || isSay(scene, first)) return undefined;
  const last = phraseEnd(scene, first, sentence.last);
  const speaker = speakerOf(scene, first, last);
  return speaker && last > first
    ? { phrase: { first: at, last }, verb: word, whole: true, speaker }
    : undefined;
}

/** "X: …" at a sentence's head. */
function headline(scene: Scene, sentence: Sentence): Found | undefined {
  const actor = scene.actors.find((span) => span.first >= sentence.first && span.first <= sentence.first + 2);
  if (actor === undefined || scene.tokens[actor.last]?.text !== ':') return undefined;
  const speaker = speakerOf(scene, sentence.first, actor.last);
  return (
    speaker && { phrase: { first: sentence.first, last: actor.last + 1 }, verb: ':', whole: false, speaker }
  );
}

/** Whose word Arabic sentences are. `covers` are the tokens behind the phrase, or the whole sentence. */
export function findArabicSpeakers(
  body: string,
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  marks: readonly Mark[],
  lexicon: Lexicon,
  words: SpeakerWords,
  index: Pick<ActorLexicon, 'get'>,
): Attribution[] {
  const all = marks.filter((mark): mark is ActorSpan => mark.kind === 'actor');
  const sources = new Set([...words.participles].map(normalise));
  const persons = new Set([...words.nouns, ...words.titles].map(normalise));
  const attributions: Attribution[] = [];
  let previous: { readonly speaker: Speaker; readonly sentence: number } | undefined;
  let next = 0;
  for (const sentence of sentences) {
    if (sentence.furniture !== undefined) continue;
    while ((all[next]?.last ?? Infinity) <= sentence.first) next += 1;
    let end = next;
    while ((all[end]?.first ?? Infinity) < sentence.last) end += 1;
    const scene: Scene = { body, tokens, actors: all.slice(next, end), lexicon, sources, persons, index };
    const found: Found[] = [];
    const head = headline(scene, sentence);
    if (head !== undefined) found.push(head);
    for (let at = sentence.first; at < sentence.last; at += 1) {
      const recent =
        previous !== undefined && sentence.index - previous.sentence <= REACH ? previous.speaker : undefined;
      const one = isSay(scene, at) ? spoken(scene, at, sentence, recent) : according(scene, at, sentence);
      if (one === undefined) continue;
      found.push(one);
      previous = { speaker: one.speaker, sentence: sentence.index };
      at = Math.max(at, one.phrase.last - 1);
    }
    for (const one of found)
      attributions.push({
        ...one.phrase,
        ...one.speaker,
        verb: one.verb,
        covers: one.whole
          ? [
              { first: sentence.first, last: one.phrase.first },
              { first: one.phrase.last, last: sentence.last },
            ]
          : [{ first: one.phrase.last, last: sentence.last }],
      });
  }
  return attributions;
}
