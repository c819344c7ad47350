import { type Chunk, isFinite, isLink, type NounPhrase } from './chunk.ts';
import type { Ground } from './ground.ts';

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

/** A preposition with the noun phrases that it governs. */
export interface Adjunct {
  readonly prep: string;
  readonly args: readonly Argument[];
}

export interface RightSide {
  readonly objects: readonly Argument[];
  readonly adjuncts: readonly Adjunct[];
  /** Index of the first chunk that does not belong to it. */
  readonly end: number;
}

const transparent = (chunk: Chunk | undefined): boolean =>
  chunk?.kind === 'date' || chunk?.kind === 'aside' || isLink(chunk, 'adverb');

/** Index of the next chunk that is no date or aside, from `at` on in steps of `step`. */
export function skip(chunks: readonly Chunk[], at: number, step: 1 | -1 = 1): number {
  let i = at;
  while (transparent(chunks[i])) i += step;
  return i;
}

/** A past form without auxiliary that is followed by "by", or stands behind a noun that it describes. */
export function reduced({ chunks }: Clauses, at: number): boolean {
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
  const next = chunks[skip(chunks, at + 1)];
  return isLink(next, 'preposition') && next.word === 'by';
}

/** Whether the noun phrase at `at` is the subject of a finite verb right behind it. */
function startsClause(clauses: Clauses, at: number): boolean {
  const { chunks } = clauses;
  let i = skip(chunks, at + 1);
  // Prepositional phrases between subject and verb: "fighters of the group entered".
  for (let hops = 0; hops < 3; hops += 1) {
    const link = chunks[i];
    if (!isLink(link, 'preposition') || chunks[skip(chunks, i + 1)]?.kind !== 'np') break;
    if (!/^(?:of|from|including|in|for)$/.test(link.word)) break;
    i = skip(chunks, skip(chunks, i + 1) + 1);
  }
  const next = chunks[i];
  return next?.kind === 'vg' && isFinite(next) && !reduced(clauses, i);
}

/** Skips "held by the group" behind a noun phrase. */
function skipReduced(clauses: Clauses, at: number): number {
  const { chunks } = clauses;
  let i = skip(chunks, at + 1);
  while (isLink(chunks[i], 'preposition') && chunks[skip(chunks, i + 1)]?.kind === 'np') {
    const link = chunks[i];
    if (isLink(link, 'preposition') && link.word !== 'by') break;
    i = skip(chunks, skip(chunks, i + 1) + 1);
  }
  return i;
}

/** What stands right of the verb group or noun phrase at `at`: objects, then prepositional phrases. */
export function rightSide(clauses: Clauses, at: number, objectsAllowed: boolean): RightSide {
  const { chunks } = clauses;
  const objects: Argument[] = [];
  const adjuncts: { prep: string; args: Argument[] }[] = [];
  let target: Argument[] | undefined = objectsAllowed ? objects : undefined;
  let linked = objectsAllowed;
  let i = at + 1;
  for (; i < chunks.length;) {
    const chunk = chunks[i];
    if (chunk === undefined || transparent(chunk)) {
      i += 1;
      continue;
    }
    if (chunk.kind === 'np') {
      const clause = startsClause(clauses, i);
      if (clause && (target === objects || !isLink(chunks[i - 1], 'preposition'))) break;
      if (!linked && !(target === objects && continues(clauses, i))) break;
      target?.push({ np: chunk, at: i });
      linked = false;
      i += 1;
    } else if (isLink(chunk, 'preposition')) {
      const after = chunks[i + 1];
      if (after?.kind === 'date') {
        i += 2;
        continue;
      }
      const next = chunks[skip(chunks, i + 1)];
      // "in near the city", "from inside"
      if (isLink(next, 'preposition')) {
        i += 1;
        continue;
      }
      if (next?.kind !== 'np') break;
      target = [];
      adjuncts.push({ prep: chunk.word, args: target });
      linked = true;
      i += 1;
    } else if (isLink(chunk, 'conjunction', 'comma')) {
      const next = skip(chunks, i + 1);
      const after = chunks[next];
      if (isLink(after, 'conjunction', 'comma') || isLink(after, 'preposition')) {
        i = next;
        continue;
      }
      // "took A in the east of X as well as B"
      if (
        isLink(chunk, 'conjunction') &&
        /^(?:as well as|along with|in addition to)$/.test(chunk.word) &&
        objects.length > 0
      )
        target = objects;
      // "a truce between A and B held": B is a side, and no subject.
      const isSecondSide = adjuncts.at(-1)?.prep === 'between' && target?.length === 1 && target !== objects;
      if (
        after?.kind !== 'np' ||
        (startsClause(clauses, next) && !isSecondSide) ||
        target === undefined ||
        target.length === 0
      )
        break;
      linked = true;
      i = next;
    } else if (chunk.kind === 'vg' && reduced(clauses, i) && (objects.length > 0 || adjuncts.length > 0)) {
      const past = skipReduced(clauses, i);
      if (past <= i) break;
      i = past;
      linked = false;
    } else break;
  }
  return { objects, adjuncts, end: i };
}

/** A place name that follows another without a comma: "the districts of Nebabile Zahra". */
function continues({ chunks }: Clauses, at: number): boolean {
  const chunk = chunks[at];
  return chunk?.kind === 'np' && (chunk.places.length > 0 || chunk.definite || !chunk.pronoun);
}
