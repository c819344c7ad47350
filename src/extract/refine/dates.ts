import type { DateSpan } from '../../model/reading.ts';
import type { Status } from '../../model/statement.ts';
import type { Context } from '../propose/context.ts';
import type { Proposal } from '../propose/proposal.ts';
import { effectOf } from '../propose/status.ts';
import { isFinite, isLink } from '../syntax/chunk.ts';
import { type Clauses, reduced, rightSide, skip } from '../syntax/clause.ts';

/** A change older than this is background (annotation guide: "more than 14 days before the report"). */
const BACKGROUND_DAYS = 14;
const MONTH_MIDDLE = 15;
/** Cost from which on a date belongs to another clause. */
const FAR = 20;

/** The date that goes with a proposal: in its clause, else the only one of its sentence that no speech verb takes. */
export function dateOf(context: Context, clauses: Clauses, proposal: Proposal): DateSpan | undefined {
  const { chunks } = clauses;
  let best: { readonly date: DateSpan; readonly cost: number } | undefined;
  chunks.forEach((chunk, at) => {
    if (chunk.kind !== 'date') return;
    const cost = distance(context, clauses, proposal, at);
    // A date of another clause may be this one's too, but never makes it old.
    const fits = cost < FAR || (!isOld(chunk.date) && chunk.date.since !== true);
    if (fits && (best === undefined || cost < best.cost)) best = { date: chunk.date, cost };
  });
  return best?.date;
}

/** How far a date is from the trigger; verbs and clause words in between weigh. */
function distance(context: Context, clauses: Clauses, proposal: Proposal, at: number): number {
  const { chunks } = clauses;
  const [first, last] = at < proposal.at ? [at, proposal.at] : [proposal.at, at];
  let cost = at < proposal.at ? 1 : 0;
  for (let i = first + 1; i < last; i += 1) {
    const chunk = chunks[i];
    cost += 0.1;
    if (chunk?.kind === 'vg' && isFinite(chunk) && !reduced(clauses, i))
      cost += effectOf(context, chunk)?.effect === 'say' ? 12 : 9;
    else if (chunk?.kind === 'vg') cost += 4;
    else if (isLink(chunk, 'relative', 'complementizer', 'subordinator', 'break')) cost += 8;
    else if (isLink(chunk, 'preposition') && /^(?:after|before|since|despite)$/.test(chunk.word)) cost += 6;
  }
  // "said on Monday": the date is the speech's.
  const left = chunks[at - 1];
  const before = isLink(left, 'preposition') ? chunks[at - 2] : left;
  if (before?.kind === 'vg' && at - 1 !== proposal.at && effectOf(context, before)?.effect === 'say')
    cost += 6;
  return cost;
}

/** Whether what happened lies too far back to be news. */
export function isOld(date: DateSpan): boolean {
  if (date.precision === 'month') return date.daysAgo + MONTH_MIDDLE > BACKGROUND_DAYS && date.daysAgo > 0;
  // "this year" tells nothing recent either.
  if (date.precision === 'year') return true;
  return date.daysAgo > BACKGROUND_DAYS;
}

const FORMER = /^(?:previously|formerly|originally|initially|once|briefly)$/;

export const isFormer = (adverbs: readonly string[]): boolean => adverbs.some((word) => FORMER.test(word));

/** `background` for what is old; what still stands stays `ongoing`. */
/** Flight told in a relative clause or by a participle: "people who had fled the war", "families displaced from". */
export function isContext(clauses: Clauses, proposal: Proposal): boolean {
  const group = clauses.chunks[proposal.at];
  if (proposal.type !== 'displacement' || group?.kind !== 'vg') return false;
  return (
    (group.anterior && isLink(clauses.chunks[skip(clauses.chunks, proposal.at - 1, -1)], 'relative')) ||
    (group.form === 'past' &&
      group.lemma === 'displace' &&
      group.last - group.first === 1 &&
      rightSide(clauses, proposal.at, true).objects.length === 0)
  );
}

export function withAge(
  proposal: Proposal,
  status: Status,
  date: DateSpan | undefined,
  former: readonly string[],
): Status {
  const standing = proposal.type === 'held' || (proposal.type === 'siege' && status === 'ongoing');
  if (status !== 'happened' && status !== 'ongoing') return status;
  if (standing) return status;
  if (date !== undefined && isOld(date))
    return date.since === true && status === 'ongoing' ? status : 'background';
  return isFormer(former) ? 'background' : status;
}
