import type { Token } from '../model/reading.ts';

/** Index of the first token that starts at an offset of the body or behind it; -1 when none does. */
export function firstFrom(tokens: readonly Token[], offset: number): number {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tokens[middle]?.start ?? Infinity) < offset) low = middle + 1;
    else high = middle;
  }
  return low < tokens.length ? low : -1;
}
