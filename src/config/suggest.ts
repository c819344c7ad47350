/** Edits (insert, delete, replace, swap of neighbours) from `a` to `b`: the optimal string alignment distance. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(
        (previous[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}

/** The known word that `word` is most likely meant to be: a third of it mistyped, or one the beginning of the other. */
export function closest(word: string, known: readonly string[]): string | undefined {
  const written = word.toLowerCase();
  const limit = Math.min(Math.ceil(word.length / 3), word.length - 1);
  const ranked = known
    .map((candidate) => ({ candidate, edits: distance(written, candidate.toLowerCase()) }))
    .filter(
      ({ candidate, edits }) =>
        edits <= limit ||
        (Math.min(word.length, candidate.length) >= 4 &&
          (written.startsWith(candidate.toLowerCase()) || candidate.toLowerCase().startsWith(written))),
    )
    .sort((x, y) => x.edits - y.edits);
  return ranked[0]?.candidate;
}
