import type { Context } from './context.ts';
import type { Proposal } from './proposal.ts';

/** With more people than this, flight and evacuation are told of whoever drives them out: floods too displace. */
const MANY = 100;
const MOVES = new Set(['evacuation', 'displacement', 'return']);

/**
 * Drops movements and deals from reports that nothing shows to be about a war: a candidate withdraws, guests are evacuated,
 * fans return, clubs agree.
 */
export function inWar(context: Context, proposals: readonly Proposal[]): readonly Proposal[] {
  if (isAboutWar(context)) return proposals;
  return proposals.filter(
    ({ type, people, from, to }) =>
      !(MOVES.has(type) || type === 'withdrawal' || type === 'agreement') ||
      (MOVES.has(type) && (people?.high ?? people?.low ?? 0) > MANY) ||
      [...from, ...to].some(({ id }) => id !== undefined && context.actors.get(id)?.kind === 'bloc'),
  );
}

/** One word of war is enough. */
function isAboutWar({ reading, lexicon }: Context): boolean {
  return reading.tokens.some(({ norm }) => lexicon.nounClasses(norm).has('war'));
}
