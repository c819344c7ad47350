import { daysBetween, type Day } from '../../model/time.ts';
import type { DateSpan, Sentence } from '../../model/reading.ts';
import { MONTHS } from '../dates/calendar.ts';
import type { Context } from '../propose/context.ts';
import { ofOtherTime } from '../propose/other-time.ts';
import type { Proposal } from '../propose/proposal.ts';
import { clauseStart } from '../propose/status/clause.ts';
import type { Clauses } from '../syntax/clause.ts';
import { isOld } from './age.ts';
import { isOfRelative } from './dates.ts';

/** Sentences back that a story told in order may have left off its year. */
const STORY = 2;
/** Sentences that a heading of a chronology ("2014") may stand above. */
const SECTION = 40;
const HEADING_TOKENS = 5;

const SEQUEL =
  /^(?:then|later|soon|subsequently|afterwards?|thereafter|eventually|meantime|ultimately|finally)$/;
const FOLLOWING = /^(?:following|next|same|that)$/;
const UNIT = /^(?:day|night|week|month|year|spring|summer|autumn|fall|winter)$/;

/**
 * The date of long ago that the passage before a statement is set in: the year in the heading of a chronology, or the date of
 * the sentence that the statement's goes on from. Undefined where the report is not telling history.
 */
function anchorOf(context: Context, sentence: number, back: number): DateSpan | undefined {
  for (let at = sentence - 1; at >= Math.max(0, sentence - back); at -= 1) {
    const dates = datesIn(context, at);
    const told = dates.find(
      (date) =>
        isOld(date) &&
        date.since !== true &&
        !isOutbreak(context, date) &&
        !ofOtherTime(context, date.first) &&
        !isOfPeople(context, at, date),
    );
    if (sentence - at <= STORY && told !== undefined) return told;
    const here = context.reading.sentences[at];
    if (told !== undefined && here !== undefined && isHeading(here)) return told;
    // A day of the present ends the story.
    if (sentence - at <= STORY && dates.length > 0) return undefined;
  }
  return undefined;
}

/** "the war, which erupted in March 2011": how long it has lasted, no story. */
const isOutbreak = ({ reading: { tokens } }: Context, { first }: DateSpan): boolean =>
  tokens
    .slice(Math.max(0, first - OUTBREAK_REACH), first)
    .some(({ norm }) => /^(?:erupted|began|begun|started|broke|beginning|starting|outbreak)$/.test(norm));
const OUTBREAK_REACH = 9;

/** "families who fled in 2014 are being resettled": when they fled, and not what the passage is set in. */
function isOfPeople({ sentences }: Context, sentence: number, date: DateSpan): boolean {
  const clauses = sentences[sentence];
  const at = clauses?.chunks.findIndex((chunk) => chunk.kind === 'date' && chunk.date === date) ?? -1;
  return clauses !== undefined && at >= 0 && isOfRelative(clauses, at, clauses.chunks.length);
}

const isHeading = ({ first, last }: Sentence): boolean => last - first <= HEADING_TOKENS;

const datesIn = (context: Context, sentence: number): readonly DateSpan[] =>
  (context.sentences[sentence]?.chunks ?? []).flatMap((chunk) => (chunk.kind === 'date' ? [chunk.date] : []));

/** So many sentences that open with a date of long ago make a report a chronology. */
const CHRONOLOGY = 4;
const chronologies = new WeakMap<Context['reading'], boolean>();

/** "March 2013: rebels take A. January 2014: …": its entries are old, whatever their tense, also those whose date got lost. */
export function isChronology(context: Context): boolean {
  const known = chronologies.get(context.reading);
  if (known !== undefined) return known;
  const { tokens, sentences, marks } = context.reading;
  const dated = marks.filter((mark) => {
    const opening = sentences[tokens[mark.first]?.sentence ?? -1]?.first;
    return mark.kind === 'date' && opening === mark.first && mark.since !== true && isOld(mark);
  });
  const is = dated.length >= CHRONOLOGY;
  chronologies.set(context.reading, is);
  return is;
}

/** "In 2014 they took A. They then took B": what goes on from something old is old. */
export function goesOn(context: Context, clauses: Clauses, proposal: Proposal): boolean {
  const group = clauses.chunks[proposal.at];
  if (group?.kind !== 'vg' || group.form !== 'past' || group.modal !== undefined) return false;
  const { tokens } = context.reading;
  const start = clauses.chunks[clauseStart(clauses, proposal.at)]?.first ?? group.first;
  const opening = context.reading.sentences[proposal.sentence]?.first ?? start;
  const cue = (from: number, to: number): boolean =>
    tokens.slice(from, to).some(({ norm }, index) => {
      const next = tokens[from + index + 1]?.norm ?? '';
      return SEQUEL.test(norm) || (FOLLOWING.test(norm) && UNIT.test(next));
    });
  // "was briefly in rebel hands and was later retaken"
  const passing = tokens
    .slice(opening, group.first)
    .some(({ norm }) => /^(?:briefly|initially|originally|once)$/.test(norm));
  if (passing && group.adverbs.some((word) => SEQUEL.test(word))) return true;
  // "said it had taken the town": the tense is that of reported speech.
  const anterior = group.anterior && proposal.verdict.speech.length === 0;
  const isSequel = anterior || cue(Math.min(start, opening), group.last) || isAfterSpan(context, group.last);
  return isSequel && anchorOf(context, proposal.sentence, STORY) !== undefined;
}

/** "retook it ten months later": a span after what was told before. */
function isAfterSpan({ reading: { tokens } }: Context, from: number): boolean {
  const sentence = tokens[from - 1]?.sentence;
  for (let at = from; tokens[at]?.sentence === sentence && at - from < SPAN_REACH; at += 1)
    if (/^(?:later|after|afterwards)$/.test(tokens[at]?.norm ?? '') && SPAN.test(tokens[at - 1]?.norm ?? ''))
      return tokens[at]?.norm !== 'after' || /^[.,;]$/.test(tokens[at + 1]?.text ?? '.');
  return false;
}

const SPAN = /^(?:days?|weeks?|months?|years?|decades?)$/;
const SPAN_REACH = 12;

/** A month or day without a year, in a passage set in an earlier year, has that year. */
export function anchored(
  context: Context,
  sentence: number,
  date: DateSpan | undefined,
): DateSpan | undefined {
  if (date === undefined || date.assigned || !/^(?:day|month)$/.test(date.precision)) return date;
  const words = context.reading.tokens.slice(date.first, date.last).map(({ norm }) => norm);
  if (!words.some((word) => MONTHS.has(word)) || words.some((word) => /^(?:last|this|past)$/.test(word)))
    return date;
  const anchor = anchorOf(context, sentence, SECTION);
  if (anchor === undefined) return date;
  const stated = Number(anchor.date.slice(0, 4));
  const earlier = anchor.date.length > 4 && date.date.slice(5, 7) < anchor.date.slice(5, 7);
  const year = stated + (earlier ? 1 : 0);
  if (year >= Number(date.date.slice(0, 4))) return date;
  const moved = `${year}${date.date.slice(4)}`;
  const end = (moved.length === 7 ? `${moved}-28` : moved) as Day;
  return { ...date, date: moved, daysAgo: daysBetween(end, context.day) };
}
