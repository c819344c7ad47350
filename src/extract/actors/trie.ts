import type { Token } from '../../model/reading.ts';
import { perSpelling, type Spelling } from '../../model/spelling.ts';
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

interface Found<T> {
  readonly last: number;
  readonly values: readonly T[];
}

/** A name that ends at a node, if it is longer. */
const longer = <T>(best: Found<T> | undefined, { values }: Node<T>, last: number): Found<T> | undefined =>
  values.length > 0 && (best === undefined || last > best.last) ? { last, values } : best;

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

/** Where a word leads from a node: as it is, as a name in capitals, or as the possessive of a name that ends with it. */
interface Steps<T> {
  readonly plain: Node<T> | undefined;
  readonly capitals: Node<T> | undefined;
  readonly possessive: Node<T> | undefined;
}

const stepsFrom = <T>({ next }: Node<T>, spelling: Spelling): Steps<T> => ({
  plain: next.get(spelling.norm),
  capitals:
    !isSmall(spelling.text) && CAPITALS_TEXT.test(spelling.text)
      ? next.get(spelling.text.replaceAll('.', ''))
      : undefined,
  possessive: possessiveIn(next, spelling),
});

function possessiveIn<T>(next: Node<T>['next'], { text, norm }: Spelling): Node<T> | undefined {
  if (norm.length <= 3 || !norm.endsWith('s')) return undefined;
  const plain = next.get(norm.slice(0, -1));
  if (plain !== undefined && plain.values.length > 0) return plain;
  if (!/^[\p{Lu}\d]{2,}['’]?s$/u.test(text)) return undefined;
  const capitals = next.get(text.replace(/['’]?s$/, ''));
  return capitals !== undefined && capitals.values.length > 0 ? capitals : undefined;
}

/** Names by their words. One walk from each token finds the longest; hyphens in the text do not count. */
export class NameTrie<T> {
  private readonly root: Node<T> = node();
  /** First words of names, as norms, and articles: what no name starts with needs no walk. */
  private readonly starts = new Set<string>(ARTICLES);
  private readonly fromRoot = perSpelling((spelling) =>
    this.starts.has(spelling.norm) ? stepsFrom(this.root, spelling) : null,
  );

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
  match(tokens: readonly Token[], at: number): Found<T> | undefined {
    const token = tokens[at];
    if (token === undefined || this.fromRoot(token.spelling) === null) return undefined;
    return this.walk(this.root, tokens, at, false, undefined);
  }

  /** The longer of `best` and what goes on from a node at `position`. */
  private walk(
    from: Node<T>,
    tokens: readonly Token[],
    position: number,
    inside: boolean,
    best: Found<T> | undefined,
  ): Found<T> | undefined {
    let longest = longer(best, from, position);
    if (from.next.size === 0) return longest;
    const at = inside && isHyphen(tokens[position]) ? position + 1 : position;
    const token = tokens[at];
    if (token === undefined || token.kind === 'mark') return longest;
    const { norm, spelling } = token;
    const { plain, capitals, possessive } =
      (inside ? null : this.fromRoot(spelling)) ?? stepsFrom(from, spelling);
    if (plain !== undefined) longest = this.walk(plain, tokens, at + 1, true, longest);
    if (capitals !== undefined) longest = this.walk(capitals, tokens, at + 1, true, longest);
    const article = inside || ARTICLES.has(norm) ? from.next.get('al') : undefined;
    // At a name's head only "al" and "el" are articles unless a hyphen follows: "as" and "at" are English.
    if (
      article !== undefined &&
      norm !== 'al' &&
      ARTICLES.has(norm) &&
      (inside || norm === 'el' || isHyphen(tokens[at + 1]))
    )
      longest = this.walk(article, tokens, at + 1, true, longest);
    if (possessive !== undefined) longest = longer(longest, possessive, at + 1);
    // "Jabhat Nusra" for "Jabhat al-Nusra".
    const left = inside ? article?.next.get(norm) : undefined;
    return left === undefined ? longest : this.walk(left, tokens, at + 1, true, longest);
  }
}
