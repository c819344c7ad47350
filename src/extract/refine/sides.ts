import type { ActorMention } from '../../model/actor.ts';
import type { ActorSpan } from '../../model/reading.ts';
import type { Context } from '../propose/context.ts';
import { mention } from '../propose/forces.ts';
import type { Proposal } from '../propose/proposal.ts';
import { relativeVerb } from '../syntax/relative.ts';
import { allied } from './alliances.ts';
import type { Draft } from './draft.ts';
import { samePlace } from './merge.ts';
import { isDoer, opponentOf } from './opponents.ts';
import { fightersIn, inSentences } from './stage.ts';

/**
 * Names the side that a statement about ground leaves out, when the report names it: the army that "took the town" in
 * a report on its battle with ISIS took it from ISIS. Only parties that are not on the known side count.
 */
export function completeSides(drafts: readonly Draft[], context: Context): Draft[] {
  const fighters = fightersIn(context);
  return drafts.map((whole) => {
    const draft = leftBefore(takenBefore(withoutSelf(whole), drafts), drafts);
    const { proposal } = draft;
    if (proposal.type !== 'control' && proposal.type !== 'advance' && proposal.type !== 'siege') return draft;
    // "civilians trapped in the town": by whom it does not say, and nobody is fought.
    if (proposal.rule === 'besiege-people' && proposal.to.length === 0) return draft;
    if (proposal.to.length > 0 && proposal.from.length > 0) {
      // "is fighting with support from its ally": nobody is pushed by its own side.
      const foes = proposal.from.filter((loser) => !isOwn(context, loser, proposal.to));
      if (foes.length > 0 || proposal.from.some(({ id }) => id === undefined)) return draft;
    }
    // "in a push to end the siege of the town rebels …": who ends it is not who besieges.
    if (/^(?:broken|eased)$/.test(proposal.phase ?? '') && proposal.to.length + proposal.from.length === 0)
      return { ...draft, proposal: { ...proposal, from: gainerOf(draft, fighters, context) } };
    // "the army's setbacks include the loss of the town": whoever acts there lost it; "the loss of the town opened the way for the
    // army": nobody says who did.
    if (proposal.rule === 'loss-noun' && proposal.to.length + proposal.from.length === 0) {
      const loser = doersIn(context, proposal, fighters).find((span) => span.last <= proposal.span.first);
      if (loser === undefined) return draft;
      const from = [mention(context, loser)];
      const winner = opponentOf(context, proposal, from, fighters);
      return { ...draft, proposal: { ...proposal, from, to: winner === undefined ? [] : [winner] } };
    }
    // "the town, which fell last year, was retaken by the army": who acts now did not act then.
    if (draft.status === 'background' && isAside(context, proposal)) return draft;
    const losers = proposal.to.length > 0 ? [] : proposal.from;
    const gainer = proposal.to.length > 0 ? proposal.to : gainerOf(draft, fighters, context);
    if (gainer.length === 0) return draft;
    if (losers.length > 0) return { ...draft, proposal: { ...proposal, to: gainer } };
    const other = opponentOf(context, proposal, gainer, fighters);
    return { ...draft, proposal: { ...proposal, to: gainer, from: other === undefined ? [] : [other] } };
  });
}

/** How many sentences before "the liberated districts are …" it may be told who took them. */
const TOLD_BEFORE = 4;

/** "took three districts. The liberated districts are A, B and C": taken by the same from the same. */
function takenBefore(draft: Draft, drafts: readonly Draft[]): Draft {
  const { proposal } = draft;
  if (proposal.rule !== 'taken-are' || proposal.to.length > 0) return draft;
  const told = drafts.findLast(
    ({ proposal: one, status }) =>
      one.type === 'control' &&
      status === 'happened' &&
      one.to.length > 0 &&
      one.sentence < proposal.sentence &&
      proposal.sentence - one.sentence <= TOLD_BEFORE,
  );
  if (told === undefined) return draft;
  const from = proposal.from.length > 0 ? proposal.from : told.proposal.from;
  return { ...draft, proposal: { ...proposal, to: told.proposal.to, from } };
}

/** "the army left the town before it was overrun": not by the army. */
function leftBefore(draft: Draft, drafts: readonly Draft[]): Draft {
  const { proposal } = draft;
  if (proposal.type !== 'control' || proposal.to.length + proposal.from.length > 0) return draft;
  const left = drafts.find(
    ({ proposal: one }) =>
      one.type === 'withdrawal' &&
      one.sentence === proposal.sentence &&
      one.from.length > 0 &&
      one.places.some((place) => proposal.places.some((other) => samePlace(place, other))),
  );
  return left === undefined ? draft : { ...draft, proposal: { ...proposal, from: left.proposal.from } };
}

/** "they have driven rebels back": whoever "they" were taken for, nobody takes ground from himself. */
function withoutSelf(draft: Draft): Draft {
  const { to, from } = draft.proposal;
  const own = to.filter(({ id }) => id === undefined || !from.some((loser) => loser.id === id));
  return own.length === to.length ? draft : { ...draft, proposal: { ...draft.proposal, to: own } };
}

/** "an operation to capture the town": whom the sentence names first, who is not the one that is fought there. */
function gainerOf(
  { proposal }: Draft,
  fighters: readonly ActorSpan[],
  context: Context,
): readonly ActorMention[] {
  const here = inSentences(context, fighters, proposal.sentence, proposal.sentence);
  if (proposal.from.length > 0) {
    const other = opponentOf(context, proposal, proposal.from, here);
    return other === undefined ? [] : [other];
  }
  // "the battle for the town": whose it is the noun does not say.
  const trigger = context.sentences[proposal.sentence]?.chunks[proposal.at];
  if (trigger?.kind === 'np' && context.ground.tokens[trigger.head]?.norm === 'battle') return [];
  const doers = doersIn(context, proposal, fighters);
  const first = doers.find((span) => span.last <= proposal.span.last) ?? doers[0];
  return first === undefined ? [] : [mention(context, first)];
}

/** Who acts in a proposal's own sentence. */
const doersIn = (
  context: Context,
  { sentence }: Proposal,
  fighters: readonly ActorSpan[],
): readonly ActorSpan[] =>
  inSentences(context, fighters, sentence, sentence).filter((span) => isDoer(context, span));

/** A clause about a noun that names nobody. */
const isAside = (context: Context, { sentence, at, to, from }: Proposal): boolean => {
  const clauses = context.sentences[sentence];
  return to.length + from.length === 0 && clauses !== undefined && relativeVerb(clauses, at) >= 0;
};

const isOwn = ({ actors }: Context, one: ActorMention, side: readonly ActorMention[]): boolean =>
  side.some(
    (other) =>
      one.id !== undefined &&
      other.id !== undefined &&
      one.id !== other.id &&
      allied(actors, one.id, other.id),
  );
