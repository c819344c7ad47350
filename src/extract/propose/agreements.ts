import type { PlaceMention } from '../../model/place.ts';
import type { PlaceSpan } from '../../model/reading.ts';
import { isFinite, isLink } from '../syntax/chunk.ts';
import type { Context } from './context.ts';
import { fallbackCountry } from './places.ts';
import type { Proposal } from './proposal.ts';

/** Words that mean a truce wherever they stand; "deal" and "agreement" need company. */
const TRUCE = /^(?:truces?|ceasefires?|cease|cessations?|armistices?|reconciliations?|surrender|lull)$/;
const COMPANY =
  /^(?:truce|ceasefire|evacuat\w*|withdraw\w*|surrender\w*|rebels?|fighters?|militants?|civilians?|siege|besieged|hostilities|fighting|troops|buses|corridors?|escalation|reconciliation|leave|safe|passage|prisoners?)$/;

/** Gives agreements without a stated place the place that they are about, and drops deals of another kind. */
export function locateAgreements(context: Context, proposals: readonly Proposal[]): Proposal[] {
  return proposals.flatMap((proposal) => {
    if (proposal.type !== 'agreement') return [proposal];
    const words = sentenceWords(context, proposal);
    const truce = spanWords(context, proposal).some((word) => TRUCE.test(word));
    if (!truce && !words.some((word) => COMPANY.test(word))) return [];
    if (isEcho(proposals, proposal)) return [];
    if (proposal.places.length > 0) return [proposal];
    const near =
      truce && spanWords(context, widened(proposal)).some((word) => WIDE.test(word))
        ? undefined
        : (neighbours(proposals, proposal) ?? namedIn(context, proposal) ?? movedNear(proposals, proposal));
    if (near !== undefined) return [{ ...proposal, places: near, how: 'container' as const }];
    if (!truce && !words.some((word) => TRUCE.test(word))) return [];
    const country = fallbackCountry(context);
    return country === undefined ? [] : [{ ...proposal, places: [country.mention], how: 'topic' as const }];
  });
}

/** A truce between powers or for a whole country. */
const WIDE = /^(?:nationwide|countrywide|national|brokered|us|russia|russian|moscow|washington|cessation)$/;
const REACH = 2;

/** "the deal": what people left under it, some sentences away. */
function movedNear(
  proposals: readonly Proposal[],
  { sentence, rule }: Proposal,
): readonly PlaceMention[] | undefined {
  const moved = proposals.filter(
    (one) =>
      /^(?:withdrawal|evacuation)$/.test(one.type) &&
      one.places.length > 0 &&
      Math.abs(one.sentence - sentence) <= REACH,
  );
  return rule === 'under-deal' || rule === 'deal-reached' ? moved[0]?.places : undefined;
}

/** A noun frame on words that a verb frame has taken: "a truce took effect" is one statement. */
function isEcho(proposals: readonly Proposal[], { sentence, span, rule }: Proposal): boolean {
  return (
    /^(?:under-deal|despite-truce|truce-in)$/.test(rule) &&
    proposals.some(
      (other) =>
        other.type === 'agreement' &&
        other.sentence === sentence &&
        other.rule !== rule &&
        !/^(?:despite-truce|truce-in)$/.test(other.rule) &&
        other.span.first < span.last &&
        span.first < other.span.last,
    )
  );
}

const sentenceWords = (context: Context, { sentence }: Proposal): string[] => {
  const { first = 0, last = 0 } = context.reading.sentences[sentence] ?? {};
  return context.reading.tokens.slice(first, last).map((token) => token.norm);
};

const spanWords = (context: Context, { span }: Proposal): string[] =>
  context.reading.tokens.slice(span.first, span.last).map((token) => token.norm);

/** Where people move or a siege stands in the same sentence. */
function neighbours(
  proposals: readonly Proposal[],
  agreement: Proposal,
): readonly PlaceMention[] | undefined {
  const other = proposals.find(
    (one) =>
      one.sentence === agreement.sentence &&
      one.places.length > 0 &&
      /^(?:withdrawal|evacuation|siege|displacement)$/.test(one.type),
  );
  return other?.places;
}

/** The nearest place smaller than a country that the sentence names around the agreement, if possible before it. */
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
      !/^(?:with|between|by)$/.test(tokens[place.first - 1]?.norm ?? ''),
  );
  const distance = (place: PlaceSpan): number =>
    place.last <= span.first ? span.first - place.last : 4 + Math.max(0, place.first - span.last);
  const nearest = inside
    .filter((place) => distance(place) <= 12)
    .sort((x, y) => distance(x) - distance(y))[0];
  return nearest && [nearest.mention];
}

const widened = (proposal: Proposal): Proposal => ({
  ...proposal,
  span: { first: Math.max(0, proposal.span.first - 5), last: proposal.span.last + 8 },
});

/** Whether another clause lies between the agreement and the place: "in Aleppo since the truce took effect". */
function clauseBetween(context: Context, { sentence, span }: Proposal, place: PlaceSpan): boolean {
  const [from, to] = place.last <= span.first ? [place.last, span.first] : [span.last, place.first];
  return (context.sentences[sentence]?.chunks ?? []).some(
    (chunk) =>
      chunk.first >= from &&
      chunk.last <= to &&
      ((chunk.kind === 'vg' && isFinite(chunk)) ||
        isLink(chunk, 'subordinator') ||
        (isLink(chunk, 'preposition') && /^(?:since|after|before|despite|amid)$/.test(chunk.word))),
  );
}
