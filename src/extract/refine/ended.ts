import type { Proposal } from '../propose/proposal.ts';
import { isLink } from '../syntax/chunk.ts';
import type { Clauses } from '../syntax/clause.ts';
import { lastsFor } from './age.ts';

/** The words, as the verb group keeps them. */
const NO_LONGER = 'no longer';

/** "the army no longer holds the town" tells of its loss, "the town is no longer besieged" of the end of the siege. */
export function endOf({ chunks, ground: { tokens } }: Clauses, proposal: Proposal): Proposal {
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

/** "overran the post and held it for several hours"; and "the truce in the town held", which is no party's. */
export function isOver(clauses: Clauses, { at }: Proposal): boolean {
  const { ground, chunks } = clauses;
  const group = chunks[at];
  if (group?.kind !== 'vg') return false;
  if (group.form === 'past' && !group.perfect && lastsFor(clauses, at)) return true;
  const [place, link, truce] = [1, 2, 3].map((back) => chunks[at - back]);
  const head = truce?.kind === 'np' ? (ground.tokens[truce.head]?.norm ?? '') : '';
  return place?.kind === 'np' && isLink(link, 'preposition') && ground.lexicon.nounClasses(head).has('truce');
}

/** "180 fighters in the town surrendered": they did, the town did not. */
export function areTaken({ ground, chunks }: Clauses, { rule, at }: Proposal): boolean {
  const group = chunks[at];
  if (rule !== 'lose' || group?.kind !== 'vg' || group.lemma !== 'surrender' || group.passive) return false;
  const [place, link, who] = [1, 2, 3].map((back) => chunks[at - back]);
  const classes =
    who?.kind === 'np' ? ground.lexicon.nounClasses(ground.tokens[who.head]?.norm ?? '') : undefined;
  const people = classes?.has('troops') === true || classes?.has('people') === true;
  return place?.kind === 'np' && isLink(link, 'preposition') && people;
}
