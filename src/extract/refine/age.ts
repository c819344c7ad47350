import type { DateSpan } from '../../model/reading.ts';
import type { Status } from '../../model/statement.ts';
import type { Context } from '../propose/context.ts';
import type { Proposal } from '../propose/proposal.ts';
import { clauseStart } from '../propose/status/clause.ts';
import { isFinite, isLink } from '../syntax/chunk.ts';
import { type Clauses, rightSide, skip } from '../syntax/clause.ts';
import { nounsAt } from '../syntax/ground.ts';
import { gapOf } from '../syntax/relative.ts';

/** A change older than this is background (annotation guide: "more than 14 days before the report"). */
const BACKGROUND_DAYS = 14;
const MONTH_MIDDLE = 10;
/** Whether what happened lies too far back to be news. */
export function isOld(date: DateSpan): boolean {
  if (date.precision === 'month') return date.daysAgo + MONTH_MIDDLE > BACKGROUND_DAYS && date.daysAgo > 0;
  // "this year" tells nothing recent either.
  if (date.precision === 'year') return true;
  return date.daysAgo > BACKGROUND_DAYS;
}

const FORMER = /^(?:previously|formerly|originally|initially|once|briefly)$/;
const FORMER_NOUN = /^(?:previous|former|earlier|past)$/;

/** "a truce that has been repeatedly violated": how it went so far. */
const REPEATED = /^(?:repeatedly|often|frequently|regularly|routinely|constantly|continuously|daily)$/;
const REPEATED_REACH = 3;

const isRepeated = ({ chunks, ground: { tokens } }: Clauses, at: number): boolean => {
  const { first = 0, last = 0 } = chunks[at] ?? {};
  return tokens.slice(first, last + REPEATED_REACH).some(({ norm }) => REPEATED.test(norm));
};

export const isFormer = (adverbs: readonly string[]): boolean => adverbs.some((word) => FORMER.test(word));

/** "the previous truce", "an earlier siege". */
const isFormerNoun = (context: Context, clauses: Clauses, at: number): boolean => {
  const np = clauses.chunks[at];
  return (
    np?.kind === 'np' &&
    context.ground.tokens.slice(np.first, np.head).some((token) => FORMER_NOUN.test(token.norm))
  );
};

/** "previous truces have collapsed" */
const isOfFormer = (context: Context, clauses: Clauses, { span }: Proposal): boolean =>
  clauses.chunks.some(
    (chunk, at) =>
      chunk.first >= span.first &&
      chunk.last <= span.last &&
      chunk.kind === 'np' &&
      nounsAt(clauses.ground, chunk.head).has('agreement') &&
      isFormerNoun(context, clauses, at),
  );

/** The word that opens the clause of a proposal, and where: "after", "when", "since". */
function openedBy(
  clauses: Clauses,
  proposal: Proposal,
): { readonly word: string; readonly at: number } | undefined {
  const { chunks } = clauses;
  const group = chunks[proposal.at];
  const start = group?.kind === 'vg' ? clauseStart(clauses, proposal.at) : proposal.at;
  const at = skip(chunks, start - 1, -1);
  const link = chunks[at];
  return isLink(link, 'preposition', 'subordinator') ? { word: link.word, at } : undefined;
}

/** "when it controlled the town": it no longer does. */
export function heldThen(clauses: Clauses, proposal: Proposal): boolean {
  const group = clauses.chunks[proposal.at];
  // "retook the town, which rebels had held since May": till then. What somebody says had been held may be held still.
  if (group?.kind === 'vg' && group.anterior && proposal.verdict.speech.length === 0) return true;
  // "after they had held the town for a day"
  if (group?.kind === 'vg' && group.anterior && lastsFor(clauses, proposal.at)) return true;
  return (
    group?.kind === 'vg' &&
    group.form === 'past' &&
    !group.perfect &&
    !group.passive &&
    // "was under rebel control before the offensive"
    (openedBy(clauses, proposal)?.word === 'when' || isUntil(clauses, proposal.at))
  );
}

const isUntil = (clauses: Clauses, at: number): boolean =>
  rightSide(clauses, at, true).adjuncts.some(({ prep }) => /^(?:before|until|till|prior to)$/.test(prep));

const EARLIER = /^(?:after|following|when|once|since)$/;

/** "fighting broke out in May after rebels took the town": what came before something old is old. */
function followsOld(clauses: Clauses, proposal: Proposal): boolean {
  const opening = openedBy(clauses, proposal);
  if (opening === undefined || !EARLIER.test(opening.word)) return false;
  return clauses.chunks.slice(0, opening.at).some((chunk) => chunk.kind === 'date' && isOld(chunk.date));
}

/** "was agreed in 2019 but collapsed within months": soon after something old. */
function soonAfterOld(clauses: Clauses, { at }: Proposal): boolean {
  const { chunks, ground } = clauses;
  const told = chunks.findLastIndex(({ kind }, i) => i < at && kind === 'date');
  const date = chunks[told];
  if (
    date?.kind !== 'date' ||
    !isOld(date.date) ||
    !chunks.slice(told, at).some((chunk) => isLink(chunk, 'conjunction'))
  )
    return false;
  return rightSide(clauses, at, true).adjuncts.some(
    ({ prep, args }) =>
      /^(?:within|after|in)$/.test(prep) &&
      args.some(({ np }) => DURATION.test(ground.tokens[np.head]?.norm ?? '')),
  );
}

