/** A position in the trie: a node's number; -1 stands for "no name goes on like this". */
export type TrieNode = number;
export const DEAD: TrieNode = -1;

/**
 * Trie over sorted strings in three typed arrays (some 10 bytes a node), each node with its character, its first child
 * and its next sibling. Children are in character order.
 */
export class Trie {
  private readonly chars: Uint16Array;
  private readonly firstChild: Int32Array;
  private readonly nextSibling: Int32Array;
  /** Index into `keys` of the key that ends here, or -1. */
  private readonly ends: Int32Array;
  private readonly root = new Map<number, TrieNode>();
  private readonly keys: readonly string[];

  /** `keys`: distinct, not empty, sorted by UTF-16 code units (as `sort()` does). */
  constructor(keys: readonly string[]) {
    this.keys = keys;
    const size = keys.reduce((sum, key) => sum + key.length, 1);
    const chars = new Uint16Array(size);
    const firstChild = new Int32Array(size).fill(DEAD);
    const nextSibling = new Int32Array(size).fill(DEAD);
    const ends = new Int32Array(size).fill(-1);
    const path: TrieNode[] = [];
    let used = 0;
    let previous = '';
    for (const [index, key] of keys.entries()) {
      let depth = 0;
      while (depth < previous.length && previous.charCodeAt(depth) === key.charCodeAt(depth)) depth += 1;
      for (let at = depth; at < key.length; at += 1) {
        const node = used;
        used += 1;
        chars[node] = key.charCodeAt(at);
        const sibling = at === depth ? path[at] : undefined;
        if (sibling !== undefined && at < previous.length) nextSibling[sibling] = node;
        else if (at > 0) firstChild[path[at - 1] ?? 0] = node;
        if (at === 0) this.root.set(key.charCodeAt(0), node);
        path[at] = node;
      }
      path.length = key.length;
      ends[path[key.length - 1] ?? 0] = index;
      previous = key;
    }
    this.chars = chars.slice(0, used);
    this.firstChild = firstChild.slice(0, used);
    this.nextSibling = nextSibling.slice(0, used);
    this.ends = ends.slice(0, used);
  }

  /** Walks on from `node` (absent: from the start) along `text`. */
  walk(text: string, node?: TrieNode): TrieNode {
    let at = node;
    for (let i = 0; i < text.length && at !== DEAD; i += 1) at = this.step(at, text.charCodeAt(i));
    return at ?? DEAD;
  }

  private step(node: TrieNode | undefined, char: number): TrieNode {
    if (node === undefined) return this.root.get(char) ?? DEAD;
    let child = this.firstChild[node] ?? DEAD;
    while (child !== DEAD && this.chars[child] !== char) child = this.nextSibling[child] ?? DEAD;
    return child;
  }

  /** Index of the key that ends at `node`, or -1. */
  keyAt(node: TrieNode): number {
    return this.ends[node] ?? -1;
  }

  /** Indices of the keys at and below `node`, in order, `limit` at most. */
  below(node: TrieNode, limit: number): number[] {
    const found: number[] = [];
    const stack = [node];
    for (let at = stack.pop(); at !== undefined && found.length < limit; at = stack.pop()) {
      const end = this.ends[at] ?? -1;
      if (end >= 0) found.push(end);
      for (const child of this.children(at).reverse()) stack.push(child);
    }
    return found;
  }

  /**
   * Nodes whose path is within `edits` insertions, deletions and replacements of `text`, with their distance.

   */
  near(text: string, edits: number): { readonly node: TrieNode; readonly distance: number }[] {
    const found: { node: TrieNode; distance: number }[] = [];
    const first = Array.from({ length: text.length + 1 }, (_, i) => i);
    const visit = (node: TrieNode, row: readonly number[]): void => {
      const next = this.nextRow(text, row, this.chars[node] ?? 0);
      const distance = next[text.length] ?? edits + 1;
      if (distance <= edits) found.push({ node, distance });
      if (Math.min(...next) <= edits) for (const child of this.children(node)) visit(child, next);
    };
    for (const node of this.root.values()) visit(node, first);
    return found;
  }

  private nextRow(text: string, row: readonly number[], char: number): number[] {
    const next = [(row[0] ?? 0) + 1];
    for (let i = 1; i <= text.length; i += 1) {
      const replaced = (row[i - 1] ?? 0) + (text.charCodeAt(i - 1) === char ? 0 : 1);
      next.push(Math.min(replaced, (row[i] ?? 0) + 1, (next[i - 1] ?? 0) + 1));
    }
    return next;
  }

  private children(node: TrieNode): TrieNode[] {
    const found: TrieNode[] = [];
    for (let at = this.firstChild[node] ?? DEAD; at !== DEAD; at = this.nextSibling[at] ?? DEAD)
      found.push(at);
    return found;
  }

  key(index: number): string {
    return this.keys[index] ?? '';
  }
}
