import type { FrameEntry, Role } from '../lexicon/entries.ts';
import { type Chunk, isLink } from '../syntax/chunk.ts';
import { type Adjunct, type Argument, type Clauses, skip } from '../syntax/clause.ts';
import type { Context } from './context.ts';
import { type Filled, uniquePlaces } from './filled.ts';
import { fill } from './roles.ts';

export type RoleName = string;

export type Bound = ReadonlyMap<RoleName, readonly [Role, Filled]>;

export function bindAdjuncts(
  context: Context,
  clauses: Clauses,
  frame: FrameEntry,
  adjuncts: readonly Adjunct[],
  bound: Map<RoleName, readonly [Role, Filled]>,
  noun = false,
): boolean {
  for (const [preps, role] of frame.with) {
    const wanted = prepositionsIn(preps);
    const fitting = adjuncts.flatMap((adjunct, index) => {
      if (!wanted.includes(adjunct.prep)) return [];
      // "were moved to a new site at B": B is where they went.
      if (role.field === 'places' && isOfGoal(adjuncts, index)) return [];
      // "between A in the east and B in the west": the second side hangs on a later preposition.
      const args = role.is === 'sides' ? adjuncts.slice(index).flatMap((later) => later.args) : adjunct.args;
      return [{ prep: adjunct.prep, args }];
    });
    const fills = fitting.flatMap(({ prep, args }) => {
      const found = fill(context, clauses, role, args) ?? siteOfGoal(context, clauses, role, adjuncts, args);
      return found === undefined ? [] : [{ prep, found, also: isCoordinated(clauses, args[0]) }];
    });
    // "from A as well as from B", "near A and southwest of B", but not "from A in B"
    const sources =
      role.field === 'places'
        ? fills.filter(
            ({ prep, found, also }, index) =>
              (prep === 'from' || index === 0 || also) &&
              (found.how === 'named' || (found.how === 'anaphor' && index === 0)),
          )
        : [];
    const filled = sources.length > 1 ? joined(sources.map(({ found }) => found)) : fills[0]?.found;
    if (filled !== undefined) bound.set(preps, [role, filled]);
    else if (
      !role.optional ||
      (noun && fitting.length > 0 && wanted.includes('of') && /^(?:force|people)$/.test(role.is))
    )
      return false;
  }
  return true;
}

/** "near A and south of B": whether "and" stands before the preposition of a phrase. */
function isCoordinated({ chunks }: Clauses, argument: Argument | undefined): boolean {
  if (argument === undefined) return false;
  const prep = skip(chunks, argument.at - 1, -1);
  return isLink(chunks[skip(chunks, prep - 1, -1)], 'conjunction');
}

const GOAL = /^(?:to|into|towards?)$/;
/** Where people stay who were moved: not a hospital. */
const CAMPS = /^(?:sites?|camps?|shelters?|villages?|towns?|areas?|settlements?|cent(?:er|re)s?)$/;
const INSIDE = /^(?:in|at|near|outside|of)$/;

const isOfGoal = (adjuncts: readonly Adjunct[], index: number): boolean =>
  INSIDE.test(adjuncts[index]?.prep ?? '') &&
  GOAL.test(adjuncts[index - 1]?.prep ?? '') &&
  (adjuncts[index - 1]?.args ?? []).every(({ np }) => np.places.length === 0);

/** The place that the phrase behind the goal's names: "to camps near B". */
function siteOfGoal(
  context: Context,
  clauses: Clauses,
  role: Role,
  adjuncts: readonly Adjunct[],
  args: Adjunct['args'],
): Filled | undefined {
  const index = adjuncts.findIndex((adjunct) => adjunct.args === args);
  const site = adjuncts[index + 1];
  const lived = args.some(({ np }) => CAMPS.test(context.ground.tokens[np.head]?.norm ?? ''));
  return role.field === 'toPlaces' && lived && site !== undefined && isOfGoal(adjuncts, index + 1)
    ? fill(context, clauses, role, site.args)
    : undefined;
}

const alternatives = new Map<string, readonly string[]>();

/** "in|at|near": taken apart once for all sentences. */
function prepositionsIn(written: string): readonly string[] {
  const known = alternatives.get(written) ?? written.split('|');
  alternatives.set(written, known);
  return known;
}

/** Several fills of one role as one. */
const joined = (fills: readonly Filled[]): Filled | undefined =>
  fills[0] && {
    ...fills[0],
    places: uniquePlaces(fills.flatMap(({ places }) => places)),
    how: fills.some(({ how }) => how === 'named') ? 'named' : fills[0].how,
    part: fills.some(({ part }) => part),
    args: fills.flatMap(({ args }) => args),
  };

const TERMS =
  /^(?:under|after|following|before|despite|amid|per|as per|as part of|in line with|in accordance with|within the framework of)$/;

export function unlessHit(context: Context, clauses: Clauses, at: number, frame: FrameEntry): boolean {
  if (frame.unless.length === 0) return false;
  const first = Math.max(0, at - 5);
  // "withdrew from the town under a deal": what it happened under or after is not what it is about.
  const terms = clauses.chunks
    .slice(at + 1, at + 6)
    .findIndex((chunk) => chunk.kind === 'link' && TERMS.test(chunk.word));
  const last = terms < 0 ? at + 6 : at + 1 + terms;
  for (let i = first; i < Math.min(last, clauses.chunks.length); i += 1) {
    const chunk = clauses.chunks[i];
    // "residents who fled to A have come back": a preposition before the trigger is not its own.
    if (chunk === undefined || (chunk.kind === 'link' && i < at)) continue;
    if (names(context, chunk, frame.unless)) return true;
  }
  return false;
}

/** Whether one of the words stands in the chunk; "according to" is no "to", nor is that of "to return". */
function names({ ground: { tokens } }: Context, chunk: Chunk, words: readonly string[]): boolean {
  if (chunk.kind === 'link') return words.includes(chunk.word);
  for (let at = chunk.first; at < chunk.last; at += 1) {
    const { norm = '' } = tokens[at] ?? {};
    if (words.includes(norm) && !(chunk.kind === 'vg' && norm === 'to')) return true;
  }
  return false;
}
