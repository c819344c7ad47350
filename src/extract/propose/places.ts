import type { PlaceKind, PlaceMention } from '../../model/place.ts';
import type { PlaceSpan, TokenSpan } from '../../model/reading.ts';
import { isLink, type NounPhrase } from '../syntax/chunk.ts';
import { type Adjunct, type Argument, type Clauses, reduced, rightSide, skip } from '../syntax/clause.ts';
import { capitalised } from '../syntax/ground.ts';
import type { Context } from './context.ts';

/** How the words gave the place: by name, by what holds it, by "the town", by a name nobody knows, by the topic. */
export type How = 'named' | 'container' | 'anaphor' | 'provisional' | 'topic';

export interface Where {
  readonly places: readonly PlaceMention[];
  readonly part: boolean;
  readonly how: How;
}

/** Prepositions after an unnamed place that lead to what it lies in or near. */
const AROUND =
  /^(?:in|inside|within|at|near|outside|outside of|around|on|of|along|across|between|close to|off|to the )|(?:north|south|east|west)\w* of$|outskirts of$|edges? of$|vicinity of$|towards?$|from$|surrounding|including|such as|to$/;

const SETTLEMENTS: readonly PlaceKind[] = ['city', 'town', 'village'];
/** "the town" → kinds that it can stand for. Absent: any. */
const STANDS_FOR: Readonly<Record<string, readonly PlaceKind[]>> = {
  city: ['city', 'town', 'governorate'],
  town: ['city', 'town', 'village', 'subdistrict', 'district'],
  village: ['village', 'town', 'city'],
  camp: ['camp', 'quarter', 'town'],
  district: ['quarter', 'district', 'subdistrict', 'town'],
  neighbourhood: ['quarter', 'town', 'camp'],
  neighborhood: ['quarter', 'town', 'camp'],
  suburb: ['quarter', 'town', 'region', 'city'],
  province: ['governorate', 'region'],
  governorate: ['governorate'],
  region: ['region', 'governorate', 'district', 'mountain', 'subdistrict', 'town', 'city'],
  road: ['road', 'crossing'],
  highway: ['road'],
  route: ['road'],
  crossing: ['crossing', 'town'],
  base: ['base', 'airbase', 'site'],
  airport: ['airbase', 'site', 'base'],
  airbase: ['airbase', 'base'],
  dam: ['dam'],
  field: ['oil_field', 'site'],
  area: ['region', 'quarter', 'camp', 'city', 'town', 'village', 'district', 'subdistrict', 'governorate'],
  enclave: ['region', 'quarter', 'town', 'city', 'subdistrict'],
  country: ['country'],
  hill: ['mountain', 'site'],
  mountain: ['mountain'],
  island: ['island'],
};

interface Options {
  /** Take a capitalised name that the gazetteer does not know. */
  readonly provisional: boolean;
  /** Take the report's topic for an unnamed place that nothing locates. */
  readonly topic: boolean;
}

