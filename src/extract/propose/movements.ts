import type { PlaceMention } from '../../model/place.ts';
import { type Chunk, isLink } from '../syntax/chunk.ts';
import { isGround, rightSide } from '../syntax/clause.ts';
import type { Context } from './context.ts';
import { countMovers } from './counts.ts';
import { countedTowns, fromHome, placesBefore, topicOf } from './departures.ts';
import { isNoise } from './movement-noise.ts';
import type { Proposal } from './proposal.ts';
import { tellingOf } from './referents.ts';

const MOVES = new Set(['withdrawal', 'evacuation', 'displacement']);
const EVACUATES = /^evacuat(?:ed|ion|ions|ing|e|ees)$/;
/** Words of an organised move. With one in the sentence, people who "left" were taken out. */
const ORGANISED =
  /^(?:evacuat\w*|bus|buses|bussed|bused|convoys?|ambulances?|swap|safe|batch|escorted|corridors?|allowed|permitted)$/;
const DEAL = /^(?:deal|agreement|accord|truce)$/;
/** "under an unprecedented surrender deal" */
const DEAL_REACH = 6;
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
      countMovers(context, inFlight(context, typeOf(context, fromHome(proposal), evacuates))),
    );
    if (typed === undefined || isEcho(found, typed)) continue;
    const towns = countedTowns(context, proposals, typed);
    if (towns.length > 1) {
      found.push({ ...typed, places: towns, how: 'anaphor' });
      continue;
    }
    if (isNoise(context, typed) || reinforces(context, typed, evacuates)) continue;
    if (isPurpose(context, found, typed) || entersUnnamed(context, typed)) continue;
    if (isDealt(context, typed)) {
      found.push({ ...typed, verdict: { ...typed.verdict, is: 'void' } });
      continue;
    }
    const places =
      typed.places.length > 0 || !leaves(context, typed) ? typed.places : placesBefore(context, found, typed);
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

/** The lemma of the verb before an infinitive. */
function governorOf(context: Context, { sentence, at }: Proposal): string {
  const before = context.sentences[sentence]?.chunks.slice(0, at).findLast(({ kind }) => kind === 'vg');
  return before?.kind === 'vg' ? before.lemma : '';
}

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

/** "about 150 civilians arrived in B": from where is not told. */
const arrivesOnly = ({ rule, people, toPlaces }: Proposal): boolean =>
  rule === 'people-arrive' && people !== undefined && toPlaces.length > 0;

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
  const goal = topicOf(context, before, proposal)?.mention;
  return goal === undefined ? [] : [{ ...proposal, toPlaces: [goal], how: 'anaphor' }];
}

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
  switch (tellingOf(context, clauses, proposal.at)) {
    case 'news':
      return proposal;
    case 'past':
      return { ...proposal, past: true };
    case 'thwarted':
      return { ...proposal, verdict: { ...verdict, is: 'failed', why: [...verdict.why, 'hit on the way'] } };
    case 'mention':
      return fromSomewhere(proposal) ? proposal : undefined;
  }
}

/** Whether its own words name a place that is no country or region. */
const fromSomewhere = ({ how, places }: Proposal): boolean =>
  /^(?:named|provisional)$/.test(how) && places.some(({ kind }) => kind !== 'country' && kind !== 'region');

const triggerOf = (context: Context, { sentence, at }: Proposal): Chunk | undefined =>
  context.sentences[sentence]?.chunks[at];

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
  if (chunk?.kind === 'np' || proposal.toPlaces.length > 0) return true;
  if (/^(?:forced-out|made-homeless|stay-displaced|evacuees-held-up|evacuees-wait)$/.test(proposal.rule))
    return true;
  return (
    chunk?.kind === 'vg' &&
    /^(?:set|slate|schedule|evacuate|buss?|give|grant|withdraw|retreat|pull|resume|begin|start|continue|complete|restart|flee|escape|displace|uproot|force|lose|cross|pour|stream|seek)$/.test(
      chunk.lemma,
    )
  );
}

/** "the town's Christian minorities have fled": no party that anybody knows, and a word for people. */
const isPopulace = ({ reading, lexicon }: Context, { from, span }: Proposal): boolean =>
  from.every(({ id }) => id === undefined) &&
  reading.tokens
    .slice(span.first, span.last)
    .some(({ norm }) => lexicon.nounClasses(norm).has('people') && !lexicon.nounClasses(norm).has('troops'));

/** "civilians were killed as they fled": "they" are no force. */
function civiliansBefore(context: Context, { sentence, at }: Proposal): boolean {
  const chunks = context.sentences[sentence]?.chunks ?? [];
  const { tokens } = context.reading;
  const subject = chunks[at - 1];
  if (subject?.kind !== 'np' || !subject.pronoun || tokens[subject.head]?.norm !== 'they') return false;
  const who = chunks
    .slice(0, at - 1)
    .findLast(
      (chunk) =>
        chunk.kind === 'np' &&
        (chunk.actors.length > 0 ||
          context.lexicon.nounClasses(tokens[chunk.head]?.norm ?? '').has('people')),
    );
  return who?.kind === 'np' && who.actors.length === 0;
}

/** Without an organiser people who left a place fled it; with one they were taken out. */
function typeOf(context: Context, proposal: Proposal, evacuates: boolean): Proposal {
  if (proposal.type === 'withdrawal' && (civiliansBefore(context, proposal) || isPopulace(context, proposal)))
    return { ...proposal, type: 'displacement', from: [] };
  if (proposal.rule === 'people-arrive') return evacuates ? { ...proposal, type: 'evacuation' } : proposal;
  if (!/^(?:people-leave|leave-place|withdraw)$/.test(proposal.rule)) return proposal;
  const taken = organised(context, proposal, evacuates);
  if (taken) return { ...proposal, type: 'evacuation' };
  return proposal.rule === 'people-leave' ? { ...proposal, type: 'displacement' } : proposal;
}

/** "left the towns under the deal", "left on buses": taken out, not driven out. */
function organised(context: Context, proposal: Proposal, evacuates: boolean): boolean {
  const chunk = triggerOf(context, proposal);
  if (chunk?.kind !== 'vg' || !/^(?:leave|depart|exit)$/.test(chunk.lemma)) return false;
  const { first = 0, last = 0 } = context.reading.sentences[proposal.sentence] ?? {};
  const words = context.reading.tokens.slice(first, last).map((token) => token.norm);
  return (
    words.some((word) => ORGANISED.test(word)) ||
    words.some(
      (word, at) => word === 'under' && words.slice(at, at + DEAL_REACH).some((one) => DEAL.test(one)),
    ) ||
    (evacuates && (words.some((word) => DEAL.test(word)) || proposal.rule === 'people-leave'))
  );
}
