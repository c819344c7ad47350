import type { Entry } from './assemble.ts';
import { mild, spellingDistance } from './closeness.ts';
import { foldWord, nameWords, plain, squash } from './fold.ts';
import { DEAD, Trie, type TrieNode } from './trie.ts';

/** An entry under one of its keys, with the plain writing that gave the key. */
interface Posting {
  readonly entry: Entry;
  readonly written: string;
  readonly borrowed: boolean;
}

/** A name's bearer. `exact`: the text writes the name as the gazetteer does, but for articles, hyphens and diacritics. */
export interface Bearer {
  readonly entry: Entry;
  readonly exact: boolean;
  /** Letters between the text's spelling and the gazetteer's, the usual variation apart: 0, 1 or 2. */
  readonly distance: number;
  /** The name is another place's; it is this one's only with a kind word. */
  readonly borrowed: boolean;
}

/** Weight from which a name written exactly means none that is only written like it. */
const FAMOUS = 8;

/** All names of all entries under their folded keys. */
export class NameIndex {
  readonly trie: Trie;
  private readonly postings: readonly (readonly Posting[])[];
  /** Plain demonym → ISO code. */
  readonly demonyms: ReadonlyMap<string, string>;

  /** Mild forms of names that some text came near to. */
  private readonly milds = new Map<string, string>();

  constructor(entries: readonly Entry[]) {
    const byKey = new Map<string, Posting[]>();
    const fold = folding();
    const demonyms = new Map<string, string>();
    for (const entry of entries) {
      for (const name of entry.names)
        add(byKey, fold(name), { entry, written: squash(name), borrowed: false });
      for (const name of entry.borrowed)
        add(byKey, fold(name), { entry, written: squash(name), borrowed: true });
      for (const demonym of entry.demonyms) demonyms.set(plain(demonym), entry.place.country);
    }
    const keys = [...byKey.keys()].filter((key) => key.length > 0).sort();
    this.trie = new Trie(keys);
    this.postings = keys.map((key) => byKey.get(key) ?? []);
    this.demonyms = demonyms;
  }

  private mildOf(name: string): string {
    const known = this.milds.get(name);
    if (known !== undefined) return known;
    const form = mild(name);
    this.milds.set(name, form);
    return form;
  }

  /** Who bears the name that ends at `node`, written `written`. Countries and towns in bulk must be written exactly so. */
  bearers(node: TrieNode, written: string): Bearer[] {
    const index = node === DEAD ? -1 : this.trie.keyAt(node);
    const found = new Map<Entry, Bearer>();
    let typed: string | undefined;
    for (const { entry, written: name, borrowed } of this.postings[index] ?? []) {
      const exact = name === written;
      if (!exact && (!entry.curated || entry.place.kind === 'country')) continue;
      if (!exact) typed ??= mild(written);
      const distance = typed === undefined || exact ? 0 : spellingDistance(this.mildOf(name), typed);
      if (distance === Infinity) continue;
      const known = found.get(entry);
      if (known === undefined || (exact && !known.exact) || distance < known.distance)
        found.set(entry, { entry, exact, distance, borrowed });
    }
    const all = [...found.values()];
    // "Iraq" is the country, not a village whose name folds alike.
    const known = all.some(({ entry, exact, borrowed }) => exact && !borrowed && entry.weight >= FAMOUS);
    return known ? all.filter(({ exact }) => exact) : all;
  }

  /** Entries that bear a key as their own name, by the key's index in the trie, with the writing that gave it. */
  namesOf(index: number): readonly { readonly entry: Entry; readonly written: string }[] {
    return (this.postings[index] ?? []).filter((posting) => !posting.borrowed);
  }
}

/** `foldName` that folds a word once: "San", "Kafr" and their like begin thousands of names. */
function folding(): (name: string) => string {
  const words = new Map<string, string>();
  return (name) =>
    nameWords(name)
      .map((word) => {
        const known = words.get(word);
        if (known !== undefined) return known;
        const form = foldWord(word);
        words.set(word, form);
        return form;
      })
      .join('');
}

function add(byKey: Map<string, Posting[]>, key: string, posting: Posting): void {
  const bucket = byKey.get(key);
  if (bucket === undefined) byKey.set(key, [posting]);
  else if (!bucket.some((p) => p.entry === posting.entry && p.written === posting.written))
    bucket.push(posting);
}
