import type { Message } from '../../model/message.ts';
import type { Snowflake } from './api.ts';

/** "applied_tags": at most five. */
const MOST = 5;

const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/**
 * The forum's own tags that name a kind of change or a place that the message is about. Tags are the forum's owners' to
 * make. `needed`: the forum takes no post without one, and gets its first when none fits.
 */
export function tagsFor(
  { topics = [] }: Message,
  tags: readonly { readonly id: Snowflake; readonly name: string }[],
  needed: boolean,
): readonly Snowflake[] {
  const wanted = new Set(topics.map(folded));
  const fitting = tags.filter(({ name }) => wanted.has(folded(name)));
  return (fitting.length === 0 && needed ? tags.slice(0, 1) : fitting.slice(0, MOST)).map(({ id }) => id);
}
