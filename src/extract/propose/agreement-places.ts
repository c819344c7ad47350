import type { PlaceMention } from '../../model/place.ts';
import type { PlaceSpan, TokenSpan } from '../../model/reading.ts';
import { isFinite, isLink } from '../syntax/chunk.ts';
import type { Context } from './context.ts';
import type { How } from './places.ts';
import type { Proposal } from './proposal.ts';

/** Where an agreement applies, and how that was found. */
export interface Scope {
  readonly places: readonly PlaceMention[];
  readonly how: How;
}

/** Words of a truce for a whole country. */
const WIDE = /^(?:nationwide|countrywide|nation|country|national|cessation|broader)$/;
/** How many tokens around the agreement say who brokered it and how wide it is. */
const BEFORE = 5;
const BEHIND = 9;
/** How far a place in the same sentence may stand from the agreement, in tokens. */
const NEAR = 14;
/** How many sentences away people may move under a deal. */
const REACH = 2;

/**
 * The place of an agreement that its own words do not locate. A truce between outside powers, or one called nationwide,
 * is the country's; "the truce" is the one that the report spoke of before; a deal is about the place that people leave
 * under it; else the nearest place in its clause.
 *
 * @param before agreements of the report so far, with their places
 */
export function scopeOf(
  context: Context,
  proposals: readonly Proposal[],
  before: readonly Proposal[],
  agreement: Proposal,
  truce: boolean,
): Scope | undefined {
  const zone = words(context, agreement.span).some((word) => /^(?:de)?escalation$/.test(word));
  // "a safe zone agreed under a deal between A and B": one agreement.
  const same = before.findLast((one) => one.sentence === agreement.sentence && one.places.length > 0);
  if (same !== undefined) return { places: same.places, how: 'anaphor' };
  const relative = whereBefore(context, agreement);
  if (relative !== undefined) return { places: [relative], how: 'container' };
  const country = countryScope(context);
  if (truce && !zone && agreement.phase !== 'violated' && isWide(context, agreement)) return country;
  const near = neighbours(proposals, agreement) ?? namedIn(context, agreement);
  if (near !== undefined) return { places: near, how: 'container' };
  const earlier = isKnown(context, agreement) ? before.findLast((one) => one.places.length > 0) : undefined;
  if (earlier !== undefined) return { places: earlier.places, how: 'anaphor' };
  const moved = movedNear(proposals, agreement);
  if (moved !== undefined && !truce) return { places: moved, how: 'topic' };
  return truce && !zone ? country : undefined;
}

const countryScope = ({ country }: Context): Scope | undefined =>
  country && { places: [country], how: 'topic' };

/** "Eastern Ghouta, where a truce has been in place". */
function whereBefore(context: Context, { sentence, span }: Proposal): PlaceMention | undefined {
  const { tokens } = context.reading;
  for (let i = span.first; i > span.first - BEFORE; i -= 1) {
    if (tokens[i]?.norm !== 'where' || tokens[i]?.sentence !== sentence) continue;
    return context.places.findLast((place) => place.last <= i && i - place.last <= 2)?.mention;
  }
  return undefined;
}

const words = (context: Context, { first, last }: TokenSpan): string[] =>
  context.reading.tokens.slice(Math.max(0, first), last).map((token) => token.norm);

/** "a nationwide truce", "a US-Russian ceasefire", "a ceasefire brokered by Moscow and Ankara". */
export function isWide(context: Context, { span, sentence }: Proposal): boolean {
  const { first = 0, last = 0 } = context.reading.sentences[sentence] ?? {};
  const around = {
    first: Math.max(first, span.first - BEFORE),
    last: Math.min(last, span.last + BEHIND),
  };
  const said = words(context, around);
  if (said.some((word) => WIDE.test(word))) return true;
  return said.some((word) => /^(?:brokered|us|russian?|moscow|washington|backed|sponsored)$/.test(word));
}

/** "the truce", "that deal", "it": one that was spoken of. */
function isKnown(context: Context, { span, sentence }: Proposal): boolean {
  const chunks = context.sentences[sentence]?.chunks ?? [];
  const np = chunks.find(
    (chunk) =>
      chunk.kind === 'np' &&
      chunk.last > span.first &&
      chunk.first < span.last &&
      words(context, chunk).some((word) => AGREEMENT.test(word)),
  );
  return np?.kind === 'np' && np.definite;
}

