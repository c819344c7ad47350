import type { Sentence, Token } from '../model/reading.ts';
import { markFurniture } from './furniture.ts';
import { splitSentences } from './sentences.ts';
import { type RawToken, tokenize } from './tokens.ts';

/** A text cut up: every token knows its sentence. */
export interface Segments {
  readonly tokens: readonly Token[];
  readonly sentences: readonly Sentence[];
}

/** Writes the sentences' indices into the tokens, all of which they cover. */
export function numberTokens(tokens: readonly RawToken[], sentences: readonly Sentence[]): readonly Token[] {
  for (const { index, first, last } of sentences)
    for (let at = first; at < last; at += 1) {
      const token = tokens[at];
      if (token !== undefined) token.sentence = index;
    }
  return tokens;
}

/** Tokens and sentences of a report's body, page furniture and the title's repetition marked. */
export function segment(body: string, title?: string): Segments {
  const tokens = tokenize(body);
  const sentences = markFurniture(tokens, splitSentences(body, tokens), title);
  return { tokens: numberTokens(tokens, sentences), sentences };
}
