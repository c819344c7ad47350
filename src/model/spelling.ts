/** A way to write a word, number or mark: all tokens that are written so share one, with what is known to follow from it. */
export interface Spelling {
  readonly text: string;
  /** Lower case, apostrophes and diacritics of Latin letters folded: what lexicons match on. */
  readonly norm: string;
  readonly kind: 'word' | 'number' | 'mark';
  /** What `perSpelling` found, each of its functions at a place of its own. */
  readonly known: unknown[];
}

let functions = 0;

/**
 * Of each spelling what `find` makes of it, worked out when it is first asked for: a reading asks the same few dozen
 * questions of every token, and the same spellings come again in text after text. `find` must depend on nothing else.
 */
export function perSpelling<T extends object | string | number | boolean | null>(
  find: (spelling: Spelling) => T,
): (spelling: Spelling) => T {
  const place = functions;
  functions += 1;
  return (spelling) => {
    const known = spelling.known[place] as T | undefined;
    if (known !== undefined) return known;
    const found = find(spelling);
    spelling.known[place] = found;
    return found;
  };
}
