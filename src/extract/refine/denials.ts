import type { ActorMention } from '../../model/actor.ts';
import type { Context } from '../propose/context.ts';
import { mention } from '../propose/forces.ts';
import { effectOf } from '../propose/verdict.ts';
import { isLink } from '../syntax/chunk.ts';
import { type Clauses, rightSide, skip } from '../syntax/clause.ts';
import { subjectOf } from '../syntax/subject.ts';
import type { Draft, Trace } from './draft.ts';

/** What a denial without a clause of its own points back at: "denied it", "dismissed the reports as lies". */
const POINTS_BACK =
  /^(?:it|this|that|reports?|claims?|accounts?|allegations?|news|statements?|rumou?rs?|announcements?|assertions?|accusations?)$/;

/** Adds a denial of its own for what the text told just before: "rebels say they took the town; the army denied it". */
export function withDenials(drafts: readonly Draft[], context: Context): Draft[] {
  const telling = new Set(drafts.flatMap(({ proposal: { sentence } }) => [sentence, sentence + 1]));
  const denials = context.sentences.flatMap((clauses, sentence) => {
    if (!telling.has(sentence)) return [];
    return clauses.chunks.flatMap((chunk, at): Draft[] => {
      if (chunk.kind !== 'vg' || chunk.negated || chunk.modal !== undefined) return [];
      if (effectOf(context, chunk)?.effect !== 'denied' || !pointsBack(context, clauses, at)) return [];
      const told = drafts.findLast(
        ({ proposal, status }) =>
          (status === 'happened' || status === 'ongoing') &&
          proposal.type !== 'held' &&
          (proposal.sentence === sentence ? proposal.at < at : proposal.sentence === sentence - 1),
      );
      if (told === undefined) return [];
      const { by: _, ...rest } = told;
      const denier = denierOf(context, clauses, at);
      const span = {
        first: chunk.first,
        last: rightSide(clauses, at, true).objects[0]?.np.last ?? chunk.last,
      };
      return [
        {
          ...rest,
          status: 'denied',
          ...(denier !== undefined && { by: denier }),
          proposal: { ...told.proposal, sentence, at, span },
        },
      ];
    });
  });
  return [...drafts, ...denials];
}

function pointsBack(context: Context, clauses: Clauses, at: number): boolean {
  const { objects, end } = rightSide(clauses, at, true);
  const first = objects[0];
  // "Russia claims the capture of the town, Ukraine denies", "…, which the ministry denied."
  const behind = clauses.chunks.slice(at + 1);
  if (first === undefined && behind.every((chunk) => chunk.kind === 'date' || isLink(chunk, 'break')))
    return !hasPassive(clauses, at);
  if (first === undefined || !POINTS_BACK.test(context.ground.tokens[first.np.head]?.norm ?? ''))
    return false;
  // "denied reports that …", "denied the claim of …" say themselves what they deny.
  const next = clauses.chunks[skip(clauses.chunks, first.at + 1)];
  return (
    !isLink(next, 'complementizer') &&
    !isLink(clauses.chunks[end], 'complementizer') &&
    !(isLink(next, 'preposition') && next.word === 'of')
  );
}

/** "aid was denied": no word of anybody. */
const hasPassive = ({ chunks }: Clauses, at: number): boolean => {
  const verb = chunks[at];
  return verb?.kind === 'vg' && verb.passive;
};

function denierOf(context: Context, clauses: Clauses, at: number): ActorMention | undefined {
  for (const { np } of subjectOf(clauses, at).candidates[0] ?? [])
    for (const actor of np.actors) return mention(context, actor);
  return undefined;
}

const MOVES: ReadonlySet<string> = new Set([
  'evacuation',
  'withdrawal',
  'displacement',
  'return',
  'aid_access',
]);

/** "denied a deal to evacuate fighters": what the deal was for is no plan of whoever denies the deal. */
export function withoutDeniedTerms(drafts: readonly Draft[], trace?: Trace): Draft[] {
  const denied = drafts.filter(
    ({ proposal, status }) => proposal.type === 'agreement' && status === 'denied',
  );
  return drafts.filter(({ proposal, status }) => {
    const term =
      status !== 'denied' &&
      MOVES.has(proposal.type) &&
      denied.some((deal) => deal.proposal.sentence === proposal.sentence && deal.proposal.at < proposal.at);
    if (term) trace?.dropped(proposal, 'denials', 'it is what a denied deal was for');
    return !term;
  });
}
