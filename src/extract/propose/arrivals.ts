import type { PlaceMention } from '../../model/place.ts';
import type { PlaceSpan } from '../../model/reading.ts';
import { type Chunk, isLink } from '../syntax/chunk.ts';
import { type Clauses, rightSide, skip } from '../syntax/clause.ts';
import type { Context } from './context.ts';
import { placesOf } from './places.ts';
import type { Proposal } from './proposal.ts';

const MOVES = new Set(['evacuation', 'displacement', 'withdrawal']);
/** How many sentences on the arrival may be told. */
const REACH = 3;
const ARRIVES = /^(?:arrive|reach)$/;
/** What else people do to get somewhere, told with the same subject: "fled the town and travelled to B". */
const GOES = /^(?:travel|head|go|move|walk|cross|buss?|transport|transfer|ferry|take|bring|drive)$/;
const SHELTER = /^(?:refuge|shelters?|sanctuary|safety)$/;
const TOWARDS = /^(?:to|into|in|at|inside|for|towards?|across|back to)$/;

/** Where people who moved came to, told behind the move: "found refuge in B", "the residents of A arrived in B". */
export function withArrivals(context: Context, proposals: readonly Proposal[]): Proposal[] {
  return proposals.map((proposal) => {
    if (!MOVES.has(proposal.type) || proposal.places.length === 0) return proposal;
    const goals = proposal.toPlaces.filter((goal) => !isLeft(proposal, goal));
    if (goals.length > 0)
      return goals.length === proposal.toPlaces.length ? proposal : { ...proposal, toPlaces: goals };
    const place = refugeOf(context, proposal) ?? arrivalOf(context, proposal) ?? abroadOf(context, proposal);
    return place === undefined ? { ...proposal, toPlaces: [] } : { ...proposal, toPlaces: [place] };
  });
}

/** "fled the town towards areas south of the town": nobody goes where he left. */
const isLeft = ({ places, how }: Proposal, goal: PlaceMention): boolean =>
  /^(?:named|provisional)$/.test(how) && places.some(({ id }) => id !== undefined && id === goal.id);

/** Those who moved, as the next sentence calls them: "Most went to B". */
const THEY = /^(?:they|most|many|others|some)$/;

/** "have taken refuge in B", "fled A and travelled to B"; "They sought shelter in B", in the next sentence. */
function refugeOf(context: Context, proposal: Proposal): PlaceMention | undefined {
  const next = context.sentences[proposal.sentence + 1];
  const they = next?.chunks[0];
  const goesOn = they?.kind === 'np' && THEY.test(context.reading.tokens[they.first]?.norm ?? '');
  const here = context.sentences[proposal.sentence];
  return (
    shelterIn(context, proposal, here, proposal.at + 1, false) ??
    (goesOn ? shelterIn(context, proposal, next, 1, true) : undefined)
  );
}

/** @param told whether those who moved are the subject of the sentence, so that any verb of going is theirs */
function shelterIn(
  context: Context,
  proposal: Proposal,
  clauses: Clauses | undefined,
  from: number,
  told: boolean,
): PlaceMention | undefined {
  const { chunks = [] } = clauses ?? {};
  for (let at = from; at < chunks.length; at += 1) {
    const chunk = chunks[at];
    if (clauses === undefined || chunk === undefined) return undefined;
    const shelter = chunk.kind === 'np' && SHELTER.test(context.reading.tokens[chunk.head]?.norm ?? '');
    const goes =
      chunk.kind === 'vg' && GOES.test(chunk.lemma) && !chunk.negated && (told || isSameSubject(chunks, at));
    const arrives = told && chunk.kind === 'vg' && ARRIVES.test(chunk.lemma) && !chunk.negated;
    if (!shelter && !goes && !arrives) continue;
    const place = goalOf(context, clauses, at, proposal);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** "… and travelled", "… or had gone": behind a conjunction the subject is that of the verb before. */
const isSameSubject = (chunks: readonly Chunk[], at: number): boolean =>
  isLink(chunks[skip(chunks, at - 1, -1)], 'conjunction');

/** An arrival in this sentence or one of the next, in a sentence that names the place that was left. */
function arrivalOf(context: Context, proposal: Proposal): PlaceMention | undefined {
  for (let step = 0; step <= REACH; step += 1) {
    const sentence = context.reading.sentences[proposal.sentence + step];
    const clauses = context.sentences[proposal.sentence + step];
    if (sentence === undefined || clauses === undefined || sentence.furniture !== undefined) return undefined;
    const left = (span: PlaceSpan): boolean => proposal.places.some((place) => place.id === span.mention.id);
    if (!placesIn(context, sentence.first, sentence.last).some(left)) continue;
    for (let at = step === 0 ? proposal.at + 1 : 0; at < clauses.chunks.length; at += 1) {
      const chunk = clauses.chunks[at];
      if (chunk?.kind !== 'vg' || !ARRIVES.test(chunk.lemma) || chunk.negated || chunk.modal !== undefined)
        continue;
      const place = goalOf(context, clauses, at, proposal);
      if (place !== undefined) return place;
    }
  }
  return undefined;
}

const placesIn = ({ ground }: Context, first: number, last: number): PlaceSpan[] =>
  ground.placeAt.slice(first, last).filter((span) => span !== undefined);

/** The place by name, or that holds "rebel-held territory", that a word leads to, unless it is the one that was left. */
function goalOf(
  context: Context,
  clauses: Clauses,
  at: number,
  { places }: Proposal,
): PlaceMention | undefined {
  const { objects, adjuncts } = rightSide(clauses, at, true);
  const verb = clauses.chunks[at];
  const reached = verb?.kind === 'vg' && (ARRIVES.test(verb.lemma) || verb.particle === 'to') ? objects : [];
  const goals = [...reached, ...adjuncts.flatMap(({ prep, args }) => (TOWARDS.test(prep) ? args : []))];
  for (const goal of goals) {
    const where = placesOf(context, clauses, goal, { provisional: false, topic: false });
    // "in Idlib home to a million people": the name leads the phrase.
    const lead = goal.np.places.find((span) => span.phrase.first <= goal.np.first)?.mention;
    const place = /^(?:named|container)$/.test(where?.how ?? '') ? where?.places[0] : lead;
    if (place !== undefined && !places.some(({ id }) => id === place.id)) return place;
  }
  return undefined;
}

const CROSSES = /^cross-(?:the-)?border$/;

/** "an official in Suruc said 700 people had crossed the border from Syria": into the country where that is seen. */
function abroadOf(context: Context, { rule, places, sentence, span }: Proposal): PlaceMention | undefined {
  const home = places[0]?.country;
  if (!CROSSES.test(rule) || home === undefined) return undefined;
  const seen = context
    .placesIn(sentence)
    .find(
      ({ mention: { country }, last }) => last <= span.first && country !== undefined && country !== home,
    );
  return seen?.mention.country === undefined ? undefined : context.countryAt(seen.mention.country, seen);
}
