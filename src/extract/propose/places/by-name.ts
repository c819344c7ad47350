import { isLink, type NounPhrase } from '../../syntax/chunk.ts';
import { skip } from '../../syntax/clause.ts';
import type { Context } from '../context.ts';
import { topicBefore } from '../anaphora.ts';
import { apposed, coversHead, listedBehind, named, unknownName } from '../names.ts';
import { AROUND, found, isOf, single, type Way } from '../where.ts';

/** "Hajin", "Baghuz village"; not "the Mediterranean port city of Latakia". */
export const byName: Way = (scene) =>
  scene.marked && !(scene.settlement && isOf(scene)) ? named(scene.context, scene.np) : undefined;

/** "14 villages including A and B"; "most of the province of C including A" is both. */
export const byExamples: Way = (scene) => {
  const { context, np, fraction, settlement, site, adjuncts, inner, of } = scene;
  if (!fraction && !settlement && !site) return undefined;
  const listed = adjuncts.find(({ prep }) => /^(?:including|such as|like)$/.test(prep));
  const where = listed && inner(listed);
  // "the province of C", and not "the suburbs of C" or "C suburbs", is C.
  const own = np.places.find(({ phrase, part }) => phrase.last > np.head && !/^(?:vic|dir)/.test(part ?? ''));
  if (where?.how === 'named' && own !== undefined)
    return found([...named(context, np).places, ...where.places], 'named', own.part !== undefined);
  if (where?.how === 'named' && isOf(scene) && of?.how === 'named' && MOST.test(scene.head))
    return found([...of.places, ...where.places], 'named', true);
  return where?.how === 'named' || where?.how === 'provisional' ? where : undefined;
};

const MOST = /^(?:much|most|majority|bulk|all|whole|half)$/;

/** "the town of X", "their de facto capital of X"; "the districts of X" are a part of it. */
export const ofName: Way = (scene) => {
  const { context, settlement, np, of, fraction, plural } = scene;
  const outer = of?.places[0];
  // A headline's "the town of Manbij Killing 80": the name leads the phrase.
  const led = isOf(scene) && of === undefined ? scene.adjuncts[0]?.args[0]?.np : undefined;
  const lead = led?.places.find((span) => span.first === led.first);
  if (settlement && !plural && lead !== undefined) return found([lead.mention], 'named');
  if (!settlement || of?.how !== 'named' || outer === undefined || !isOf(scene) || fraction) return undefined;
  // "the village of Qasr el-Breij": of one name that nobody knows as a whole, two are known.
  const name = scene.adjuncts[0]?.args[0]?.np;
  if (!plural && name !== undefined && isOneName(name))
    return found(
      [
        context.provisional(
          { first: name.places[0]?.first ?? name.first, last: name.places.at(-1)?.last ?? name.last },
          undefined,
        ),
      ],
      'provisional',
    );
  // "the Foua and Kefraya towns of Idlib province": what holds them comes last.
  if (np.places.some((span) => span.mention.id !== outer.id && context.contains(outer, span.mention)))
    return undefined;
  // "the villages of A and B" are the two, "areas of Syria and Iraq" parts of both.
  const some = of.places.length === 1 || of.places.every(({ kind }) => kind === 'country');
  return plural && some ? { ...of, part: true } : of;
};

/** Two names of places with nothing between them. */
const isOneName = (np: NounPhrase): boolean =>
  np.places.length === 2 && np.places[0]?.last === np.places[1]?.first;

/** Of two names neither holds the other: "Aleppo's Rashidin" is one in the other. */
const areApart = (context: Context, { places: [a, b] }: NounPhrase): boolean =>
  a !== undefined &&
  b !== undefined &&
  !context.contains(a.mention, b.mention) &&
  !context.contains(b.mention, a.mention);

