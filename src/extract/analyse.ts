import type { DateSpan, Reading, Sentence } from '../model/reading.ts';
import type { Statement, Status } from '../model/statement.ts';
import { contextOf, type Frame } from './frame.ts';
import { locateAid } from './propose/aid.ts';
import { locateAgreements } from './propose/agreements.ts';
import { withArrivals } from './propose/arrivals.ts';
import type { Context } from './propose/context.ts';
import { proposeIn } from './propose/frames.ts';
import { withNames } from './propose/listed.ts';
import { locateMovements } from './propose/movements.ts';
import type { Proposal } from './propose/proposal.ts';
import { locateSieges } from './propose/sieges.ts';
import { inWar } from './propose/war.ts';
import { speakerOf } from './propose/speaker.ts';
import { anchored, goesOn, isChronology } from './refine/anchor.ts';
import { announcedGain, gainOf, holdOf, isNewHold } from './refine/gain.ts';
import { completeDates } from './refine/days.ts';
import { heldThen, isContext, isFormer, runsOn, standingSince, withAge } from './refine/age.ts';
import { dateOf } from './refine/dates.ts';
import { areTaken, endOf, isOver } from './refine/ended.ts';
import { withDenials, withoutDeniedTerms } from './refine/denials.ts';
import type { Draft, Trace } from './refine/draft.ts';
import { dropOvertaken, mergeRepetitions } from './refine/merge.ts';
import { completeSides } from './refine/sides.ts';
import { cameToNothing, endsOwnAttack, turnedBack } from './refine/outcome.ts';
import { statusFor } from './refine/status.ts';
import { takenBack } from './refine/taken-back.ts';
import { toStatement } from './refine/statement.ts';
import { isAimless, isEpithet, isPeaceful, isVague } from './refine/vague.ts';
import { isFinite, isLink } from './syntax/chunk.ts';
import { type Clauses, reduced } from './syntax/clause.ts';

/** Statements less likely than this are more often wrong than right (measured on the annotated texts). */
const WEAKEST = 0.35;

/** An offensive of which no end is told is over after so many days. */
const OVER = 90;

const NO_TRACE: Trace = { dropped: () => undefined, changed: () => undefined };

/** Statements of a reading: chunks → proposals → refiners. Pure and deterministic. */
export function analyse(reading: Reading, frame: Frame, trace: Trace = NO_TRACE): Statement[] {
  const context = contextOf(reading, frame);
  const proposals = propose(context, reading.sentences, trace);
  const drafts = proposals.flatMap((proposal) => draftOf(context, reading.sentences, proposal, trace));
  if (drafts.length === 0) return [];
  const merged = mergeRepetitions(withDenials(withoutDeniedTerms(drafts, trace), context), context, trace);
  const kept = completeDates(dropOvertaken(completeSides(merged, context), trace), context);
  return kept
    .flatMap((draft) => {
      const statement = toStatement(context, draft);
      if (statement.confidence >= WEAKEST) return [statement];
      trace.dropped(draft.proposal, 'confidence', `${statement.confidence} is too little`);
      return [];
    })
    .sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1] || a.rule.localeCompare(b.rule));
}

function propose(context: Context, sentences: readonly Sentence[], trace: Trace): Proposal[] {
  const found = sentences.flatMap((sentence) => {
    const clauses = context.sentences[sentence.index];
    return clauses === undefined || sentence.furniture !== undefined
      ? []
      : proposeIn(context, clauses, sentence);
  });
  return STAGES.reduce<readonly Proposal[]>((before, [name, stage, why]) => {
    const after = stage(context, before);
    if (trace !== NO_TRACE) for (const lost of missing(before, after)) trace.dropped(lost, name, why);
    return after;
  }, found).slice();
}

