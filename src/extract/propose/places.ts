import { isLink } from '../syntax/chunk.ts';
import { type Adjunct, type Argument, type Clauses, describedBy, rightSide, skip } from '../syntax/clause.ts';
import {
  anaphor,
  cataphor,
  groupBefore,
  introduced,
  isKindNoun,
  near,
  pronounPlaces,
  topicBefore,
} from './anaphora.ts';
import type { Context } from './context.ts';
import { apposed, clauseAround, coversHead, isCounted, listedBehind, named, unknownName } from './names.ts';
import { AROUND, found, type Options, type Scene, type Where } from './where.ts';

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
  if (argument.np.pronoun) return pronounPlaces(context, clauses, argument);
  const described = describedBy(clauses, argument.at);
  const name = described === undefined ? undefined : clauses.chunks[described];
  if (name?.kind === 'np' && described !== undefined)
    return name.places.length > 0
      ? named(context, name)
      : placesOf(context, clauses, { np: name, at: described }, options, depth + 1);
  const scene = sceneOf(context, clauses, argument, options, depth);
  if (context.ground.actorAt[argument.np.head] !== undefined) return undefined;
  if (scene.classes.has('loot') && !scene.site && !scene.settlement) return undefined;
  for (const way of scene.settlement || scene.site || scene.marked ? WAYS : OTHERS) {
    const where = way(scene);
    if (where !== undefined) return where;
  }
  return undefined;
}

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

type Way = (scene: Scene) => Where | undefined;

const isOf = ({ adjuncts }: Scene): boolean => adjuncts[0]?.prep === 'of';
const single = ({ plural, counted }: Scene): boolean => !plural && !counted;

/** "Hajin", "Baghuz village"; not "the Mediterranean port city of Latakia". */
const byName: Way = (scene) =>
  scene.marked && !(scene.settlement && isOf(scene)) ? named(scene.context, scene.np) : undefined;

/** "14 villages including A and B" */
const byExamples: Way = ({ fraction, settlement, site, adjuncts, inner }) => {
  if (!fraction && !settlement && !site) return undefined;
  const listed = adjuncts.find(({ prep }) => /^(?:including|such as|like)$/.test(prep));
  const where = listed && inner(listed);
  return where?.how === 'named' || where?.how === 'provisional' ? where : undefined;
};

/** "the town of X", "their de facto capital of X"; "the districts of X" are a part of it. */
const ofName: Way = (scene) => {
  const { context, settlement, np, of, fraction, plural } = scene;
  const outer = of?.places[0];
  // A headline's "the town of Manbij Killing 80": the name leads the phrase.
  const led = isOf(scene) && of === undefined ? scene.adjuncts[0]?.args[0]?.np : undefined;
  const lead = led?.places.find((span) => span.first === led.first);
  if (settlement && !plural && lead !== undefined) return found([lead.mention], 'named');
  if (!settlement || of?.how !== 'named' || outer === undefined || !isOf(scene) || fraction) return undefined;
  // "the Foua and Kefraya towns of Idlib province": what holds them comes last.
  if (np.places.some((span) => span.mention.id !== outer.id && context.contains(outer, span.mention)))
    return undefined;
  return plural && of.places.length === 1 ? { ...of, part: true } : of;
};

/** "the battlefield of eastern Homs", "most of the city" */
const partOf: Way = (scene) => {
  const { site, settlement, fraction, of, np, head } = scene;
  if (settlement || of === undefined || !isOf(scene)) return undefined;
  if (site && of.how === 'named' && np.places.length === 0) return { ...of, part: true, how: 'container' };
  if (!fraction) return undefined;
  return WHOLE.has(head) ? of : { ...of, part: true };
};

/** "all of the village" is the village. */
const WHOLE = new Set(['all', 'whole', 'entirety']);

/** "the Raqqa countryside", "a Homs checkpoint" */
const byModifier: Way = ({ context, np, site, settlement, marked, head }) => {
  if (np.places.length === 0) return undefined;
  const where = named(context, np);
  // "Syria's economic hub", "the Iraqi city": some town of it, not the country.
  if (settlement && SOME_TOWN.test(head) && where.places.every(({ kind }) => kind === 'country'))
    return undefined;
  const inside = site && !settlement && !marked && !coversHead(context, where.places.at(-1), np);
  return inside ? { ...where, part: true, how: 'container' } : where;
};

