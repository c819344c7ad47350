import type { ActorMention } from '../../model/actor.ts';
import type { ActorId } from '../../model/ids.ts';
import type { ActorSpan } from '../../model/reading.ts';
import type { Context } from '../propose/context.ts';
import { mention } from '../propose/forces.ts';
import type { Proposal } from '../propose/proposal.ts';
import type { Draft } from './draft.ts';

/** How many sentences around a statement its other side may be named in. */
const REACH = 2;
/** Share of a report's mentions of opposing parties above which one of them is its enemy throughout. */
const DOMINANT = 0.6;

/**
 * Names the side that a statement about ground leaves out, when the report names it nearby: the army that "took the
 * town" in a report on its battle with ISIS took it from ISIS. Only parties that are not on the known side count.
 */
export function completeSides(drafts: readonly Draft[], context: Context): Draft[] {
  const parties = context.reading.marks.filter(
    (mark): mark is ActorSpan =>
      mark.kind === 'actor' && mark.role !== 'speaker' && mark.epithet !== 'backer',
  );
  return drafts.map((draft) => {
    const { proposal } = draft;
    if (proposal.type !== 'control' && proposal.type !== 'advance' && proposal.type !== 'siege') return draft;
    const known = proposal.to.length > 0 ? proposal.to : proposal.from;
    if (proposal.to.length > 0 && proposal.from.length > 0) return draft;
    if (known.length === 0) return withGainer(draft, parties, context);
    const other = opponent(context, proposal, known, parties);
    if (other === undefined) return draft;
    return {
      ...draft,
      proposal: proposal.to.length > 0 ? { ...proposal, from: [other] } : { ...proposal, to: [other] },
    };
  });
}

const sentenceOf = (context: Context, span: ActorSpan): number =>
  context.reading.tokens[span.first]?.sentence ?? 0;

function opponent(
  context: Context,
  proposal: Proposal,
  known: readonly ActorMention[],
  parties: readonly ActorSpan[],
): ActorMention | undefined {
  const against = parties.filter((span) => span.id !== undefined && !fights(context, span.id, known));
  // Who gains is told in the same breath or not at all.
  const gainer = proposal.to.length === 0;
  for (let reach = 0; reach <= (gainer ? 0 : REACH); reach += 1) {
    const near = against.filter((span) => Math.abs(sentenceOf(context, span) - proposal.sentence) === reach);
    const holder = near.find((span) => span.epithet === 'holder') ?? near[0];
    if (holder !== undefined) return mention(context, holder);
  }
  return gainer ? undefined : dominant(context, against);
}

/** Whether a party is on the known side, or a state that only stands behind a side. */
function fights(context: Context, id: ActorId, known: readonly ActorMention[]): boolean {
  const actor = context.actors.get(id);
  if (
    actor === undefined ||
    (actor.tags.has('state') &&
      !known.some((one) => one.id !== undefined && context.actors.get(one.id)?.tags.has('state')))
  )
    return true;
  return known.some(
    ({ id: own }) =>
      own !== undefined && (own === id || linked(context, own, id) || linked(context, id, own)),
  );
}

const linked = (context: Context, a: ActorId, b: ActorId): boolean => {
  const actor = context.actors.get(a);
  return actor !== undefined && (actor.parents.includes(b) || actor.allies.includes(b));
};

function dominant(context: Context, spans: readonly ActorSpan[]): ActorMention | undefined {
  const counts = new Map<ActorId, ActorSpan[]>();
  for (const span of spans)
    if (span.id !== undefined) counts.set(span.id, [...(counts.get(span.id) ?? []), span]);
  const best = [...counts.values()].sort((a, b) => b.length - a.length)[0];
  const first = best?.[0];
  return best !== undefined && first !== undefined && best.length >= spans.length * DOMINANT
    ? mention(context, first)
    : undefined;
}

/** "an operation to capture the town": whoever the sentence names first before it. */
function withGainer(draft: Draft, parties: readonly ActorSpan[], context: Context): Draft {
  const { proposal } = draft;
  const here = parties.filter(
    (span) =>
      sentenceOf(context, span) === proposal.sentence &&
      span.last <= proposal.span.last &&
      span.epithet === undefined,
  );
  const first = here[0];
  if (first === undefined) return draft;
  const gainer = mention(context, first);
  const other = opponent(context, proposal, [gainer], parties);
  return { ...draft, proposal: { ...proposal, to: [gainer], ...(other !== undefined && { from: [other] }) } };
}
