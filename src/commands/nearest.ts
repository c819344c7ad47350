/** How many letters must be put in, taken out or changed to make one word of the other (Levenshtein). */
function apart(a: string, b: string): number {
  const others = Array.from(b);
  let row = others.map((_, j) => j + 1);
  for (const [i, letter] of Array.from(a).entries()) {
    let corner = i;
    let left = i + 1;
    row = row.map((above, j) => {
      const here = Math.min(above + 1, left + 1, corner + (letter === others[j] ? 0 : 1));
      corner = above;
      left = here;
      return here;
    });
  }
  return row.at(-1) ?? a.length;
}

/** A slip of two letters is still the same word. */
const SLIP = 2;

/** The word that was most likely meant: the one that begins with what was typed, or differs by a slip. */
export function nearest(typed: string, words: readonly string[]): string | undefined {
  if (typed === '') return undefined;
  const begun = words.find((word) => word.startsWith(typed));
  if (begun !== undefined) return begun;
  return words
    .map((word) => ({ word, far: apart(typed, word) }))
    .filter(({ far }) => far <= SLIP)
    .sort((x, y) => x.far - y.far)[0]?.word;
}