const SOME_TOWN = /^(?:city|town|village|capital|hub|stronghold|bastion|camp|suburb|settlement)$/;

/** "the town of Xxx", of a name that nobody knows, and "the village of …" of anything else that is a place. */
const ofAny: Way = (scene) => (isOf(scene) && scene.settlement && !scene.counted ? scene.of : undefined);

const byUnknownName: Way = (scene) =>
  scene.options.provisional && scene.np.actors.length === 0 ? unknownName(scene, scene.np.head) : undefined;

/** "Base 46", "Hill 105": a number is its name. */
const byNumber: Way = ({ context, np, site, plural, adjuncts, inner }) => {
  const { tokens } = context.ground;
  if (!site || plural || tokens[np.head + 1]?.kind !== 'number' || np.head + 1 >= np.last) return undefined;
  const around = adjuncts.find(({ prep }) => AROUND.test(prep));
  const container = (around && inner(around)?.places[0]) ?? topicBefore(context, np.first)?.mention;
  return found([context.provisional({ first: np.head, last: np.head + 2 }, container)], 'provisional');
};

const byList: Way = (scene) => {
  const listed = scene.plural && scene.counted ? listedBehind(scene) : [];
  return listed.length > 0 ? found(listed, 'named') : undefined;
};

/** "Hajin, a town held by …"; "its last bastion, the town of Yabrud" */
const byApposition: Way = (scene) => {
  if (!single(scene)) return undefined;
  const { context, np, at } = scene;
  const { chunks } = scene.clauses;
  const left = chunks[isLink(chunks[at - 1], 'comma') ? at - 2 : at - 1];
  if (!np.definite && left?.kind === 'np' && left.places.some((span) => span.last === left.last))
    return named(context, left);
  return apposed(scene);
};

/** "the region known as the Badiya", "a hill called Tell Brak" */
const byCalled: Way = ({ clauses: { chunks }, end, at, adjuncts, resolve }) => {
  const i = adjuncts.length > 0 ? end : skip(chunks, at + 1);
  const verb = chunks[i];
  if (verb?.kind !== 'vg' || !/^(?:know|call|name|dub)$/.test(verb.lemma)) return undefined;
  const as = chunks[i + 1];
  const name = isLink(as, 'preposition') && as.word === 'as' ? i + 2 : i + 1;
  const np = chunks[name];
  const where =
    np?.kind === 'np' ? resolve({ np, at: name }, { provisional: true, topic: false }) : undefined;
  return where?.how === 'named' || where?.how === 'provisional' ? where : undefined;
};

/** "the town's airport" */
const byOwner: Way = ({ context, np, site, settlement, head }) => {
  if (!site || settlement) return undefined;
  for (const { norm } of context.ground.tokens.slice(np.first, np.head)) {
    const owner = norm.endsWith('s') ? norm.slice(0, -1) : norm;
    const back = isKindNoun(owner) && owner !== head ? anaphor(context, np.first, owner) : undefined;
    if (back !== undefined) return found([back.mention], 'anaphor', true);
  }
  return undefined;
};

/** "the city, where rebels took its eastern half": of the place that the sentence names last, else the report. */
const ofIts: Way = ({ context, clauses: { chunks }, np, at, fraction, adjuncts, resolve }) => {
  const its = context.ground.tokens[np.first]?.norm === 'its';
  if (!its || !fraction || adjuncts.some(({ prep }) => prep === 'of')) return undefined;
  for (let i = at - 1; i >= 0; i -= 1) {
    const left = chunks[i];
    if (left?.kind !== 'np' || left.actors.length > 0) continue;
    const owner = resolve({ np: left, at: i }, { provisional: false, topic: false });
    if (owner?.how === 'named' || owner?.how === 'anaphor') return { ...owner, how: 'anaphor', part: true };
  }
  const back = topicBefore(context, np.first);
  return back && near(context, back, np.first) ? found([back.mention], 'anaphor', true) : undefined;
};

/** "the two towns", "both towns" */
const byGroup: Way = ({ context, np, plural, settlement }) => {
  const both = context.ground.tokens[np.first]?.norm === 'both';
  const group = plural && settlement && (np.definite || both) ? groupBefore(context, np) : [];
  return group.length > 1
    ? found(
        group.map((span) => span.mention),
        'anaphor',
      )
    : undefined;
};

