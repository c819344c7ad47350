import { anaphor, cataphor, introduced, isKindNoun, near, topicBefore } from '../anaphora.ts';
import { groupBefore } from '../groups.ts';
import type { NounPhrase } from '../../syntax/chunk.ts';
import type { Context } from '../context.ts';
import { clauseAround } from '../names.ts';
import { AROUND, found, isOf, single, type Way } from '../where.ts';

/** "the Libyan capital", "Yemen's capital", "the capital of Chad"; "the de facto capital" is another one. */
export const byCapital: Way = (scene) => {
  const { context, np, head, of } = scene;
  if (head !== 'capital' || !single(scene) || isProvincial(context, np)) return undefined;
  const before = context.ground.tokens.slice(np.first, np.head);
  if (before.some(({ norm }) => /^(?:de|former|old|its|their)$/.test(norm))) return undefined;
  const named = isOf(scene) ? (of?.places ?? []) : np.places.map(({ mention }) => mention);
  if (named.some(({ kind }) => kind !== 'country')) return undefined;
  const code =
    named[0]?.country ??
    (isOf(scene)
      ? undefined
      : before.map(({ norm }) => context.demonym(norm)).find((one) => one !== undefined));
  const capital =
    code === undefined ? undefined : context.capitalAt(code, { first: np.head, last: np.head + 1 });
  return capital && found([capital], 'named');
};

/** "the town's airport" */
export const byOwner: Way = ({ context, np, site, settlement, head }) => {
  if (!site || settlement) return undefined;
  for (const { norm } of context.ground.tokens.slice(np.first, np.head)) {
    const owner = norm.endsWith('s') ? norm.slice(0, -1) : norm;
    const back = isKindNoun(owner) && owner !== head ? anaphor(context, np.first, owner) : undefined;
    if (back !== undefined) return found([back.mention], 'anaphor', true);
  }
  return undefined;
};