/** "the first raid since the town fell": what other things are counted from is no news itself. */
export function isSince(clauses: Clauses, proposal: Proposal): boolean {
  const group = clauses.chunks[proposal.at];
  return group?.kind === 'vg' && group.form === 'past' && openedBy(clauses, proposal)?.word === 'since';
}

/** "three years after rebels took the town", "eight months after losing it" */
function isLongAfter(clauses: Clauses, proposal: Proposal): boolean {
  const span = laterBy(clauses, proposal);
  return (
    span !== undefined &&
    (/^(?:months?|years?|decades?)$/.test(span.unit) ||
      (span.unit === 'weeks' && !/^(?:two|2|couple)$/.test(span.count)))
  );
}

/** "two days after they had taken it": by how much the main clause's day is later, and where that one ends. */
export function laterBy(
  clauses: Clauses,
  proposal: Proposal,
): { readonly count: string; readonly unit: string; readonly at: number } | undefined {
  const opening = openedBy(clauses, proposal);
  const span = opening && clauses.chunks[opening.at - 1];
  if (opening?.word !== 'after' || span?.kind !== 'np') return undefined;
  const [count, unit] = [2, 1].map((back) => clauses.ground.tokens[span.last - back]?.norm ?? '');
  return count !== undefined && unit !== undefined && SPAN.test(unit)
    ? { count, unit, at: opening.at - 1 }
    : undefined;
}

const SPAN = /^(?:hours?|days?|weeks?|months?|years?|decades?)$/;

/** "bombed areas in the province that have fallen out of its control": which areas, whenever that was. */
function describesAreas({ chunks, ground: { tokens } }: Clauses, at: number): boolean {
  const group = chunks[at];
  if (group?.kind !== 'vg' || !group.perfect || !isLink(chunks[at - 1], 'relative', 'complementizer'))
    return false;
  let noun = at - 2;
  while (isLink(chunks[noun - 1], 'preposition') && noun > 1) noun -= 2;
  const np = chunks[noun];
  return (
    np?.kind === 'np' &&
    !np.definite &&
    /^(?:areas|parts|territories|regions|zones)$/.test(tokens[np.head]?.norm ?? '')
  );
}

/**
 * Flight told in a relative clause or by a participle ("people who had fled the war", "families displaced from"), and ground
 * that "had" been taken in a clause that only says which ground is meant.
 */
export function isContext(clauses: Clauses, proposal: Proposal, date: DateSpan | undefined): boolean {
  const group = clauses.chunks[proposal.at];
  if (proposal.type === 'control' && describesAreas(clauses, proposal.at)) return true;
  if (proposal.type === 'control' && group?.kind === 'vg' && date === undefined)
    return (
      (group.perfect || isContact(clauses, proposal.at)) &&
      gapOf(clauses, proposal.at).length > 0 &&
      rightSide(clauses, proposal.at, true).objects.length === 0
    );
  if (proposal.type !== 'displacement' || group?.kind !== 'vg') return false;
  const relative = isLink(clauses.chunks[skip(clauses.chunks, proposal.at - 1, -1)], 'relative');
  return proposal.past === true || ((group.anterior || group.lemma === 'displace') && relative);
}

const DURATION = /^(?:hours?|days?|weeks?|months?|years?|decades?|minutes?|while|time)$/;

/** "for several hours", "for more than a year" behind the trigger. */
export const lastsFor = (clauses: Clauses, at: number): boolean =>
  rightSide(clauses, at, true).adjuncts.some(
    ({ prep, args }) =>
      prep === 'for' && args.some(({ np }) => DURATION.test(clauses.ground.tokens[np.head]?.norm ?? '')),
  );

/** "has been cut off for a year" */
const isHadFor = (clauses: Clauses, at: number): boolean => {
  const group = clauses.chunks[at];
  return group?.kind === 'vg' && group.perfect && !group.anterior && lastsFor(clauses, at);
};

/** "the only city it captured" */
function isContact({ chunks }: Clauses, at: number): boolean {
  const who = chunks[at - 1];
  return who?.kind === 'np' && who.pronoun && chunks[at - 2]?.kind === 'np';
}

/** "who were besieged by rebels": of a siege that nobody dates a report tells that it is there, not that it began. */
function isUndatedSiege(clauses: Clauses, { type, at }: Proposal, date: DateSpan | undefined): boolean {
  const group = clauses.chunks[at];
  const told = group?.kind === 'vg' && group.lemma === 'besiege' && group.passive && !group.perfect;
  return type === 'siege' && told && date === undefined;
}

