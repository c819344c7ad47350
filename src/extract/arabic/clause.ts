import type { Item } from './items.ts';

/** The clause around a trigger, as item indices: `[left, at)` before it, `(at, right)` behind it. */
export interface Clause {
  readonly left: number;
  readonly right: number;
}

const endsLeft = (item: Item): boolean =>
  item.kind === 'break' ||
  item.kind === 'rel' ||
  item.kind === 'sub' ||
  item.kind === 'comp' ||
  item.kind === 'condition' ||
  item.kind === 'verb' ||
  item.kind === 'aux';

const endsRight = (item: Item): boolean => endsLeft(item) || item.kind === 'be' || item.kind === 'negation';

/** "، بعد اشتباكات عنيفة، على": index behind an aside between commas that opens at `at`; -1 when it is none. */
function behindAside(items: readonly Item[], at: number): number {
  if (items[at - 1]?.kind !== 'comma') return -1;
  for (let next = at + 1; next < items.length; next += 1) {
    const item = items[next];
    if (item === undefined || item.kind === 'verb' || item.kind === 'break') return -1;
    if (item.kind === 'comma') return items[next + 1]?.kind === 'preposition' ? next + 1 : -1;
  }
  return -1;
}

export function clauseAt(items: readonly Item[], at: number): Clause {
  let left = at;
  while (left > 0) {
    const item = items[left - 1];
    if (item === undefined || endsLeft(item)) break;
    left -= 1;
  }
  let right = at + 1;
  while (right < items.length) {
    const item = items[right];
    if (item === undefined) break;
    const aside = item.kind === 'sub' ? behindAside(items, right) : -1;
    if (aside < 0 && endsRight(item)) break;
    right = Math.max(right + 1, aside);
  }
  return { left, right };
}
