import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DEAD, Trie } from '../../src/gazetteer/trie.ts';

const keys = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 40 });

it('finds every key and nothing else', () => {
  fc.assert(
    fc.property(keys, fc.string({ minLength: 1, maxLength: 7 }), (words, other) => {
      const sorted = [...words].sort();
      const trie = new Trie(sorted);
      for (const [index, word] of sorted.entries()) expect(trie.keyAt(trie.walk(word))).toBe(index);
      const node = trie.walk(other);
      expect(node !== DEAD).toBe(sorted.some((word) => word.startsWith(other)));
      if (!sorted.includes(other)) expect(node === DEAD ? -1 : trie.keyAt(node)).toBe(-1);
    }),
  );
});

it('lists what begins with a prefix', () => {
  const sorted = ['aleppo', 'alep', 'hama', 'homs'].sort();
  const trie = new Trie(sorted);
  expect(trie.below(trie.walk('al'), 10).map((index) => sorted[index])).toEqual(['alep', 'aleppo']);
  expect(trie.below(trie.walk('h'), 1)).toHaveLength(1);
});

it('forgives slips of the finger', () => {
  const sorted = ['aleppo', 'damascus', 'hama'].sort();
  const trie = new Trie(sorted);
  const near = trie.near('damsacus', 2).flatMap(({ node }) => trie.below(node, 5));
  expect(near.map((index) => sorted[index])).toContain('damascus');
  expect(trie.near('xyzxyz', 1)).toEqual([]);
});
