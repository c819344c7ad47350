import type { PlaceMention } from '../../model/place.ts';
import { type Chunk, isLink } from '../syntax/chunk.ts';
import { type Clauses, isGround, rightSide } from '../syntax/clause.ts';
import type { Context } from './context.ts';
import { countMovers } from './counts.ts';
import { countedTowns, fromHome, placesBefore, topicOf } from './departures.ts';
import { isNoise } from './movement-noise.ts';
import { governorOf, isForced, triggerOf, typeOf } from './movement-types.ts';
import type { Proposal } from './proposal.ts';
import { tellingOf } from './referents.ts';

const MOVES = new Set(['withdrawal', 'evacuation', 'displacement']);
const EVACUATES = /^evacuat(?:ed|ion|ions|ing|e|ees)$/;
const DENIES = /^(?:deny|reject|dismiss|refute)$/;
const TRIES = /^(?:try|attempt|seek|rush|scramble|struggle|continue|begin|start)$/;
const TRAVELS = /^(?:cross|walk|drive|travel|board|use|sail|climb|swim|leave|head|go)$/;

/** Gives movements without a stated place the one that the report speaks of, and tells evacuation from flight. */
export function locateMovements(context: Context, proposals: readonly Proposal[]): Proposal[] {
  const found: Proposal[] = [];
  const evacuates =
    proposals.some(({ type }) => MOVES.has(type)) &&
    context.reading.tokens.some(({ norm }) => norm.startsWith('evacuat') && EVACUATES.test(norm));
  for (const proposal of proposals) {
    if (proposal.type === 'return') {
      found.push(...withGoal(context, found, countMovers(context, proposal)));
      continue;
    }
    if (!MOVES.has(proposal.type)) {
      found.push(countMovers(context, proposal));
      continue;
    }
    const typed = withTelling(
      context,
      countMovers(
        context,
        fallenThrough(context, inFlight(context, typeOf(context, fromHome(proposal), evacuates))),
      ),
    );
    if (typed === undefined || isEcho(found, typed)) continue;
    const towns = countedTowns(context, proposals, typed);
    if (towns.length > 1) {
      found.push({ ...typed, places: towns, how: 'anaphor' });
      continue;
    }
    if (isNoise(context, typed) || reinforces(context, typed, evacuates)) continue;
    if (isPurpose(context, found, typed) || entersUnnamed(context, typed)) continue;
    if (typed.rule === 'carried-by-vehicle' && !isCarried(context, typed)) continue;
    if (typed.rule === 'taken-out' && !goesOnFrom(found, typed)) continue;
    if (isDealt(context, typed)) {
      found.push({ ...typed, verdict: { ...typed.verdict, is: 'void' } });
      continue;
    }
    const places =
      leftBefore(found, typed) ??
      (typed.places.length > 0 || !leaves(context, typed)
        ? typed.places
        : placesBefore(context, found, typed));
    if (places.length === 0 && isCount(typed)) found.push({ ...typed, how: 'named' });
    else if (places.length > 0 || arrivesOnly(typed))
      found.push(places === typed.places ? typed : { ...typed, places, how: toldOf(places) });
  }
  return found;
}

/** "two armed groups arrived in the camp", with nobody evacuated or no bus named: they came to fight. */
function reinforces({ reading }: Context, { rule, from, span }: Proposal, evacuates: boolean): boolean {
  if (rule !== 'vehicles-arrive') return false;
  const words = reading.tokens.slice(span.first, span.last).map(({ norm }) => norm);
  const armed = words.some((word) => ARMED.test(word));
  if (evacuates) return armed && !words.some((word) => BUSES.test(word));
  return armed || from.length > 0;
}

const BUSES = /^(?:bus|buses|coach|coaches|convoys?|ambulances?|vehicles?|cars|trucks|minibus(?:es)?)$/;

const ARMED =
  /^(?:armed|gunmen|fighters|militants|terrorists|insurgents|troops|soldiers|reinforcements|tanks|guns)$/;

/** "fled to the coast to escape the battles": one flight, and why. */
const isPurpose = (context: Context, before: readonly Proposal[], proposal: Proposal): boolean => {
  const trigger = triggerOf(context, proposal);
  return (
    proposal.rule === 'flee-fighting' &&
    trigger?.kind === 'vg' &&
    trigger.form === 'infinitive' &&
    FLEES.test(governorOf(context, proposal)) &&
    before.every((one) => one.at !== proposal.at)
  );
};

const FLEES = /^(?:flee|leave)$/;

/** "fled into the province": it is where they go; from where is not told. */
function entersUnnamed(context: Context, { sentence, at, type, how, toPlaces, home }: Proposal): boolean {
  const clauses = context.sentences[sentence];
  const trigger = clauses?.chunks[at];
  if (clauses === undefined || trigger?.kind !== 'vg' || type !== 'displacement') return false;
  if (toPlaces.length > 0 || how === 'named' || (home ?? []).length > 0) return false;
  return rightSide(clauses, at, false).adjuncts.some(
    ({ prep, args }) =>
      /^(?:into|to)$/.test(prep) &&
      args.some(({ np }) => np.definite && !np.pronoun && isGround(clauses, np)),
  );
}

