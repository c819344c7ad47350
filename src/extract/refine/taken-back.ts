import type { Context } from '../propose/context.ts';
import type { Proposal } from '../propose/proposal.ts';
import { isFinite, isLink } from '../syntax/chunk.ts';
import { reduced, skip } from '../syntax/clause.ts';
import { relativeVerb } from '../syntax/relative.ts';
import { subjectOf } from '../syntax/subject.ts';
import { beatenBefore, DEFEATED, repels } from './outcome.ts';

/** Ground that the report itself says was not kept: by whoever beat those who made it. */
export const takenBack = (context: Context, proposal: Proposal): boolean =>
  (proposal.type === 'advance' &&
    (undoneNext(context, proposal) ||
      undoneAround(context, proposal) ||
      undoneAfter(context, proposal) ||
      beatenUnderWay(context, proposal))) ||
  (proposal.type === 'withdrawal' && beatenFleeing(context, proposal));

/** "were killed by air strikes while fleeing the city": they did not get away. */
function beatenFleeing(context: Context, { sentence, at }: Proposal): boolean {
  const clauses = context.sentences[sentence];
  const flees = clauses?.chunks[at];
  const link = clauses?.chunks[at - 1];
  return (
    clauses !== undefined &&
    flees?.kind === 'vg' &&
    flees.form === 'gerund' &&
    isLink(link, 'preposition', 'subordinator') &&
    /^(?:while|when|as)$/.test(link.word) &&
    beatenBefore(context, clauses, at)
  );
}

/** "killed members of a group that was moving towards the town": they got no further. */
function beatenUnderWay(context: Context, { sentence, at, verdict }: Proposal): boolean {
  const clauses = context.sentences[sentence];
  return (
    clauses !== undefined &&
    verdict.is === 'ongoing' &&
    relativeVerb(clauses, at) >= 0 &&
    beatenBefore(context, clauses, at)
  );
}

/** "the troops, who had advanced to the river, were driven back": the clause around it takes it back. */
function undoneAround(context: Context, { sentence, at }: Proposal): boolean {
  const clauses = context.sentences[sentence];
  if (clauses === undefined || relativeVerb(clauses, at) < 0) return false;
  const who = subjectOf(clauses, at).candidates[0]?.[0];
  const main = clauses.chunks.findIndex(
    (chunk, i) => i > at && chunk.kind === 'vg' && isFinite(chunk) && !reduced(clauses, i),
  );
  const verb = clauses.chunks[main];
  if (who === undefined || verb?.kind !== 'vg' || !verb.passive || verb.negated || verb.modal !== undefined)
    return false;
  const struck = subjectOf(clauses, main).candidates.flat();
  return repels(context, verb) && struck.some(({ at: subject }) => subject === who.at);
}

/** "were at the gates of the town but were turned back", "entered it before being driven out". */
function undoneAfter(context: Context, { sentence, at }: Proposal): boolean {
  const clauses = context.sentences[sentence];
  const who = clauses === undefined ? undefined : subjectOf(clauses, at).candidates[0]?.[0];
  if (clauses === undefined || who === undefined) return false;
  return clauses.chunks.some((verb, i) => {
    if (i <= at || verb.kind !== 'vg' || !verb.passive || verb.negated || verb.modal !== undefined)
      return false;
    const link = clauses.chunks[skip(clauses.chunks, i - 1, -1)];
    const turns = link?.kind === 'link' && /^(?:but|before)$/.test(link.word);
    const driven = /^(?:drive|push|force|beat|chase)$/.test(verb.lemma) && verb.particle !== undefined;
    return (
      turns &&
      (driven || repels(context, verb)) &&
      subjectOf(clauses, i).candidates.some((list) => list[0]?.at === who.at)
    );
  });
}

/** "They entered the town. But they were killed": the next sentence takes back what the first one told. */
function undoneNext(context: Context, { sentence }: Proposal): boolean {
  const clauses = context.sentences[sentence + 1];
  const [first, who, verb] = clauses?.chunks.filter((chunk) => chunk.kind !== 'date') ?? [];
  return (
    isLink(first, 'conjunction') &&
    first.word === 'but' &&
    who?.kind === 'np' &&
    who.pronoun &&
    verb?.kind === 'vg' &&
    verb.passive &&
    verb.modal === undefined &&
    !verb.negated &&
    (DEFEATED.test(verb.lemma) || repels(context, verb))
  );
}
