import type { PlaceMention } from '../../model/place.ts';
import type { Reading, Sentence, TokenSpan } from '../../model/reading.ts';
import type { Statement } from '../../model/statement.ts';
import type { Frame } from '../frame.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import { speakerAt, type Attribution } from '../speakers.ts';
import type { Draft, Trace } from '../refine/draft.ts';
import { toStatement } from '../refine/statement.ts';
import { locateArabicAgreement } from './agreements.ts';
import { dateFor } from './when.ts';
import { itemsOf, type Item } from './items.ts';
import { mergeArabic } from './merge.ts';
import { proposeArabic, type ArabicProposal } from './propose.ts';
import type { Provisional } from './roles.ts';
import { statusOf, withAge } from './status.ts';

const NO_TRACE: Trace = { dropped: () => undefined, changed: () => undefined };
const MOVES = new Set(['withdrawal', 'evacuation', 'displacement', 'return', 'aid_access']);

/** Statements of an Arabic reading: items → proposals → drafts, merged. Pure and deterministic. */
export function analyseArabic(reading: Reading, frame: Frame, trace: Trace = NO_TRACE): Statement[] {
  const drafts: Draft[] = [];
  const marks = bySentence(reading, reading.marks);
  // What is attributed lies in its own sentence.
  const spoken = bySentence(reading, frame.attributions);
  const provisional = provisionalIn(reading, frame);
  for (const sentence of reading.sentences) {
    if (sentence.furniture !== undefined) continue;
    const items = itemsOf(reading, frame.lexicon, sentence, marks.get(sentence.index) ?? []);
    const attributions = spoken.get(sentence.index) ?? [];
    const scene = {
      reading,
      items,
      sentence: sentence.index,
      headline: isHeadline(reading, sentence, frame.lexicon),
      attributions,
      actors: frame.actors,
      provisional,
    };
    for (const proposal of proposeArabic(scene)) {
      const draft = draftOf(frame, items, sentence, proposal, attributions, trace);
      if (typeof draft === 'string') trace.dropped(proposal, 'refine', draft);
      else drafts.push(draft);
    }
  }
  return mergeArabic(drafts, trace)
    .map((draft) => toStatement({ reading }, draft))
    .sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1] || a.rule.localeCompare(b.rule));
}

function bySentence<T extends TokenSpan>(reading: Reading, spans: readonly T[]): Map<number, T[]> {
  const table = new Map<number, T[]>();
  for (const span of spans) {
    const sentence = reading.tokens[span.first]?.sentence ?? -1;
    const bucket = table.get(sentence);
    if (bucket) bucket.push(span);
    else table.set(sentence, [span]);
  }
  return table;
}

/** Names nobody knows: one name, one place in a report. The search for what holds it looks at the whole report. */
function provisionalIn(reading: Reading, frame: Frame): Provisional {
  const known = new Map<string, PlaceMention>();
  return (span) => {
    const words = reading.tokens.slice(span.first, span.last);
    const name = words.map((token) => token.norm).join(' ');
    const first = known.get(name) ?? frame.provisional(span, undefined);
    known.set(name, first);
    const start = words[0]?.start ?? 0;
    const end = words.at(-1)?.end ?? start;
    return { ...first, text: reading.body.slice(start, end), start, end };
  };
}

/** The report's title, or a first line without a full stop that puts its subject before the verb, as titles do. */
function isHeadline(reading: Reading, sentence: Sentence, lexicon: Lexicon): boolean {
  if (sentence.title === true) return true;
  const last = reading.tokens[sentence.last - 1]?.text ?? '';
  const verb = lexicon.verb(reading.tokens[sentence.first]?.norm ?? '') !== undefined;
  return sentence.index === 0 && !verb && !/^[.؟!…]$/.test(last);
}

/** A proposal with its status, date and speaker; or why it states nothing. */
function draftOf(
  frame: Frame,
  items: readonly Item[],
  sentence: Sentence,
  found: ArabicProposal,
  attributions: readonly Attribution[],
  trace: Trace,
): Draft | string {
  const proposal = found.type === 'agreement' ? locateArabicAgreement(items, found, frame.country) : found;
  if (proposal === undefined) return 'no deal between sides of a war, or nowhere';
  const entry = frame.lexicon.frame(proposal.rule);
  const status = statusOf(proposal, entry);
  if (typeof status === 'object') return status.dropped;
  if (proposal.places.length === 0 && !(MOVES.has(proposal.type) && proposal.toPlaces.length > 0))
    return 'no place';
  if (proposal.type === 'control' && proposal.places.every((place) => place.kind === 'country'))
    return 'parts of a country';
  const date = dateFor(items, found.at);
  if (proposal.type === 'held' && found.former) return 'held once, not now';
  const aged = withAge(proposal, status, date);
  if (aged !== status) trace.changed(proposal, 'age', `${status} → ${aged}`);
  const speaker = speakerAt(attributions, items[found.at]?.first ?? 0);
  // "تحاصر القوات المدينة": what is besieged now stays so.
  const stands = proposal.type === 'siege' && proposal.phase === 'imposed' && aged === 'ongoing';
  return {
    proposal: stands ? { ...proposal, phase: 'standing' } : proposal,
    status: aged,
    ...(date !== undefined && { date }),
    ...(speaker !== undefined && {
      by: { text: speaker.text, ...(speaker.id !== undefined && { id: speaker.id }), name: speaker.name },
    }),
    title: sentence.title === true,
  };
}
