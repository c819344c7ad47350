import type { Status } from '../../model/statement.ts';
import type { FrameEntry } from '../lexicon/entries.ts';
import type { Proposal } from '../propose/proposal.ts';

/** Types that last: in the plain present tense they are under way, not done. */
const LASTING = new Set(['held', 'siege', 'advance']);

/** Reasons of a verdict that say that something was tried in vain. */
const FAILS = /^(?:fail|adjective|failed attempt|fell through|stall|halt|block|prevent|abort)$/;

/** The status of a proposal, or why it states nothing. */
export function statusFor(
  proposal: Proposal,
  frame: Pick<FrameEntry, 'status' | 'only'>,
  cameToNothing: () => boolean,
): Status | { readonly dropped: string } {
  const { verdict, type } = proposal;
  if (verdict.is === 'void') return { dropped: `nothing is stated (${verdict.why.join(', ')})` };
  if (type === 'held') {
    if (verdict.negated) return { dropped: 'it is denied that the place is held' };
    if (verdict.is === 'denied') return 'denied';
    return verdict.is === 'open' || verdict.is === 'failed' ? { dropped: 'not held yet' } : 'ongoing';
  }
  if (verdict.is === 'denied') return 'denied';
  if (frame.status === 'failed')
    return verdict.is === 'open' || verdict.negated ? { dropped: 'a defence that is not over' } : 'failed';
  if (verdict.negated && frame.only !== undefined) return { dropped: 'there was no attack' };
  // "was ordered not to enter the town": nobody tried.
  if (verdict.negated && type === 'advance' && verdict.is === 'open') return { dropped: 'negated' };
  if (verdict.negated) return type === 'aid_access' || type === 'advance' ? 'failed' : { dropped: 'negated' };
  // "failed to stop the onslaught"
  if (frame.only !== undefined && verdict.why.filter((why) => why === 'fail').length > 1)
    return { dropped: 'an attack changes nothing' };
  // "would never dare attack": that it did not come to it is no attack repelled.
  if (verdict.is === 'failed' && (frame.only === undefined || verdict.why.some((why) => FAILS.test(why))))
    return 'failed';
  if (frame.only !== undefined) return cameToNothing() ? 'failed' : { dropped: 'an attack changes nothing' };
  const tried = verdict.why.includes('attempt') || frame.status === 'planned';
  if (tried && cameToNothing()) return 'failed';
  if (verdict.is === 'open') return 'planned';
  if (frame.status !== undefined)
    return type === 'control' && frame.status === 'ongoing' ? 'happened' : frame.status;
  if (verdict.is === 'ongoing') return 'ongoing';
  // "breaks the siege", in a headline: it is over.
  if (/^(?:broken|eased)$/.test(proposal.phase ?? '')) return 'happened';
  if (verdict.present && LASTING.has(type)) return type === 'advance' ? 'happened' : 'ongoing';
  return 'happened';
}