/** A place cut off "since May" or "for a year", or that "troops surround", is still cut off. */
export function standingSince(clauses: Clauses, proposal: Proposal, date: DateSpan | undefined): Proposal {
  const { type, phase, verdict, at } = proposal;
  const lasts =
    verdict.is === 'ongoing' ||
    (verdict.is === 'happened' &&
      (verdict.present ||
        date?.since === true ||
        isHadFor(clauses, at) ||
        isUndatedSiege(clauses, proposal, date)));
  return type === 'siege' && phase === 'imposed' && lasts ? { ...proposal, phase: 'standing' } : proposal;
}

/** "tried to", "attempted to": not an offensive, which may go on for long. */
const isTried = ({ verdict: { why } }: Proposal): boolean => why.includes('attempt') && !why.includes('try');

/** `background` for what is old; what still stands stays `ongoing`. */
export function withAge(
  context: Context,
  clauses: Clauses,
  proposal: Proposal,
  status: Status,
  date: DateSpan | undefined,
): Status {
  const group = clauses.chunks[proposal.at];
  const former = group?.kind === 'vg' ? group.adverbs : [];
  const standing =
    proposal.type === 'held' ||
    (proposal.type === 'siege' && status === 'ongoing') ||
    // A truce that is only mentioned may be over: "a February ceasefire".
    (proposal.type === 'agreement' && status === 'ongoing' && proposal.rule !== 'truce-in');
  // "tried to take the town in 2021": it had its outcome, and nobody says that it came off.
  if (status === 'planned' && isTried(proposal) && date !== undefined && isOld(date) && date.since !== true)
    return 'failed';
  if (status !== 'happened' && status !== 'ongoing') return status;
  // "announced a withdrawal by June 1", said in May.
  if (status === 'happened' && date !== undefined && date.daysAgo < 0 && date.precision === 'day')
    return 'planned';
  if (standing) return status;
  if (date !== undefined && runsOn(proposal, date)) return status;
  const lasts = proposal.phase === 'standing' || proposal.phase === 'in_force';
  if (lasts && (date?.since === true || isHadFor(clauses, proposal.at))) return 'ongoing';
  if (lasts && isUndatedSiege(clauses, proposal, date)) return 'ongoing';
  if (isLongAfter(clauses, proposal)) return 'background';
  if (date !== undefined && isOld(date))
    return date.since === true && status === 'ongoing' ? status : 'background';
  if (
    date === undefined &&
    (followsOld(clauses, proposal) || isSince(clauses, proposal) || soonAfterOld(clauses, proposal))
  )
    return 'background';
  return isFormer(former) ||
    (proposal.phase === 'violated' && isRepeated(clauses, proposal.at)) ||
    isFormerNoun(context, clauses, proposal.at) ||
    (proposal.type === 'agreement' && isOfFormer(context, clauses, proposal)) ||
    (date === undefined && isOfOldYear(context, clauses, proposal.at)) ||
    (date === undefined && longBefore(clauses, proposal.at))
    ? 'background'
    : status;
}

/** A count of people that goes on up to the report is news, unless it began in another year: "143,000 displaced since April". */
const RUNNING_DAYS = 180;
export const runsOn = ({ type, people }: Proposal, date: DateSpan): boolean =>
  date.since === true &&
  people !== undefined &&
  /^(?:displacement|evacuation|return)$/.test(type) &&
  date.daysAgo <= RUNNING_DAYS;
const UNDERTAKING =
  /^(?:campaigns?|offensives?|operations?|battles?|wars?|invasions?|uprisings?|advances?|assaults?|surges?|blitz|conflict)$/;

/** "seized the city in a lightning 2014 campaign": the year stands before the noun and is no date of its own. */
function isOfOldYear({ day }: Context, { chunks, ground: { tokens } }: Clauses, at: number): boolean {
  const year = Number(day.slice(0, 4));
  for (let i = at + 1; i < chunks.length; i += 1) {
    const chunk = chunks[i];
    if (chunk === undefined || (chunk.kind === 'vg' && isFinite(chunk)) || isLink(chunk, 'break', 'relative'))
      return false;
    if (chunk.kind !== 'np' || !UNDERTAKING.test(tokens[chunk.head]?.norm ?? '')) continue;
    const words = tokens.slice(chunk.first, chunk.head);
    if (words.some(({ norm }) => /^(?:19|20)\d\d$/.test(norm) && Number(norm) < year)) return true;
  }
  return false;
}

/** "years earlier", "months before", with no other verb between it and the trigger. */
function longBefore({ chunks, ground: { tokens } }: Clauses, at: number): boolean {
  const clear = (step: 1 | -1): boolean => {
    for (let i = at + step; i >= 0 && i < chunks.length; i += step) {
      const chunk = chunks[i];
      if (chunk === undefined || chunk.kind === 'vg') return false;
      const time = tokens.slice(chunk.first, chunk.last + 1);
      const unit = time.findIndex(({ norm }) => /^(?:months|years?|decades?)$/.test(norm));
      if (unit >= 0 && /^(?:earlier|before|previously)$/.test(time[unit + 1]?.norm ?? '')) return true;
    }
    return false;
  };
  return clear(-1) || clear(1);
}
