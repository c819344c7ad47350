import type { Sentence } from '../../model/reading.ts';
import type { FrameEntry, Role } from '../lexicon/entries.ts';
import { type Clauses, skip } from '../syntax/clause.ts';
import { subjectOf } from '../syntax/subject.ts';
import { isLink, type VerbGroup } from '../syntax/chunk.ts';
import type { Context } from './context.ts';
import type { Proposal } from './proposal.ts';
import { distinct, forcesOf } from './forces.ts';
import { headNorm } from './heads.ts';
import { type Filled, uniquePlaces } from './filled.ts';
import { nounStatus } from './noun-status.ts';
import { statusOf } from './status.ts';
import { own, type Verdict } from './verdict.ts';
import { heldInList } from './verbless.ts';

import type { Bound } from './adjuncts.ts';
import { bindVerb, foiledAt } from './binding.ts';
import { bindNoun } from './noun-binding.ts';
import { candidatesIn } from './candidates.ts';

/** Proposals of the verb frames and noun frames in one sentence, in text order. */
export function proposeIn(context: Context, clauses: Clauses, sentence: Sentence): Proposal[] {
  const candidates = candidatesIn(context.ground, sentence);
  if (candidates.size === 0) return [];
  const found = clauses.chunks.flatMap((chunk, at) => {
    if (chunk.kind === 'vg') return fromVerb(context, clauses, sentence.index, at, chunk, candidates);
    if (chunk.kind === 'np') return fromNoun(context, clauses, sentence.index, at, candidates);
    return [];
  });
  found.push(...heldInList(context, clauses, sentence));
  // "broke the siege of the town": the siege is what the verb is about, no second change.
  return found.filter(
    (one) =>
      one.type !== 'siege' ||
      !found.some(
        (other) =>
          other !== one &&
          other.type === 'siege' &&
          // "the siege of the town was lifted"
          (other.at < one.at ||
            (clauses.chunks[one.at]?.kind === 'np' && /^(?:broken|eased)$/.test(other.phase ?? ''))) &&
          clauses.chunks[other.at]?.kind === 'vg' &&
          other.span.first <= one.span.first &&
          (clauses.chunks[one.at]?.last ?? 0) <= other.span.last &&
          (clauses.chunks[one.at]?.kind === 'np' || /^(?:broken|eased)$/.test(other.phase ?? '')),
      ),
  );
}

function fromVerb(
  context: Context,
  clauses: Clauses,
  sentence: number,
  at: number,
  group: VerbGroup,
  candidates: ReadonlySet<FrameEntry>,
): Proposal[] {
  const { lexicon } = context;
  const bare = lexicon.verbFrames(group.lemma);
  const particle = group.particle ?? particleBehind(context, clauses, at, group);
  const frames =
    particle === undefined ? bare : [...lexicon.verbFrames(`${group.lemma} ${particle}`), ...bare];
  for (const frame of frames) {
    if (!candidates.has(frame)) continue;
    const found = bindVerb(context, clauses, at, group, frame);
    if (found === undefined) continue;
    // "denied bombing civilians trapped in the town": that they are trapped is not what is denied.
    const status = found.describes
      ? describedStatus(context, clauses, at, group, frame)
      : stillSo(group, frame, statusOf(context, clauses, at));
    const proposal = build(
      clauses,
      sentence,
      at,
      frame,
      found.bound,
      withSubject(context, found.bound, status),
    );
    return [
      defended(context, clauses, at, group, found.describes ? { ...proposal, describes: true } : proposal),
    ];
  }
  return [];
}

/** "the army repelled an attempt to take the town": the army is whom it was tried against. */
function defended(
  context: Context,
  clauses: Clauses,
  at: number,
  group: VerbGroup,
  proposal: Proposal,
): Proposal {
  const verb = foiledAt(context, clauses, at, group);
  const who = verb < 0 ? undefined : subjectOf(clauses, verb).candidates[0];
  if (who === undefined) return proposal;
  const { actors } = forcesOf(context, clauses, who);
  const to = proposal.to.filter(({ id, text }) => !actors.some((own) => own.id === id && own.text === text));
  return { ...proposal, to, from: proposal.from.length > 0 ? proposal.from : actors };
}

/** "was still cut off", "remained encircled": nothing came about, it went on. */
const stillSo = (group: VerbGroup, { type }: FrameEntry, verdict: Verdict): Verdict =>
  type === 'siege' && group.passive && group.adverbs.includes('still') && verdict.is === 'happened'
    ? { ...verdict, is: 'ongoing' }
    : verdict;

/** "handed the town over to the army": the particle behind the object. */
function particleBehind(
  { lexicon, ground: { tokens } }: Context,
  { chunks }: Clauses,
  at: number,
  { lemma, passive }: VerbGroup,
): string | undefined {
  const particles = lexicon.particles(lemma);
  if (passive || particles.size === 0 || chunks[at + 1]?.kind !== 'np') return undefined;
  const of = chunks[at + 2];
  // "won the town back": within the phrase, behind its head.
  const object = isLink(of, 'preposition') && of.word === 'of' ? chunks[at + 3] : chunks[at + 1];
  const last =
    object?.kind === 'np' && object.head < object.last - 1 ? tokens[object.last - 1]?.norm : undefined;
  if (last === 'back' && particles.has(last)) return last;
  const end = isLink(of, 'preposition') && of.word === 'of' ? at + 4 : at + 2;
  const link = chunks[end];
  if (link?.kind !== 'link' || !particles.has(link.word)) return undefined;
  return chunks[end + 1]?.kind === 'np' ? undefined : link.word;
}

