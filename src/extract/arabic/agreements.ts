import type { PlaceMention } from '../../model/place.ts';
import type { Item } from './items.ts';
import type { ArabicProposal } from './propose.ts';
import { isForce } from './roles.ts';

/**
 * A deal with the place that it is about. "Truce" and "ceasefire" speak for themselves; "deal" needs a side of the war in
 * its sentence, or what such deals are about (evacuation, withdrawal). Without a place of its own it takes the sentence's,
 * at the price of confidence; a truce without any has the country's.
 */
export function locateArabicAgreement(
  items: readonly Item[],
  proposal: ArabicProposal,
  country: PlaceMention | undefined,
): ArabicProposal | undefined {
  const truce = items.some((item) => item.classes.has('truce'));
  const company =
    proposal.parties.length > 0 || items.some((item) => isForce(item) || item.classes.has('company'));
  if (!truce && !company) return undefined;
  if (proposal.places.length > 0) return proposal;
  const named = items.flatMap((item) => (item.mark?.kind === 'place' ? [item.mark.mention] : []));
  const narrow = named.filter((place) => place.kind !== 'country');
  const [first] = narrow.length > 0 ? narrow : named;
  if (first !== undefined) return { ...proposal, places: [first], how: 'topic' };
  return truce && country !== undefined ? { ...proposal, places: [country], how: 'topic' } : undefined;
}
