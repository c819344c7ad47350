import { type Chunk, isLink, type NounPhrase } from './chunk.ts';
import { type Ground, nounsAt } from './ground.ts';

/** One sentence in chunks. */
export interface Clauses {
  readonly ground: Ground;
  readonly chunks: readonly Chunk[];
}

/** A noun phrase with its index among the chunks. */
export interface Argument {
  readonly np: NounPhrase;
  readonly at: number;
}

/** What a clause is read across: dates, asides and adverbs. */
export const transparent = (chunk: Chunk | undefined): boolean =>
  chunk?.kind === 'date' || chunk?.kind === 'aside' || isLink(chunk, 'adverb');

/** Index of the next chunk that is no date or aside, from `at` on in steps of `step`. */
export function skip(chunks: readonly Chunk[], at: number, step: 1 | -1 = 1): number {
  let i = at;
  while (transparent(chunks[i])) i += step;
  return i;
}

const SIGNS = /^(?:sign|broker|mediate|negotiate)$/;

/** A past form without auxiliary that is followed by "by", or stands behind a noun that it describes. */
export function reduced({ chunks, ground }: Clauses, at: number): boolean {
  const group = chunks[at];
  if (group?.kind !== 'vg' || group.negated) return false;
  if (group.form === 'participle' && !group.perfect && !group.passive) return true;
  if (
    group.form !== 'past' ||
    group.perfect ||
    group.passive ||
    group.modal !== undefined ||
    group.lemma === 'be'
  )
    return false;
  if (group.progressive) return false;
  // "broke a ceasefire signed in Luanda": no deal signs anything.
  const deal = chunks[at - 1];
  if (SIGNS.test(group.lemma) && deal?.kind === 'np' && nounsAt(ground, deal.head).has('agreement'))
    return true;
  const next = chunks[skip(chunks, at + 1)];
  // "the siege imposed on the town", "the civilians besieged in it"
  return (
    isLink(next, 'preposition') &&
    (next.word === 'by' ||
      (group.lemma === 'impose' && next.word === 'on') ||
      (/^(?:besiege|trap|strand|encircle)$/.test(group.lemma) && /^(?:in|inside)$/.test(next.word)))
  );
}
