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

/** Plain order of code units: the same on every machine, whatever its language. */
export const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const ordinal = (statement: string): number => Number(statement.slice(statement.lastIndexOf('.') + 1));

/** Statements of one report in text order (`r.9` before `r.10`); of several reports, by report. */
export const byText = (a: string, b: string): number =>
  ascending(a.slice(0, a.lastIndexOf('.')), b.slice(0, b.lastIndexOf('.'))) || ordinal(a) - ordinal(b);
