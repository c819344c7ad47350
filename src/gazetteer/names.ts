import { perSpelling } from '../model/spelling.ts';
import type { Entry, NamedEntry } from './assemble.ts';
import { mild, spellingDistance } from './closeness.ts';
import { foldWord, isArabic, otherFolds, plain, type Spellings } from './fold.ts';
import { DEAD, Trie, type TrieNode } from './trie.ts';

/** An entry under one of its keys, with the plain writing that gave the key. */
interface Posting {
  readonly entry: Entry;
  readonly written: string;
  readonly borrowed: boolean;
}

/** An index as plain data. */
export interface CompiledNames {
  /** Folded names, sorted by UTF-16 code units. */
  readonly keys: readonly string[];
  /** For each key its bearers: the entry's number, the name's plain writing, 1 when it is another place's name. */
  readonly postings: readonly (readonly (readonly [number, string, 0 | 1])[])[];
  /** Plain demonym → ISO code. */
  readonly demonyms: readonly (readonly [string, string])[];
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

/** A word of a text as the index may have it. */
export interface WordForms {
  readonly own: string;
  /** Where names that begin with it go on in the trie. */
  readonly start: TrieNode;
  /** Without a glued article, preposition or possessive; `written`: what is left of the word. */
  readonly others: readonly {
    readonly form: string;
    readonly start: TrieNode;
    readonly written: string;
  }[];
}

/** Names of texts whose bearers are remembered. */
const REMEMBERED = 20_000;
/** Ways to write one name that are remembered. */
const WRITINGS = 100;

const NOBODY: readonly Bearer[] = [];

/** Weight from which a name written exactly means none that is only written like it. */
const FAMOUS = 8;

/** All names of all entries under their folded keys. */
export class NameIndex {
  readonly trie: Trie;
  private readonly postings: readonly (readonly Posting[])[];
  /** Plain demonym → ISO code. */
  private readonly demonyms: ReadonlyMap<string, string>;
  /** Bearers of names that texts brought, by key and writing. */
  private readonly borne = new Map<number, Map<string, readonly Bearer[]>>();
  /** Mild forms of names that some text came near to. */
  private readonly milds = new Map<string, string>();

  /** @param entries in the order in which `compileNames` numbered them */
  constructor(entries: readonly Entry[], compiled: CompiledNames) {
    this.trie = new Trie(compiled.keys);
    this.postings = compiled.postings.map((bucket) =>
      bucket.flatMap(([number, written, borrowed]) => {
        const entry = entries[number];
        return entry === undefined ? [] : [{ entry, written, borrowed: borrowed === 1 }];
      }),
    );
    this.demonyms = new Map(compiled.demonyms);
  }

  readonly formsOf = perSpelling(({ norm: word }): WordForms => {
    const own = foldWord(word);
    return {
      own,
      start: this.trie.walk(own),
      others: otherFolds(word, true).map((form) => ({
        form,
        start: this.trie.walk(form),
        written: strippedTo(word, form),
      })),
    };
  });

  /** ISO code of the country whose adjective or people the word is. */
  readonly demonymOf = perSpelling(({ norm }) => this.demonym(norm) ?? null);

  /** `demonymOf` a word in `plain` form. */
  demonym(word: string): string | undefined {
    return this.demonyms.get(plain(word));
  }

  private mildOf(name: string): string {
    const known = this.milds.get(name);
    if (known !== undefined) return known;
    const form = mild(name);
    this.milds.set(name, form);
    return form;
  }

  /** Who bears the name that ends at `node`, written `written`. Countries and towns in bulk must be written exactly so. */
  bearers(node: TrieNode, written: string): readonly Bearer[] {
    const index = node === DEAD ? -1 : this.trie.keyAt(node);
    if (index < 0) return NOBODY;
    let writings = this.borne.get(index);
    const known = writings?.get(written);
    if (known !== undefined) return known;
    // One name is written in a few ways, by texts that mean no harm.
    if (this.borne.size >= REMEMBERED || (writings?.size ?? 0) >= WRITINGS) {
      this.borne.clear();
      writings = undefined;
    }
    const bearers = this.findBearers(index, written);
    if (writings === undefined) this.borne.set(index, new Map([[written, bearers]]));
    else writings.set(written, bearers);
    return bearers;
  }

  private findBearers(index: number, written: string): Bearer[] {
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

/** Puts all names of all entries under their folded keys. */
export function compileNames(entries: readonly NamedEntry[], spellings: Spellings): CompiledNames {
  const byKey = new Map<string, [number, string, 0 | 1][]>();
  const add = (name: string, number: number, borrowed: 0 | 1): void => {
    const { folded, squashed } = spellings.of(name);
    const bucket = byKey.get(folded);
    if (bucket === undefined) byKey.set(folded, [[number, squashed, borrowed]]);
    else if (!bucket.some(([other, written]) => other === number && written === squashed))
      bucket.push([number, squashed, borrowed]);
  };
  const demonyms: [string, string][] = [];
  for (const [number, entry] of entries.entries()) {
    for (const name of entry.names) add(name, number, 0);
    for (const name of entry.borrowed) add(name, number, 1);
    for (const demonym of entry.demonyms) demonyms.push([plain(demonym), entry.place.country]);
  }
  const keys = [...byKey.keys()].filter((key) => key.length > 0).sort();
  return { keys, postings: keys.map((key) => byKey.get(key) ?? []), demonyms };
}

/** The part of a word that a stripped form stands for: "syrias" as "syria", "alnairab" as "nairab". */
function strippedTo(norm: string, form: string): string {
  if (isArabic(norm)) return form;
  for (const candidate of [norm.slice(0, -1), norm.slice(2), norm.slice(2, -1), norm.slice(1), norm.slice(3)])
    if (foldWord(candidate) === form) return candidate;
  return form;
}
