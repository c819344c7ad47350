import type { DateSpan } from '../../model/reading.ts';
import type { Context } from '../propose/context.ts';
import type { Proposal } from '../propose/proposal.ts';
import { effectOf } from '../propose/verdict.ts';
import { isFinite, isLink } from '../syntax/chunk.ts';
import { type Clauses, reduced, skip } from '../syntax/clause.ts';
import { isOld, isSince, laterBy } from './age.ts';

/** Cost from which on a date belongs to another clause. */
const FAR = 20;

/** What a finite verb between costs. */
const OTHER_CLAUSE = 9;

/** The date that goes with a proposal: in its clause, else the only one of its sentence that no speech verb takes. */
export function dateOf(context: Context, clauses: Clauses, proposal: Proposal): DateSpan | undefined {
  const { chunks } = clauses;
  const trigger = chunks[proposal.at];
  // "has captured" goes with no date of long ago: that one is another clause's.
  const recent = trigger?.kind === 'vg' && trigger.perfect && trigger.form === 'present';
  const later = laterBy(clauses, proposal);
  let best: { readonly date: DateSpan; readonly cost: number } | undefined;
  chunks.forEach((chunk, at) => {
    if (chunk.kind !== 'date' || (recent && isOld(chunk.date) && chunk.date.since !== true)) return;
    if (chunk.date.since === true && isCountedFrom(clauses, chunk.date.first)) return;
    // "left A on Sunday, its biggest loss since it gave up B"
    if (at < proposal.at && isSince(clauses, proposal)) return;
    // The day of what is still to come is not that of what happened.
    if (isAhead(clauses, at) && !isAhead(clauses, proposal.at)) return;
    // "entered the city on Friday, two years after losing it"
    if (later !== undefined && at < later.at) return;
    const cost = distance(context, clauses, proposal, at);
    // Nor is that of another clause the day of what is to come.
    if (proposal.verdict.is === 'open' && isApart(clauses, proposal.at, at, cost)) return;
    // "controls A and B, and lost C in May": what is held now is of no day of long ago in another clause.
    const near = proposal.type === 'held' && isOld(chunk.date) ? OTHER_CLAUSE : FAR;
    // A date of another clause may be this one's too, but never makes it old.
    const fits = cost < near || (!isOld(chunk.date) && chunk.date.since !== true);
    if (fits && (best === undefined || cost < best.cost)) best = { date: chunk.date, cost };
  });
  return best?.date;
}

/** "will leave the town, but were there on Sunday"; "agreed on Sunday to a truce, under which they are to leave". */
function isApart(clauses: Clauses, trigger: number, date: number, cost: number): boolean {
  if (date > trigger) return cost >= OTHER_CLAUSE && !isAhead(clauses, date);
  return clauses.chunks.slice(date, trigger).some((chunk) => isLink(chunk, 'relative'));
}

/** Words before "since" that compare: the date behind it is that of an earlier one. */
const FIRST =
  /^(?:first|biggest|largest|greatest|deadliest|worst|heaviest|highest|longest|fiercest|bloodiest|fastest|deepest)$/;
const FIRST_REACH = 8;

/** "their biggest gain since February", "for the first time since October" */
const isCountedFrom = ({ ground: { tokens } }: Clauses, date: number): boolean => {
  const before = tokens.slice(Math.max(0, date - FIRST_REACH), date);
  const first = before.findLastIndex(({ norm }) => FIRST.test(norm));
  return first >= 0 && before.slice(first).every(({ norm }) => !/^[.;:]$/.test(norm));
};

const DUE = /^(?:will|would|due|set|expected|scheduled|slated|planned)$/;

/** What stands at `at` is still to come, by the last finite verb before it: "aid is due to enter on Saturday". */
export function isAhead({ chunks, ground: { tokens } }: Clauses, at: number): boolean {
  for (let i = at; i >= 0; i -= 1) {
    const chunk = chunks[i];
    if (isLink(chunk, 'break') && i < at) return false;
    if (chunk?.kind !== 'vg' || !isFinite(chunk)) continue;
    return (
      chunk.modal === 'will' || tokens.slice(chunk.first, chunk.last + 1).some(({ norm }) => DUE.test(norm))
    );
  }
  return false;
}