/**
 * "… took fighters from A to B. Most residents have left the town": not B, where the report has just had people go, but A.
 */
function leftBefore(
  before: readonly Proposal[],
  { how, places, sentence }: Proposal,
): readonly PlaceMention[] | undefined {
  const [place, ...others] = places;
  if (how !== 'anaphor' || place?.id === undefined || others.length > 0) return undefined;
  return before.findLast(
    (one) =>
      MOVES.has(one.type) &&
      one.places.length > 0 &&
      sentence > one.sentence &&
      sentence - one.sentence <= GOAL_REACH &&
      one.toPlaces.some(({ id }) => id === place.id),
  )?.places;
}
const GOAL_REACH = 3;

/** "refugees stranded at A were moved to B", "they were taken by bus to B": by what, or from where. */
const isCarried = ({ reading: { tokens }, lexicon }: Context, { home = [], span }: Proposal): boolean =>
  home.length > 0 ||
  tokens.slice(span.first, span.last).some(({ norm }) => lexicon.nounClasses(norm).has('vehicle'));

/** "1,908 people had been taken out by midday": by an evacuation that was told. */
const goesOnFrom = (before: readonly Proposal[], { sentence }: Proposal): boolean =>
  before.some(
    (one) =>
      one.type === 'evacuation' &&
      one.verdict.is !== 'void' &&
      one.places.length > 0 &&
      sentence - one.sentence <= TOLD_REACH,
  );
const TOLD_REACH = 2;

/** "about 150 civilians arrived in B", "700 had crossed into B": from where is not told. */
const arrivesOnly = ({ rule, people, toPlaces }: Proposal): boolean =>
  /^(?:people-arrive|cross-border|evacuate-people)$/.test(rule) &&
  people !== undefined &&
  toPlaces.length > 0;

/** "some 58,980 people were evacuated", with no place near: kept for its figure; nobody is told of it. */
const isCount = ({ rule, people, toPlaces }: Proposal): boolean =>
  people !== undefined &&
  toPlaces.length === 0 &&
  /^(?:displace|evacuate|evacuation|forced|leave-homes|made|stay|carry-people|flee|exodus)/.test(rule);

/** A country is given only where a count of people stands in one sentence with its name. */
const toldOf = (places: readonly PlaceMention[]): Proposal['how'] =>
  places.every(({ kind }) => kind === 'country') ? 'named' : 'anaphor';

/** "returned to their homes": in the place that the report speaks of. */
function withGoal(context: Context, before: readonly Proposal[], proposal: Proposal): Proposal[] {
  if (proposal.toPlaces.length > 0) return [proposal];
  const goals = fledFrom(before, proposal) ?? topicOf(context, before, proposal)?.mention;
  // "the return of refugees from A": whereto is not told.
  if (goals === undefined) return proposal.places.length > 0 ? [{ ...proposal, how: 'named' }] : [];
  return [{ ...proposal, toPlaces: [goals].flat(), how: 'anaphor' }];
}

/** "residents who had escaped to B have begun to return": to where they had fled from. */
const fledFrom = (before: readonly Proposal[], { sentence }: Proposal): readonly PlaceMention[] | undefined =>
  before.findLast(
    (one) =>
      /^(?:displacement|evacuation)$/.test(one.type) &&
      one.sentence === sentence &&
      one.places.length > 0 &&
      one.verdict.is !== 'void',
  )?.places;

/** "people displaced from A have found refuge in B", "sought shelter": told by the verb of flight, or not yet found. */
const isEcho = (before: readonly Proposal[], proposal: Proposal): boolean =>
  proposal.rule === 'take-refuge' &&
  (proposal.verdict.is !== 'happened' ||
    proposal.places.length + proposal.toPlaces.length === 0 ||
    before.some((one) => one.sentence === proposal.sentence && one.type === 'displacement'));

/** Flight that only says who somebody is tells no move; people who were hit on the way did not get away. */
function withTelling(context: Context, proposal: Proposal): Proposal | undefined {
  const clauses = context.sentences[proposal.sentence];
  if (proposal.type !== 'displacement' || clauses === undefined) return proposal;
  const { verdict } = proposal;
  // "residents could not flee": how they are, no move.
  if (verdict.why.includes('could not')) return undefined;
  switch (tellingOf(context, clauses, proposal.at)) {
    case 'news':
      return proposal;
    case 'past':
      return { ...proposal, past: true };
    case 'thwarted':
      return { ...proposal, verdict: { ...verdict, is: 'failed', why: [...verdict.why, 'hit on the way'] } };
    case 'mention':
      return fromSomewhere(proposal) ? mentioned(clauses, proposal) : undefined;
  }
}

/** How many chunks on the day of a flight may stand. */
const DATED_REACH = 5;

