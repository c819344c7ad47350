import type { DateSpan } from '../../model/reading.ts';
import type { Status } from '../../model/statement.ts';
import { isOld } from '../refine/age.ts';
import type { FrameEntry } from '../lexicon/entries.ts';
import type { ArabicProposal } from './propose.ts';

const MOVES = new Set(['withdrawal', 'evacuation', 'displacement', 'return', 'aid_access']);

/** The status of a proposal, or why it states nothing. */
export function statusOf(
  { verdict, type }: ArabicProposal,
  frame: Pick<FrameEntry, 'status'> | undefined,
): Status | { readonly dropped: string } {
  if (verdict.is === 'void') return { dropped: `nothing is stated (${verdict.why.join(', ')})` };
  if (verdict.is === 'denied') return 'denied';
  if (verdict.negated) return type === 'aid_access' ? 'failed' : { dropped: 'negated' };
  if (type === 'held') return verdict.is === 'happened' ? 'ongoing' : { dropped: 'not held yet' };
  if (frame?.status === 'failed')
    return verdict.is === 'open' ? { dropped: 'a defence that is not over' } : 'failed';
  if (verdict.is === 'failed') return 'failed';
  if (verdict.is === 'open') return 'planned';
  if (frame?.status !== undefined) return frame.status;
  if (verdict.is === 'ongoing') return 'ongoing';
  // The plain present of a movement or a siege tells that it goes on.
  return verdict.present && (MOVES.has(type) || type === 'siege') ? 'ongoing' : 'happened';
}

/** What lies more than 14 days back, and what "had happened" without a date, is context. */
export function withAge(proposal: ArabicProposal, status: Status, date: DateSpan | undefined): Status {
  if (status !== 'happened' && status !== 'ongoing') return status;
  if (proposal.type === 'held' || (proposal.type === 'siege' && status === 'ongoing')) return status;
  if (date === undefined) return proposal.former ? 'background' : status;
  if (!isOld(date)) return status;
  return date.since === true && status === 'ongoing' ? status : 'background';
}
