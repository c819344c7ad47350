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
  return (kept.length > 0 ? kept : words).map((word) => foldWord(word.replace(/^ال(?=.)/u, ''))).join('');
}

/** How many edits a prefix of this length forgives. */
const editsFor = (length: number): number => (length < 4 ? 0 : length < 7 ? 1 : 2);

/** More than any weight: what is written as it was typed comes before what merely sounds like it. */
const WRITTEN_SO = 20;
interface Hit {
  readonly entry: Entry;
  readonly written: string;
}

/** Names that are written as the prefix is come first, then the best known; governorates before their cities. */
function ranked(hits: readonly Hit[], prefix: string): Entry[] {
  const rank = new Map<Entry, number>();
  for (const { entry, written } of hits) {
    const value = entry.weight + (written.startsWith(prefix) ? WRITTEN_SO : 0) + (entry.curated ? 2 : 0);
    rank.set(entry, Math.max(rank.get(entry) ?? -Infinity, value));
  }
  const units = new Map<string, Entry>();
  for (const entry of rank.keys()) if (entry.place.kind === 'governorate') units.set(entry.place.name, entry);
  for (const [entry, value] of rank) {
    const unit = units.get(entry.place.name);
    if (unit === undefined || !entry.place.within.includes(unit.place.id)) continue;
    rank.set(unit, Math.max(value, rank.get(unit) ?? 0));
    rank.set(entry, value - 0.1);
  }
  return [...rank]
    .sort((a, b) => b[1] - a[1] || (a[0].place.id < b[0].place.id ? -1 : 1))
    .map(([entry]) => entry);
}

/** As many as platforms show. A shorter list is the beginning of it. */
const USUAL = 25;
/** Below so few letters lie thousands of names: what is found there is kept. */
const SHORT = 2;
/** Beginnings that are kept: both scripts have fewer pairs of letters that names begin with. */
const KEPT = 2_000;

/** Places by the beginnings of their names, for who is typing one. */
export class Suggestions {
  readonly #names: NameIndex;
  readonly #short = new Map<string, readonly Place[]>();

  constructor(names: NameIndex) {
    this.#names = names;
  }

  /** Places whose names begin like `prefix`, best known first, then those that come near it. */
  of(prefix: string, limit: number): readonly Place[] {
    const key = keyOf(prefix);
    if (key === '') return [];
    const typed = squash(prefix.replace(/^ال(?=.)/u, ''));
    if (key.length > SHORT || limit > USUAL) return find(this.#names, { key, typed, limit });
    const asked = `${key} ${typed}`;
    const known = this.#short.get(asked) ?? find(this.#names, { key, typed, limit: USUAL });
    if (this.#short.size >= KEPT) this.#short.clear();
    this.#short.set(asked, known);
    return known.slice(0, limit);
  }
}

interface Asked {
  readonly key: string;
  /** As it was typed, but for case, diacritics and the article. */
  readonly typed: string;
  readonly limit: number;
}

function find(names: NameIndex, { key, typed, limit }: Asked): readonly Place[] {
  const found = new Map<string, Place>();
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
