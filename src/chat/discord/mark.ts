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
  /** It is the message that tells the channel. */
  readonly pointer: boolean;
}

export const markOf = (delivery: DeliveryId): string => letters(`mark message ${delivery}`, 12);

/** `ref k3v…`; edited `ref k3v….4`; a reply that the channel is told of `ref k3v…+`, and what tells it `ref k3v…^` */
export const writeMark = ({ name, revision, pointed, pointer }: Mark): string =>
  `ref ${name}${revision > 0 ? `.${revision}` : ''}${pointed ? '+' : ''}${pointer ? '^' : ''}`;

const MARK = /(?:^| )ref ([a-z2-7]{12})(?:\.(\d{1,9}))?(\+)?(\^)?$/;

/** The mark in a message's small print, which ends with it. */
export function readMark(footer: string): Mark | undefined {
  const found = MARK.exec(footer);
  if (!found) return undefined;
  const [, name = '', revision = 0, pointed, pointer] = found;
  return {
    name,
    revision: Number(revision),
    pointed: pointed !== undefined,
    pointer: pointer !== undefined,
  };
}