/** What places proposals and drops those whose words mean something else, each with why. */
const STAGES: readonly (readonly [
  name: string,
  stage: (context: Context, proposals: readonly Proposal[]) => readonly Proposal[],
  why: string,
])[] = [
  ['names', withNames, ''],
  ['war', inWar, 'nothing shows that the report is about a war'],
  ['sieges', locateSieges, 'it is broken in the same sentence'],
  ['movements', locateMovements, 'the words tell of no movement, or of no place'],
  ['arrivals', withArrivals, ''],
  ['aid', locateAid, 'no relief, or no place'],
  ['agreements', locateAgreements, 'no deal between sides of a war, told elsewhere, or no place'],
];

/** Proposals that a stage did not hand on; it may have changed all but where they stand. */
function missing(before: readonly Proposal[], after: readonly Proposal[]): Proposal[] {
  const key = ({ sentence, at, rule }: Proposal): string => `${sentence} ${at} ${rule}`;
  const kept = new Set(after.map(key));
  return before.filter((one) => !kept.has(key(one)));
}

function draftOf(context: Context, sentences: readonly Sentence[], said: Proposal, trace: Trace): Draft[] {
  const clauses = context.sentences[said.sentence];
  const entry = context.lexicon.frame(said.rule);
  if (clauses === undefined || entry === undefined) return [];
  const found = endOf(clauses, holdOf(clauses, gainOf(clauses, said)));
  const stated = statusFor(found, entry, () => cameToNothing(context, found));
  const status =
    (stated === 'happened' || stated === 'ongoing') && takenBack(context, found) ? 'failed' : stated;
  if (typeof status === 'object') {
    trace.dropped(found, 'status', status.dropped);
    return [];
  }
  if (areTaken(clauses, found)) {
    trace.dropped(found, 'outcome', 'people who surrender, no place');
    return [];
  }
  if (endsOwnAttack(context, found)) {
    trace.dropped(found, 'outcome', 'their own attack, which they ended');
    return [];
  }
  const date = anchored(context, found.sentence, dateOf(context, clauses, found));
  const proposal = standingSince(clauses, turnedBack(found, entry, status), date);
  const aged = ageOf(context, clauses, proposal, status, date);
  // "the battle for the city last year"; in a chronology, whatever was once announced
  const listed = proposal.type === 'control' && isChronology(context);
  const long = date === undefined ? listed : date.daysAgo > OVER;
  if ((listed || entry.status === 'planned') && aged === 'planned' && long) {
    trace.dropped(proposal, 'age', 'an undertaking of long ago');
    return [];
  }
  if (isEpithet(context, clauses, proposal)) {
    trace.dropped(proposal, 'vague', 'areas described by who holds them');
    return [];
  }
  if (isAimless(context, clauses, proposal)) {
    trace.dropped(proposal, 'vague', 'no town is to be taken');
    return [];
  }
  if (isVague(context, proposal, aged)) {
    trace.dropped(proposal, 'vague', 'parts of a country');
    return [];
  }
  const counted = proposal.people !== undefined && /^(?:evacuation|displacement)$/.test(proposal.type);
  if (proposal.places.length === 0 && proposal.toPlaces.length === 0 && !counted) {
    trace.dropped(proposal, 'places', 'no place');
    return [];
  }
  if (
    proposal.how === 'provisional' &&
    // "the liberated districts are …": somebody's, whom the report names elsewhere.
    proposal.rule !== 'taken-are' &&
    proposal.to.length === 0 &&
    proposal.from.length === 0 &&
    (proposal.type === 'control' || proposal.type === 'advance')
  ) {
    trace.dropped(proposal, 'unknown', 'nobody known acts on an unknown place');
    return [];
  }
  if (/^(?:control|held|advance)$/.test(proposal.type) && isPeaceful(context, proposal)) {
    trace.dropped(proposal, 'elsewhere', 'the sentence is about votes or sport');
    return [];
  }
  if (aged === 'background' && proposal.type === 'control' && proposal.how === 'topic') {
    trace.dropped(proposal, 'vague', 'history of a place without a name');
    return [];
  }
  const group = clauses.chunks[proposal.at];
  const former = group?.kind === 'vg' ? group.adverbs : [];
  if (
    proposal.type === 'held' &&
    (isFormer(former) || heldThen(clauses, proposal) || isOver(clauses, proposal))
  ) {
    trace.dropped(proposal, 'age', 'held once, not now');
    return [];
  }
  if (aged !== status) trace.changed(proposal, 'age', `${status} → ${aged}`);
  const by = speakerOf(context, proposal);
  const announced = announcedGain(proposal, former, by) || isNewHold(clauses, proposal);
  return [
    {
      proposal: announced ? { ...proposal, type: 'control' } : proposal,
      status: announced ? 'happened' : aged,
      ...(date !== undefined && !runsOn(proposal, date) && { date }),
      ...(by !== undefined && { by }),
      title: sentences[proposal.sentence]?.title === true,
    },
  ];
}

