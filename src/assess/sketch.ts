import type { ReportId } from '../model/ids.ts';
import { ascending } from './id.ts';
import type { NearReport, Sketch } from './types.ts';

/** Words in a shingle: long enough that two reports on one event in other words share few, short enough to survive edits. */
const SHINGLE_WORDS = 3;
/** As many of a text's lowest shingle hashes are kept: a bottom-k sketch; texts of fewer words are kept whole. */
const KEPT = 512;
/**
 * MinHash bands for finding candidates: two texts that share a part J of their shingles share a band with probability
 * 1 − (1 − J²)²⁴: 0.9 at J = 0.3, 0.999 at J = 0.5.
 */
const BANDS = 24;
const ROWS = 2;

/** FNV-1a over UTF-16 code units, then murmur3's finalizer to spread it. */
function hash32(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h);
}

function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

const wordsOf = (body: string): readonly string[] =>
  body
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu) ?? [];

function shinglesOf(body: string): ReadonlySet<number> {
  const words = wordsOf(body);
  const count = Math.max(1, words.length - SHINGLE_WORDS + 1);
  return new Set(
    Array.from({ length: words.length === 0 ? 0 : count }, (_, i) =>
      hash32(words.slice(i, i + SHINGLE_WORDS).join(' ')),
    ),
  );
}

function minimum(shingles: ReadonlySet<number>, seed: number): number {
  let least = 0xffffffff;
  for (const shingle of shingles) least = Math.min(least, mix(shingle ^ seed));
  return least;
}

/** The near-duplicate sketch of a report's body. */
export function sketch(body: string): Sketch {
  const shingles = shinglesOf(body);
  const bands =
    shingles.size === 0
      ? []
      : Array.from({ length: BANDS }, (_, band) => {
          const rows = Array.from({ length: ROWS }, (_, row) =>
            minimum(shingles, mix(band * ROWS + row + 1)),
          );
          return `${band}:${rows.map((value) => value.toString(36)).join('.')}`;
        });
  return { shingles: kept(shingles), bands };
}

const kept = (shingles: ReadonlySet<number>): readonly number[] =>
  [...shingles].sort((a, b) => a - b).slice(0, KEPT);

/** Of a sketch that is full, only what lies below its highest kept hash is known. */
const knownUpTo = (shingles: readonly number[]): number =>
  shingles.length < KEPT ? Infinity : (shingles.at(-1) ?? 0);

/** How much of `text` is in `other`, 0 … 1, estimated from their sketches' shingles, both ascending. */
export function shareIn(text: readonly number[], other: readonly number[]): number {
  const limit = Math.min(knownUpTo(text), knownUpTo(other));
  let mine = 0;
  let shared = 0;
  let at = 0;
  for (const shingle of text) {
    if (shingle > limit) break;
    mine += 1;
    while ((other[at] ?? Infinity) < shingle) at += 1;
    if (other[at] === shingle) shared += 1;
  }
  return mine === 0 ? 0 : shared / mine;
}

/**
 * Do all shingles of the stretch, or some, stand in a text, as far as its sketch tells? Of what is shorter than a shingle, or
 * is not in the sample, it does not.
 */
export function standsIn(stretch: string, text: readonly number[], how: 'all' | 'some'): boolean {
  if (wordsOf(stretch).length < SHINGLE_WORDS) return false;
  const limit = knownUpTo(text);
  const theirs = new Set(text);
  const sampled = [...shinglesOf(stretch)].filter((shingle) => shingle <= limit);
  const found = sampled.filter((shingle) => theirs.has(shingle));
  return found.length > 0 && (how === 'some' || found.length === sampled.length);
}

/** So much of a text in an earlier one makes it a copy: a changed lead or byline and small edits are less than the rest. */
export const COPY_SHARE = 0.9;
/** So much makes it draw on the earlier one: what its outlet says in its own voice is not independent of it. */
const BORROWED_SHARE = 0.5;

/** The earlier report that a body draws on most, if on any. */
export function nearest(
  body: string,
  near: readonly NearReport[],
): { readonly report: NearReport; readonly share: number } | undefined {
  const shingles = kept(shinglesOf(body));
  const ranked = near
    .map((report) => ({ report, share: shareIn(shingles, report.shingles) }))
    .filter(({ share }) => share >= BORROWED_SHARE)
    .sort(
      (a, b) =>
        b.share - a.share ||
        ascending(a.report.published, b.report.published) ||
        ascending(a.report.report, b.report.report),
    );
  return ranked[0];
}

/** Shingles below which texts share half of them by the pattern that all notices follow. */
const SHORT = 40;

/** The earlier accepted reports with which a body shares most of its words, or they theirs with it. */
export function drawnOn(body: string, near: readonly NearReport[]): readonly ReportId[] {
  const shingles = kept(shinglesOf(body));
  return near
    .filter((other) => {
      const short = Math.min(shingles.length, other.shingles.length) < SHORT;
      const share = Math.max(shareIn(shingles, other.shingles), shareIn(other.shingles, shingles));
      return share >= (short ? COPY_SHARE : BORROWED_SHARE);
    })
    .map(({ report }) => report)
    .sort();
}
