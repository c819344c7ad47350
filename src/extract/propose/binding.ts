import type { FrameEntry, Role } from '../lexicon/entries.ts';
import { isLink, type VerbGroup } from '../syntax/chunk.ts';
import type { Argument, Adjunct, Clauses, RightSide } from '../syntax/clause.ts';
import { isGround, reduced, rightSide, skip } from '../syntax/clause.ts';
import { nounsAt } from '../syntax/ground.ts';
import { antecedentOf, gapOf } from '../syntax/relative.ts';
import { type Subject, subjectOf } from '../syntax/subject.ts';
import { bindAdjuncts, type Bound, type RoleName, unlessHit } from './adjuncts.ts';
import type { Context } from './context.ts';
import type { Filled } from './filled.ts';
import { headIs } from './heads.ts';
import { fill } from './roles.ts';
import { adjunctsOf, onSubject } from './verb-adjuncts.ts';

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
      // "was moving in A": where it moved, none that it moved in on.
      ((frame.type === 'advance' && group.particle === 'in' && isGround(clauses, pushed.np)) ||
        context.ground.actorAt[pushed.np.head] !== undefined ||
        headIs(context, pushed, 'siege/people/vehicle') ||
        // "tried to drive it into the town"
        (frame.type === 'advance' && (pushed.np.pronoun || isLoad(context, pushed))) ||
        // "the fighting has halted the delivery of aid"
        (frame.type === 'agreement' && /^(?:stop|cease|halt)$/.test(group.lemma)) ||
        // "withdrew its motion"
        (frame.type === 'withdrawal' &&
          pushed.np.places.length === 0 &&
          !headIs(context, pushed, 'distance')))
    )
      continue;
    // "the round fell in the north of the town": it struck there.
    if (frame.subject?.is === 'itself' && right.adjuncts.some((adjunct) => strikesIn(clauses, adjunct)))
      continue;
    const left = (): Lists =>
      voice === 'described' ? described(context, clauses, at) : agreeing(clauses, at, subjectOf(clauses, at));
    const gap = (): Lists => (hasGap(frame, group) ? gapOf(clauses, at) : []);
    // "the objective of capturing the town": nobody has to be named.
    const nobody = (): boolean =>
      aimedAt(context, clauses, at, group) &&
      (frame.subject?.optional === true || foiledAt(context, clauses, at, group) >= 0);
    const bound =
      bindSides(context, clauses, at, frame, voice, left, right, gap) ??
      (frame.subject !== undefined && nobody()
        ? bindSides(context, clauses, at, withoutSubject(frame), voice, () => [], right, gap)
        : undefined);
    if (bound === undefined) continue;
    const adjuncts = adjunctsOf(context, clauses, at, frame, right, onSubject(clauses, frame, voice, left));
    if (adjuncts !== undefined && bindAdjuncts(context, clauses, frame, adjuncts, bound))
      return { bound, describes: voice === 'described' };
  }
  return undefined;
}

const strikesIn = (clauses: Clauses, { prep, args }: Adjunct): boolean =>
  /^(?:in|on|near|at|inside|around)$/.test(prep) &&
  args
    .slice(0, 1)
    .some(({ np }) => isGround(clauses, np) || nounsAt(clauses.ground, np.head).has('fraction'));

/** "moved its warships closer to the coast": what is moved is no ground, and nobody who gains any. */
const isLoad = (context: Context, argument: Argument): boolean =>
  argument.np.places.length === 0 &&
  /^(?:its|their|his)$/.test(context.ground.tokens[argument.np.first]?.norm ?? '') &&
  !headIs(context, argument, 'progress/assault/distance/site/settlement/fraction');

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

/** @param left what stands before the verb, and `gap`: both are looked for only where they are needed */
function bindSides(
  context: Context,
  clauses: Clauses,
  at: number,
  frame: FrameEntry,
  voice: Voice,
  left: () => Lists,
  right: RightSide,
  gap: () => Lists,
): Map<RoleName, readonly [Role, Filled]> | undefined {
  const bound = new Map<RoleName, readonly [Role, Filled]>();
  const put = (name: RoleName, role: Role | undefined, listed: () => Lists): boolean => {
    if (role === undefined) return true;
    const lists = listed();
    let unsure: Filled | undefined;
    for (const list of role.is === 'itself' ? itself(clauses, at, lists) : lists) {
      const filled = fill(context, clauses, role, list);
      if (filled?.sure === true) {
        bound.set(name, [role, filled]);
        return true;
      }
      unsure ??= filled;
      if (filled === undefined && isTheOne(context, frame, role, list)) break;
    }
    if (unsure !== undefined) {
      bound.set(name, [role, unsure]);
      return true;
    }
    // An optional role may be absent; what is there must fit.
    return role.optional && lists.length === 0;
  };
  if (voice === 'active') {
    const objects = (): Lists => (right.objects.length > 0 ? [right.objects] : gap());
    return put('object', frame.object, objects) && put('subject', frame.subject, left) ? bound : undefined;
  }
  const by = (): Lists => right.adjuncts.filter(({ prep }) => prep === 'by').map(({ args }) => args);
  // A passive leaves out who did it, never what the pattern is about.
  const agent = frame.subject && {
    ...frame.subject,
    optional: frame.subject.optional || /^(?:force|party|any)$/.test(frame.subject.is),
  };
  return put('object', frame.object, left) && put('subject', agent, by) ? bound : undefined;
}

/** Whether a phrase that does not fit a role is what the verb is about all the same: none further off is. */
function isTheOne(context: Context, { type }: FrameEntry, { is }: Role, list: readonly Argument[]): boolean {
  const headed = (classes: string): boolean => list[0] !== undefined && headIs(context, list[0], classes);
  switch (is) {
    // People who act are not to be passed over for a party further off.
    case 'force':
      return headed('people/vehicle/aid');
    // "a convoy with food for 3,000 people returned": nor a convoy for those whom it serves.
    case 'civilians':
      return headed('vehicle/aid');
    // "troops in the town are surrounded", "residents of the town were taken to B": they are, not the town.
    case 'place':
      return type === 'siege'
        ? isSomebody(context, list)
        : type === 'control' && list.some((one) => headIs(context, one, 'people'));
    default:
      return false;
  }
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

const withoutSubject = ({ subject: _, ...frame }: FrameEntry): FrameEntry => frame;

/** "pushed back attempts to break through": index of the verb of defence, whose subject is not who tried; -1 without one. */
export function foiledAt(context: Context, clauses: Clauses, at: number, group: VerbGroup): number {
  if (group.form !== 'infinitive') return -1;
  const noun = skip(clauses.chunks, at - 1, -1);
  const verb = clauses.chunks[skip(clauses.chunks, noun - 1, -1)];
  const np = clauses.chunks[noun];
  const defends =
    np?.kind === 'np' && verb?.kind === 'vg' && !verb.passive && headIs(context, { np, at: noun }, 'assault');
  if (!defends) return -1;
  const name = verb.particle === undefined ? verb.lemma : `${verb.lemma} ${verb.particle}`;
  return context.lexicon
    .verbFrames(name)
    .some(({ type, status }) => type === 'advance' && status === 'failed')
    ? skip(clauses.chunks, noun - 1, -1)
    : -1;
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
