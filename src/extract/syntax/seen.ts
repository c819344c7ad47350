import { isLink } from './chunk.ts';
import { type Argument, type Clauses, skip } from './clause.ts';

const SEES = /^(?:see|let|make|watch|witness)$/;

/** A bare verb that says what another verb's object does: "will see 150 fighters leave the town". */
export interface Seen {
  /** Chunk index of the verb that sees. */
  readonly by: number;
  /** Who is seen to do it. */
  readonly who: readonly Argument[];
}

/** What the verb group at `at` is seen by, or nothing when its clause is its own. */
export function seen({ chunks, ground }: Clauses, at: number): Seen | undefined {
  const group = chunks[at];
  if (group?.kind !== 'vg' || group.last - group.first !== 1) return undefined;
  if (ground.tokens[group.head]?.norm !== group.lemma) return undefined;
  const who: Argument[] = [];
  for (let i = skip(chunks, at - 1, -1); i >= 0; i = skip(chunks, i - 1, -1)) {
    const chunk = chunks[i];
    if (chunk?.kind === 'np') {
      const left = chunks[skip(chunks, i - 1, -1)];
      if (isLink(left, 'preposition')) continue;
      who.unshift({ np: chunk, at: i });
    } else if (chunk?.kind === 'vg')
      return who.length > 0 && SEES.test(chunk.lemma) ? { by: i, who } : undefined;
    else if (!isLink(chunk, 'conjunction', 'comma', 'preposition')) return undefined;
  }
  return undefined;
}
