import type { PlaceKind } from '../../model/place.ts';
import type { PlaceSpan, TokenSpan } from '../../model/reading.ts';
import { capitalised } from '../syntax/ground.ts';
import type { Context } from './context.ts';
import { ofOtherTime } from './other-time.ts';
import { isLandmark } from './landmarks.ts';

/** Sentences within which "the town" still points back, and within which "a village" is named. */
export const NEAR = 2;
const AHEAD = 4;
/** Places before a phrase that it can point back to. */
const WINDOW = 200;

export const SETTLEMENTS: readonly PlaceKind[] = ['city', 'town', 'village'];
/** "the town" → kinds that it can stand for, likeliest first. */
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
  stronghold: ['region', 'quarter', 'city', 'town', 'camp', 'village'],
  bastion: ['region', 'quarter', 'city', 'town', 'camp', 'village'],
  enclave: ['region', 'quarter', 'town', 'city', 'subdistrict'],
  battlefield: ['mountain', 'region', 'village', 'town', 'city', 'quarter', 'subdistrict'],
  country: ['country'],
  desert: ['region'],
  hill: ['mountain', 'site'],
  mountain: ['mountain'],
  island: ['island'],
};

/** What these stand for is in the gazetteer, if anywhere. */
const NEVER_UNKNOWN: ReadonlySet<string> = new Set(['country', 'desert']);

export const isKindNoun = (noun: string): boolean => STANDS_FOR[noun] !== undefined;

export const sentenceAt = (context: Context, at: number): number => context.reading.tokens[at]?.sentence ?? 0;

export const near = (context: Context, span: PlaceSpan, at: number): boolean =>
  sentenceAt(context, at) - sentenceAt(context, span.first) <= NEAR;

export const sameId = (a: PlaceSpan, b: PlaceSpan): boolean =>
  a.mention.id !== undefined && a.mention.id === b.mention.id;

/** The last places before a token, in text order. */
export function before(context: Context, at: number): readonly PlaceSpan[] {
  const { places } = context;
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle]?.last ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return places.slice(Math.max(0, low - WINDOW), low);
}

/** The last place named before a token that is smaller than a country. */
export const topicBefore = (context: Context, at: number): PlaceSpan | undefined =>
  before(context, at).findLast((span) => span.mention.kind !== 'country');

/**
 * Leaves out places that earlier sentences named for another time only: after "they left A, their greatest loss since they
 * took B", "the town" is A.
 */
function withoutAsides(
  context: Context,
  spans: readonly PlaceSpan[],
  at: number,
  noun: string,
): readonly PlaceSpan[] {
  const asides = new Set(
    spans.filter(
      (span) =>
        sentenceAt(context, span.first) !== sentenceAt(context, at) &&
        ofOtherTime(context, span.first) &&
        !saysKind(context, span, noun),
    ),
  );
  const others = spans.filter((span) => !asides.has(span));
  const [last] = asides.size > 0 ? others.slice(-1) : [];
  return last !== undefined && near(context, last, at) ? others : spans;
}