/** A relative clause in the past between `at` and `end`; one in the present ("a road that links A and B") has no dates. */
function opensPast({ chunks }: Clauses, at: number, end: number): boolean {
  if (!isLink(chunks[at], 'relative', 'complementizer') || chunks[at - 1]?.kind === 'vg') return false;
  return chunks.slice(at, end).some((chunk) => chunk.kind === 'vg' && chunk.form === 'past');
}

/** Whether the date at `at` ends a clause about a noun, set off by commas. */
function closesRelative({ chunks }: Clauses, at: number): boolean {
  if (!isLink(chunks[at + 1], 'comma')) return false;
  const opens = chunks.slice(0, at).findLastIndex((chunk) => isLink(chunk, 'relative', 'comma'));
  const inside = chunks.slice(opens, at);
  return (
    isLink(chunks[opens], 'relative') &&
    isLink(chunks[opens - 1], 'comma') &&
    inside.some(({ kind }) => kind === 'vg')
  );
}

/** Whether the verb that a date goes with is that of a relative clause, which ends before `end`. */
export function isOfRelative({ chunks }: Clauses, at: number, end: number): boolean {
  const verb = chunks.findLastIndex((chunk, i) => i < at && chunk.kind === 'vg');
  const link = skip(chunks, verb - 1, -1);
  return (
    verb > 0 &&
    verb < end &&
    isLink(chunks[link], 'relative') &&
    chunks[link].word === 'who' &&
    chunks.slice(verb + 1, at).every(({ kind }) => kind === 'np' || kind === 'link' || kind === 'date')
  );
}

/** How far a date is from the trigger; verbs and clause words in between weigh. */
function distance(context: Context, clauses: Clauses, proposal: Proposal, at: number): number {
  const { chunks } = clauses;
  const [first, last] = at < proposal.at ? [at, proposal.at] : [proposal.at, at];
  // "until March 15, when it announced its withdrawal": the day of the clause.
  const opens = chunks[skip(chunks, at + 1)];
  if (at < proposal.at && isLink(opens, 'subordinator', 'relative') && opens.word === 'when') return 1;
  let cost = at < proposal.at ? 1 : 0;
  // "the rebels, who took the town in 2014, still hold the port"
  if (at < proposal.at && closesRelative(clauses, at)) cost += FAR;
  // "families who fled in 2014 are being resettled": the date is that of their flight.
  if (at < proposal.at && isOfRelative(clauses, at, proposal.at)) cost += FAR;
  for (let i = first + 1; i < last; i += 1) {
    const chunk = chunks[i];
    cost += 0.1;
    if (chunk?.kind === 'vg' && isFinite(chunk) && !reduced(clauses, i))
      cost += effectOf(context, chunk)?.effect === 'say' ? 12 : OTHER_CLAUSE;
    // "broke a ceasefire signed in January": the date is that of what describes the noun.
    else if (chunk?.kind === 'vg') cost += at > proposal.at && reduced(clauses, i) ? FAR : 4;
    // "entered the city, which fell in 2014": the date of a clause about the place is not the trigger's.
    else if (at > proposal.at && opensPast(clauses, i, at)) cost += 14;
    // "has been held since May but was entered last week"
    else if (isLink(chunk, 'conjunction') && chunk.word === 'but') cost += FAR;
    // "…; Kawlin, captured in November, was abandoned"
    else if (isLink(chunk, 'break')) cost += 16;
    else if (isLink(chunk, 'relative', 'complementizer', 'subordinator')) cost += 8;
    // "the first strikes since the withdrawal in 2011": the date is the withdrawal's.
    else if (isLink(chunk, 'preposition') && chunk.word === 'since' && chunks[i + 1]?.kind === 'np')
      cost += 16;
    else if (isLink(chunk, 'preposition') && /^(?:after|before|since|despite)$/.test(chunk.word)) cost += 6;
  }
  // "said on Monday": the date is the speech's.
  const left = chunks[at - 1];
  const before = isLink(left, 'preposition') ? chunks[at - 2] : left;
  if (before?.kind === 'vg' && at - 1 !== proposal.at && effectOf(context, before)?.effect === 'say')
    cost += 6;
  return cost;
}
