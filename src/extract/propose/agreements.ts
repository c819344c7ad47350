import type { PlaceMention } from '../../model/place.ts';
import { isLink } from '../syntax/chunk.ts';
import { scopeOf } from './agreement-places.ts';
import { COMPANY, isNoTruce, spanWords, TRUCE } from './agreement-noise.ts';
import { isWide, nounsOf } from './agreement-words.ts';
import type { Context } from './context.ts';
import { distinct, forcesOf } from './forces.ts';
import { isVenue } from './landmarks.ts';
import type { Proposal } from './proposal.ts';
import { wordsOf } from './verdict.ts';
import { countryOfWar, onlyMetAt } from './wars.ts';

/** "a humanitarian pause" */
const isPause = (word: string, at: number, words: readonly string[]): boolean =>
  /^pauses?$/.test(word) && words[at - 1] === 'humanitarian';
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
  if (isEcho(proposals, proposal) || isNoTruce(context, proposal)) return undefined;
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
  const { verdict, sentence, at, phase, rule } = proposal;
  const verb = context.sentences[sentence]?.chunks[at];
  const never =
    verdict.negated &&
    verdict.is === 'happened' &&
    verb?.kind === 'vg' &&
    wordsOf(context, verb).some((word) => /^(?:did|didnt|never|was|were|wasnt|werent)$/.test(word));
  // "the truce did not hold": it is over.
  if (never && rule === 'truce-holds' && verb.lemma === 'hold')
    return { ...proposal, phase: 'ended', verdict: { ...verdict, negated: false } };
  // "the truce never took hold", "no deal was reached": it stayed a proposal.
  if (never && /^(?:truce-(?:effect|comes|holds|extended)|deal-reached|agree-to)$/.test(rule))
    return {
      ...proposal,
      phase: 'proposed',
      verdict: { ...verdict, is: 'failed', negated: false, why: [...verdict.why, 'fell through'] },
    };
  // "asked for a truce": it is proposed, nobody says when it is to begin.
  if (verdict.is === 'open' && /^(?:truce-in|halt-of-fighting)$/.test(rule))
    return { ...proposal, phase: 'proposed' };
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
