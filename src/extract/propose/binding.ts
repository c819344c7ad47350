import type { FrameEntry, Role } from '../lexicon/entries.ts';
import type { Argument, Adjunct, Clauses, RightSide } from '../syntax/clause.ts';
import { isGround, reduced, rightSide, skip } from '../syntax/clause.ts';
import { antecedentOf, gapOf, type Subject, subjectOf } from '../syntax/subject.ts';
import { isLink, type VerbGroup } from '../syntax/chunk.ts';
import type { Context } from './context.ts';
import { mention, ownedBy } from './forces.ts';
import { ownersIn } from './forces.ts';
import { fill, type Filled, headIs, uniquePlaces } from './roles.ts';

type RoleName = string;
export type Bound = ReadonlyMap<RoleName, readonly [Role, Filled]>;

/** The roles of a verb, and whether its group only describes a noun. */
export interface BoundVerb {
  readonly bound: Bound;
  readonly describes: boolean;
}

type Voice = 'active' | 'passive' | 'described';

/** "people still displaced", "families newly displaced", "the city fully liberated" */
const LASTING =
  /^(?:still|now|currently|newly|recently|internally|forcibly|also|fully|completely|entirely|totally)$/;

/** In which ways a verb group can be read; "residents evacuated from the town" looks like an active past. */
function voices(clauses: Clauses, at: number, group: VerbGroup): readonly Voice[] {
  if (reduced(clauses, at)) return ['described'];
  if (group.passive) return ['passive'];
  const bare =
    group.form === 'past' &&
    group.participial &&
    !group.perfect &&
    !group.negated &&
    group.modal === undefined &&
    group.adverbs.every((word) => LASTING.test(word));
  return bare ? ['active', 'described'] : ['active'];
}

/** Logical subject and object of a verb group: a passive's are swapped. */
export function bindVerb(
  context: Context,
  clauses: Clauses,
  at: number,
  group: VerbGroup,
  frame: FrameEntry,
): BoundVerb | undefined {
  if (unlessHit(context, clauses, at, frame)) return undefined;
  for (const voice of voices(clauses, at, group)) {
    if (voice !== 'active' && (!frame.passive || frame.object === undefined)) continue;
    // A passive may keep an object: "were given safe passage out of the town".
    const right = rightSide(clauses, at, voice !== 'described');
    // A past form with an object of its own describes nothing.
    if (
      voice === 'described' &&
      !reduced(clauses, at) &&
      (frame.object === undefined || frame.object.optional || rightSide(clauses, at, true).objects.length > 0)
    )
      continue;
    // "pushed the group back", "broke the siege": no advance of its own, the pattern has no room for what it is done to.
    const pushed = right.objects[0];
    if (
      frame.object === undefined &&
      voice === 'active' &&
      pushed !== undefined &&
      (context.ground.actorAt[pushed.np.head] !== undefined ||
        headIs(context, pushed, 'siege/people/vehicle') ||
        // "withdrew its motion"
        (frame.type === 'withdrawal' &&
          pushed.np.places.length === 0 &&
          !headIs(context, pushed, 'distance')))
    )
      continue;
    const left =
      voice === 'described' ? described(context, clauses, at) : agreeing(clauses, at, subjectOf(clauses, at));
    // "the objective of capturing the town": nobody has to be named.
    const nobody = aimedAt(context, clauses, at, group) && frame.subject?.optional === true;
    const gap = hasGap(frame, group) ? gapOf(clauses, at) : [];
    const bound =
      bindSides(context, clauses, at, frame, voice, left, right, gap) ??
      (nobody ? bindSides(context, clauses, at, frame, voice, [], right, gap) : undefined);
    const adjuncts =
      frame.then.length === 0
        ? [
            ...right.adjuncts,
            ...(/^(?:advance|siege)$/.test(frame.type) ? relativeAdjuncts(clauses, at) : []),
          ]
        : followed(clauses, right.end, frame);
    if (
      bound !== undefined &&
      adjuncts !== undefined &&
      bindAdjuncts(context, clauses, frame, adjuncts, bound)
    )
      return { bound, describes: voice === 'described' };
  }
  return undefined;
}

