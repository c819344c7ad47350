import type { Token } from '../model/reading.ts';
import { perSpelling } from '../model/spelling.ts';

/**
 * Index behind the phrase when the tokens at `at` are its words, else -1. Hyphens between the words do not count, so
 * that "cease-fire", "Deir ez-Zor" and "Deir ez Zor" match alike.
 */
export function matchPhrase(tokens: readonly Token[], at: number, words: readonly string[]): number {
  let position = at;
  for (const [index, word] of words.entries()) {
    if (index > 0) while (isHyphen(tokens[position])) position += 1;
    if (tokens[position]?.norm !== word) return -1;
    position += 1;
  }
  return position;
}

/** A hyphen or short dash that joins words. */
export const isHyphen = (token: Token | undefined): boolean =>
  token?.kind === 'mark' && (token.text === '-' || token.text === '‐' || token.text === '‑');

/** Phrases by their first word, longest first: what one pass over a text looks up. */
export class PhraseTable<T> {
  private readonly byFirst = new Map<string, { readonly words: readonly string[]; readonly value: T }[]>();
  private readonly from = perSpelling(({ norm }) => this.byFirst.get(norm) ?? null);

  constructor(entries: Iterable<readonly [phrase: string, value: T]>) {
    for (const [phrase, value] of entries) {
      const words = phrase.split(' ');
      const first = words[0] ?? '';
      const bucket = this.byFirst.get(first) ?? [];
      bucket.push({ words, value });
      this.byFirst.set(first, bucket);
    }
    for (const bucket of this.byFirst.values()) bucket.sort((a, b) => b.words.length - a.words.length);
  }

  /** The longest phrase at `at`. */
  match(tokens: readonly Token[], at: number): { readonly last: number; readonly value: T } | undefined {
    const token = tokens[at];
    const phrases = token && this.from(token.spelling);
    if (!phrases) return undefined;
    for (const { words, value } of phrases) {
      const last = matchPhrase(tokens, at, words);
      if (last > 0) return { last, value };
    }
    return undefined;
  }
}