/** The place that "the town" stands for: one of its own sentence, one that the text calls a town, the last that is one. */
export function anaphor(context: Context, at: number, noun: string): PlaceSpan | undefined {
  const kinds = STANDS_FOR[noun] ?? [...SETTLEMENTS, 'governorate'];
  const isTown = SETTLEMENTS.includes(kinds[0] ?? 'country');
  const named = before(context, at);
  const candidates = isTown ? withoutAsides(context, named, at, noun) : named;
  const is = (span: PlaceSpan, kind: PlaceKind): boolean => span.mention.kind === kind;
  if (SETTLEMENTS.includes(kinds[0] ?? 'country')) {
    const here = candidates.filter((span) => sentenceAt(context, span.first) === sentenceAt(context, at));
    // "in the city of A … in the town of B when rebels stormed the town": B, whatever came first.
    const own =
      here.findLast((span) => saysKind(context, span, noun)) ??
      here.find((span) => SETTLEMENTS.some((kind) => is(span, kind)) && !isCalledOtherwise(context, span));
    if (own !== undefined) return own;
  }
  // "the area": what the sentence is about, not what lies beside it.
  if (noun === 'area' || noun === 'territory') {
    const here = candidates.filter(
      (span) =>
        sentenceAt(context, span.first) === sentenceAt(context, at) &&
        span.mention.kind !== 'country' &&
        !isLandmark(context, span),
    );
    const onBorder = candidates.some(
      (span) =>
        sentenceAt(context, span.first) === sentenceAt(context, at) &&
        context.ground.tokens[span.last]?.norm === 'border',
    );
    // "on the border of two countries … from the area": along it, not where the report last was.
    if (here.length === 0 && onBorder) return undefined;
    // "in the capital … a deal in the suburb of A that will see rebels leave the area": A.
    const subject = here.findLast((span) => isCalledPart(context, span)) ?? here[0];
    if (subject !== undefined) return subject;
  }
  const beside = noun === 'city' || noun === 'town' ? onlyTown(context, candidates, at) : undefined;
  if (beside !== undefined) return beside;
  const said = candidates.findLast((span) => saysKind(context, span, noun));
  if (said !== undefined && near(context, said, at)) return said;
  for (const kind of kinds) {
    const close = candidates.findLast((span) => is(span, kind) && near(context, span, at));
    if (close !== undefined) return close;
  }
  const fits = (span: PlaceSpan): boolean =>
    span.mention.kind === undefined ? !NEVER_UNKNOWN.has(noun) : kinds.includes(span.mention.kind);
  return said ?? candidates.findLast((span) => fits(span));
}

/** The one town that the sentence before names, where it names but one. */
function onlyTown(context: Context, candidates: readonly PlaceSpan[], at: number): PlaceSpan | undefined {
  const towns = candidates.filter(
    (span) =>
      sentenceAt(context, at) - sentenceAt(context, span.first) === 1 &&
      (span.mention.kind === 'town' || span.mention.kind === 'city') &&
      // "seized ground outside A, west of B": the news is at A.
      (!isLandmark(context, span) || context.ground.tokens[span.first - 1]?.norm === 'outside'),
  );
  const [town] = towns;
  return town !== undefined && towns.every((other) => sameId(other, town)) ? town : undefined;
}

/** Tokens within which a name that nobody knows can be pointed back to. */
const REACH = 80;

/** "the village of Qassiab", of a name that nobody knows: what "the village" then stands for. */
export function introduced(context: Context, at: number, noun: string): TokenSpan | undefined {
  const { tokens, placeAt, actorAt } = context.ground;
  for (let i = at - 2; i >= Math.max(0, at - REACH); i -= 1) {
    if (tokens[i]?.norm !== noun || tokens[i + 1]?.norm !== 'of') continue;
    const first = i + 2;
    const isName = (word: number): boolean =>
      capitalised(tokens[word]?.text ?? '') && placeAt[word] === undefined && actorAt[word] === undefined;
    if (!isName(first)) return undefined;
    let last = first + 1;
    while (last < at && (isName(last) || (tokens[last]?.text === '-' && isName(last + 1)))) last += 1;
    return { first, last };
  }
  return undefined;
}

/** The next place that the text introduces with the same noun: "the strikes hit the village of Hajin". */
export function cataphor(context: Context, after: number, noun: string): PlaceSpan | undefined {
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
  const named = tokens[span.first - 1]?.norm === 'of' && tokens[span.first - 2]?.norm === noun;
  return named || tokens[span.last]?.norm === noun;
}

/** "the suburb of A" */
const isCalledPart = ({ ground: { tokens } }: Context, { first }: PlaceSpan): boolean =>
  tokens[first - 1]?.norm === 'of' &&
  /^(?:suburb|district|quarter|neighbou?rhood|village|camp)$/.test(tokens[first - 2]?.norm ?? '');

/** "the area of A", "the plain of A": the text does not call it a town. */
const isCalledOtherwise = ({ ground: { tokens } }: Context, { first }: PlaceSpan): boolean =>
  tokens[first - 1]?.norm === 'of' &&
  /^(?:area|plain|hill|field|base|airport|farms?|district|neighbou?rhood)$/.test(
    tokens[first - 2]?.norm ?? '',
  );