/** "Dabiq, which rebels push towards", "the province where they advance": the place stands before its clause. */
function relativeAdjuncts(clauses: Clauses, at: number): readonly Adjunct[] {
  const { chunks } = clauses;
  for (let i = at - 1; i >= 0; i -= 1) {
    const chunk = chunks[i];
    if (isLink(chunk, 'relative')) {
      const args = antecedentOf(clauses, i)[0];
      const left = chunks[at + 1];
      const stranded = isLink(left, 'preposition') && chunks[skip(chunks, at + 2)]?.kind !== 'np';
      const prep = chunk.word === 'where' ? 'in' : stranded && chunk.word === 'which' ? left.word : undefined;
      return args === undefined || prep === undefined ? [] : [{ prep, args }];
    }
    if (chunk?.kind !== 'np' && !isLink(chunk, 'preposition', 'adverb')) return [];
  }
  return [];
}

/** What hangs on the infinitive behind the object: "to retreat from the town", "to leave the town". */
function followed(clauses: Clauses, end: number, frame: FrameEntry): readonly Adjunct[] | undefined {
  const at = skip(clauses.chunks, end);
  const verb = clauses.chunks[at];
  if (verb?.kind !== 'vg' || verb.form !== 'infinitive') return undefined;
  const name = verb.particle === undefined ? verb.lemma : `${verb.lemma} ${verb.particle}`;
  if (!frame.then.includes(name) && !frame.then.includes(verb.lemma)) return undefined;
  const { objects, adjuncts } = rightSide(clauses, at, true);
  return objects.length > 0 ? [{ prep: 'from', args: objects }, ...adjuncts] : adjuncts;
}

type Lists = readonly (readonly Argument[])[];

/** "A and B towns near C, which are surrounded": a plural verb is said of the several, not of the one nearer by. */
function agreeing({ ground, chunks }: Clauses, at: number, { candidates, relative }: Subject): Lists {
  const [near, far, ...rest] = candidates;
  const several = chunks
    .slice(at, at + 1)
    .some(({ first, last }) =>
      ground.tokens.slice(first, last).some(({ norm }) => /^(?:are|were)$/.test(norm)),
    );
  const one =
    near?.length === 1 && near[0]?.np.head === (near[0]?.np.last ?? 0) - 1 && near[0].np.places.length === 1;
  return relative && several && one && far !== undefined && far.length > 1
    ? [far, near, ...rest]
    : candidates;
}

function bindSides(
  context: Context,
  clauses: Clauses,
  at: number,
  frame: FrameEntry,
  voice: Voice,
  left: Lists,
  right: RightSide,
  gap: Lists,
): Map<RoleName, readonly [Role, Filled]> | undefined {
  const bound = new Map<RoleName, readonly [Role, Filled]>();
  const put = (name: RoleName, role: Role | undefined, lists: Lists): boolean => {
    if (role === undefined) return true;
    let unsure: Filled | undefined;
    for (const list of role.is === 'itself' ? itself(clauses, at, lists) : lists) {
      const filled = fill(context, clauses, role, list);
      if (filled?.sure === true) {
        bound.set(name, [role, filled]);
        return true;
      }
      unsure ??= filled;
      // People who act are not to be passed over for a party further off.
      if (
        filled === undefined &&
        role.is === 'force' &&
        list[0] !== undefined &&
        headIs(context, list[0], 'people/vehicle/aid')
      )
        break;
      // "troops in the town are surrounded": the troops are, not the town.
      if (filled === undefined && role.is === 'place' && frame.type === 'siege' && isSomebody(context, list))
        break;
    }
    if (unsure !== undefined) {
      bound.set(name, [role, unsure]);
      return true;
    }
    // An optional role may be absent; what is there must fit.
    return role.optional && lists.length === 0;
  };
  if (voice === 'active') {
    const objects = right.objects.length > 0 ? [right.objects] : gap;
    return put('object', frame.object, objects) && put('subject', frame.subject, left) ? bound : undefined;
  }
  const by = right.adjuncts.filter(({ prep }) => prep === 'by').map(({ args }) => args);
  // A passive leaves out who did it, never what the pattern is about.
  const agent = frame.subject && {
    ...frame.subject,
    optional: frame.subject.optional || /^(?:force|party|any)$/.test(frame.subject.is),
  };
  return put('object', frame.object, left) && put('subject', agent, by) ? bound : undefined;
}

const isSomebody = (context: Context, list: readonly Argument[]): boolean =>
  list.some(
    (one) => context.ground.actorAt[one.np.head] !== undefined || headIs(context, one, 'troops/people'),
  );

