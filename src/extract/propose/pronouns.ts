import type { PlaceSpan } from '../../model/reading.ts';
import { isLink } from '../syntax/chunk.ts';
import { type Argument, type Clauses, skip } from '../syntax/clause.ts';
import { before, NEAR, sentenceAt, topicBefore } from './anaphora.ts';
import type { Context } from './context.ts';
import { groupBefore } from './groups.ts';
import { isLandmark } from './landmarks.ts';
import { found, type Where } from './where.ts';

/** "A lies west of B, which … until it was taken": A. The sentence's first place, where the last is only what it lies near. */
function subjectBefore(context: Context, at: number): PlaceSpan | undefined {
  const here = before(context, at).filter(
    (span) => sentenceAt(context, span.first) === sentenceAt(context, at) && span.mention.kind !== 'country',
  );
  const last = here.at(-1);
  return last !== undefined && isLandmark(context, last)
    ? here.find((span) => !isLandmark(context, span))
    : undefined;
}

/** "it", "there", and "them" in "control of them". */
export function pronounPlaces(
  context: Context,
  { chunks }: Clauses,
  { np, at }: Argument,
): Where | undefined {
  const norm = context.ground.tokens[np.first]?.norm ?? '';
  if (norm === 'them') {
    const holder = chunks[skip(chunks, at - 2, -1)];
    const head = holder?.kind === 'np' ? context.ground.tokens[holder.head]?.norm : undefined;
    const held = head !== undefined && context.lexicon.nounClasses(head).has('custody');
    const group =
      held && isLink(chunks[skip(chunks, at - 1, -1)], 'preposition') ? groupBefore(context, np) : [];
    return group.length > 1
      ? found(
          group.map((span) => span.mention),
          'anaphor',
        )
      : undefined;
  }
  if (norm !== 'it' && norm !== 'there') return undefined;
  const back = subjectBefore(context, np.first) ?? topicBefore(context, np.first);
  if (back === undefined || sentenceAt(context, np.first) - sentenceAt(context, back.first) > NEAR)
    return undefined;
  // "took the camp in Damascus, but lost parts of it": the camp.
  const inner = before(context, np.first).findLast(
    (span) =>
      sentenceAt(context, span.first) === sentenceAt(context, back.first) &&
      context.contains(back.mention, span.mention),
  );
  return found([(inner ?? back).mention], 'anaphor');
}