const AGREEMENT =
  /^(?:truces?|ceasefires?|fire|cessations?|armistices?|deals?|agreements?|accords?|pacts?|zones?|lull|pause)$/;

/** Where people move or a siege stands in the same sentence. */
function neighbours(
  proposals: readonly Proposal[],
  agreement: Proposal,
): readonly PlaceMention[] | undefined {
  return proposals.find(
    (one) =>
      one.sentence === agreement.sentence &&
      one.places.length > 0 &&
      /^(?:withdrawal|evacuation|siege|displacement)$/.test(one.type),
  )?.places;
}

/** "the deal": what people left under it, some sentences away. */
function movedNear(
  proposals: readonly Proposal[],
  { sentence }: Proposal,
): readonly PlaceMention[] | undefined {
  const moved = proposals.filter(
    (one) =>
      /^(?:withdrawal|evacuation)$/.test(one.type) &&
      one.places.length > 0 &&
      Math.abs(one.sentence - sentence) <= REACH,
  );
  return moved.sort((a, b) => Math.abs(a.sentence - sentence) - Math.abs(b.sentence - sentence))[0]?.places;
}

/** The nearest places smaller than a country that the sentence names around the agreement, if possible before it. */
function namedIn(context: Context, proposal: Proposal): readonly PlaceMention[] | undefined {
  const { sentence, span } = proposal;
  const { first = 0, last = 0 } = context.reading.sentences[sentence] ?? {};
  const { tokens } = context.reading;
  const inside = context.places.filter(
    (place) =>
      place.first >= first &&
      place.last <= last &&
      place.mention.kind !== 'country' &&
      !clauseBetween(context, proposal, place) &&
      // "a deal with Damascus": a party.
      !/^(?:with|between|by|from|to|towards?|into)$/.test(tokens[place.first - 1]?.norm ?? ''),
  );
  const distance = (place: PlaceSpan): number =>
    place.last <= span.first ? span.first - place.last : 4 + Math.max(0, place.first - span.last);
  const nearest = inside
    .filter((place) => distance(place) <= NEAR)
    .sort((x, y) => distance(x) - distance(y))[0];
  return nearest && listed(context, inside, nearest).map(({ mention }) => mention);
}

/** The places joined with one by "and" or a comma: "the ceasefires in A and B". */
function listed(context: Context, inside: readonly PlaceSpan[], nearest: PlaceSpan): readonly PlaceSpan[] {
  const joined = (a: PlaceSpan, b: PlaceSpan): boolean =>
    words(context, { first: a.last, last: b.first }).every((word) => /^(?:and|,|the|nearby)$/.test(word));
  const at = inside.indexOf(nearest);
  let [from, to] = [at, at];
  for (let left = inside[from - 1]; left && joined(left, inside[from] ?? left); left = inside[from - 1])
    from -= 1;
  for (let right = inside[to + 1]; right && joined(inside[to] ?? right, right); right = inside[to + 1])
    to += 1;
  return inside.slice(from, to + 1);
}

/** Whether another clause lies between the agreement and the place: "in Aleppo since the truce took effect". */
function clauseBetween(context: Context, { sentence, span }: Proposal, place: PlaceSpan): boolean {
  const [from, to] = place.last <= span.first ? [place.last, span.first] : [span.last, place.first];
  const between = (context.sentences[sentence]?.chunks ?? []).filter(
    (chunk) => chunk.first >= from && chunk.last <= to,
  );
  // "the town is split between fighters who agreed a truce": said of what the town's sentence is about.
  const relative = between.some((chunk) => isLink(chunk, 'relative') && /^(?:who|which)$/.test(chunk.word));
  return between.some(
    (chunk) =>
      (chunk.kind === 'vg' && isFinite(chunk) && !relative) ||
      isLink(chunk, 'subordinator') ||
      (isLink(chunk, 'preposition') && /^(?:since|after|before|despite|amid)$/.test(chunk.word)),
  );
}
