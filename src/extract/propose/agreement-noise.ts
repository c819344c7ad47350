import { isLink } from '../syntax/chunk.ts';
import { type Argument, rightSide } from '../syntax/clause.ts';
import { nounsOf } from './agreement-words.ts';
import type { Context } from './context.ts';
import type { Proposal } from './proposal.ts';
import { wordsOf } from './verdict.ts';

/** Words that mean a truce wherever they stand; "deal" and "agreement" need company. */
export const TRUCE =
  /^(?:truces?|ceasefires?|cease|cessations?|armistices?|reconciliations?|surrender|lull|deescalation|escalation|demilitari[sz]ed)$/;
/** Words around a deal that make it one between sides of a war. */
export const COMPANY =
  /^(?:truce|ceasefire|evacuat\w*|withdraw\w*|surrender\w*|rebels?|fighters?|militants?|civilians?|siege|besieged|hostilities|fighting|troops|buses|corridors?|escalation|reconciliation|leave|safe|passage|prisoners?|opposition|swap|exchange|population|insurgents?|army|regime)$/;

/** Whether the words of a deal are of none between sides of a war: of coaches, prices, states, or a battle that failed. */
export const isNoTruce = (context: Context, proposal: Proposal): boolean =>
  ofPeace(context, proposal) ||
  ofStrikes(context, proposal) ||
  ofStates(context, proposal) ||
  counts(context, proposal) ||
  ofBattle(context, proposal);

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
  if (/^talks-|^truce-talks-fail$/.test(rule)) {
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

export const spanWords = (context: Context, { span }: Proposal): string[] =>
  context.reading.tokens.slice(span.first, span.last).map((token) => token.norm);
