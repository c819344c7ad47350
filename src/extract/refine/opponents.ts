import type { ActorMention } from '../../model/actor.ts';
import type { ActorId } from '../../model/ids.ts';
import type { ActorSpan } from '../../model/reading.ts';
import type { Context } from '../propose/context.ts';
import { mention } from '../propose/forces.ts';
import type { Proposal } from '../propose/proposal.ts';
import { type Actors, allied, apart, isAnybodys, isState, sameSide } from './alliances.ts';
import { inSentences, sentenceOf } from './stage.ts';

/** What a mention counts by its distance in sentences: here, next to it, one further. */
const NEAR = [4, 2.5, 1];
const FAR = 0.25;
/** However often a party is named far off, it does not outdo one that is named beside the statement. */
const FAR_MOST = 2;
const HOLDER = 3;
const FOUGHT = 1.5;
const SAME_PLACE = 1.5;
/** A state counts less in another country: it turns up in everybody's war. */
const STATE = -5;
/** Sentences beyond which a mention says nothing any more: a digest holds many stories. */
const REACH = 60;
const ENOUGH = 2;

const FIGHT = /^(?:from|against|battling|fighting|battle|fight|besieging|ousting|expelling)$/;
const CLASH = /^(?:clash(?:es|ed|ing)?|battles?|fighting|fights?|fought|confrontations?|combat)$/;
const KEEP =
  /^(?:strongholds?|bastions?|hands?|control|controlled|held|capital|enclave|pockets?|positions?)$/;

/**
 * The party that a statement's known side most likely faces, of those that the report names: weighed by nearness, by
 * words of holding and fighting around it, and by the place. Undefined where the report names no foe that counts.
 */
export function opponentOf(
  context: Context,
  proposal: Proposal,
  known: readonly ActorMention[],
  fighters: readonly ActorSpan[],
): ActorMention | undefined {
  const actors: Actors = context.actors;
  const ids = known.flatMap(({ id }) => (id === undefined ? [] : [id]));
  // "Kurdish and Arab fighters": "fighters" may be anybody's, the Kurds are not.
  const named = ids.filter((id) => !isAnybodys(actors, id));
  const own = named.length > 0 ? named : ids;
  const near = new Map<ActorId, number>();
  const far = new Map<ActorId, number>();
  const best = new Map<ActorId, { readonly span: ActorSpan; readonly weight: number }>();
  const patrons = patronsIn(context, proposal.sentence);
  for (const span of inSentences(context, fighters, proposal.sentence - REACH, proposal.sentence + REACH)) {
    const { id } = span;
    const distance = Math.abs(sentenceOf(context, span) - proposal.sentence);
    if (id === undefined || [...patrons].some((patron) => patron === id || allied(actors, patron, id)))
      continue;
    if (own.some((one) => sameSide(actors, one, id) || apart(actors, one, id))) continue;
    if (span.epithet === 'holder' && holdsElsewhere(context, proposal, span)) continue;
    const weight = (NEAR[distance] ?? FAR) + cue(context, span) + place(context, proposal, span, distance);
    const sums = distance < NEAR.length ? near : far;
    sums.set(id, (sums.get(id) ?? 0) + weight);
    if (weight > (best.get(id)?.weight ?? 0)) best.set(id, { span, weight });
  }
  let found: ActorSpan | undefined;
  let most = ENOUGH - 0.001;
  for (const [id, { span }] of best) {
    const total =
      (near.get(id) ?? 0) +
      Math.min(FAR_MOST, far.get(id) ?? 0) +
      (isOutsider(actors, id, own, proposal) ? STATE : 0);
    if (total > most) {
      found = span;
      most = total;
    }
  }
  return found && mention(context, found);
}

/** How far behind "rebel-held" the place stands that is held. */
const HELD_REACH = 6;

/** "took A … in government-held districts of B": who holds B does not lose A. */
function holdsElsewhere(context: Context, { places }: Proposal, span: ActorSpan): boolean {
  const held = context
    .placesIn(sentenceOf(context, span))
    .find(({ first }) => first >= span.last && first < span.last + HELD_REACH);
  if (held === undefined || places.length === 0) return false;
  return !places.some(
    (place) =>
      place.id === held.mention.id ||
      place.id === undefined ||
      context.contains(place, held.mention) ||
      context.contains(held.mention, place),
  );
}

/** "Turkish-backed fighters took the town": Turkey is not who lost it. */
function patronsIn({ reading: { marks, tokens } }: Context, sentence: number): ReadonlySet<ActorId> {
  const found = new Set<ActorId>();
  for (const mark of marks)
    if (
      mark.kind === 'actor' &&
      mark.epithet === 'backer' &&
      mark.id !== undefined &&
      tokens[mark.first]?.sentence === sentence
    )
      found.add(mark.id);
  return found;
}

/** A state in a war that is not its own: neither is the place its, nor does it face a state. */
const isOutsider = (actors: Actors, id: ActorId, own: readonly ActorId[], { places }: Proposal): boolean =>
  isState(actors, id) &&
  !own.some((one) => isState(actors, one)) &&
  !places.some(
    ({ country }) => country !== undefined && actors.get(id)?.countries.includes(country) === true,
  );

/** Whether nothing around a mention makes it the one that is fought or that holds the ground. */
export const isDoer = (context: Context, span: ActorSpan): boolean =>
  cue(context, span) === 0 && !ownsSite(context, span);

/** Adjectives between an owner and what is his. */
const OWNED =
  /^(?:last|main|remaining|key|largest|biggest|military|final|only|old|former|strategic|forward|second|major|important|northern|southern|eastern|western)$/;
const OWNED_MOST = 3;

/** "attacked the army barriers", "the army's last base was seized": the army is whose it was. */
function ownsSite({ reading: { tokens }, lexicon }: Context, span: ActorSpan): boolean {
  let at = span.last;
  while (at < span.last + OWNED_MOST && OWNED.test(tokens[at]?.norm ?? '')) at += 1;
  const classes = lexicon.nounClasses(tokens[at]?.norm ?? '');
  return classes.has('site') || classes.has('stronghold') || classes.has('loot');
}

/** "ISIS-held", "held by ISIS", "the stronghold of ISIS"; "from ISIS", "against ISIS". */
function cue(context: Context, span: ActorSpan): number {
  if (span.epithet === 'holder') return HOLDER;
  const norm = (at: number): string => context.reading.tokens[at]?.norm ?? '';
  if (KEEP.test(norm(span.last))) return HOLDER;
  let at = span.first - 1;
  while (/^(?:the|a|an|of|its|-)$/.test(norm(at)) && at > span.first - 3) at -= 1;
  if (KEEP.test(norm(at)) || (norm(at) === 'by' && KEEP.test(norm(at - 1)))) return HOLDER;
  // "clashes with ISIS"
  const clash = norm(at) === 'with' && CLASH.test(norm(at - 1));
  return clash || FIGHT.test(norm(at)) ? FOUGHT : 0;
}

/** A party named in another sentence beside the same place. */
function place(context: Context, proposal: Proposal, span: ActorSpan, distance: number): number {
  if (distance === 0) return 0;
  const here = sentenceOf(context, span);
  const beside = context
    .placesIn(here)
    .some(
      (mark) => mark.mention.id !== undefined && proposal.places.some((one) => one.id === mark.mention.id),
    );
  return beside ? SAME_PLACE : 0;
}
