import { addDays, type Day } from '../../model/time.ts';
import type { DateSpan, Mark } from '../../model/reading.ts';
import { WEEKDAYS } from '../dates/calendar.ts';
import type { Context } from '../propose/context.ts';
import { effectOf } from '../propose/verdict.ts';
import { runsOn } from './age.ts';
import { isAhead } from './dates.ts';
import { isLink } from '../syntax/chunk.ts';
import type { Draft } from './draft.ts';

const WEEK = 7;
/** How many sentences back a day may stand that goes on. */
const REACH = 2;
/** A report's first day counts for all that it tells as news only where it is the day of the report, or the one before. */
const FRESH = 1;
/** What is set for a day; an offensive's day is the one on which it was announced. */
const SCHEDULED = new Set(['agreement', 'evacuation', 'withdrawal', 'aid_access', 'return']);
const DATED = new Set(['control', 'advance', 'withdrawal', 'evacuation', 'displacement', 'return']);

/** Words of an earlier day that is not told. */
const EARLIER =
  /^(?:earlier|previously|formerly|recently|once|already|since|long|initially|originally|briefly)$/;

/** Days that the statement's own sentence does not settle: a weekday to come, and the day of the sentences before. */
export function completeDates(drafts: readonly Draft[], context: Context): Draft[] {
  const found = context.reading.marks.filter(
    (mark): mark is DateSpan =>
      mark.kind === 'date' &&
      mark.precision === 'day' &&
      mark.since !== true &&
      mark.daysAgo >= 0 &&
      mark.daysAgo < WEEK &&
      context.reading.sentences[sentenceOf(context, mark)]?.furniture === undefined &&
      !isToCome(context, mark),
  );
  const days = Map.groupBy(found, (mark) => sentenceOf(context, mark));
  return drafts.map((draft) => {
    if (draft.date !== undefined)
      return {
        ...toCome(draft, draft.date, context),
        ...(draft.status === 'happened' && isSpoken(context, draft.date) && { spoken: true as const }),
      };
    const date = goingOn(draft, days, context);
    return date === undefined ? draft : { ...draft, date };
  });
}

const sentenceOf = (context: Context, mark: DateSpan): number =>
  context.reading.tokens[mark.first]?.sentence ?? 0;

/** "a truce would begin Monday": the next one. A bare weekday is read as the last one before. */
function toCome(draft: Draft, date: DateSpan, context: Context): Draft {
  const { tokens } = context.reading;
  const bare = date.last - date.first === 1 && WEEKDAYS.has(tokens[date.first]?.norm ?? '');
  if (bare && date.daysAgo > 0 && draft.status === 'happened' && startsThen(draft, date, context))
    return { ...draft, status: 'planned', date: nextWeek(date) };
  if (isOffered(draft, context)) return draft;
  if (draft.status !== 'planned' || !SCHEDULED.has(draft.proposal.type) || !bare || date.daysAgo <= 0)
    return draft;
  if (isSpoken(context, date)) return draft;
  return { ...draft, date: nextWeek(date) };
}

/** "offered a truce on Saturday": the day of the offer. */
function isOffered({ proposal }: Draft, context: Context): boolean {
  const trigger = context.sentences[proposal.sentence]?.chunks[proposal.at];
  return proposal.phase === 'proposed' && trigger?.kind === 'vg' && trigger.form === 'past';
}

const nextWeek = (date: DateSpan): DateSpan => ({
  ...date,
  date: addDays(date.date as Day, WEEK),
  daysAgo: date.daysAgo - WEEK,
});

/** "announced a halt of fighting starting on Thursday": what was announced is still to come. */
function startsThen({ proposal }: Draft, date: DateSpan, context: Context): boolean {
  const chunks = context.sentences[proposal.sentence]?.chunks ?? [];
  const at = chunks.findIndex((chunk) => chunk.kind === 'date' && chunk.date === date);
  const starts = chunks[at - 1];
  return (
    proposal.phase === 'in_force' &&
    at > proposal.at &&
    chunks[proposal.at]?.kind === 'np' &&
    starts?.kind === 'vg' &&
    starts.form === 'gerund' &&
    /^(?:start|begin|commence)$/.test(starts.lemma)
  );
}

/** "aid is due to enter on Saturday": no day of what has happened. */
function isToCome(context: Context, date: DateSpan): boolean {
  const clauses = context.sentences[sentenceOf(context, date)];
  const at = clauses?.chunks.findIndex((chunk) => chunk.kind === 'date' && chunk.date === date) ?? -1;
  return clauses !== undefined && at >= 0 && isAhead(clauses, at);
}

/** "announced on Friday", "was put off on Friday": the day of what was said or done about it. */
function isSpoken(context: Context, date: DateSpan): boolean {
  const chunks = context.sentences[sentenceOf(context, date)]?.chunks ?? [];
  const at = chunks.findIndex((chunk) => chunk.kind === 'date' && chunk.date === date);
  const before = isLink(chunks[at - 1], 'preposition') ? chunks[at - 2] : chunks[at - 1];
  if (before?.kind !== 'vg') return false;
  return effectOf(context, before)?.effect === 'say' || (before.form === 'past' && !isToCome(context, date));
}

/** News told without a day has that of the sentences right before it, else the report's first. */
function goingOn(
  { proposal, status }: Draft,
  days: ReadonlyMap<number, readonly DateSpan[]>,
  context: Context,
): DateSpan | undefined {
  const trigger = context.sentences[proposal.sentence]?.chunks[proposal.at];
  if (!/^(?:happened|failed)$/.test(status) || !DATED.has(proposal.type)) return undefined;
  if (trigger?.kind === 'vg' && (trigger.anterior || trigger.adverbs.some((word) => EARLIER.test(word))))
    return undefined;
  // "have fled since Friday, the agency said on Monday": of no single day.
  const runs = (mark: Mark): boolean =>
    mark.kind === 'date' && sentenceOf(context, mark) === proposal.sentence && runsOn(proposal, mark);
  if (context.reading.marks.some(runs)) return undefined;
  let near: DateSpan | undefined;
  for (let back = 0; back <= REACH && near === undefined; back += 1)
    near = days.get(proposal.sentence - back)?.at(-1);
  const first = days.values().next().value?.[0];
  return near ?? (status !== 'planned' && first !== undefined && first.daysAgo <= FRESH ? first : undefined);
}