const ageOf = (
  context: Context,
  clauses: Clauses,
  proposal: Proposal,
  status: Status,
  date: DateSpan | undefined,
): Status => {
  if (isContext(clauses, proposal, date)) return 'background';
  // "struck oil fields captured by the group", "after several pauses declared by the army": when, nobody says.
  if (
    proposal.describes === true &&
    (proposal.type === 'control' || (proposal.type === 'agreement' && tellsOfSeveral(context, proposal))) &&
    date === undefined &&
    status === 'happened' &&
    hasPredicate(clauses, proposal.at) &&
    !isDeclared(clauses, proposal.at) &&
    !isHeadline(context, clauses, proposal)
  )
    return 'background';
  if (status === 'happened' && date?.assigned !== true && isOfZone(context, proposal)) return 'background';
  const aged = withAge(context, clauses, proposal, status, date);
  const past =
    aged === 'happened' &&
    date === undefined &&
    (goesOn(context, clauses, proposal) || (proposal.verdict.present && isChronology(context)));
  return past ? 'background' : aged;
};

/** "a safe zone put in place under a deal between the powers": how the zone once came about. */
const isOfZone = (
  { reading: { tokens, sentences } }: Context,
  { type, phase, describes, rule, sentence }: Proposal,
): boolean => {
  if (type !== 'agreement' || phase !== 'reached' || !(describes === true || rule === 'under-deal'))
    return false;
  const { first = 0, last = 0 } = sentences[sentence] ?? {};
  return tokens.slice(first, last).some(({ norm }) => /^zones?$/.test(norm));
};

const tellsOfSeveral = ({ reading: { tokens } }: Context, { span }: Proposal): boolean =>
  tokens
    .slice(span.first, span.last)
    .some(({ norm }) => /^(?:truces|ceasefires|deals|agreements|accords|pauses|arrangements)$/.test(norm));

/** "Fighters pushed from the town as their leaders meet": how a report opens is its news. */
const isHeadline = ({ sentences }: Context, { chunks }: Clauses, { sentence, at }: Proposal): boolean =>
  sentences.slice(0, sentence).every((before) => before.chunks.every(({ kind }) => kind !== 'vg')) &&
  chunks.findIndex(({ kind }) => kind === 'vg') === at &&
  chunks[0]?.kind !== 'link';

/** "declared the town liberated", "listed the villages as liberated" */
const isDeclared = ({ chunks }: Clauses, at: number): boolean => {
  const as = chunks[at - 1];
  if (isLink(as, 'preposition') && as.word === 'as')
    return chunks
      .slice(0, at)
      .some((verb) => verb.kind === 'vg' && /^(?:list|listed|name|report)$/.test(verb.lemma));
  const verb = chunks[at - 2];
  return verb?.kind === 'vg' && /^(?:declare|proclaim|pronounce|announce)$/.test(verb.lemma);
};

/** Whether the sentence says something else: a headline's "rebels driven out of the town" is all that it says. */
const hasPredicate = (clauses: Clauses, at: number): boolean =>
  clauses.chunks.some(
    (chunk, i) => i !== at && chunk.kind === 'vg' && isFinite(chunk) && !reduced(clauses, i),
  );