/** "the battlefield of eastern Homs", "most of the city" */
export const partOf: Way = (scene) => {
  const { site, settlement, fraction, of, np, head } = scene;
  if (settlement || of === undefined || !isOf(scene)) return undefined;
  if (site && of.how === 'named' && np.places.length === 0) return { ...of, part: true, how: 'container' };
  if (!fraction) return undefined;
  return WHOLE.has(head) ? of : { ...of, part: true };
};

/** "all of the village" is the village. */
const WHOLE = new Set(['all', 'whole', 'entirety']);

/** "the Raqqa countryside", "a Homs checkpoint" */
export const byModifier: Way = ({ context, np, site, settlement, marked, plural, head }) => {
  if (np.places.length === 0) return undefined;
  // "the Giza Bahriya district": of one name that nobody knows as a whole.
  if (
    !plural &&
    settlement &&
    isOneName(np) &&
    (np.places[1]?.last ?? 0) === np.head &&
    areApart(context, np)
  )
    return found(
      [context.provisional({ first: np.places[0]?.first ?? np.first, last: np.head }, undefined)],
      'provisional',
    );
  const where = named(context, np);
  // "Syria's economic hub", "the Iraqi city": some town of it, not the country.
  if (settlement && SOME_TOWN.test(head) && where.places.every(({ kind }) => kind === 'country'))
    return undefined;
  const inside = site && !settlement && !marked && !coversHead(context, where.places.at(-1), np);
  return inside ? { ...where, part: true, how: 'container' } : where;
};

const SOME_TOWN = /^(?:city|town|village|capital|hub|stronghold|bastion|camp|suburb|settlement)$/;

/** "the town of Xxx", of a name that nobody knows, and "the village of …" of anything else that is a place. */
export const ofAny: Way = (scene) =>
  isOf(scene) && scene.settlement && !scene.counted ? scene.of : undefined;

export const byUnknownName: Way = (scene) =>
  scene.options.provisional && scene.np.actors.length === 0 ? unknownName(scene, scene.np.head) : undefined;

/** "Base 46", "Hill 105": a number is its name. */
export const byNumber: Way = ({ context, np, site, plural, adjuncts, inner }) => {
  const { tokens } = context.ground;
  if (!site || plural || tokens[np.head + 1]?.kind !== 'number' || np.head + 1 >= np.last) return undefined;
  const around = adjuncts.find(({ prep }) => AROUND.test(prep));
  // "point 875 near the village": a mark on a map, which nobody looks for by its number.
  const beside = tokens[np.head]?.norm === 'point' && around !== undefined ? inner(around) : undefined;
  if (beside !== undefined) return { ...beside, part: true, how: 'container' };
  const container = (around && inner(around)?.places[0]) ?? topicBefore(context, np.first)?.mention;
  return found([context.provisional({ first: np.head, last: np.head + 2 }, container)], 'provisional');
};

export const byList: Way = (scene) => {
  const listed = scene.plural && scene.counted ? listedBehind(scene) : [];
  return listed.length > 0 ? found(listed, 'named') : undefined;
};

/** "Hajin, a town held by …"; "its last bastion, the town of Yabrud" */
export const byApposition: Way = (scene) => {
  if (!single(scene)) return undefined;
  const { context, np, at } = scene;
  const { chunks } = scene.clauses;
  const left = chunks[isLink(chunks[at - 1], 'comma') ? at - 2 : at - 1];
  if (!np.definite && left?.kind === 'np' && left.places.some((span) => span.last === left.last))
    return named(context, left);
  return apposed(scene);
};

/** "the region known as the Badiya", "a hill called Tell Brak" */
export const byCalled: Way = ({ clauses: { chunks }, end, at, adjuncts, resolve }) => {
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

/** "A B Xxx", a list that has lost its commas and ends in a name that nobody knows. */
export const byNamesWithUnknown: Way = (scene) => {
  const { context, np, options } = scene;
  const leads = np.places.some((span) => span.first === np.first);
  if (!options.provisional || !leads || scene.marked || scene.classes.size > 0) return undefined;
  const last = unknownName(scene, np.last);
  return last && found([...named(context, np).places, ...last.places], 'named');
};
