import type { PlaceMention } from '../../model/place.ts';
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
    const near = neighbours(proposals, proposal) ?? namedIn(context, proposal);
    if (near !== undefined) return [{ ...proposal, places: near, how: 'container' as const }];
    if (!truce) return [];
    const country = fallbackCountry(context);
    return country === undefined ? [] : [{ ...proposal, places: [country.mention], how: 'topic' as const }];
  });
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

/** The last place smaller than a country that the sentence names right around the agreement. */
function namedIn(context: Context, proposal: Proposal): readonly PlaceMention[] | undefined {
  const { first = 0, last = 0 } = context.reading.sentences[proposal.sentence] ?? {};
  const inside = context.places.filter(
    (span) => span.first >= first && span.last <= last && span.mention.kind !== 'country',
  );
  const close = inside.filter((span) => Math.abs(span.first - proposal.span.last) <= 8);
  const nearest = close[0];
  return nearest && [nearest.mention];
}
