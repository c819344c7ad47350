import type { Block, Message } from '../model/message.ts';
import { literal } from './inline.ts';
import type { Wording } from './names.ts';
import { label } from './strings.ts';

/** A reply as a part of a larger one: its headline, and what is below it but for buttons. */
const part = ({ headline, blocks }: Message): readonly Block[] => [
  { kind: 'paragraph', line: [{ kind: 'strong', text: headline }] },
  ...blocks.filter(({ kind }) => kind !== 'actions'),
];

/** Replies of one thread that were held back, oldest first, as one. @throws RangeError when there are none */
export function renderGathered(replies: readonly Message[], { strings }: Pick<Wording, 'strings'>): Message {
  const newest = replies.at(-1);
  if (newest === undefined) throw new RangeError('there is nothing to tell');
  if (replies.length === 1) return newest;
  return {
    tone: replies.some(({ tone }) => tone === 'warning') ? 'warning' : newest.tone,
    headline: label(strings, 'gathered.headline', {
      count: replies.length,
      newest: literal(newest.headline),
    }),
    blocks: replies.flatMap(part),
  };
}
