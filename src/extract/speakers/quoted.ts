import type { Token } from '../../model/reading.ts';
import type { Ground } from './ground.ts';
import type { Phrase } from './phrase.ts';

/** Words of a name in quotation marks. */
const NAME_WORDS = 5;

const QUOTES: ReadonlySet<string> = new Set(['"', '“', '”', '„', '«', '»']);

export const isQuote = (token: Token | undefined): boolean =>
  token?.kind === 'mark' && QUOTES.has(token.text);

/** 'The "Sample News" agency', 'news site "Sample News" reported': a name in quotation marks, not what somebody says. */
export function quotedName(ground: Ground, end: number, floor: number): Phrase | undefined {
  const last = end - 1;
  let first = last;
  while (first > Math.max(floor, last - NAME_WORDS) && ground.isCapital(first - 1)) first -= 1;
  const heads = ground.isSpeaker(first - 2) || ground.isCapital(first - 2);
  if (first === last || !isQuote(ground.tokens[first - 1]) || first - 1 <= floor || !heads) return undefined;
  const start = ground.widen(first - 1, floor);
  return { first: start, last: end, kind: 'noun', name: ground.text(first, last) };
}
