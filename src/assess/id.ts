import { createHash } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** Deterministic id of what `parts` name: the same parts give the same id in every run. 100 bits: never the same by chance. */
export function idOf(prefix: string, parts: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest();
  const letters = Array.from({ length: 20 }, (_, i) => ALPHABET[(hash[i] ?? 0) & 31]);
  return `${prefix}_${letters.join('')}`;
}

/** Words of a name as one key: "Asharq Al-Awsat" → `asharq-al-awsat`. */
export const slug = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
