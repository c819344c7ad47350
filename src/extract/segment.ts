import type { Sentence, Token } from '../model/reading.ts';
import { splitSentences } from './sentences.ts';
import { tokenize } from './tokens.ts';

/** A text cut up: every token knows its sentence. */
export interface Segments {
  readonly tokens: readonly Token[];
  readonly sentences: readonly Sentence[];
}

/** Writes the sentences' indices into the tokens. */
export function numberTokens(tokens: readonly Token[], sentences: readonly Sentence[]): Token[] {
  return sentences.flatMap((sentence) =>
    tokens.slice(sentence.first, sentence.last).map((token) => ({ ...token, sentence: sentence.index })),
  );
}

/** Tokens and sentences of a report's body. */
export function segment(body: string): Segments {
  const tokens = tokenize(body);
  const sentences = splitSentences(body, tokens);
  return { tokens: numberTokens(tokens, sentences), sentences };
}
