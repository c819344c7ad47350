import type { Place } from '../model/place.ts';
import type { Entry } from './assemble.ts';
import { foldWord, isArticle, plain } from './fold.ts';
import type { NameIndex } from './names.ts';
import { DEAD } from './trie.ts';

/** Keys looked at below a prefix: enough to rank well, few enough for an answer in a millisecond. */
const MAX_KEYS = 4000;

function keyOf(text: string): string {
  const words = plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];
  const kept = words.filter((word, index) => !isArticle(word) || (index > 0 && index === words.length - 1));
  return (kept.length > 0 ? kept : words).map(foldWord).join('');
}

/** How many edits a prefix of this length forgives. */
const editsFor = (length: number): number => (length < 4 ? 0 : length < 7 ? 1 : 2);

/** Best known first; governorates before their cities. */
const byWeight = (a: Entry, b: Entry): number => b.weight - a.weight || (a.place.id < b.place.id ? -1 : 1);

/** Places whose names begin like `prefix`, best known first, then those that come near it. */
export function suggestNames(names: NameIndex, prefix: string, limit: number): Place[] {
  const key = keyOf(prefix);
  if (key === '') return [];
  const found = new Map<string, Place>();
  const take = (entries: readonly Entry[]): void => {
    for (const entry of [...new Set(entries)].sort(byWeight)) {
      if (found.size >= limit) return;
      found.set(entry.place.id, entry.place);
    }
  };
  const under = (node: number): Entry[] =>
    names.trie.below(node, MAX_KEYS).flatMap((index) => names.entriesOf(index));
  const node = names.trie.walk(key);
  if (node !== DEAD) {
    const whole = names.trie.keyAt(node);
    if (whole >= 0) take(names.entriesOf(whole));
    take(under(node));
  }
  const edits = editsFor(key.length);
  for (let distance = 1; distance <= edits && found.size < limit; distance += 1)
    take(
      names.trie
        .near(key, edits)
        .filter((near) => near.distance === distance)
        .flatMap((near) => under(near.node)),
    );
  return [...found.values()];
}
