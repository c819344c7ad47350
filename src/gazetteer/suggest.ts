import type { Place } from '../model/place.ts';
import type { Entry } from './assemble.ts';
import { foldWord, isArticle, plain, squash } from './fold.ts';
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

interface Hit {
  readonly entry: Entry;
  readonly written: string;
}

/** Names that are written as the prefix is come first, then the best known; governorates before their cities. */
function ranked(hits: readonly Hit[], prefix: string): Entry[] {
  const rank = new Map<Entry, number>();
  for (const { entry, written } of hits) {
    const value = entry.weight + (written.startsWith(prefix) ? 3 : 0) + (entry.curated ? 2 : 0);
    rank.set(entry, Math.max(rank.get(entry) ?? -Infinity, value));
  }
  return [...rank]
    .sort((a, b) => b[1] - a[1] || (a[0].place.id < b[0].place.id ? -1 : 1))
    .map(([entry]) => entry);
}

/** Places whose names begin like `prefix`, best known first, then those that come near it. */
export function suggestNames(names: NameIndex, prefix: string, limit: number): Place[] {
  const key = keyOf(prefix);
  if (key === '') return [];
  const found = new Map<string, Place>();
  const typed = squash(prefix);
  const take = (hits: readonly Hit[]): void => {
    for (const { place } of ranked(hits, typed)) {
      if (found.size >= limit) return;
      found.set(place.id, place);
    }
  };
  const under = (node: number): Hit[] =>
    names.trie.below(node, MAX_KEYS).flatMap((index) => names.namesOf(index));
  const node = names.trie.walk(key);
  if (node !== DEAD) take(under(node));
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