/** "the goal of taking", "an offensive aimed at taking", "a plan to take": the noun leaves open who acts. */
function aimedAt({ lexicon, ground }: Context, { chunks }: Clauses, at: number, group: VerbGroup): boolean {
  if (group.form !== 'infinitive' && group.form !== 'gerund') return false;
  let i = skip(chunks, at - 1, -1);
  if (isLink(chunks[i], 'preposition')) i = skip(chunks, i - 1, -1);
  const aimed = chunks[i];
  if (aimed?.kind === 'vg' && /^(?:aim|intend|design|plan)$/.test(aimed.lemma)) i = skip(chunks, i - 1, -1);
  const np = chunks[i];
  return np?.kind === 'np' && lexicon.nounEffect(ground.tokens[np.head]?.norm ?? '')?.effect === 'open';
}

/** Who holds a place is told in passing of most that is said of it ("the territory they hold"); "still" makes it a statement. */
const hasGap = ({ object, type }: FrameEntry, { adverbs }: VerbGroup): boolean =>
  object?.is === 'place' &&
  (type !== 'held' || adverbs.some((word) => /^(?:still|now|currently)$/.test(word)));

/** What a verb is said of beyond doubt: not "shells from A, which fell". */
function itself(clauses: Clauses, at: number, lists: Lists): Lists {
  const relative = isLink(clauses.chunks[skip(clauses.chunks, at - 1, -1)], 'relative', 'complementizer');
  return relative && !lists.every(([first]) => first !== undefined && isGround(clauses, first.np))
    ? []
    : lists.slice(0, 1);
}

/** What a reduced participle describes: "parts of the province held by …" is about the parts. */
function described(context: Context, clauses: Clauses, at: number): Argument[][] {
  const lists = antecedentOf(clauses, at);
  const [nearest, holder, ...rest] = lists;
  const outer = holder?.at(-1);
  if (nearest !== undefined && outer !== undefined && headIs(context, outer, 'fraction/settlement/site'))
    return [[outer], nearest, ...rest];
  return lists;
}

function bindAdjuncts(
  context: Context,
  clauses: Clauses,
  frame: FrameEntry,
  adjuncts: readonly Adjunct[],
  bound: Map<RoleName, readonly [Role, Filled]>,
  noun = false,
): boolean {
  for (const [preps, role] of frame.with) {
    const wanted = preps.split('|');
    const fitting = adjuncts.flatMap((adjunct, index) => {
      if (!wanted.includes(adjunct.prep)) return [];
      // "between A in the east and B in the west": the second side hangs on a later preposition.
      const args = role.is === 'sides' ? adjuncts.slice(index).flatMap((later) => later.args) : adjunct.args;
      return [{ prep: adjunct.prep, args }];
    });
    const fills = fitting.flatMap(({ prep, args }) => {
      const found = fill(context, clauses, role, args);
      return found === undefined ? [] : [{ prep, found }];
    });
    // "from A as well as from B", but not "from A in B"
    const sources =
      role.field === 'places'
        ? fills.filter(({ prep, found }) => prep === 'from' && found.how === 'named')
        : [];
    const filled = sources.length > 1 ? joined(sources.map(({ found }) => found)) : fills[0]?.found;
    if (filled !== undefined) bound.set(preps, [role, filled]);
    else if (
      !role.optional ||
      (noun && fitting.length > 0 && preps.split('|').includes('of') && /^(?:force|people)$/.test(role.is))
    )
      return false;
  }
  return true;
}

/** Several fills of one role as one. */
const joined = (fills: readonly Filled[]): Filled | undefined =>
  fills[0] && {
    ...fills[0],
    places: uniquePlaces(fills.flatMap(({ places }) => places)),
    part: fills.some(({ part }) => part),
    args: fills.flatMap(({ args }) => args),
  };

const TERMS =
  /^(?:under|after|following|before|despite|amid|per|as per|as part of|in line with|in accordance with|within the framework of)$/;

function unlessHit(context: Context, clauses: Clauses, at: number, frame: FrameEntry): boolean {
  if (frame.unless.length === 0) return false;
  const first = Math.max(0, at - 4);
  // "withdrew from the town under a deal": what it happened under or after is not what it is about.
  const terms = clauses.chunks
    .slice(at + 1, at + 6)
    .findIndex((chunk) => chunk.kind === 'link' && TERMS.test(chunk.word));
  const last = terms < 0 ? at + 6 : at + 1 + terms;
  const words = clauses.chunks.slice(first, last).flatMap((chunk) =>
    // "according to" is no "to".
    chunk.kind === 'link'
      ? [chunk.word]
      : context.ground.tokens.slice(chunk.first, chunk.last).map(({ norm }) => norm),
  );
  return words.some((word) => frame.unless.includes(word));
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
