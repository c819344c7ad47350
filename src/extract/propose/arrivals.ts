import type { PlaceMention } from '../../model/place.ts';
import type { PlaceSpan } from '../../model/reading.ts';
import type { Context } from './context.ts';
import type { Proposal } from './proposal.ts';

const MOVES = new Set(['evacuation', 'displacement', 'withdrawal']);
/** How many sentences on the arrival may be told. */
const REACH = 3;
const ARRIVES = /^(?:arrive|arrives|arrived|arriving|reached|reaching)$/;
const SHELTER = /^(?:refuge|shelters?|sanctuary|safety)$/;
/** Words between "refuge" or "arrived" and the place: "in the city of". */
const BETWEEN =
  /^(?:in|at|to|inside|near|the|city|town|village|province|of|safely|neighbou?ring|nearby|northern|southern|eastern|western)$/;
const BETWEEN_MOST = 5;

/** Where people who moved came to, told behind the move: "found refuge in B", "the residents of A arrived in B". */
export function withArrivals(context: Context, proposals: readonly Proposal[]): Proposal[] {
  return proposals.map((proposal) => {
    if (!MOVES.has(proposal.type) || proposal.toPlaces.length > 0 || proposal.places.length === 0)
      return proposal;
    const place = refugeOf(context, proposal) ?? arrivalOf(context, proposal);
    return place === undefined ? proposal : { ...proposal, toPlaces: [place] };
  });
}

function refugeOf(context: Context, proposal: Proposal): PlaceMention | undefined {
  const { last = 0 } = context.reading.sentences[proposal.sentence] ?? {};
  return placeBehind(context, proposal, SHELTER, proposal.span.last - 1, last);
}

/** An arrival in this sentence or one of the next, in a sentence that names the place that was left. */
function arrivalOf(context: Context, proposal: Proposal): PlaceMention | undefined {
  for (let step = 0; step <= REACH; step += 1) {
    const sentence = context.reading.sentences[proposal.sentence + step];
    if (sentence === undefined || sentence.furniture !== undefined) return undefined;
    const left = (span: PlaceSpan): boolean => proposal.places.some((place) => place.id === span.mention.id);
    const first = step === 0 ? proposal.span.last : sentence.first;
    const told = placesIn(context, step === 0 ? sentence.first : first, sentence.last).some(left);
    const place = told ? placeBehind(context, proposal, ARRIVES, first, sentence.last) : undefined;
    if (place !== undefined) return place;
  }
  return undefined;
}

const placesIn = ({ ground }: Context, first: number, last: number): PlaceSpan[] =>
  ground.placeAt.slice(first, last).filter((span) => span !== undefined);

/** The place right behind a word, unless it is the one that was left. */
function placeBehind(
  context: Context,
  { places }: Proposal,
  word: RegExp,
  first: number,
  last: number,
): PlaceMention | undefined {
  const { tokens } = context.reading;
  for (let at = first; at < last; at += 1) {
    if (!word.test(tokens[at]?.norm ?? '')) continue;
    let next = at + 1;
    while (next < at + BETWEEN_MOST && BETWEEN.test(tokens[next]?.norm ?? '')) next += 1;
    const place = context.ground.placeAt[next]?.mention;
    if (place !== undefined && !places.some((one) => one.id === place.id)) return place;
  }
  return undefined;
}
