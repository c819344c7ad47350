import { isLink } from '../syntax/chunk.ts';
import { coordinated } from '../syntax/coordination.ts';
import { type Adjunct, type Argument, type Clauses, rightSide, skip } from '../syntax/clause.ts';
import { describedBy } from '../syntax/description.ts';
import { pronounPlaces } from './pronouns.ts';
import type { Context } from './context.ts';
import { isCounted, named, unknownName } from './names.ts';
import {
  byAnaphor,
  byBetween,
  byCapital,
  byCataphor,
  byContainer,
  byDirection,
  byGroup,
  byOwner,
  bySameName,
  byTopic,
  lastStronghold,
  ofIts,
} from './places/by-context.ts';
import {
  byApposition,
  byCalled,
  byExamples,
  byList,
  byModifier,
  byName,
  byNamesWithUnknown,
  byNumber,
  byUnknownName,
  ofAny,
  ofName,
  partOf,
} from './places/by-name.ts';
import { found, type Options, type Scene, type Way, type Where } from './where.ts';
export { anaphor, topicBefore } from './anaphora.ts';
export type { How, Where } from './where.ts';

/** Phrases that lead to phrases that lead to phrases: deeper ones name nothing that matters. */
const DEPTH = 3;

/** The places that one noun phrase with its prepositional phrases stands for, or nothing when it is no place. */
export function placesOf(
  context: Context,
  clauses: Clauses,
  argument: Argument,
  options: Options,
  depth = 0,
): Where | undefined {
  if (depth > DEPTH) return undefined;
  if (argument.np.pronoun)
    return villageBefore(context, clauses, argument, depth) ?? pronounPlaces(context, clauses, argument);
  const described = describedBy(clauses, argument.at);
  const name = described === undefined ? undefined : clauses.chunks[described];
  // "A and B, two villages that rebels besiege"
  const pair = described === undefined || !isPlural(context, argument) ? [] : coordinated(clauses, described);
  if (pair.length > 1)
    return found(
      pair.flatMap(({ np }) => named(context, np).places),
      'named',
    );
  if (name?.kind === 'np' && described !== undefined)
    return name.places.length > 0
      ? named(context, name)
      : placesOf(context, clauses, { np: name, at: described }, options, depth + 1);
  const scene = sceneOf(context, clauses, argument, options, depth);
  if (context.ground.actorAt[argument.np.head] !== undefined) return undefined;
  // "recovered some ground", "held its ground": no place.
  if (scene.head === 'ground' || isTheirs(scene)) return undefined;
  if (scene.classes.has('loot') && !scene.site && !scene.settlement) return undefined;
  for (const way of scene.settlement || scene.site || scene.marked ? WAYS : OTHERS) {
    const where = way(scene);
    if (where !== undefined) return where;
  }
  return undefined;
}

/** "most of the territory they controlled": all that they had, wherever that was. */
function isTheirs({ clauses: { chunks }, at, head, marked }: Scene): boolean {
  if (marked || !/^(?:territory|territories|land|areas?)$/.test(head)) return false;
  let next = skip(chunks, at + 1);
  if (isLink(chunks[next], 'relative', 'complementizer')) next = skip(chunks, next + 1);
  const who = chunks[next];
  const verb = chunks[skip(chunks, next + 1)];
  return who?.kind === 'np' && who.pronoun && verb?.kind === 'vg' && HOLDS.test(verb.lemma);
}

const HOLDS = /^(?:control|hold|rule|govern|seize|capture|take|conquer|occupy|gain)$/;

/** "took back the village a day after it was seized": the village, or the site, whatever holds it by name. */
function villageBefore(
  context: Context,
  clauses: Clauses,
  { np, at }: Argument,
  depth: number,
): Where | undefined {
  const { ground, lexicon } = context;
  if (ground.tokens[np.head]?.norm !== 'it') return undefined;
  const before = clauses.chunks.findLastIndex(
    (chunk, i) =>
      i < at &&
      chunk.kind === 'np' &&
      !chunk.pronoun &&
      (chunk.places.length > 0 ||
        lexicon.nounClasses(ground.tokens[chunk.head]?.norm ?? '').has('settlement')),
  );
  const site = siteAt(context, clauses, before);
  const last = site ?? before;
  const said = clauses.chunks[last];
  if (said?.kind !== 'np') return undefined;
  const village =
    said.definite && said.places.length === 0 && VILLAGE.test(ground.tokens[said.head]?.norm ?? '');
  if (!village && site === undefined) return undefined;
  const where = placesOf(
    context,
    clauses,
    { np: said, at: last },
    { provisional: true, topic: false },
    depth + 1,
  );
  return where && { ...where, how: where.how === 'named' ? 'anaphor' : where.how };
}

