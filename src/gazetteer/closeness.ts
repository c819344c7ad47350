/** Spellings that differ in this alone count as alike: long vowels, diphthongs, doubled letters, final h, kh and q. */
export const mild = (word: string): string =>
  word
    .replace(/ou|oo|uw(?=[aeiouy])/g, 'u')
    .replace(/ee|i[ey]|y[ie]/g, 'i')
    .replace(/a[iy]|e[iy]/g, 'ai')
    .replace(/dj/g, 'j')
    .replace(/[kqg]h|q|c/g, (k) => (k === 'gh' ? 'g' : 'k'))
    .replace(/[td]h/g, (t) => t.charAt(0))
    .replace(/o/g, 'u')
    .replace(/y/g, 'i')
    .replace(/(.)\1+/g, '$1')
    .replace(/eh?$|ah$/, 'a');

/** Insertions, deletions and replacements between two words; `limit + 1` when more than `limit`. */
function edits(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(
        Math.min(
          (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
          (row[j] ?? 0) + 1,
          (next[j - 1] ?? 0) + 1,
        ),
      );
    if (Math.min(...next) > limit) return limit + 1;
    row = next;
  }
  return row[b.length] ?? limit + 1;
}

const MOST = 2;
const SHORT = 6;

/**
 * How far two spellings that fold alike lie apart, both in `mild` form: 0, 1 or 2 letters, Infinity for strangers. A
 * short name bears less.
 */
export function spellingDistance(a: string, b: string): number {
  if (a === b) return 0;
  const allowed = Math.min(a.length, b.length) <= SHORT ? 1 : MOST;
  const distance = edits(a, b, allowed);
  return distance <= allowed ? distance : Infinity;
}
