import type { NounPhrase } from './chunk.ts';

const WIDE: ReadonlySet<string | undefined> = new Set([
  'governorate',
  'region',
  'country',
  'district',
  'subdistrict',
]);

/** A phrase that ends in the name of something that holds towns. */
export const isWide = (np: NounPhrase | undefined): boolean => WIDE.has(np?.places.at(-1)?.mention.kind);

/** "the rebels", not "areas that the rebels hold": who acts comes first. */
export const startsWithParty = ({ actors, first }: NounPhrase): boolean =>
  actors.some((party) => party.epithet === undefined && party.first <= first + 1);
