import type { PlaceMention } from '../../model/place.ts';
import { isLink } from '../syntax/chunk.ts';
import { type Argument, rightSide } from '../syntax/clause.ts';
import { scopeOf } from './agreement-places.ts';
import { isWide, nounsOf } from './agreement-words.ts';
import type { Context } from './context.ts';
import { distinct, forcesOf } from './forces.ts';
import { isVenue } from './landmarks.ts';
import type { Proposal } from './proposal.ts';
import { wordsOf } from './verdict.ts';
import { countryOfWar, onlyMetAt } from './wars.ts';

/** Words that mean a truce wherever they stand; "deal" and "agreement" need company. */
const TRUCE =
  /^(?:truces?|ceasefires?|cease|cessations?|armistices?|reconciliations?|surrender|lull|deescalation|escalation|demilitari[sz]ed)$/;
/** "a humanitarian pause" */
const isPause = (word: string, at: number, words: readonly string[]): boolean =>
  /^pauses?$/.test(word) && words[at - 1] === 'humanitarian';
/** Words around a deal that make it one between sides of a war. */
const COMPANY =
  /^(?:truce|ceasefire|evacuat\w*|withdraw\w*|surrender\w*|rebels?|fighters?|militants?|civilians?|siege|besieged|hostilities|fighting|troops|buses|corridors?|escalation|reconciliation|leave|safe|passage|prisoners?|opposition|swap|exchange|population|insurgents?|army|regime)$/;

/** Frames of a truce told by what it stops. They need a place of their own, or powers that agreed on it. */
const HALTS = /^(?:halt-of-fighting|halts-fighting|fighting-halted)$/;

/** Gives agreements without a stated place the place that they are about, and drops deals of another kind. */
export function locateAgreements(context: Context, proposals: readonly Proposal[]): Proposal[] {
  const found: Proposal[] = [];
  const agreements: Proposal[] = [];
  for (const proposal of proposals) {
    if (proposal.type !== 'agreement') {
      found.push(proposal);
      continue;
    }
    const located = locate(context, proposals, agreements, proposal);
    if (located === undefined) continue;
    agreements.push(located);
    found.push(located);
  }
  return found;
}

function locate(
  context: Context,
  proposals: readonly Proposal[],
  before: readonly Proposal[],
  proposal: Proposal,
): Proposal | undefined {
  const said = sentenceWords(context, proposal);
  const halt = HALTS.test(proposal.rule);
  const truce =
    !halt && spanWords(context, proposal).some((word, at, all) => TRUCE.test(word) || isPause(word, at, all));
  if (!truce && !halt && !said.some((word) => COMPANY.test(word))) return undefined;
  if (
    isEcho(proposals, proposal) ||
    ofPeace(context, proposal) ||
    ofStrikes(context, proposal) ||
    ofStates(context, proposal) ||
    counts(context, proposal) ||
    ofBattle(context, proposal)
  )
    return undefined;
  const standing = agreedOn(
    context,
    asStanding(context, negotiated(context, betweenSides(context, proposal))),
  );
  // "despite promises of a truce": the promise, or the truce itself, is told elsewhere.
  if (proposal.rule === 'truce-in' && standing.verdict.is === 'open' && before.length > 0) return undefined;
  const ofTheirWar = (place: PlaceMention): boolean => !onlyMetAt(context, standing, place);
  const places = proposal.places.filter(
    (place) => place.id !== undefined && ofTheirWar(place) && !isVenue(context, place),
  );
  if (places.length > 0) return { ...standing, places };
  const wide = halt ? isWide(context, proposal) : truce || said.some((word) => TRUCE.test(word));
  const scope = scopeOf(context, proposals, before, proposal, wide);
  if (scope?.places.every(ofTheirWar) === true) return { ...standing, ...scope };
  if (scope === undefined && proposal.places.length > 0 && proposal.places.every(ofTheirWar)) return standing;
  const country = wide ? countryOfWar(context, standing) : undefined;
  return country && { ...standing, places: [country], how: 'named' };
}

/** "a truce between A and B collapsed": whose it was, where the verb's own words do not say. */
function betweenSides(context: Context, proposal: Proposal): Proposal {
  const clauses = context.sentences[proposal.sentence];
  if (proposal.parties.length > 0 || clauses === undefined) return proposal;
  const { chunks } = clauses;
  const parties = nounsOf(context, proposal).flatMap(({ at }) => {
    const link = chunks[at + 1];
    if (!isLink(link, 'preposition') || link.word !== 'between') return [];
    const end = chunks.findIndex((chunk, i) => i > at && chunk.kind === 'vg');
    const sides = chunks.slice(at + 2, end < 0 ? chunks.length : end);
    return sides.flatMap((np, i) =>
      np.kind === 'np' ? forcesOf(context, clauses, [{ np, at: at + 2 + i }]).actors : [],
    );
  });
  return parties.length < 2 ? proposal : { ...proposal, parties: distinct(parties) };
}

