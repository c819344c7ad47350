import type { PlaceMention } from '../../model/place.ts';
import type { PlaceSpan, TokenSpan } from '../../model/reading.ts';
import { isFinite, isLink } from '../syntax/chunk.ts';
import { rightSide } from '../syntax/clause.ts';
import { subjectOf } from '../syntax/subject.ts';
import { firstFrom } from '../offsets.ts';
import { headNorm } from './heads.ts';
import { BEFORE, BEHIND, isNamedWide, isWide, nounsOf, words } from './agreement-words.ts';
import type { Context } from './context.ts';
import { anaphor, type How, placesOf } from './places.ts';
import { isVenue, leadingAt } from './landmarks.ts';
import type { Proposal } from './proposal.ts';
import { uniquePlaces } from './filled.ts';

/** Where an agreement applies, and how that was found. */
export interface Scope {
  readonly places: readonly PlaceMention[];
  readonly how: How;
  readonly part?: boolean;
}

/** How far a place in the same sentence may stand from the agreement, in tokens. */
const NEAR = 14;
/** How many sentences away people may move under a deal. */
const REACH = 4;
/** How many sentences back the truce that is meant may have been spoken of. */
const SPOKEN_OF = 8;

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
  const own = ownPlaces(context, agreement) ?? theTowns(context, agreement);
  if (own !== undefined) return own;
  const zone = words(context, agreement.span).some((word) => /^(?:de)?escalation$/.test(word));
  // "a safe zone agreed under a deal between A and B": one agreement.
  const same = before.findLast((one) => one.sentence === agreement.sentence && one.places.length > 0);
  if (same !== undefined) return { places: same.places, how: 'anaphor' };
  const relative = whereBefore(context, agreement);
  if (relative.length > 0) return { places: relative, how: 'container' };
  const country = countryScope(context);
  // A violation has a place of its own, unless it is said of "a broader ceasefire".
  const whole = agreement.phase === 'violated' ? isNamedWide : isWide;
  if (truce && !zone && whole(context, agreement)) return country;
  const moved = truce ? undefined : movedUnder(proposals, agreement);
  if (moved !== undefined) return moved;
  const subject = bySubject(context, agreement);
  if (subject !== undefined) return subject;
  const first = zone ? firstIn(context, agreement) : undefined;
  if (first !== undefined) return { places: [first], how: 'container' };
  const near = purpose(context, agreement) ?? neighbours(proposals, agreement) ?? namedIn(context, agreement);
  if (near !== undefined) return { places: near, how: 'container' };
  const earlier = before.findLast(
    (one) =>
      one.places.length > 0 &&
      (isKnown(context, agreement) || (truce && agreement.sentence - one.sentence <= SPOKEN_OF)),
  );
  if (earlier !== undefined) return { places: earlier.places, how: 'anaphor' };
  return truce && !zone ? country : undefined;
}

/** "a ceasefire in Aleppo announced by Moscow": what its own prepositions say. */
function ownPlaces(context: Context, agreement: Proposal): Scope | undefined {
  const clauses = context.sentences[agreement.sentence];
  if (clauses === undefined) return undefined;
  for (const { at, np } of nounsOf(context, agreement)) {
    const { adjuncts } = rightSide(clauses, at, false);
    const applies = /corridors?$/.test(headNorm(context, np)) ? LEADS : APPLIES;
    const end = adjuncts.findIndex(({ prep }) => !applies.test(prep) && !BETWEEN.test(prep));
    const found = adjuncts
      .slice(0, end < 0 ? adjuncts.length : end)
      .filter(({ prep }) => applies.test(prep))
      .flatMap(({ args }) => args)
      .map((arg) => placesOf(context, clauses, arg, { provisional: false, topic: false }))
      .filter((where) => where !== undefined);
    const places = found.flatMap((where) => where.places);
    if (places.length > 0) return { places, how: found[0]?.how ?? 'named' };
  }
  return undefined;
}

/** "the town struck a local truce", "A, which agreed on a ceasefire": a place that makes a deal is where it holds. */
function bySubject(context: Context, { sentence, at }: Proposal): Scope | undefined {
  const clauses = context.sentences[sentence];
  const subject = clauses?.chunks[at]?.kind === 'vg' ? subjectOf(clauses, at).candidates[0]?.[0] : undefined;
  if (clauses === undefined || subject === undefined) return undefined;
  const copula = clauses.chunks[subject.at - 1];
  const named = clauses.chunks[subject.at - 2];
  const back =
    copula?.kind === 'vg' && copula.lemma === 'be' && named?.kind === 'np'
      ? { np: named, at: subject.at - 2 }
      : subject;
  const where = placesOf(context, clauses, back, { provisional: false, topic: false });
  return where === undefined || where.places.every(({ kind }) => kind === 'country')
    ? undefined
    : { places: where.places, how: where.how };
}

