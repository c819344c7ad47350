import type { Proposal } from '../propose/proposal.ts';
import type { Clauses } from '../syntax/clause.ts';

/** The words, as the verb group keeps them. */
export const NO_LONGER = 'no longer';

/** "the army no longer holds the town" tells of its loss, "the town is no longer besieged" of the end of the siege. */
export function withoutEnd({ chunks, ground: { tokens } }: Clauses, proposal: Proposal): Proposal {
  const group = chunks[proposal.at];
  if (group?.kind !== 'vg' || !proposal.verdict.negated) return proposal;
  const behind = tokens.slice(group.last, proposal.span.last + 3);
  const anyMore = behind.some(
    ({ norm }, i) =>
      norm === 'anymore' || (norm === 'any' && /^(?:more|longer)$/.test(behind[i + 1]?.norm ?? '')),
  );
  if (!group.adverbs.includes(NO_LONGER) && !anyMore) return proposal;
  const verdict = { ...proposal.verdict, negated: false, present: false };
  if (proposal.type === 'held') return { ...proposal, type: 'control', verdict, from: proposal.to, to: [] };
  return proposal.type === 'siege' ? { ...proposal, phase: 'broken', verdict } : proposal;
}
