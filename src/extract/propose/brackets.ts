import type { PlaceMention } from '../../model/place.ts';
import type { PlaceSpan } from '../../model/reading.ts';
import type { Argument, Clauses } from '../syntax/clause.ts';
import type { Context } from './context.ts';

/** What may stand between the names in a bracket that lists places. */
const JOINS = /^(?:and|[,/-]|the|villages?|towns?|areas?|districts?|neighbou?rhoods?|camps?|al|el)$/;
/** Units of administration: no place that a battle takes by the way. */
const UNIT = /^(?:country|governorate|district|subdistrict|region)$/;

/** The places that the bracket holds when it holds nothing but names. */
function listed({ ground, reading }: Context, first: number, last: number): readonly PlaceSpan[] | undefined {
  const places = new Set<PlaceSpan>();
  for (let at = first + 1; at < last - 1; at += 1) {
    const place = ground.placeAt[at];
    if (place !== undefined) places.add(place);
    else if (!JOINS.test(reading.tokens[at]?.norm ?? '')) return undefined;
  }
  return [...places];
}

/**
 * Places that a bracket behind a name adds to it: "took Deir Hafer (Kuweires, Tadef)" is three places. "Talbiseh
 * (Rastan, Homs)" is one: where one of the names holds the place before the bracket, all of them only locate it.
 */
export function bracketed(
  context: Context,
  { chunks }: Clauses,
  { at }: Argument,
  outer: PlaceMention | undefined,
): readonly PlaceMention[] {
  const aside = chunks[at + 1];
  // Without its own province known, "(Herat)" could be just that.
  if (aside?.kind !== 'aside' || outer?.id === undefined || outer.admin1 === undefined) return [];
  if (context.reading.tokens[aside.first]?.text !== '(') return [];
  const places = listed(context, aside.first, aside.last) ?? [];
  const holds = (id: PlaceMention['id']): boolean =>
    id !== undefined && context.contains({ ...outer, id }, outer);
  if (places.some(({ mention, alternatives }) => holds(mention.id) || alternatives.some(holds))) return [];
  return places
    .map(({ mention }) => mention)
    .filter(
      ({ id, kind, country }) => id !== undefined && !UNIT.test(kind ?? '') && country === outer.country,
    );
}