/** "A and B are quiet, but the towns are covered by a truce": those that the sentence named before. */
function theTowns(context: Context, { sentence, span }: Proposal): Scope | undefined {
  const { first = 0 } = context.reading.sentences[sentence] ?? {};
  const they = (context.sentences[sentence]?.chunks ?? []).find(
    (chunk) =>
      chunk.kind === 'np' &&
      chunk.definite &&
      chunk.places.length === 0 &&
      chunk.last <= span.first &&
      /^(?:neighbou?rhoods|towns|districts|villages|areas|cities|suburbs)$/.test(
        context.reading.tokens[chunk.head]?.norm ?? '',
      ),
  );
  if (they === undefined) return undefined;
  const named = context.places.filter((place) => place.first >= first && place.last <= they.first);
  return named.length === 0 ? undefined : { places: named.map(({ mention }) => mention), how: 'anaphor' };
}

/** "a corridor out of Mariupol" */
const LEADS = /^(?:from|out of|in|into)$/;
const APPLIES = /^(?:in|across|throughout|inside|around|covering)$/;
const BETWEEN = /^(?:of|with|between|among)$/;

/** "a pause to allow aid into the city": the place that it is for. */
function purpose(context: Context, { sentence, span }: Proposal): readonly PlaceMention[] | undefined {
  const chunks = context.sentences[sentence]?.chunks ?? [];
  for (const [at, chunk] of chunks.entries()) {
    if (chunk.first < span.last || chunk.first > span.last + BEHIND) continue;
    const left = chunks[at - 1];
    if (chunk.kind !== 'np' || !chunk.definite || !isLink(left, 'preposition')) continue;
    if (!/^(?:in|into|to|inside|for)$/.test(left.word) || chunk.places.length > 0) continue;
    const noun = context.reading.tokens[chunk.head]?.norm ?? '';
    if (!context.lexicon.nounClasses(noun).has('settlement')) continue;
    const back = /^(?:area|region|enclave|territory)$/.test(noun)
      ? areaBefore(context, chunk.first)
      : anaphor(context, chunk.first, noun);
    if (back !== undefined) return [back.mention];
  }
  return undefined;
}

const countryScope = (context: Context): Scope | undefined =>
  context.country && !isOutside(context, context.country)
    ? { places: [context.country], how: 'anaphor' }
    : undefined;

/** Who brokered or told of it: "mediated by Qatar and Egypt", "South Sudan's foreign ministry said". */
function isOutside({ reading: { tokens }, attributions, ground }: Context, { start }: PlaceMention): boolean {
  const at = firstFrom(tokens, start);
  if (attributions.some(({ first, last }) => first - 1 <= at && at < last)) return true;
  let left = at - 1;
  while (
    ground.placeAt[left] !== undefined ||
    ground.actorAt[left] !== undefined ||
    /^(?:and|the|,)$/.test(tokens[left]?.norm ?? '')
  )
    left -= 1;
  return tokens[left]?.norm === 'by';
}

/** "Yarmouk and Tadamun, where a truce has been in place". */
function whereBefore(context: Context, { sentence, span }: Proposal): readonly PlaceMention[] {
  const { tokens } = context.reading;
  for (let i = span.first; i > span.first - BEFORE; i -= 1) {
    if (tokens[i]?.norm !== 'where' || tokens[i]?.sentence !== sentence) continue;
    const inside = context.places.filter((place) => tokens[place.first]?.sentence === sentence);
    const nearest = inside.findLast((place) => place.last <= i && i - place.last <= 2);
    return nearest === undefined ? [] : listed(context, inside, nearest).map(({ mention }) => mention);
  }
  return [];
}

/** "the truce", "that deal": one that was spoken of. */
const isKnown = (context: Context, agreement: Proposal): boolean =>
  nounsOf(context, agreement).at(0)?.np.definite === true;

/** "the area": the last region or district named, else the last place. */
function areaBefore(context: Context, before: number): PlaceSpan | undefined {
  const named = context.places.filter(
    ({ last, mention }) => last <= before && mention.kind !== 'country' && mention.id !== undefined,
  );
  return (
    named.findLast(({ mention }) => /^(?:region|district|governorate)$/.test(mention.kind ?? '')) ??
    named.at(-1)
  );
}

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