/** The places that one noun phrase with its prepositional phrases stands for, or nothing when it is no place. */
export function placesOf(
  context: Context,
  clauses: Clauses,
  argument: Argument,
  options: Options,
  depth = 0,
): Where | undefined {
  const { np } = argument;
  const { ground, lexicon } = context;
  if (depth > 3) return undefined;
  const head = ground.tokens[np.head];
  if (head === undefined) return undefined;
  if (np.pronoun) return pronoun(context, clauses, argument);
  const { adjuncts, end } = rightSide(clauses, argument.at, false);
  const classes = lexicon.nounClasses(head.norm);
  const marked = ground.placeAt[np.head] !== undefined && ground.actorAt[np.head] === undefined;
  if (marked && !(classes.has('settlement') && adjuncts[0]?.prep === 'of'))
    return named(context, np, adjuncts);
  const inner = (adjunct: Adjunct, topic = false): Where | undefined => {
    const found = adjunct.args.map((arg) =>
      placesOf(context, clauses, arg, { provisional: true, topic }, depth + 1),
    );
    const places = found.flatMap((where) => where?.places ?? []);
    const first = found.find((where) => where !== undefined);
    return first === undefined || places.length === 0
      ? undefined
      : { ...first, places, part: found.some((where) => where?.part === true) };
  };
  const fraction = classes.has('fraction') || np.figures.length > 0;
  const settlement = classes.has('settlement');
  const site = classes.has('site');
  if (ground.actorAt[np.head] !== undefined || (classes.has('loot') && !site && !settlement))
    return undefined;
  if (fraction || settlement || site) {
    const listed = adjuncts.find(({ prep }) => /^(?:including|such as|like)$/.test(prep));
    const among = listed && inner(listed);
    if (among?.how === 'named' || among?.how === 'provisional') return among;
  }
  const of =
    adjuncts[0]?.prep === 'of' || adjuncts[0]?.prep === 'in'
      ? inner(adjuncts[0], fraction && options.topic)
      : undefined;
  // "the Mediterranean port city of Latakia", "their de facto capital of Raqqa"
  const glued = np.places.some((span) => span.last === np.head || span.last === np.last);
  if (
    settlement &&
    !glued &&
    of?.how === 'named' &&
    adjuncts[0]?.prep === 'of' &&
    np.figures.length === 0 &&
    !fraction
  )
    return /s$/.test(head.norm) && of.places.length === 1 ? { ...of, part: true } : of;
  if (marked) return named(context, np, adjuncts);
  // "the battlefield of eastern Homs"
  if (site && !settlement && of?.how === 'named' && adjuncts[0]?.prep === 'of' && np.places.length === 0)
    return { ...of, part: true, how: 'container' };
  if (fraction && !settlement && of !== undefined && adjuncts[0]?.prep === 'of') return { ...of, part: true };
  if (!settlement && !site) {
    if (fraction && np.places.length > 0) return { ...named(context, np, []), part: true };
    return options.provisional && np.actors.length === 0 && classes.size === 0
      ? unknownName(context, np, np.last, adjuncts, inner)
      : undefined;
  }
  if (np.places.length > 0) {
    const where = named(context, np, adjuncts);
    return site && !settlement && !isOwnName(where.places.at(-1), np, context)
      ? { ...where, part: true, how: 'container' }
      : where;
  }
  const plural = head.norm.endsWith('s') && !head.norm.endsWith('ss');
  const first = ground.tokens[np.first]?.norm;
  const number = np.figures.length > 0 || fraction || isCounted(context, np);
  if (of !== undefined && adjuncts[0]?.prep === 'of' && settlement && !number) return plural ? of : of;
  if (options.provisional && np.actors.length === 0) {
    const unknown = unknownName(context, np, np.head, adjuncts, inner);
    if (unknown !== undefined) return unknown;
  }
  const single = !plural && !number;
  if (plural && number) {
    const listed = listedBehind(context, clauses, end);
    if (listed.length > 0) return { places: listed, part: false, how: 'named' };
  }
  if (single && !np.definite) {
    // "Hajin, a town held by …"
    const left =
      clauses.chunks[isLink(clauses.chunks[argument.at - 1], 'comma') ? argument.at - 2 : argument.at - 1];
    if (left?.kind === 'np' && left.places.some((span) => span.last === left.last))
      return named(context, left, []);
  }
  if (single) {
    const beside = apposed(context, clauses, end, depth);
    if (beside !== undefined) return beside;
  }
  if (site && !settlement) {
    // "the town's airport"
    for (let i = np.first; i < np.head; i += 1) {
      const owner = /^(.*?)s?$/.exec(ground.tokens[i]?.norm ?? '')?.[1] ?? '';
      const back =
        STANDS_FOR[owner] === undefined || owner === head.norm
          ? undefined
          : anaphor(context, np.first, owner);
      if (back !== undefined) return { places: [back.mention], part: true, how: 'anaphor' };
    }
  }
  if (plural && settlement && (np.definite || first === 'both')) {
    const group = groupBefore(context, np);
    if (group.length > 1) return { places: group.map((span) => span.mention), part: false, how: 'anaphor' };
  }
  const turned = ground.tokens
    .slice(np.first, np.head)
    .some((token) => /^(?:north|south|east|west)\w*$/.test(token.norm));
  if (
    single &&
    turned &&
    /^(?:neighbou?rhood|district|suburb|quarter|countryside|sector|area|outskirts)$/.test(head.norm)
  ) {
    // "the northern neighbourhood": a part of the town that the report is about.
    const town = adjuncts.some(({ prep }) => prep === 'of') ? undefined : anaphor(context, np.first, 'town');
    if (town !== undefined && near(context, town, np.first))
      return { places: [town.mention], part: true, how: 'anaphor' };
  }
  if (np.definite && single) {
    // "the town", said of a place that the last sentences named.
    const back = anaphor(context, np.first, head.norm);
    if (back !== undefined && near(context, back, np.first))
      return {
        places: [back.mention],
        part: site && !settlement && STANDS_FOR[head.norm] === undefined,
        how: 'anaphor',
      };
  }
  if (single && settlement && !np.definite) {
    // "a village": named in the sentences that follow.
    const ahead = cataphor(context, np.last, head.norm);
    if (ahead !== undefined) return { places: [ahead.mention], part: false, how: 'anaphor' };
  }
  for (const adjunct of [...adjuncts, ...clauseAround(clauses, argument.at)]) {
    if (!AROUND.test(adjunct.prep)) continue;
    const where = inner(adjunct);
    if (where !== undefined) return { ...where, part: true, how: 'container' };
  }
  if (np.definite && single) {
    const back = anaphor(context, np.first, head.norm);
    if (back !== undefined)
      return {
        places: [back.mention],
        part: site && !settlement && STANDS_FOR[head.norm] === undefined,
        how: 'anaphor',
      };
  }
  if (!options.topic || VAGUE.test(head.norm) || (!settlement && !site)) return undefined;
  const topic = topicBefore(context, np.first);
  if (topic === undefined || !near(context, topic, np.first)) return undefined;
  return { places: [topic.mention], part: true, how: 'topic' };
}

