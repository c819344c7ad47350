import type { PlaceMention } from '../../model/place.ts';
import type { Token } from '../../model/reading.ts';
import { firstFrom } from '../offsets.ts';
import type { Context } from './context.ts';

/** How many tokens before a place may name the talks that were held there. */
const VENUE = 7;

/** Index of the word before a place, articles and kind words passed over: "north of the city of Aleppo" → "of". */
export function leadingAt(tokens: readonly Token[], first: number): number {
  let at = first - 1;
  while (/^(?:the|capital|city|town|province|nearby)$/.test(tokens[at]?.norm ?? '')) at -= 1;
  const kind =
    tokens[at]?.norm === 'of' && /^(?:city|town|village|province)$/.test(tokens[at - 1]?.norm ?? '');
  return kind ? leadingAt(tokens, at - 1) : at;
}

/** "north of Aleppo", "near Homs", a dateline's "BEIRUT": named to say where something else is. */
export function isLandmark(
  { reading: { tokens } }: Context,
  { first, mention }: { readonly first: number; readonly mention: PlaceMention },
): boolean {
  if (mention.text.length > 3 && mention.text === mention.text.toUpperCase()) return true;
  const at = leadingAt(tokens, first);
  const before = tokens[at]?.norm ?? '';
  if (/^(?:near|outside|from)$/.test(before)) return true;
  return (
    before === 'of' &&
    /^(?:(?:north|south)(?:east|west)?|east|west|outside|outskirts|heart|cent(?:er|re)|middle)$/.test(
      tokens[at - 1]?.norm ?? '',
    )
  );
}

/** Whether a place is only where the talks were: "after talks in Geneva", "negotiations in the Kazakh capital Astana". */
export function isVenue({ reading: { tokens } }: Context, { start }: PlaceMention): boolean {
  const at = firstFrom(tokens, start);
  return tokens
    .slice(Math.max(0, at - VENUE), Math.max(0, at))
    .some(({ norm }) => /^(?:talks|negotiations|meetings?|conference|summit|visit)$/.test(norm));
}
