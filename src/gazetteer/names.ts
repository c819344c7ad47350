import type { Entry } from './assemble.ts';
import { foldName, plain, squash } from './fold.ts';
import { DEAD, Trie, type TrieNode } from './trie.ts';

/** An entry under one of its keys, with the plain writing that gave the key. */
interface Posting {
  readonly entry: Entry;
  readonly written: string;
}

/** A name's bearer. `exact`: the text writes the name as the gazetteer does, but for articles, hyphens and diacritics. */
export interface Bearer {
  readonly entry: Entry;
  readonly exact: boolean;
}

/** All names of all entries under their folded keys. */
export class NameIndex {
  readonly trie: Trie;
  private readonly postings: readonly (readonly Posting[])[];
  /** Plain demonym → ISO code. */
  readonly demonyms: ReadonlyMap<string, string>;

  constructor(entries: readonly Entry[]) {
    const byKey = new Map<string, Posting[]>();
    const demonyms = new Map<string, string>();
    for (const entry of entries) {
      for (const name of entry.names) add(byKey, foldName(name), { entry, written: squash(name) });
      for (const demonym of entry.demonyms) demonyms.set(plain(demonym), entry.place.country);
    }
    const keys = [...byKey.keys()].filter((key) => key.length > 0).sort();
    this.trie = new Trie(keys);
    this.postings = keys.map((key) => byKey.get(key) ?? []);
    this.demonyms = demonyms;
  }

  /** Who bears the name that ends at `node`, written `written`. A town of the world in bulk must be written exactly so. */
  bearers(node: TrieNode, written: string): Bearer[] {
    const index = node === DEAD ? -1 : this.trie.keyAt(node);
    const found = new Map<Entry, boolean>();
    for (const posting of this.postings[index] ?? []) {
      const exact = posting.written === written;
      if (exact || posting.entry.curated)
        found.set(posting.entry, exact || found.get(posting.entry) === true);
    }
    return [...found].map(([entry, exact]) => ({ entry, exact }));
  }

  /** Entries of a key, by its index in the trie. */
  entriesOf(index: number): readonly Entry[] {
    return (this.postings[index] ?? []).map((posting) => posting.entry);
  }
}

function add(byKey: Map<string, Posting[]>, key: string, posting: Posting): void {
  const bucket = byKey.get(key);
  if (bucket === undefined) byKey.set(key, [posting]);
  else if (!bucket.some((p) => p.entry === posting.entry && p.written === posting.written))
    bucket.push(posting);
}