/** "Qamishli airport" as a gazetteer name covers the kind word; "a checkpoint in Homs" does not. */
function isOwnName(place: PlaceMention | undefined, np: NounPhrase, { ground }: Context): boolean {
  const head = ground.tokens[np.head];
  return (
    place !== undefined &&
    head !== undefined &&
    (place.end >= head.end ||
      /airport|air base|base|camp|field|dam|crossing|road|square|mountain|hill/i.test(
        place.name ?? place.text,
      ))
  );
}

/** Names in one phrase: "Syria's Raqqa" is Raqqa; "Nebabile Zahra" are two. */
function named(context: Context, np: NounPhrase, adjuncts: readonly Adjunct[]): Where {
  const all = np.places.filter((span) => context.ground.actorAt[span.last - 1] === undefined);
  const spans = all.length > 0 ? all : np.places;
  const kept = spans.filter(
    (span) =>
      !spans.some(
        (other) => other !== span && !sameId(other, span) && context.contains(span.mention, other.mention),
      ),
  );
  const use = kept.length > 0 ? kept : spans;
  const part = use.some((span) => span.part !== undefined) || partly(context, np);
  adjuncts;
  return { places: use.map((span) => span.mention), part, how: 'named' };
}

const sameId = (a: PlaceSpan, b: PlaceSpan): boolean =>
  a.mention.id !== undefined && a.mention.id === b.mention.id;

const PARTLY =
  /^(?:parts?|areas|districts|neighbou?rhoods|suburbs|countryside|outskirts|eastern|western|northern|southern|rural|half|positions|villages|towns|edges?)$/;