const VILLAGE = /^(?:village|town|city|camp|suburb|district|neighbou?rhood)$/;

/** "seized the town's airport, but lost it", "a base near the town": the site, where one lies at the place named last. */
function siteAt({ ground, lexicon }: Context, { chunks }: Clauses, at: number): number | undefined {
  const isSite = (i: number): boolean => {
    const chunk = chunks[i];
    const classes = lexicon.nounClasses(chunk?.kind === 'np' ? (ground.tokens[chunk.head]?.norm ?? '') : '');
    return classes.has('site') && !classes.has('settlement');
  };
  if (isSite(at)) return at;
  const link = skip(chunks, at - 1, -1);
  const outer = skip(chunks, link - 1, -1);
  return isLink(chunks[link], 'preposition') && isSite(outer) ? outer : undefined;
}

const isPlural = ({ ground: { tokens } }: Context, { np }: Argument): boolean =>
  tokens[np.head]?.norm.endsWith('s') === true;

function sceneOf(
  context: Context,
  clauses: Clauses,
  argument: Argument,
  options: Options,
  depth: number,
): Scene {
  const { np, at } = argument;
  const { ground, lexicon } = context;
  const head = ground.tokens[np.head]?.norm ?? '';
  const classes = lexicon.nounClasses(head);
  const { adjuncts, end } = rightSide(clauses, at, false);
  const fraction = classes.has('fraction') || np.figures.length > 0;
  const resolve = (other: Argument, how: Options): Where | undefined =>
    placesOf(context, clauses, other, how, depth + 1);
  const lead = (adjunct: Adjunct, topic: boolean): Where | undefined => {
    const each = adjunct.args.map((arg) => resolve(arg, { provisional: true, topic }));
    const first = each.find((where) => where !== undefined);
    const places = each.flatMap((where) => where?.places ?? []);
    return first && places.length > 0
      ? found(
          places,
          first.how,
          each.some((where) => where?.part === true),
        )
      : undefined;
  };
  const [next] = adjuncts;
  return {
    context,
    clauses,
    np,
    at,
    options,
    head,
    classes,
    fraction,
    adjuncts,
    end,
    resolve,
    settlement: classes.has('settlement'),
    site: classes.has('site'),
    plural: head.endsWith('s') && !head.endsWith('ss'),
    counted: fraction || isCounted(context, np),
    marked: ground.placeAt[np.head] !== undefined && ground.actorAt[np.head] === undefined,
    of:
      next !== undefined && /^(?:of|in)$/.test(next.prep) ? lead(next, fraction && options.topic) : undefined,
    inner: (adjunct) => lead(adjunct, false),
  };
}

/** What a settlement's or a site's noun phrase can stand for: the first that fits. */
const WAYS: readonly Way[] = [
  byCapital,
  byExamples,
  byName,
  bySameName,
  byCalled,
  ofName,
  partOf,
  byModifier,
  ofAny,
  byNumber,
  byUnknownName,
  byList,
  byApposition,
  byOwner,
  byGroup,
  byDirection,
  lastStronghold,
  byBetween,
  byAnaphor(false),
  byCataphor,
  byContainer,
  byAnaphor(true),
  byTopic,
];

/** "half of the city", "Xxx Yyy": phrases about parts, and bare names that nobody knows. */
const OTHERS: readonly Way[] = [
  byExamples,
  partOf,
  ofIts,
  (scene) =>
    scene.fraction && scene.np.places.length > 0
      ? { ...named(scene.context, scene.np), part: true }
      : undefined,
  byNamesWithUnknown,
  (scene) =>
    scene.options.provisional && scene.np.actors.length === 0 && scene.classes.size === 0
      ? unknownName(scene, scene.np.last)
      : undefined,
];