/** "the ceasefires in A can give …", "A is supposed to be part of a safe zone": the truce is there, whatever is said of it. */
function asStanding(context: Context, proposal: Proposal): Proposal {
  const { verdict, rule, sentence, at } = proposal;
  // "a deal to move people collapsed": the moving failed, the end of the deal did not.
  if (rule === 'truce-ends' && verdict.is === 'failed')
    return { ...proposal, verdict: { ...verdict, is: 'happened' } };
  const chunk = context.sentences[sentence]?.chunks[at];
  const before = context.sentences[sentence]?.chunks[at - 2];
  const kept =
    before?.kind === 'np' &&
    /^(?:commitment|adherence|respect|compliance)$/.test(context.reading.tokens[before.head]?.norm ?? '');
  const there =
    (rule === 'truce-in' && verdict.is === 'open' && kept) ||
    (rule === 'truce-in' &&
      ((verdict.is === 'void' && verdict.why.some((why) => why.startsWith('modal'))) ||
        (verdict.is === 'open' && verdict.why.includes('purpose'))) &&
      chunk?.kind === 'np' &&
      chunk.definite) ||
    (rule === 'in-zone' &&
      verdict.is === 'open' &&
      sentenceWords(context, proposal).some((word) => /^(?:supposed|meant)$/.test(word)));
  return there
    ? { ...proposal, verdict: { ...verdict, is: 'happened', why: [...verdict.why, 'stands'] } }
    : proposal;
}

/** "a deal negotiated by Russia" has been made; "they negotiate a deal" has not. */
function negotiated(context: Context, proposal: Proposal): Proposal {
  const trigger = context.sentences[proposal.sentence]?.chunks[proposal.at];
  return proposal.rule === 'deal-offered' &&
    trigger?.kind === 'vg' &&
    trigger.lemma === 'negotiate' &&
    trigger.form === 'past' &&
    trigger.last - trigger.first === 1 &&
    isLink(context.sentences[proposal.sentence]?.chunks[proposal.at + 1], 'preposition')
    ? { ...proposal, rule: 'deal-reached', phase: 'reached' }
    : proposal;
}

/** "agreed to open a corridor", "agreed to extend the truce": agreed on, whenever it comes about; or not at all. */
function agreedOn(context: Context, proposal: Proposal): Proposal {
  const { verdict, sentence, at, phase } = proposal;
  // "failed to reach a deal": it stayed a proposal.
  if (verdict.is === 'failed' && /^(?:reached|in_force)$/.test(phase ?? ''))
    return { ...proposal, phase: 'proposed' };
  const chunks = context.sentences[sentence]?.chunks ?? [];
  const trigger = chunks[at];
  if (verdict.is !== 'open' || trigger?.kind !== 'vg' || trigger.form !== 'infinitive') return proposal;
  const governor = chunks
    .slice(0, at)
    .findLast((chunk) => chunk.kind === 'vg' && chunk.form !== 'infinitive');
  if (
    governor?.kind !== 'vg' ||
    governor.lemma !== 'agree' ||
    governor.negated ||
    governor.modal !== undefined
  )
    return proposal;
  return {
    ...proposal,
    verdict: { ...verdict, is: 'happened', why: [...verdict.why, 'agreed'] },
    ...(phase === 'in_force' && { phase: 'reached' as const }),
  };
}

/** Who and what truces are made between and about. */
const SIDES = [
  'troops',
  'people',
  'hostilities',
  'settlement',
  'site',
  'fraction',
  'agreement',
  'war',
  'aid',
];
const LEADERS =
  /^(?:part(?:y|ies)|leaders?|elders?|tribes?|clans?|communities|officials|authorities|government|state)$/;

/** A truce between coaches, over a hedge, on prices. */
function ofPeace(context: Context, proposal: Proposal): boolean {
  const clauses = context.sentences[proposal.sentence];
  if (clauses === undefined) return false;
  const { lexicon, reading } = context;
  const plain = ({ np }: Argument): boolean => {
    const head = reading.tokens[np.head];
    const classes = lexicon.nounClasses(head?.norm ?? '');
    const named =
      np.places.length + np.actors.length + np.owners.length > 0 || /^\p{Lu}/u.test(head?.text ?? '');
    return (
      !named &&
      !np.pronoun &&
      !SIDES.some((side) => classes.has(side)) &&
      !LEADERS.test(head?.norm ?? '') &&
      !COMPANY.test(head?.norm ?? '')
    );
  };
  return nounsOf(context, proposal).some(({ at }) =>
    rightSide(clauses, at, false)
      .adjuncts.slice(0, 2)
      .some(
        ({ prep, args }) => /^(?:between|with|on|over)$/.test(prep) && args.length > 0 && args.every(plain),
      ),
  );
}

