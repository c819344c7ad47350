import type { TokenSpan } from '../../model/reading.ts';
import type { Argument } from '../syntax/clause.ts';
import type { Context } from './context.ts';
import type { Proposal } from './proposal.ts';

/** Words of a truce for a whole country. */
const WIDE = /^(?:nationwide|countrywide|nation|country|national|cessation|broader)$/;
/** How many tokens around the agreement say who brokered it and how wide it is. */
export const BEFORE = 5;
export const BEHIND = 9;

export const words = (context: Context, { first, last }: TokenSpan): string[] =>
  context.reading.tokens.slice(Math.max(0, first), last).map((token) => token.norm);

const AGREEMENT =
  /^(?:truces?|ceasefires?|fire|cessations?|armistices?|deals?|agreements?|accords?|pacts?|zones?|lull|pause|corridors?)$/;

/** The noun phrases of the proposal that name the agreement, with their places among the chunks. */
export function nounsOf(context: Context, { sentence, span }: Proposal): readonly Argument[] {
  return (context.sentences[sentence]?.chunks ?? []).flatMap((np, at) =>
    np.kind === 'np' &&
    np.last > span.first &&
    np.first < span.last &&
    words(context, np).some((word) => AGREEMENT.test(word))
      ? [{ np, at }]
      : [],
  );
}

/** "a nationwide truce", "a US-Russian ceasefire", "a ceasefire brokered by Moscow and Ankara". */
export function isWide(context: Context, { span, sentence }: Proposal): boolean {
  const { first = 0, last = 0 } = context.reading.sentences[sentence] ?? {};
  const around = {
    first: Math.max(first, span.first - BEFORE),
    last: Math.min(last, span.last + BEHIND),
  };
  const said = words(context, around);
  if (said.some((word) => WIDE.test(word))) return true;
  return POWERS.filter((power) => said.some((word) => power.test(word))).length > 1;
}

/** Whether the words for the agreement itself say that it is a whole country's. */
export const isNamedWide = (context: Context, agreement: Proposal): boolean =>
  nounsOf(context, agreement).some(({ np }) =>
    words(context, np).some((word) => /^(?:nationwide|countrywide|national|broader|wider)$/.test(word)),
  );

/** Outside powers that broker truces between them; two of them together do so for a whole country. */
const POWERS = [
  /^(?:us|usa|america|americans?|washington)$/,
  /^(?:russians?|russia|moscow|kremlin)$/,
  /^(?:turkish|turkey|ankara)$/,
  /^(?:iran|iranians?|tehran)$/,
  /^(?:saudi|saudis|riyadh|jeddah)$/,
  /^(?:egypt|egyptian|cairo)$/,
  /^(?:france|french|paris|germany|german|berlin)$/,
];