const TURNED = /^(?:neighbou?rhoods?|districts?|suburbs?|quarters?|countryside|sector|area|outskirts)$/;

/** "the northern neighbourhood": a part of the town that the report is about. */
const byDirection: Way = (scene) => {
  const { context, np, head, adjuncts } = scene;
  if (scene.counted || !TURNED.test(head) || adjuncts.some(({ prep }) => prep === 'of')) return undefined;
  const before = context.ground.tokens.slice(np.first, np.head);
  if (!before.some(({ norm }) => /^(?:north|south|east|west)\w*$/.test(norm))) return undefined;
  const town = anaphor(context, np.first, 'town');
  return town && near(context, town, np.first) ? found([town.mention], 'anaphor', true) : undefined;
};

/** "the town", said of a place that was named: in the last sentences, or (`far`) anywhere before. */
const byAnaphor =
  (far: boolean): Way =>
  (scene) => {
    const { context, np, head, site, settlement } = scene;
    if (!np.definite || !single(scene)) return undefined;
    // "their stronghold in southern Damascus"
    const owned = /^(?:its|their|his|her)$/.test(context.ground.tokens[np.first]?.norm ?? '');
    if (owned && scene.adjuncts[0]?.prep === 'in' && scene.inner(scene.adjuncts[0])?.how === 'named')
      return undefined;
    const unknown = introduced(context, np.first, head);
    const back = anaphor(context, np.first, head);
    if (unknown !== undefined && (back === undefined || back.first < unknown.first))
      return found(
        [context.provisional(unknown, topicBefore(context, unknown.first)?.mention)],
        'provisional',
      );
    if (back === undefined || !(far || near(context, back, np.first))) return undefined;
    return found([back.mention], 'anaphor', site && !settlement && !isKindNoun(head));
  };

/** "the last rebel stronghold near the capital": the place that the report is about, not what it lies near. */
const lastStronghold: Way = ({ context, np, head, adjuncts }) => {
  const only = context.ground.tokens
    .slice(np.first, np.head)
    .some(({ norm }) => /^(?:last|only|remaining)$/.test(norm));
  if (!only || !/^(?:stronghold|bastion|enclave|pocket)$/.test(head)) return undefined;
  if (adjuncts.length > 0 && !/^(?:near|outside|around)$/.test(adjuncts[0]?.prep ?? '')) return undefined;
  const back = anaphor(context, np.first, head);
  return back && near(context, back, np.first) ? found([back.mention], 'anaphor') : undefined;
};

/** "a village": named in the sentences that follow. */
const byCataphor: Way = (scene) => {
  if (!single(scene) || !scene.settlement || scene.np.definite) return undefined;
  const ahead = cataphor(scene.context, scene.np.last, scene.head);
  return ahead && found([ahead.mention], 'anaphor');
};

/** "three villages in northern Hama" */
const byContainer: Way = ({ clauses, at, adjuncts, inner }) => {
  for (const adjunct of [...adjuncts, ...clauseAround(clauses, at)]) {
    const where = AROUND.test(adjunct.prep) ? inner(adjunct) : undefined;
    if (where !== undefined) return { ...where, part: true, how: 'container' };
  }
  return undefined;
};

/** Too vague to be put where the report last was. */
const VAGUE =
  /^(?:territory|territories|state|country|capital|frontier|headquarters?|(?:ground|land|area|position|site|region|zone|front|line|border|point|target|route|road|location|place|building|stronghold|bastion|pocket|enclave|plain|desert|spot|post|hub)s?)$/;

/** "a number of silos", where the report has just named a town */
const byTopic: Way = ({ context, np, options, head }) => {
  if (!options.topic || VAGUE.test(head)) return undefined;
  const topic = topicBefore(context, np.first);
  return topic && near(context, topic, np.first) ? found([topic.mention], 'topic', true) : undefined;
};

/** What a settlement's or a site's noun phrase can stand for: the first that fits. */
const WAYS: readonly Way[] = [
  byName,
  byExamples,
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
  (scene) =>
    scene.options.provisional && scene.np.actors.length === 0 && scene.classes.size === 0
      ? unknownName(scene, scene.np.last)
      : undefined,
];
