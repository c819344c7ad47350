import type { Status } from '../../model/statement.ts';
import type { Token } from '../../model/reading.ts';
import type { Context } from '../propose/context.ts';
import type { Proposal } from '../propose/proposal.ts';
import type { Chunk } from '../syntax/chunk.ts';
import { type Clauses, rightSide } from '../syntax/clause.ts';
import { gapOf } from '../syntax/relative.ts';

const AREAS = /^(?:areas?|zones?|territory|territories|sites?|positions?|sectors?|regions?|lands?|pockets?)$/;

/** "people live in areas held by rebels": ground without a name, told apart by who holds it. */
export const isEpithet = (
  { ground: { tokens } }: Context,
  { chunks }: Clauses,
  { type, describes, how, span, at }: Proposal,
): boolean =>
  type === 'held' &&
  describes === true &&
  ((how !== 'named' &&
    how !== 'provisional' &&
    tokens.slice(span.first, chunks[at]?.first).some(({ norm }) => AREAS.test(norm))) ||
    isNameless(chunks[at - 1], tokens));

/** "from the town to areas held by rebels": the areas, not the town. */
const isNameless = (held: Chunk | undefined, tokens: readonly Token[]): boolean =>
  held?.kind === 'np' &&
  held.places.length === 0 &&
  !held.definite &&
  AREAS.test(tokens[held.head]?.norm ?? '');

/** "rapid gains in the country", "took parts of the country": as news it names no ground; as history it is what there is to say. */
export function isVague(context: Context, proposal: Proposal, status: Status): boolean {
  if (proposal.type === 'agreement' || proposal.type === 'displacement' || proposal.people !== undefined)
    return false;
  const wide = proposal.places.length > 0 && proposal.places.every((place) => place.kind === 'country');
  if (!wide) return false;
  // "part of the land in two countries that it seized": which land is meant, no news and no history of its own.
  const clauses = context.sentences[proposal.sentence];
  if (
    proposal.type === 'control' &&
    clauses !== undefined &&
    gapOf(clauses, proposal.at).length > 0 &&
    rightSide(clauses, proposal.at, true).objects.length === 0
  )
    return true;
  if (proposal.type === 'control' && proposal.part && status === 'background' && proposal.how !== 'topic')
    return false;
  return (
    proposal.how !== 'named' ||
    (proposal.part && proposal.type === 'control') ||
    (!proposal.part && atHome(context, proposal))
  );
}

const BOMBS =
  /^(?:bombing|bombardment|air|aerial|shelling|airstrikes?|strikes?|missile|drone|arrest|media|propaganda|awareness)$/;

/**
 * "an offensive on the province", "a bombing campaign on the city": nothing is to be taken that anybody names.
 */
export function isAimless(context: Context, clauses: Clauses, { rule, at, places, span }: Proposal): boolean {
  if (rule !== 'offensive-on') return false;
  const { tokens } = context.ground;
  const noun = clauses.chunks[at];
  const words = tokens.slice(noun?.first, noun?.last).map(({ norm }) => norm);
  if (words.some((word) => BOMBS.test(word)) && !words.includes('ground')) return true;
  // "an operation on the A-B axis"
  if (tokens.slice(span.first, span.last + AXIS_REACH).some(({ norm }) => /^(?:axis|axes)$/.test(norm)))
    return true;
  return places.every(({ kind }) => kind === 'governorate' || kind === 'country');
}

/** Tokens behind the last name of an axis before the word itself. */
const AXIS_REACH = 6;

export function isPeaceful({ reading, ground }: Context, { sentence }: Proposal): boolean {
  const { first = 0, last = 0 } = reading.sentences[sentence] ?? {};
  return ground.wordAt.slice(first, last).some(({ nouns }) => nouns.has('peace'));
}

/** "rapid gains in the country", made by a party to its war: no ground is named. A neighbour's army enters a country. */
const atHome = (context: Context, { type, phase, to, places }: Proposal): boolean =>
  (type === 'advance' || phase === 'standing') &&
  !to.some(({ id }) => {
    const actor = id === undefined ? undefined : context.actors.get(id);
    return actor?.tags.has('state') === true && !places.some(({ country }) => actor.countries[0] === country);
  });