function partly({ ground }: Context, np: NounPhrase): boolean {
  for (let i = np.first; i < np.last; i += 1) if (PARTLY.test(ground.tokens[i]?.norm ?? '')) return true;
  return false;
}

/** Capitalised words that the gazetteer does not know, used as a place. */
function unknownName(
  context: Context,
  np: NounPhrase,
  before: number,
  adjuncts: readonly Adjunct[],
  inner: (adjunct: Adjunct) => Where | undefined,
): Where | undefined {
  const { tokens, lexicon, placeAt } = context.ground;
  let first = before;
  const isName = (at: number): boolean => {
    const token = tokens[at];
    if (token === undefined || at < np.first) return false;
    if (token.text === '-' || /^(?:al|el|as|ar|an|ad|ash|at|az|ez|es|de|la|abu|umm|bin)$/.test(token.norm))
      return at > np.first || capitalised(token.text) || token.text !== '-';
    if (COUNT[token.norm] !== undefined || NUMBER_WORD.test(token.norm)) return false;
    if (context.ground.ownerAt[at] !== undefined || context.ground.actorAt[at] !== undefined) return false;
    return (
      capitalised(token.text) &&
      !lexicon.wordClasses(token.norm).has('determiner') &&
      placeAt[at] === undefined
    );
  };
  while (isName(first - 1)) first -= 1;
  if (first >= before || !capitalised(tokens[before - 1]?.text ?? '')) return undefined;
  const span: TokenSpan = { first, last: before };
  const around = adjuncts.find(({ prep }) => AROUND.test(prep) && !/^(?:from|to)$/.test(prep));
  const container =
    (around && inner(around)?.places[0]) ?? np.places[0]?.mention ?? topicBefore(context, np.first)?.mention;
  return { places: [context.provisional(span, container)], part: false, how: 'provisional' };
}

function pronoun(context: Context, { chunks }: Clauses, { np, at }: Argument): Where | undefined {
  const norm = context.ground.tokens[np.first]?.norm ?? '';
  const link = chunks[skip(chunks, at - 1, -1)];
  const holder = chunks[skip(chunks, at - 2, -1)];
  const held =
    holder?.kind === 'np' &&
    context.lexicon.nounClasses(context.ground.tokens[holder.head]?.norm ?? '').has('custody');
  // "control of them"
  if (norm === 'them' && held && isLink(link, 'preposition')) {
    const group = groupBefore(context, np);
    return group.length > 1
      ? { places: group.map((span) => span.mention), part: false, how: 'anaphor' }
      : undefined;
  }
  if (norm !== 'it' && norm !== 'there') return undefined;
  const back = topicBefore(context, np.first);
  const reach = norm === 'it' ? 1 : NEAR;
  if (back === undefined || sentenceAt(context, np.first) - sentenceAt(context, back.first) > reach)
    return undefined;
  return { places: [back.mention], part: false, how: 'anaphor' };
}

/** The place that "the town" stands for: one of its own sentence, one that the text calls a town, the last that is one. */
export function anaphor(context: Context, before: number, noun: string): PlaceSpan | undefined {
  const kinds = STANDS_FOR[noun] ?? [...SETTLEMENTS, 'governorate'];
  const candidates = context.places.filter((span) => span.last <= before);
  const is = (span: PlaceSpan, kind: PlaceKind): boolean => span.mention.kind === kind;
  const here = candidates.filter((span) => sentenceAt(context, span.first) === sentenceAt(context, before));
  const settlement = SETTLEMENTS.includes(kinds[0] ?? 'country');
  const own = settlement ? here.find((span) => SETTLEMENTS.some((kind) => is(span, kind))) : undefined;
  if (own !== undefined) return own;
  const said = candidates.findLast((span) => saysKind(context, span, noun));
  if (said !== undefined && near(context, said, before)) return said;
  for (const kind of kinds) {
    const close = candidates.findLast((span) => is(span, kind) && near(context, span, before));
    if (close !== undefined) return close;
  }
  const fits = (span: PlaceSpan): boolean =>
    span.mention.kind === undefined ? noun !== 'country' : kinds.includes(span.mention.kind);
  return said ?? candidates.findLast((span) => fits(span));
}

