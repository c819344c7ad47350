import type { Place } from '../../model/place.ts';
import type { Token } from '../../model/reading.ts';
import type { NameHit } from '../match.ts';
import { isArticle } from '../fold.ts';
import { DIRECTIONS, kindsOf, VICINITY } from '../words.ts';

/** What may stand between a place and the place it lies in, or between the places of a list. */
const CONNECTING = new Set([
  ...DIRECTIONS,
  ...VICINITY,
  ...`in of at inside within near the a and or as well s adjacent nearby neighboring neighbouring northern southern eastern western
   , ( ) - – — : " ' “ ” / & + strategic besieged military border oil gas industrial residential populated key districts
   countryside including namely both two three four five several nearby km kms`.split(/\s+/),
]);
/** Tokens looked at on each side. */
const REACH = 14;

const connects = (token: Token): boolean =>
  CONNECTING.has(token.norm) ||
  isArticle(token.norm) ||
  kindsOf(token.norm) !== undefined ||
  token.kind === 'number';

/**
 * Places named right beside each hit: reached over connecting words and over other names alone, within the sentence.
 * `covered[i]` is the hit that token `i` belongs to.
 */
export function besideOf(
  tokens: readonly Token[],
  hit: NameHit,
  covered: readonly (NameHit | undefined)[],
  placesOf: (hit: NameHit) => readonly Place[],
): Place[] {
  const found = new Set<Place>();
  const sentence = tokens[hit.first]?.sentence;
  const walk = (from: number, step: 1 | -1): void => {
    for (let at = from, steps = 0; steps < REACH; at += step, steps += 1) {
      const token = tokens[at];
      if (token?.sentence !== sentence || token === undefined) return;
      const other = covered[at];
      if (other !== undefined && other !== hit) for (const place of placesOf(other)) found.add(place);
      else if (!connects(token)) return;
    }
  };
  walk(hit.first - 1, -1);
  walk(hit.last, 1);
  return [...found];
}
