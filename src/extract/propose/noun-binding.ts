import type { FrameEntry, Role } from '../lexicon/entries.ts';
import { isLink } from '../syntax/chunk.ts';
import { type Adjunct, type Argument, type Clauses, rightSide, skip } from '../syntax/clause.ts';
import { bindAdjuncts, type Bound, type RoleName, unlessHit } from './adjuncts.ts';
import type { Context } from './context.ts';
import { type Filled, uniquePlaces } from './filled.ts';
import { mention, ownedBy, ownersIn } from './forces.ts';

/** Roles of a noun: "the army's capture of Hajin", "the SDF offensive on Raqqa", "a truce in Homs". */
export function bindNoun(
  context: Context,
  clauses: Clauses,
  at: number,
  frame: FrameEntry,
): Bound | undefined {
  const np = clauses.chunks[at];
  if (np?.kind !== 'np' || unlessHit(context, clauses, at, frame)) return undefined;
  if (frame.governed.length > 0) {
    const link = clauses.chunks[skip(clauses.chunks, at - 1, -1)];
    if (!isLink(link, 'preposition') || !frame.governed.includes(link.word)) return undefined;
  }
  const adjuncts = ownAdjuncts(rightSide(clauses, at, false).adjuncts);
  const bound = new Map<RoleName, readonly [Role, Filled]>();
  if (frame.subject !== undefined) {
    const inside = modifiers(context, { np, at });
    // "completed their withdrawal": whose sentence it is.
    const theirs =
      inside.actors.length > 0 || frame.type !== 'withdrawal' ? undefined : ownedBy(context, { np, at });
    if (theirs !== undefined)
      bound.set('subject', [frame.subject, { ...inside, actors: [mention(context, theirs)] }]);
    else if (inside.actors.length > 0) bound.set('subject', [frame.subject, inside]);
    else if (!frame.subject.optional && !adjuncts.some(({ prep }) => prep === 'by')) return undefined;
  }
  if (!bindAdjuncts(context, clauses, frame, adjuncts, bound, true)) return undefined;
  if (
    frame.object !== undefined &&
    ![...bound.values()].some(([role]) => role.field === frame.object?.field)
  ) {
    const places = np.places.filter((span) => span.last <= np.head).map((span) => span.mention);
    if (frame.object.is === 'place' && places.length > 0)
      bound.set('object', [
        frame.object,
        {
          places: uniquePlaces(places),
          actors: [],
          people: undefined,
          how: 'named',
          part: false,
          sure: true,
          args: [],
        },
      ]);
    else if (!frame.object.optional) return undefined;
  }
  return bound;
}

/** Prepositional phrases that go with the noun itself: "this truce from the centre in X" says nothing of where it holds. */
function ownAdjuncts(adjuncts: readonly Adjunct[]): readonly Adjunct[] {
  const foreign = adjuncts.findIndex(
    ({ prep }, index) =>
      index > 0 &&
      /^(?:in|at|on|for)$/.test(prep) &&
      /^(?:from|to|by|for|on)$/.test(adjuncts[index - 1]?.prep ?? ''),
  );
  return foreign < 0 ? adjuncts : adjuncts.slice(0, foreign);
}

/** The parties named before the head: "the SDF offensive", "the army's capture". */
function modifiers(context: Context, argument: Argument): Filled {
  return {
    places: [],
    actors: ownersIn(context, argument),
    people: undefined,
    how: undefined,
    part: false,
    sure: true,
    args: [],
  };
}