/** The last place named before a token that is smaller than a country, in the same sentence first. */
/** "14 villages", "three towns", "dozens of". */
function isCounted({ ground: { tokens } }: Context, np: NounPhrase): boolean {
  return tokens
    .slice(np.first, np.head)
    .some(
      (token) => token.kind === 'number' || COUNT[token.norm] !== undefined || NUMBER_WORD.test(token.norm),
    );
}

const NUMBER_WORD =
  /^(?:six|seven|eight|nine|ten|eleven|twelve|several|many|various|dozens?|hundreds?|thousands?)$/;

const COUNT: Readonly<Record<string, number>> = {
  two: 2,
  both: 2,
  three: 3,
  four: 4,
  five: 5,
  2: 2,
  3: 3,
  4: 4,
  5: 5,
};

/** "the two towns", "the besieged cities": the last list of places before it that has as many, else the last so many. */
function groupBefore(context: Context, np: NounPhrase): readonly PlaceSpan[] {
  const { tokens } = context.ground;
  const words = tokens.slice(np.first, np.last).map((token) => COUNT[token.norm]);
  const count = words.find((value) => value !== undefined);
  const before = context.places.filter(
    (span) =>
      span.last <= np.first &&
      /^(?:city|town|village|camp|quarter|undefined)$/.test(String(span.mention.kind)),
  );
  const runs = runsOf(
    before,
    (a, b) => together(context, a, b) && sentenceAt(context, a.first) === sentenceAt(context, b.first),
  );
  const listed = runs.findLast((run) => (count === undefined ? run.length > 1 : run.length === count));
  if (listed !== undefined || count === undefined) return listed ?? [];
  const last: PlaceSpan[] = [];
  for (const span of before.reverse()) {
    if (last.some((one) => sameId(one, span) || one.mention.text === span.mention.text)) continue;
    last.unshift(span);
    if (last.length === count) return last;
  }
  return [];
}

/** "A and B", "A in the north and B", "A B". */
function together({ ground: { tokens } }: Context, a: PlaceSpan, b: PlaceSpan): boolean {
  const between = tokens.slice(a.last, b.first);
  return (
    between.length <= 1 ||
    (between.length <= 6 && between.some((token) => /^(?:and|or|,|&)$/.test(token.norm)))
  );
}

/** Cuts a list wherever two neighbours do not belong together. */
function runsOf(
  spans: readonly PlaceSpan[],
  together: (a: PlaceSpan, b: PlaceSpan) => boolean,
): PlaceSpan[][] {
  const runs: PlaceSpan[][] = [];
  for (const span of spans) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run !== undefined && last !== undefined && together(last, span)) run.push(span);
    else runs.push([span]);
  }
  return runs;
}

/** Verbs that say where a thing lies: "the roads leading to Tabqa", "an area extending between A and B". */
const LIES =
  /^(?:lead|link|connect|surround|overlook|border|extend|stretch|locate|situate|lie|spread|run|adjoin|neighbor|neighbour|pass)$/;

/** What a participle or a relative clause right behind the noun phrase says of where it lies. */
function clauseAround(clauses: Clauses, at: number): readonly Adjunct[] {
  let i = skip(clauses.chunks, at + 1);
  if (isLink(clauses.chunks[i], 'relative', 'complementizer')) {
    i = skip(clauses.chunks, i + 1);
    if (clauses.chunks[i]?.kind === 'np') i = skip(clauses.chunks, i + 1);
  }
  const verb = clauses.chunks[i];
  if (verb?.kind !== 'vg') return [];
  // "a village held by the group in the north of X"
  if (reduced(clauses, i)) return rightSide(clauses, i, false).adjuncts.filter(({ prep }) => prep !== 'by');
  if (!LIES.test(verb.lemma)) return [];
  const right = rightSide(clauses, i, true);
  return right.objects.length > 0
    ? [{ prep: 'along', args: right.objects }, ...right.adjuncts]
    : right.adjuncts;
}