/** "people who fled the town during the war were on their way back", "tents for people who fled it": how they came there. */
function mentioned({ chunks }: Clauses, proposal: Proposal): Proposal {
  const [link, flees] = [chunks[proposal.at - 1], chunks[proposal.at]];
  const dated = chunks.slice(proposal.at, proposal.at + DATED_REACH).some(({ kind }) => kind === 'date');
  const past =
    isLink(link, 'relative') &&
    link.word === 'who' &&
    flees?.kind === 'vg' &&
    flees.form === 'past' &&
    !flees.progressive &&
    !dated;
  return past ? { ...proposal, past: true } : proposal;
}

/** Whether its own words name a place that is no country or region. */
const fromSomewhere = ({ how, places }: Proposal): boolean =>
  /^(?:named|provisional)$/.test(how) && places.some(({ kind }) => kind !== 'country' && kind !== 'region');

/** "denied reaching an agreement to evacuate them": the agreement is denied, nothing is said of the move. */
function isDealt(context: Context, { sentence, at }: Proposal): boolean {
  const chunks = context.sentences[sentence]?.chunks ?? [];
  const group = chunks[at];
  const deal = chunks[at - 1];
  if (group?.kind !== 'vg' || group.form !== 'infinitive' || deal?.kind !== 'np') return false;
  if (!context.lexicon.nounClasses(context.reading.tokens[deal.head]?.norm ?? '').has('agreement'))
    return false;
  return chunks.slice(0, at).some((chunk) => chunk.kind === 'vg' && DENIES.test(chunk.lemma));
}

/** People who try to flee are on the move: "as they tried to escape the shelling". */
function inFlight(context: Context, proposal: Proposal): Proposal {
  const clauses = context.sentences[proposal.sentence];
  const chunks = clauses?.chunks ?? [];
  const trigger = chunks[proposal.at];
  if (proposal.type !== 'displacement' || proposal.verdict.is !== 'open' || proposal.rule === 'take-refuge')
    return proposal;
  if (trigger?.kind !== 'vg' || trigger.form !== 'infinitive') return proposal;
  for (let i = proposal.at - 1; i >= 0; i -= 1) {
    const chunk = chunks[i];
    if (isLink(chunk, 'break', 'complementizer', 'condition')) break;
    if (chunk?.kind !== 'vg') continue;
    const tries = TRIES.test(chunk.lemma);
    if (chunk.modal !== undefined || chunk.negated || !(tries || TRAVELS.test(chunk.lemma))) break;
    if (chunk.form === 'infinitive') continue;
    const is = tries ? (underFire(chunks, proposal.at) ? 'failed' : 'ongoing') : 'happened';
    return { ...proposal, verdict: { ...proposal.verdict, is, why: [...proposal.verdict.why, 'in flight'] } };
  }
  return proposal;
}

const DUE = /^(?:planned|scheduled|due|expected|agreed|promised)$/;

const NOBODY = /^(?:no|none|nobody)$/;

/** "did not leave on Friday as planned", "no one was evacuated": it was to be, and was not. */
function fallenThrough(context: Context, proposal: Proposal): Proposal {
  const { verdict, type, sentence, span } = proposal;
  if (!verdict.negated || verdict.is !== 'happened' || !/^(?:evacuation|withdrawal)$/.test(type))
    return proposal;
  const { first = 0, last = 0 } = context.reading.sentences[sentence] ?? {};
  const due = context.reading.tokens.slice(first, last).some(({ norm }) => DUE.test(norm));
  if (!due && !NOBODY.test(context.reading.tokens[span.first]?.norm ?? '')) return proposal;
  const why = [...verdict.why, 'fell through'];
  return { ...proposal, verdict: { ...verdict, is: 'failed', negated: false, why } };
}

/** "were trying to escape when they came under attack". */
const underFire = (chunks: readonly Chunk[], at: number): boolean =>
  chunks.some((chunk, index) => {
    const verb = chunks[index + 2];
    return (
      index > at &&
      isLink(chunk, 'subordinator') &&
      chunk.word === 'when' &&
      verb?.kind === 'vg' &&
      (verb.passive || verb.lemma === 'come')
    );
  });

/** Whether the words mean leaving one place for good, so that the place may be told elsewhere. */
function leaves(context: Context, proposal: Proposal): boolean {
  const chunk = triggerOf(context, proposal);
  // "has forced 6,000 residents to leave"
  if (proposal.rule === 'people-leave' && isForced(context, proposal)) return true;
  if (chunk?.kind === 'np' || proposal.toPlaces.length > 0) return true;
  if (
    /^(?:forced-out|forced-to-move|made-homeless|stay-displaced|taken-out|evacuees-.*|evacuation-(?:called|falls|put)-.*)$/.test(
      proposal.rule,
    )
  )
    return true;
  return (
    chunk?.kind === 'vg' &&
    /^(?:set|slate|schedule|evacuate|buss?|give|grant|withdraw|retreat|pull|resume|begin|start|continue|complete|restart|flee|escape|displace|uproot|force|lose|cross|pour|stream|seek)$/.test(
      chunk.lemma,
    )
  );
}
