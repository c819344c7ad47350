import type { Token, TokenSpan } from '../model/reading.ts';
import { perSpelling } from '../model/spelling.ts';
import { isArabic, isArticle } from './fold.ts';
import type { Bearer, NameIndex } from './names.ts';
import { DEAD, type TrieNode } from './trie.ts';
import { DIRECTIONS, INSIDE, isCapitalised, kindsOf } from './words.ts';

/** A stretch of text that some gazetteer entry is called by. */
export interface NameHit extends TokenSpan {
  readonly bearers: readonly Bearer[];
  /** Read as a possessive, or as a word with an article or a preposition glued to it. */
  readonly stripped: boolean;
}

const MAX_WORDS = 7;
const HYPHEN = /^[-‐‑–]$/;
const isHyphen = (token: Token | undefined): boolean => token?.kind === 'mark' && HYPHEN.test(token.text);

/** Index of the next word of the same name, over hyphens; -1 when something else comes. */
function nextWord(tokens: readonly Token[], at: number): number {
  let next = at + 1;
  while (isHyphen(tokens[next])) next += 1;
  const token = tokens[next];
  return token !== undefined && token.kind !== 'mark' && token.sentence === tokens[at]?.sentence ? next : -1;
}

/** How a token may stand in a name. */
interface Part {
  readonly opens: boolean;
  readonly goesOn: boolean;
  readonly article: boolean;
}

const partOf = perSpelling(({ kind, text, norm }): Part => {
  const word = kind === 'word' && (isCapitalised(text) || isArabic(text) || DIRECTIONS.has(norm));
  const opens = kind === 'number' || word;
  return {
    opens,
    goesOn: opens || INSIDE.has(norm) || kindsOf(norm) !== undefined,
    article: isArticle(norm),
  };
});

/** May a name's first word be written like this? */
const opens = (token: Token): boolean => partOf(token.spelling).opens;

/** May a word after the first be written like this? */
const goesOn = (token: Token): boolean => partOf(token.spelling).goesOn;

const isArticleAt = (tokens: readonly Token[], at: number): boolean => {
  const token = tokens[at];
  return token !== undefined && partOf(token.spelling).article;
};

/** Does the article at `at` open a name: "al-Bab", "al Bab", "Ash Shajara", but not "at Hama"? */
function articleOpens(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at];
  if (token === undefined || !partOf(token.spelling).article) return false;
  const next = tokens[at + 1];
  if (next === undefined) return false;
  if (isHyphen(next)) return tokens[at + 2]?.kind === 'word';
  // "As Safira" inside a sentence; at its start "As Syria …" is English.
  const inside = tokens[at - 1]?.sentence === token.sentence;
  return token.norm === 'al' || token.norm === 'el' || (inside && isCapitalised(token.text));
}

const START: Path = { node: undefined, written: '', stripped: false };

interface Path {
  readonly node: TrieNode | undefined;
  readonly written: string;
  readonly stripped: boolean;
}

/** The walk over one text. */
class Matcher {
  private readonly hits: NameHit[] = [];
  private readonly tokens: readonly Token[];
  private readonly names: NameIndex;

  constructor(tokens: readonly Token[], names: NameIndex) {
    this.tokens = tokens;
    this.names = names;
  }

  run(): NameHit[] {
    for (let at = 0; at < this.tokens.length; at += 1) {
      const token = this.tokens[at];
      if (token === undefined || token.kind === 'mark') continue;
      if (articleOpens(this.tokens, at)) {
        const next = nextWord(this.tokens, at);
        const word = this.tokens[next];
        if (word !== undefined && opens(word)) this.extend(at, next, START, 1);
      }
      const ofArticle = isHyphen(this.tokens[at - 1]) && isArticleAt(this.tokens, at - 2);
      if (opens(token) && !ofArticle) this.extend(at, at, START, 1);
    }
    return this.hits;
  }

  private extend(first: number, at: number, path: Path, words: number): void {
    const token = this.tokens[at];
    if (token === undefined) return;
    const { own, start, others } = this.names.formsOf(token.spelling);
    const from = path.node;
    const node = from === undefined ? start : this.names.trie.walk(own, from);
    if (node === DEAD && others.length === 0) return;
    const arabic = isArabic(token.norm);
    const bare = arabic ? token.norm.replace(/^ال(?=..)/, '') : token.norm;
    this.follow(first, at, { node, written: path.written + bare, stripped: path.stripped }, words, true);
    for (const { form, start: begun, written: rest } of others) {
      // A preposition is glued only to the first word; a possessive ends the name.
      if (arabic && words > 1) continue;
      const other = from === undefined ? begun : this.names.trie.walk(form, from);
      const possessive = token.norm.endsWith('s') && !arabic;
      this.follow(
        first,
        at,
        { node: other, written: path.written + rest, stripped: true },
        words,
        !possessive,
      );
    }
  }

  private follow(first: number, at: number, path: Path, words: number, on: boolean): void {
    if (path.node === DEAD) return;
    this.record(first, at, path);
    if (!on || words >= MAX_WORDS) return;
    let next = nextWord(this.tokens, at);
    // An article inside the name: "Deir ez-Zor". Not before a stop: "took Bab al, ..." has no next word.
    if (next >= 0 && isArticleAt(this.tokens, next)) next = nextWord(this.tokens, next);
    const token = this.tokens[next];
    if (token !== undefined && goesOn(token)) this.extend(first, next, path, words + 1);
  }

  private record(first: number, at: number, path: Path): void {
    const last = this.tokens[at];
    const opener = this.tokens[first];
    if (last === undefined || opener === undefined) return;
    // "eastern" alone is no name, nor is a number; a name ends in a word that is written as one.
    if (first === at && !(isCapitalised(last.text) || isArabic(last.text))) return;
    const bearers = this.names.bearers(path.node ?? DEAD, path.written);
    if (bearers.length > 0) this.hits.push({ first, last: at + 1, bearers, stripped: path.stripped });
  }
}

/**
 * Every name of the gazetteer in the text, in order of its first token, overlapping ones included: one walk over the
 * tokens, from each that may open a name. Latin names must be capitalised.
 */
export const matchNames = (tokens: readonly Token[], names: NameIndex): NameHit[] =>
  new Matcher(tokens, names).run();
