import type { ActorMention } from '../../model/actor.ts';
import type { Proposal } from '../propose/proposal.ts';
import { type Clauses, skip } from '../syntax/clause.ts';

/** "managed to control the town", "is trying to control the road": to come to hold it, not to go on holding it. */
export function gainOf({ chunks }: Clauses, proposal: Proposal): Proposal {
  const group = chunks[proposal.at];
  if (proposal.type !== 'held' || group?.kind !== 'vg' || !/^(?:control|dominate)$/.test(group.lemma))
    return proposal;
  const governor = chunks[skip(chunks, proposal.at - 1, -1)];
  const achieved = governor?.kind === 'vg' && /^(?:manage|succeed)$/.test(governor.lemma);
  const wanted = proposal.verdict.is === 'open' || proposal.verdict.is === 'failed';
  return achieved || (wanted && group.form === 'infinitive') ? { ...proposal, type: 'control' } : proposal;
}

/** "Troops still occupy the town": they hold it, nothing was taken. */
export function holdOf({ chunks }: Clauses, proposal: Proposal): Proposal {
  const group = chunks[proposal.at];
  const stays =
    group?.kind === 'vg' &&
    /^(?:occupy|reoccupy)$/.test(group.lemma) &&
    !group.perfect &&
    !group.passive &&
    proposal.verdict.is === 'happened' &&
    group.adverbs.some((word) => /^(?:still|now|currently|already)$/.test(word));
  return proposal.type === 'control' && stays ? { ...proposal, type: 'held' } : proposal;
}

/** "The town has now been under the army's control": it came to be, and does not just go on. */
export function isNewHold({ chunks }: Clauses, { type, at }: Proposal): boolean {
  const group = chunks[at];
  return (
    type === 'held' &&
    group?.kind === 'vg' &&
    group.lemma === 'be' &&
    group.perfect &&
    !group.negated &&
    group.adverbs.includes('now')
  );
}

/** "We now control the town", says the party itself: it announces a gain, not how things have long stood. */
export function announcedGain(
  proposal: Proposal,
  adverbs: readonly string[],
  by: ActorMention | undefined,
): boolean {
  if (proposal.type !== 'held' || proposal.part || !adverbs.includes('now') || by?.id === undefined)
    return false;
  return proposal.how === 'named' && proposal.to.some((holder) => holder.id === by.id);
}
