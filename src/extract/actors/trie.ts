import type { Token } from '../../model/reading.ts';
import { normalise } from '../norm.ts';
import { isHyphen } from '../phrases.ts';

/** The Arabic article as Latin writing has it, assimilated to the next letter too: "ash-Sham", "an-Nusra". */
const ARTICLES = new Set(['al', 'el', 'ul', 'as', 'ash', 'an', 'ar', 'ad', 'at', 'az', 'adh']);
/** Names in capitals match only capitals: "IS", "US" and "AA" are words or letters else. */
const CAPITALS = /^(?=.*\p{Lu})[\p{Lu}\d]{2,}$/u;
const CAPITALS_TEXT = /^[\p{Lu}\d.]+(?:['’]?s)?$/u;

/** Whether the text begins with a small ASCII letter. */
const isSmall = (text: string): boolean => text.charCodeAt(0) >= 97 && text.charCodeAt(0) <= 122;

interface Node<T> {
  readonly next: Map<string, Node<T>>;
  readonly values: T[];
}

const node = <T>(): Node<T> => ({ next: new Map(), values: [] });

/** Writes out the alternatives of a name: "{jaish|jeish} al islam" → two names. "{a|}" may be left out. */
export function expand(alias: string): string[] {
  const open = alias.indexOf('{');
  if (open < 0) return [alias.replace(/\s+/g, ' ').trim()];
  const close = alias.indexOf('}', open);
  const end = close < 0 ? alias.length : close;
  return alias
    .slice(open + 1, end)
    .split('|')
    .flatMap((choice) => expand(alias.slice(0, open) + choice + alias.slice(end + 1)));
}

/** Names by their words. One walk from each token finds the longest; hyphens in the text do not count. */
export class NameTrie<T> {
  private readonly root: Node<T> = node();
  /** First words of names, as norms, and articles: what no name starts with needs no walk. */
  private readonly starts = new Set<string>(ARTICLES);

  add(alias: string, value: T): void {
    for (const name of expand(alias)) {
      let at = this.root;
      for (const word of name.split(/[\s-]+/).filter(Boolean)) {
        const key = CAPITALS.test(word) ? word : normalise(word);
        const next = at.next.get(key) ?? node<T>();
        if (at === this.root) for (const end of ['', 's']) this.starts.add(normalise(word) + end);
        at.next.set(key, next);
        at = next;
      }
      at.values.push(value);
    }
  }

  /** The longest name at `at`, with all that it may stand for. A possessive s at its end belongs to it. */
  match(
    tokens: readonly Token[],
    at: number,
  ): { readonly last: number; readonly values: readonly T[] } | undefined {
    const head = tokens[at]?.norm ?? '';
    if (!this.starts.has(head)) return undefined;
    let best: { last: number; values: readonly T[] } | undefined;
    const walk = (from: Node<T>, position: number): void => {
      if (from.values.length > 0 && (best === undefined || position > best.last))
        best = { last: position, values: from.values };
      const next = position > at && isHyphen(tokens[position]) ? position + 1 : position;
      const token = tokens[next];
      if (token === undefined || token.kind === 'mark') return;
      for (const child of this.children(from, tokens, next, position > at)) walk(child, next + 1);
      const possessive =
        token.norm.length > 3 && token.norm.endsWith('s') ? this.possessive(from, token) : undefined;
      if (possessive !== undefined && (best === undefined || next + 1 > best.last))
        best = { last: next + 1, values: possessive.values };
      // "Jabhat Nusra" for "Jabhat al-Nusra".
      const article = position > at ? from.next.get('al') : undefined;
      if (article !== undefined) {
        const child = article.next.get(token.norm);
        if (child !== undefined) walk(child, next + 1);
      }
    };
    walk(this.root, at);
    return best;
  }

  private children(from: Node<T>, tokens: readonly Token[], at: number, inside: boolean): Node<T>[] {
    const token = tokens[at];
    if (token === undefined) return [];
    const found: Node<T>[] = [];
    const plain = from.next.get(token.norm);
    if (plain !== undefined) found.push(plain);
    if (!isSmall(token.text) && CAPITALS_TEXT.test(token.text)) {
      const capitals = from.next.get(token.text.replaceAll('.', ''));
      if (capitals !== undefined) found.push(capitals);
    }
    // At a name's head only "al" and "el" are articles unless a hyphen follows: "as" and "at" are English.
    if (
      token.norm !== 'al' &&
      ARTICLES.has(token.norm) &&
      (inside || token.norm === 'el' || isHyphen(tokens[at + 1]))
    ) {
      const article = from.next.get('al');
      if (article !== undefined) found.push(article);
    }
    return found;
  }

  private possessive(from: Node<T>, token: Token): Node<T> | undefined {
    const plain = from.next.get(token.norm.slice(0, -1));
    if (plain !== undefined && plain.values.length > 0) return plain;
    if (!/^[\p{Lu}\d]{2,}['’]?s$/u.test(token.text)) return undefined;
    const capitals = from.next.get(token.text.replace(/['’]?s$/, ''));
    return capitals !== undefined && capitals.values.length > 0 ? capitals : undefined;
  }
}