/** "ended its military accord with France", "a trade deal": of no truce. */
const ofStates = (context: Context, proposal: Proposal): boolean =>
  nounsOf(context, proposal).some(({ np }) =>
    wordsOf(context, np).some((word) =>
      /^(?:military|defen[cs]e|security|trade|cooperation|gas|oil|nuclear|mining|minerals?|extradition|migration)$/.test(
        word,
      ),
    ),
  );

/** "It was the third truce since 2022": which it is of several, and not that it holds. */
function counts(context: Context, { rule, sentence, at }: Proposal): boolean {
  const chunks = context.sentences[sentence]?.chunks ?? [];
  const [np, is, it] = [chunks[at], chunks[at - 1], chunks[at - 2]];
  return (
    /^(?:truce|zone)-in$/.test(rule) &&
    np?.kind === 'np' &&
    is?.kind === 'vg' &&
    is.lemma === 'be' &&
    it?.kind === 'np' &&
    it.pronoun &&
    wordsOf(context, np).some((word) =>
      /^(?:first|second|third|fourth|fifth|sixth|latest|last|only)$/.test(word),
    )
  );
}

const STRIKES =
  /^(?:airstrikes?|strikes?|raids?|bombardments?|bombings?|shelling|attacks?|flights?|sales|support|aid|violations?|crimes|abuses)$/;

/** "called for the cessation of air strikes": a demand on one side, no truce between two. */
function ofStrikes(context: Context, proposal: Proposal): boolean {
  const clauses = context.sentences[proposal.sentence];
  if (clauses === undefined || proposal.rule !== 'deal-called-for') return false;
  return nounsOf(context, proposal).some(({ at }) => {
    const [of] = rightSide(clauses, at, false).adjuncts;
    return (
      of?.prep === 'of' &&
      of.args.every(({ np }) => STRIKES.test(context.reading.tokens[np.head]?.norm ?? ''))
    );
  });
}

/** What the words of talks that fail must be of: "an attempt to take a checkpoint failed" is of no truce. */
const TALKS =
  /^(?:talks?|negotiat\w*|mediat\w*|deals?|agreements?|accords?|pacts?|peace|evacuat\w*|corridors?)$/;

const ATTEMPT = /^(?:attempts?|bids?)$/;

/** An attempt at something else that failed; talks on a truce that ended; and "a truce that ended six weeks of fighting", which itself stands. */
function ofBattle(context: Context, proposal: Proposal): boolean {
  const { rule, sentence, at } = proposal;
  const chunks = context.sentences[sentence]?.chunks ?? [];
  const trigger = chunks[at];
  if (rule === 'truce-talks-fail') {
    const words = spanWords(context, proposal);
    // "two attempts to evacuate the wounded failed": the evacuation did, nobody talked.
    if (words.some((word) => ATTEMPT.test(word)) && words.some((word) => word.startsWith('evacuat')))
      return true;
    return !words.some((word) => TRUCE.test(word) || TALKS.test(word));
  }
  if (rule !== 'truce-ends' || trigger?.kind !== 'vg' || trigger.passive) return false;
  const object = chunks[at + 1];
  const talked = nounsOf(context, proposal).some(({ at: truce }) => {
    const of = chunks[truce - 1];
    const talks = chunks[truce - 2];
    const head = talks?.kind === 'np' ? (context.reading.tokens[talks.head]?.norm ?? '') : '';
    return isLink(of, 'preposition') && /^(?:talks|negotiations|discussions)$/.test(head);
  });
  return talked || (object?.kind === 'np' && object.first === trigger.last);
}

/** Frames of a noun, from the most to the least that their words say. What a verb says goes before all of them. */
const NOUN_FRAMES = [
  'truce-collapse-noun',
  'truce-breach-noun',
  'truce-sought',
  'under-deal',
  'deal-between',
  'despite-truce',
  'halt-of-fighting',
  'zone-in',
  'truce-in',
];

/** A noun frame on words that another frame has taken: "a truce took effect" is one statement. */
function isEcho(proposals: readonly Proposal[], { sentence, span, rule }: Proposal): boolean {
  const rank = NOUN_FRAMES.indexOf(rule);
  return (
    rank >= 0 &&
    proposals.some(
      (other) =>
        other.type === 'agreement' &&
        other.sentence === sentence &&
        NOUN_FRAMES.indexOf(other.rule) < rank &&
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