/** "will see rebels evacuated": as the verb before says; "the town surrounded by troops": it is so now. */
function describedStatus(
  context: Context,
  clauses: Clauses,
  at: number,
  group: VerbGroup,
  { type }: FrameEntry,
): Verdict {
  const mine = own(group);
  const whom = skip(clauses.chunks, at - 1, -1);
  const sees = skip(clauses.chunks, whom - 1, -1);
  const verb = clauses.chunks[sees];
  if (
    clauses.chunks[whom]?.kind === 'np' &&
    verb?.kind === 'vg' &&
    /^(?:see|have|want|get)$/.test(verb.lemma)
  ) {
    const { is, why } = statusOf(context, clauses, sees);
    return { ...mine, is, why };
  }
  return type === 'siege' && mine.is === 'happened' ? { ...mine, is: 'ongoing' } : mine;
}

/** "no convoy has entered": the subject denies what the verb says. */
function withSubject(context: Context, bound: Bound, verdict: Verdict): Verdict {
  const none = [...bound.values()].some(([, { args }]) =>
    args.some(({ np }) => /^(?:no|none|neither)$/.test(context.ground.tokens[np.first]?.norm ?? '')),
  );
  return none ? { ...verdict, negated: !verdict.negated } : verdict;
}

function fromNoun(
  context: Context,
  clauses: Clauses,
  sentence: number,
  at: number,
  candidates: ReadonlySet<FrameEntry>,
): Proposal[] {
  const chunk = clauses.chunks[at];
  if (chunk?.kind !== 'np' || context.ground.placeAt[chunk.head] !== undefined) return [];
  for (const frame of context.lexicon.nounFrames(headNorm(context, chunk))) {
    const bound = candidates.has(frame) ? bindNoun(context, clauses, at, frame) : undefined;
    if (bound !== undefined)
      return [
        build(
          clauses,
          sentence,
          at,
          frame,
          bound,
          nounStatus(context, clauses, at, frame.status !== undefined),
        ),
      ];
  }
  return [];
}

function build(
  clauses: Clauses,
  sentence: number,
  at: number,
  frame: FrameEntry,
  bound: Bound,
  verdict: Verdict,
): Proposal {
  const all = [...bound.values()];
  const take = <T>(field: Role['field'], of: (filled: Filled) => readonly T[]): T[] =>
    all.filter(([role]) => role.field === field).flatMap(([, filled]) => of(filled));
  const field = frame.type === 'return' ? 'toPlaces' : 'places';
  const where = all.find(([role, filled]) => role.field === field && filled.places.length > 0)?.[1];
  // "left A, the latest move from the four towns": a place by its name outdoes what "the towns" may mean.
  const named = all.some(([role, filled]) => role.field === 'places' && filled.how === 'named');
  const trigger = clauses.chunks[at];
  const tokens = [
    trigger?.first ?? 0,
    trigger?.last ?? 0,
    ...all.flatMap(([, filled]) => filled.args.flatMap(({ np }) => [np.first, np.last])),
  ];
  const people = all
    .map(([role, filled]) =>
      role.field === 'people' || /^(?:people|convoy)$/.test(role.is) ? filled.people : undefined,
    )
    .find((figure) => figure !== undefined);
  const home = all.flatMap(([, filled]) => filled.home ?? []);
  const places = uniquePlaces(
    take('places', (filled) => (named && /^(?:topic|anaphor)$/.test(filled.how ?? '') ? [] : filled.places)),
  );
  // "civilians in the town are under siege": the town is.
  const besieged = frame.type === 'siege' && places.length === 0 && home.length > 0;
  const unsure = all.some(([, filled]) => !filled.sure);
  return {
    rule: frame.id,
    type: frame.type,
    ...(frame.phase !== undefined && { phase: frame.phase }),
    verdict,
    part: frame.part ?? where?.part ?? false,
    how: besieged ? 'named' : (where?.how ?? 'topic'),
    places: besieged ? home : places,
    toPlaces: uniquePlaces(take('toPlaces', (filled) => filled.places)),
    viaPlaces: uniquePlaces(take('viaPlaces', (filled) => filled.places)),
    to: distinct(take('to', (filled) => filled.actors)),
    from: distinct(take('from', (filled) => filled.actors)),
    parties: distinct(take('parties', (filled) => filled.actors)),
    ...(people !== undefined && { people }),
    ...(home.length > 0 && { home }),
    span: { first: Math.min(...tokens), last: Math.max(...tokens) },
    sentence,
    at,
    // Who holds a place must be a party beyond doubt: a team holds its ground, too.
    confidence: frame.confidence * (unsure ? (frame.type === 'held' ? 0.4 : 0.8) : 1),
  };
}