/** "the city, where rebels took its eastern half": of the place that the sentence names last, else the report. */
export const ofIts: Way = ({ context, clauses: { chunks }, np, at, fraction, adjuncts, resolve }) => {
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

/** "Homs and most of the province of the same name": what was named just before lends its name, nothing behind it. */
export const bySameName: Way = ({ context, np, adjuncts }) => {
  const { tokens } = context.ground;
  const said = adjuncts.some(({ prep, args }) => {
    const name = args[0]?.np;
    const words = tokens.slice(name?.first ?? 0, name?.last ?? 0).map(({ norm }) => norm);
    return /^(?:of|by|with)$/.test(prep) && words.includes('same') && words.includes('name');
  });
  const back = said ? topicBefore(context, np.first) : undefined;
  return back && near(context, back, np.first) ? found([back.mention], 'anaphor', true) : undefined;
};

/** "the two towns", "both towns" */
export const byGroup: Way = ({ context, np, plural, settlement }) => {
  const both = context.ground.tokens[np.first]?.norm === 'both';
  // "its southern districts": of one of them.
  const its = context.ground.tokens[np.first]?.norm === 'its';
  // "the routes between the provinces": no towns.
  if (
    /^(?:provinces|governorates|regions|countries|states)$/.test(context.ground.tokens[np.head]?.norm ?? '')
  )
    return undefined;
  const group = plural && settlement && !its && (np.definite || both) ? groupBefore(context, np) : [];
  return group.length > 1
    ? found(
        group.map((span) => span.mention),
        'anaphor',
      )
    : undefined;
};

const TURNED = /^(?:neighbou?rhoods?|districts?|suburbs?|quarters?|countryside|sector|area|outskirts)$/;

/** "the northern neighbourhood": a part of the town that the report is about. */
export const byDirection: Way = (scene) => {
  const { context, np, head, adjuncts } = scene;
  if (scene.counted || !TURNED.test(head) || adjuncts.some(({ prep }) => prep === 'of')) return undefined;
  const before = context.ground.tokens.slice(np.first, np.head);
  if (!before.some(({ norm }) => /^(?:north|south|east|west)\w*$/.test(norm))) return undefined;
  const town = anaphor(context, np.first, 'town');
  return town && near(context, town, np.first) ? found([town.mention], 'anaphor', true) : undefined;
};

/** "the town", said of a place that was named: in the last sentences, or (`far`) anywhere before. */
export const byAnaphor =
  (far: boolean): Way =>
  (scene) => {
    const { context, np, head, site, settlement } = scene;
    if (!np.definite || !single(scene)) return undefined;
    // "the plain outside the city": what it lies at, before what the report spoke of.
    const [beside] = isKindNoun(head) ? [] : scene.adjuncts;
    const where = beside && /^(?:outside|near|around)$/.test(beside.prep) ? scene.inner(beside) : undefined;
    if (where !== undefined) return { ...where, part: true, how: 'container' };
    // "the airfield at the town", whatever else the report named
    const spot = scene.adjuncts[0];
    const there = site && !settlement && spot?.prep === 'at' ? scene.inner(spot) : undefined;
    if (there?.how === 'named') return { ...there, part: true, how: 'container' };
    // "their stronghold in southern Damascus"
    const owned = /^(?:its|their|his|her)$/.test(context.ground.tokens[np.first]?.norm ?? '');
    if (owned && scene.adjuncts[0]?.prep === 'in' && scene.inner(scene.adjuncts[0])?.how === 'named')
      return undefined;
    if (head === 'capital' && (owned || isProvincial(context, np))) {
      // "most of Marib's countryside, but its capital": the capital of what the sentence named.
      const last = owned ? topicBefore(context, np.first) : undefined;
      const here =
        last !== undefined &&
        context.reading.tokens[last.first]?.sentence === context.reading.tokens[np.first]?.sentence;
      const province = here ? last : anaphor(context, np.first, 'province');
      return province && near(context, province, np.first) ? found([province.mention], 'anaphor') : undefined;
    }
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

/** "the provincial capital": of the province named before; it has its name more often than not. */
const isProvincial = (context: Context, np: NounPhrase): boolean =>
  context.ground.tokens
    .slice(np.first, np.head)
    .some(({ norm }) => /^(?:provincial|regional|governorate|state)$/.test(norm));

/** "the last rebel stronghold near the capital": the place that the report is about, not what it lies near. */
export const lastStronghold: Way = ({ context, np, head, adjuncts }) => {
  const only = context.ground.tokens
    .slice(np.first, np.head)
    .some(({ norm }) => /^(?:last|only|remaining)$/.test(norm));
  if (!only || !/^(?:stronghold|bastion|enclave|pocket)$/.test(head)) return undefined;
  if (adjuncts.length > 0 && !/^(?:near|outside|around)$/.test(adjuncts[0]?.prep ?? '')) return undefined;
  const back = anaphor(context, np.first, head);
  return back && near(context, back, np.first) ? found([back.mention], 'anaphor') : undefined;
};

/** "the area between A and the border" */
export const byBetween: Way = ({ head, adjuncts, inner }) => {
  const between = adjuncts.find(({ prep }) => prep === 'between');
  if (
    between === undefined ||
    !/^(?:areas?|region|zone|stretch|strip|territory|line|front|frontlines?|roads?|routes?|corridor)$/.test(
      head,
    )
  )
    return undefined;
  const where = inner(between);
  return where && { ...where, part: true, how: 'container' };
};

/** "a village": named in the sentences that follow. */
export const byCataphor: Way = (scene) => {
  const kind = scene.settlement || (scene.site && isKindNoun(scene.head) && scene.np.places.length === 0);
  if (!single(scene) || !kind || scene.np.definite) return undefined;
  const ahead = cataphor(scene.context, scene.np.last, scene.head);
  // "a hill south of the city": not the city.
  const beside = scene.adjuncts.some(({ args }) =>
    args.some(({ np }) => ahead !== undefined && np.first <= ahead.first && ahead.last <= np.last),
  );
  return ahead && !beside ? found([ahead.mention], 'anaphor') : undefined;
};

/** "three villages in northern Hama" */
export const byContainer: Way = ({ clauses, at, adjuncts, inner }) => {
  for (const adjunct of [...adjuncts, ...clauseAround(clauses, at)]) {
    const where = AROUND.test(adjunct.prep) ? inner(adjunct) : undefined;
    if (where !== undefined) return { ...where, part: true, how: 'container' };
  }
  return undefined;
};

/** Too vague to be put where the report last was. */
const VAGUE =
  /^(?:territory|territories|state|country|capital|frontier|headquarters?|(?:ground|land|area|position|site|region|zone|front|line|border|point|target|route|road|location|place|building|stronghold|bastion|pocket|enclave|plain|desert|spot|post|hub)s?)$/;

const isDirection = ({ ground: { tokens } }: Context, { head }: NounPhrase): boolean =>
  /^(?:north|south|east|west|centre|center|northeast|northwest|southeast|southwest|country)$/.test(
    tokens[head]?.norm ?? '',
  );

/** "a number of silos", where the report has just named a town */
export const byTopic: Way = ({ context, np, options, head, adjuncts }) => {
  if (!options.topic || VAGUE.test(head)) return undefined;
  // "villages in the south of the country": wherever that is, not in the town named before.
  if (
    adjuncts.some(
      ({ prep, args }) => prep === 'in' && args.some(({ np: where }) => isDirection(context, where)),
    )
  )
    return undefined;
  const topic = topicBefore(context, np.first);
  return topic && near(context, topic, np.first) ? found([topic.mention], 'topic', true) : undefined;
};