/** Too vague to be put where the report last was. */
const VAGUE =
  /^(?:territor(?:y|ies)|ground|lands?|areas?|positions?|sites?|regions?|country|capital|zones?|fronts?|lines?|borders?|frontier|points?|targets?|routes?|roads?|locations?|places?|buildings?|state|strongholds?|bastions?|pockets?|enclaves?|plains?|deserts?|location|spots?|posts?|headquarters?|hubs?)$/;

/** "three villages, from north to south: A, B and C", "three villages – A and B –". */
function listedBehind(context: Context, clauses: Clauses, end: number): readonly PlaceMention[] {
  const { chunks } = clauses;
  const mark = chunks[end];
  if (!isLink(mark, 'break') || !/^[-–—:]$|^--$/.test(mark.word)) return [];
  const found: PlaceMention[] = [];
  for (let i = end + 1; i < chunks.length; i += 1) {
    const chunk = chunks[i];
    if (isLink(chunk, 'conjunction', 'comma') || chunk?.kind === 'aside') continue;
    if (chunk?.kind !== 'np') break;
    const where = placesOf(context, clauses, { np: chunk, at: i }, { provisional: true, topic: false }, 3);
    if (where === undefined) break;
    found.push(...where.places);
  }
  return found;
}

/** "its last bastion in the region, the town of Yabrud": the name behind the description. */
function apposed(context: Context, clauses: Clauses, end: number, depth: number): Where | undefined {
  const at = isLink(clauses.chunks[end], 'comma') ? end + 1 : end;
  const np = clauses.chunks[at];
  if (np?.kind !== 'np' || np.pronoun || np.actors.length > 0) return undefined;
  const classes = context.lexicon.nounClasses(context.ground.tokens[np.head]?.norm ?? '');
  if (np.places.length === 0 && !(classes.has('settlement') || classes.has('site'))) return undefined;
  const after = clauses.chunks[skip(clauses.chunks, at + 1)];
  if (after?.kind === 'vg') return undefined;
  const where = placesOf(context, clauses, { np, at }, { provisional: false, topic: false }, depth + 1);
  return where?.how === 'named' ? where : undefined;
}

const NEAR = 2;
const AHEAD = 4;

const sentenceAt = (context: Context, at: number): number => context.reading.tokens[at]?.sentence ?? 0;

const near = (context: Context, span: PlaceSpan, at: number): boolean =>
  sentenceAt(context, at) - sentenceAt(context, span.first) <= NEAR;

/** The next place that the text introduces with the same noun: "the strikes hit the village of Hajin". */
function cataphor(context: Context, after: number, noun: string): PlaceSpan | undefined {
  return context.places.find(
    (span) =>
      span.first >= after &&
      sentenceAt(context, span.first) - sentenceAt(context, after) <= AHEAD &&
      saysKind(context, span, noun),
  );
}

function saysKind(context: Context, span: PlaceSpan, noun: string): boolean {
  const { tokens } = context.ground;
  for (let i = span.phrase.first; i < span.phrase.last; i += 1) if (tokens[i]?.norm === noun) return true;
  return (
    tokens[span.last]?.norm === noun ||
    (tokens[span.first - 1]?.norm === 'of' && tokens[span.first - 2]?.norm === noun)
  );
}

export function topicBefore(context: Context, before: number): PlaceSpan | undefined {
  return context.places.findLast((span) => span.last <= before && span.mention.kind !== 'country');
}
