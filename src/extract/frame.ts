import type { PlaceSpan, Reading, Sentence } from '../model/reading.ts';
import type { ActorLexicon } from './actors.ts';
import { speakerByToken, type Attribution } from './speakers.ts';
import type { Context, Setting } from './propose/context.ts';
import { findOwners } from './propose/owners.ts';
import type { Chunk } from './syntax/chunk.ts';
import { chunk } from './syntax/chunks.ts';
import type { Clauses } from './syntax/clause.ts';
import { type Ground, ground } from './syntax/ground.ts';

/** What the analysis of a reading needs beside it. */
export interface Frame extends Setting {
  readonly actors: Pick<ActorLexicon, 'get' | 'names' | 'role'>;
  readonly countries: readonly string[];
}

/** A sentence whose chunks are made when the first is asked for: most sentences propose nothing. Furniture has none. */
class Parsed implements Clauses {
  readonly ground: Ground;
  private readonly sentence: Sentence;
  private made: readonly Chunk[] | undefined;

  constructor(cut: Ground, sentence: Sentence) {
    this.ground = cut;
    this.sentence = sentence;
  }

  get chunks(): readonly Chunk[] {
    this.made ??= this.sentence.furniture === undefined ? chunk(this.ground, this.sentence) : [];
    return this.made;
  }
}

/** A reading with all that proposing and refining look at; its sentences are cut into chunks when they are first asked for. */
export function contextOf(reading: Reading, frame: Frame): Context {
  const cut = ground(reading, frame.lexicon, findOwners(reading, frame.actors, frame.countries));
  const sentences = reading.sentences.map((sentence) => new Parsed(cut, sentence));
  const silent = new Set(
    reading.sentences
      .filter((sentence) => sentence.furniture !== undefined)
      .map((sentence) => sentence.index),
  );
  const speaking = attributionsByToken(frame.attributions);
  const places = reading.marks.filter(
    (mark): mark is PlaceSpan =>
      mark.kind === 'place' &&
      mark.locates !== true &&
      !silent.has(reading.tokens[mark.first]?.sentence ?? -1) &&
      !isDateline(reading, mark) &&
      !isSpeaker(speaking, mark) &&
      !isCapitalActing(reading, frame, mark) &&
      !isCapitalDenying(reading, frame, mark),
  );
  const bySentence = new Map<number, PlaceSpan[]>();
  for (const place of places) {
    const sentence = reading.tokens[place.first]?.sentence ?? -1;
    const list = bySentence.get(sentence);
    if (list === undefined) bySentence.set(sentence, [place]);
    else list.push(place);
  }
  return {
    reading,
    ground: cut,
    sentences,
    places,
    speaks: (token) => speaking.has(token),
    speakerAt: speakerByToken(frame.attributions, reading.tokens.length),
    placesIn: (sentence) => bySentence.get(sentence) ?? [],
    ...frame,
  };
}

/** The attributions that name whose word it is with a token, by the token's index. */
function attributionsByToken(
  attributions: readonly Attribution[],
): ReadonlyMap<number, readonly Attribution[]> {
  const byToken = new Map<number, Attribution[]>();
  for (const one of attributions)
    for (let token = one.first; token < one.last; token += 1) {
      const list = byToken.get(token);
      if (list === undefined) byToken.set(token, [one]);
      else list.push(one);
    }
  return byToken;
}

/** "Damascus has claimed that …": a capital that speaks is no place where anything happens. */
const isSpeaker = (
  speaking: ReadonlyMap<number, readonly Attribution[]>,
  { first, last, mention }: PlaceSpan,
): boolean => (speaking.get(first) ?? []).some((one) => last <= one.last && one.text === mention.text);

/** "Damascus and Moscow declared a pause": two capitals side by side, nowhere in either. */
function isCapitalActing({ tokens }: Reading, { actors }: Frame, { first, last }: PlaceSpan): boolean {
  const isSeat = (at: number): boolean =>
    actors.names.match(tokens, at)?.values.some(({ use }) => use === 'seat') === true;
  const before = tokens[first - 1]?.norm ?? '';
  return (
    isSeat(first) &&
    tokens[last]?.norm === 'and' &&
    isSeat(last + 1) &&
    !/^(?:in|near|of|from|to|at|around|between|outside|on|and|for|the|capital)$/.test(before)
  );
}

/** "Kinshasa denies that …" */
function isCapitalDenying(
  { tokens }: Reading,
  { actors, lexicon }: Frame,
  { first, last }: PlaceSpan,
): boolean {
  const verb = lexicon.verb(tokens[last]?.norm ?? '');
  const denies = verb !== undefined && lexicon.verbEffect(verb.lemma)?.effect === 'denied';
  return denies && actors.names.match(tokens, first)?.values.some(({ use }) => use === 'seat') === true;
}

/** "BEIRUT Air strikes hit …": where the report was written. */
function isDateline({ tokens }: Reading, { last, mention }: PlaceSpan): boolean {
  const isCapitals = (text: string): boolean => text.length > 3 && text === text.toUpperCase();
  const next = tokens[last];
  return isCapitals(mention.text) && next !== undefined && !isCapitals(next.text);
}
