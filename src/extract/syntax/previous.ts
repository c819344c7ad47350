import { type Chunk, isLink } from './chunk.ts';
import type { Clauses } from './clause.ts';

/** The finite verb to the left whose subject a coordinated verb shares. */
export function previousVerb({ chunks }: Clauses, at: number, second?: Chunk): number {
  for (let i = at - 1; i >= 0; i -= 1) {
    const chunk = chunks[i];
    // "paused to let them leave and took the town": who paused took it.
    const purpose = chunk?.kind === 'vg' && chunk.form === 'infinitive' && isPast(second);
    if (chunk?.kind === 'vg' && !purpose) return i;
    if (isLink(chunk, 'break')) return -1;
  }
  return -1;
}

const isPast = (chunk: Chunk | undefined): boolean =>
  chunk?.kind === 'vg' && chunk.form === 'past' && chunk.modal === undefined;
