import { isLink } from './chunk.ts';
import { type Argument, type Clauses, isGround, skip } from './clause.ts';
import { coordinated } from './coordination.ts';

/** Index of "who" or "which" right before the verb group at `at`, or -1. */
export function relativeVerb({ chunks }: Clauses, at: number): number {
  const link = skip(chunks, at - 1, -1);
  const mark = chunks[link];
  if (isLink(mark, 'relative')) return link;
  return isLink(mark, 'complementizer') &&
    mark.word === 'that' &&
    chunks[skip(chunks, link - 1, -1)]?.kind === 'np'
    ? link
    : -1;
}

/** The noun phrases that "who" or "which" at `at` can stand for: the nearest, then what it depends on. */
export function antecedentOf(clauses: Clauses, at: number): Argument[][] {
  const { chunks } = clauses;
  const found: Argument[][] = [];
  let i = skip(chunks, at - 1, -1);
  if (isLink(chunks[i], 'comma')) i = skip(chunks, i - 1, -1);
  // "most of which", "all of whom"
  const link = chunks[i];
  if (isLink(link, 'preposition')) {
    i = skip(chunks, i - 1, -1);
    if (link.word === 'of' && chunks[i]?.kind === 'np') {
      const fraction = i;
      i = skip(chunks, i - 1, -1);
      if (isLink(chunks[i], 'comma')) i = skip(chunks, i - 1, -1);
      if (chunks[i]?.kind !== 'np') i = fraction;
    }
  }
  for (let hops = 0; hops < 4; hops += 1) {
    const np = chunks[i];
    if (np?.kind !== 'np') break;
    const list = coordinated(clauses, i);
    found.push(isOneSide(clauses, list) ? list.slice(-1) : list);
    const prep = skip(chunks, i - 1, -1);
    if (!isLink(chunks[prep], 'preposition')) break;
    i = skip(chunks, prep - 1, -1);
    // "people displaced from A who …": the people.
    const describes = chunks[i];
    if (describes?.kind === 'vg' && describes.lemma === 'displace' && !describes.passive) i -= 1;
  }
  return found;
}

/** "battles between the tribes and the militants, who took the town": the nearer side, not both. */
export function isOneSide({ chunks }: Clauses, list: readonly Argument[]): boolean {
  const before = chunks[skip(chunks, (list[0]?.at ?? 0) - 1, -1)];
  return list.length > 1 && isLink(before, 'preposition') && before.word === 'between';
}

/**
 * What a verb without an object of its own is done to, when its clause hangs on it: "the town that rebels took", "the areas the
 * army has been fighting to retake". Best first; empty when the verb stands in no such clause.
 */
export function gapOf(clauses: Clauses, at: number): Argument[][] {
  const { chunks } = clauses;
  let verb = at;
  for (let left = skip(chunks, verb - 1, -1); chunks[left]?.kind === 'vg'; left = skip(chunks, left - 1, -1))
    verb = left;
  const subject = skip(chunks, verb - 1, -1);
  const who = chunks[subject];
  if (who?.kind !== 'np') return [];
  const left = skip(chunks, subject - 1, -1);
  const what = chunks[left];
  if (isLink(what, 'relative', 'complementizer')) {
    const lists = /^(?:that|which)$/.test(what.word) ? antecedentOf(clauses, left) : [];
    // "weapons from the town that rebels took": nobody knows which.
    return lists.every(([first]) => first !== undefined && isGround(clauses, first.np)) ? lists : [];
  }
  // Without "that": only who is sure to act can follow a place so.
  const acts = who.pronoun || clauses.ground.actorAt[who.head] !== undefined;
  return what?.kind === 'np' && acts && isGround(clauses, what) ? [[{ np: what, at: left }]] : [];
}
