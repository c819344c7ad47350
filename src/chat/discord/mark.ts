import { createHash } from 'node:crypto';
import type { DeliveryId } from '../../model/ids.ts';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

function letters(of: string, count: number): string {
  const hash = createHash('sha256').update(of).digest();
  return Array.from({ length: count }, (_, i) => ALPHABET[(hash[i] ?? 0) & 31]).join('');
}

/** "Can be up to 25 characters", and the same for every try of one delivery: Discord then keeps the first only. */
export const nonceOf = (delivery: DeliveryId, part: Part): string => letters(`${part} ${delivery}`, 25);

/** What one delivery may post: the message itself, and the short one in the channel that points to a reply. */
export type Part = 'message' | 'pointer';

/** What a message's small print says of it. */
export interface Mark {
  /** Names the delivery: 60 bits, looked for only among our own messages of one channel. */
  readonly name: string;
  /** Grows with every edit. */
  readonly revision: number;
  /** The channel was to be told of this reply too. */
  readonly pointed: boolean;
}

export const markOf = (delivery: DeliveryId, part: Part = 'message'): string =>
  letters(`mark ${part} ${delivery}`, 12);

/** `ref k3v…`, `ref k3v….4`, `ref k3v…+` */
export const writeMark = ({ name, revision, pointed }: Mark): string =>
  `ref ${name}${revision > 0 ? `.${revision}` : ''}${pointed ? '+' : ''}`;

const MARK = /(?:^| )ref ([a-z2-7]{12})(?:\.(\d{1,9}))?(\+)?$/;

/** The mark in a message's small print, which ends with it. */
export function readMark(footer: string): Mark | undefined {
  const found = MARK.exec(footer);
  if (!found) return undefined;
  return { name: found[1] ?? '', revision: Number(found[2] ?? 0), pointed: found[3] !== undefined };
}