/** The towns that people leave under a deal: in the same sentence, else some sentences around it. */
function movedUnder(proposals: readonly Proposal[], { sentence }: Proposal): Scope | undefined {
  const moved = proposals.filter(
    (one) =>
      /^(?:withdrawal|evacuation)$/.test(one.type) &&
      one.how !== 'provisional' &&
      (one.verdict.is !== 'void' || one.sentence === sentence) &&
      Math.abs(one.sentence - sentence) <= REACH,
  );
  const here = moved.filter((one) => one.sentence === sentence);
  const under = here.length > 0 ? here : moved;
  const places = uniquePlaces(
    under.flatMap((one) => one.places.filter(({ kind, id }) => kind !== 'country' && id !== undefined)),
  );
  return places.length === 0 ? undefined : { places, how: 'anaphor', part: under.every(({ part }) => part) };
}

/** What the sentence is about: the place that it names first. */
function firstIn(context: Context, { sentence, span }: Proposal): PlaceMention | undefined {
  const { first = 0 } = context.reading.sentences[sentence] ?? {};
  return context.places.find(
    ({ first: from, last, mention }) =>
      from >= first &&
      last <= span.last &&
      mention.kind !== 'country' &&
      mention.text !== mention.text.toUpperCase(),
  )?.mention;
}

/** The nearest places smaller than a country that the sentence names around the agreement, if possible before it. */
function namedIn(context: Context, proposal: Proposal): readonly PlaceMention[] | undefined {
  const { sentence } = proposal;
  const span = nounsOf(context, proposal).at(0)?.np ?? proposal.span;
  const { first = 0, last = 0 } = context.reading.sentences[sentence] ?? {};
  const { tokens } = context.reading;
  const inside = context.places.filter(
    (place) =>
      place.first >= first &&
      place.last <= last &&
      place.mention.kind !== 'country' &&
      place.mention.id !== undefined &&
      !isVenue(context, place.mention) &&
      !isOutside(context, place.mention) &&
      !clauseBetween(context, proposal, span, place) &&
      !ASIDE.test(tokens[leadingAt(tokens, place.first)]?.norm ?? ''),
  );
  const distance = (place: PlaceSpan): number =>
    place.last <= span.first ? span.first - place.last : 4 + Math.max(0, place.first - span.last);
  const nearest = inside
    .filter((place) => distance(place) <= NEAR)
    .sort((x, y) => distance(x) - distance(y))[0];
  return nearest && listed(context, inside, nearest).map(({ mention }) => mention);
}

/** A party ("a deal with Damascus"), where people go, or a landmark ("in a camp outside the capital Damascus"). */
const ASIDE = /^(?:with|between|by|from|to|towards?|outside|near|off)$/;

/** The places joined with one by "and" or a comma: "the ceasefires in A and B". */
function listed(context: Context, inside: readonly PlaceSpan[], nearest: PlaceSpan): readonly PlaceSpan[] {
  const joined = (a: PlaceSpan, b: PlaceSpan): boolean =>
    words(context, { first: a.last, last: b.first }).every((word) =>
      /^(?:and|,|the|nearby|adjacent|neighbou?ring|camp|city|town|village|district|neighbou?rhood|quarter)$/.test(
        word,
      ),
    );
  const at = inside.indexOf(nearest);
  let [from, to] = [at, at];
  for (let left = inside[from - 1]; left && joined(left, inside[from] ?? left); left = inside[from - 1])
    from -= 1;
  for (let right = inside[to + 1]; right && joined(inside[to] ?? right, right); right = inside[to + 1])
    to += 1;
  return inside.slice(from, to + 1);
}

/** Whether another clause lies between the agreement and the place: "in Aleppo since the truce took effect". */
function clauseBetween(
  context: Context,
  { sentence, at }: Proposal,
  span: TokenSpan,
  place: PlaceSpan,
): boolean {
  const chunks = context.sentences[sentence]?.chunks ?? [];
  // "fighters in A signed a truce": the clause is the agreement's own.
  const own = chunks[at];
  const [from, to] = place.last <= span.first ? [place.last, span.first] : [span.last, place.first];
  const between = chunks.filter((chunk) => chunk.first >= from && chunk.last <= to && chunk !== own);
  // "the town is split between fighters who agreed a truce": said of what the town's sentence is about.
  const relative = between.some((chunk) => isLink(chunk, 'relative') && /^(?:who|which)$/.test(chunk.word));
  return between.some(
    (chunk) =>
      (chunk.kind === 'vg' && isFinite(chunk) && !relative) ||
      isLink(chunk, 'subordinator') ||
      (isLink(chunk, 'preposition') && /^(?:since|after|before|despite|amid)$/.test(chunk.word)),
  );
}
