import type { Place } from '../../model/place.ts';
import type { Token } from '../../model/reading.ts';
import { perSpelling } from '../../model/spelling.ts';
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

const connects = perSpelling(
  ({ kind, norm }) =>
    CONNECTING.has(norm) || isArticle(norm) || kindsOf(norm) !== undefined || kind === 'number',
);

const NOTHING: readonly Place[] = [];

/**
 * Places named right beside each hit: reached over connecting words and over other names alone, within the sentence.
 * `covered[i]` is the hit that token `i` belongs to.
 */
export function besideOf(
  tokens: readonly Token[],
  hit: NameHit,
  covered: readonly (NameHit | undefined)[],
  placesOf: (hit: NameHit) => readonly Place[],
): readonly Place[] {
  let found: Set<Place> | undefined;
  const sentence = tokens[hit.first]?.sentence;
  const walk = (from: number, step: 1 | -1): void => {
    for (let at = from, steps = 0; steps < REACH; at += step, steps += 1) {
      const token = tokens[at];
      if (token?.sentence !== sentence || token === undefined) return;
      const other = covered[at];
      if (other !== undefined && other !== hit) {
        found ??= new Set();
        for (const place of placesOf(other)) found.add(place);
      } else if (!connects(token.spelling)) return;
    }
  };
  walk(hit.first - 1, -1);
  walk(hit.last, 1);
  return found === undefined ? NOTHING : [...found];
}
