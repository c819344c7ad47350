import type { Sentence, Token } from '../model/reading.ts';
import { markFurniture } from './furniture.ts';
import { splitSentences } from './sentences.ts';
import { tokenize } from './tokens.ts';

/** A text cut up: every token knows its sentence. */
export interface Segments {
  readonly tokens: readonly Token[];
  readonly sentences: readonly Sentence[];
}

/** Writes the sentences' indices into the tokens. */
export function numberTokens(tokens: readonly Token[], sentences: readonly Sentence[]): Token[] {
  const numbered: Token[] = [];
  for (const { index: sentence, first, last } of sentences)
    for (const { index, text, norm, start, end, kind, spelling } of tokens.slice(first, last))
      numbered.push({ index, text, norm, start, end, kind, spelling, sentence });
  return numbered;
}

/** Tokens and sentences of a report's body, page furniture and the title's repetition marked. */
export function segment(body: string, title?: string): Segments {
  const tokens = tokenize(body);
  const sentences = markFurniture(tokens, splitSentences(body, tokens), title);
  return { tokens: numberTokens(tokens, sentences), sentences };
}
