import type { PlaceKind } from '../../model/place.ts';
import type { PlaceSpan, Token, TokenSpan } from '../../model/reading.ts';
import { isArabic } from '../fold.ts';
import { DIRECTIONS, FRACTION, isCapitalised, kindsOf, VICINITY } from '../words.ts';

/** What the words around a name say of it. */
export interface Frame {
  /** The name with the words that belong to it. */
  readonly phrase: TokenSpan;
  /** What kind words allow it to be. */
  readonly kinds?: readonly PlaceKind[];
  /** The kind word is a plural: a list follows. */
  readonly plural: boolean;
  readonly part?: NonNullable<PlaceSpan['part']>;
  /** "Hama countryside", "the Hama suburbs": the land around it, not the town. */
  readonly around: boolean;
  /** "three towns in Deir Ezzor": it holds settlements. */
  readonly holds: boolean;
}

/** Words between a name and its kind word: "Deir Ezzor military airport", "al-Omar oil field". */
const BETWEEN = new Set(
  `military air oil gas border refugee refugees strategic residential industrial civilian international national main
   besieged infantry artillery air-defence defense defence camp camps administrative rural town city agricultural central
   large big key electric power thermal water training tribal desert`.split(/\s+/),
);
const DETERMINERS = new Set('the a an this that these those its their his all both'.split(' '));
const NEAR = new Set(
  'near around outside beside surrounding overlooking bordering towards toward'.split(' '),
);
const UNITS = new Set(
  'km kms kilometres kilometers kilometre kilometer miles mile metres meters m'.split(' '),
);
/** Lower-case words that end a search for a determiner: what stands before them is no adjective of the name. */
const NO_ADJECTIVE =
  /^(?:in|at|on|of|to|from|for|by|with|and|or|into|near|as|that|which|who|was|were|is|are|has|have|had|their|took|take|over|after|before|during|against|around|inside|outside|through|towards?|between|while|when|where|said|also|not)$/;

const norm = (tokens: readonly Token[], at: number): string => tokens[at]?.norm ?? '';
const lower = (tokens: readonly Token[], at: number): boolean => {
  const token = tokens[at];
  return token?.kind === 'word' && !isCapitalised(token.text);
};
const isDirection = (tokens: readonly Token[], at: number): boolean => DIRECTIONS.has(norm(tokens, at));
const isDash = (tokens: readonly Token[], at: number): boolean => /^[-‐‑–]$/.test(tokens[at]?.text ?? '');

interface Side {
  edge: number;
  kinds?: readonly PlaceKind[];
  plural: boolean;
  part?: NonNullable<PlaceSpan['part']>;
  around: boolean;
}

/** Steps over the determiner and the adjectives before it: "the strategic [village of]". */
function overDeterminer(tokens: readonly Token[], edge: number): number {
  for (let at = edge - 1, steps = 0; at >= 0 && steps < 4; at -= 1, steps += 1) {
    if (DETERMINERS.has(norm(tokens, at))) return at;
    if (!lower(tokens, at) || NO_ADJECTIVE.test(norm(tokens, at))) return edge;
  }
  return edge;
}

/** Directions right before `edge`: "eastern", "south-eastern", "north and east". */
function overDirections(tokens: readonly Token[], edge: number): number {
  let at = edge;
  while (
    isDirection(tokens, at - 1) ||
    ((isDash(tokens, at - 1) || norm(tokens, at - 1) === 'and') && isDirection(tokens, at - 2))
  )
    at -= 1;
  return at;
}

/** What stands before "of": "outskirts of", "10 km north of", "parts of", "village of". Moves the side's edge. */
function beforeOf(tokens: readonly Token[], side: Side, of: number): boolean {
  const head = of - 1;
  const word = norm(tokens, head);
  if (VICINITY.has(word)) {
    side.part ??= 'vicinity';
    side.around = word === 'countryside' || side.around;
    side.edge = overDirections(tokens, head);
    return true;
  }
  if (isDirection(tokens, head)) {
    side.edge = overDirections(tokens, of);
    // "the east of Syria" is a part of it; "east of Raqqa" lies outside.
    side.part ??= norm(tokens, side.edge - 1) === 'the' ? 'direction' : 'vicinity';
    if (UNITS.has(norm(tokens, side.edge - 1)) && tokens[side.edge - 2]?.kind === 'number') side.edge -= 2;
    return true;
  }
  const kind = kindsOf(word);
  if (kind !== undefined && !(kind.plural && FRACTION.has(word) && side.kinds !== undefined)) {
    side.kinds ??= kind.kinds;
    side.plural ||= kind.plural;
    side.edge = head;
    while (BETWEEN.has(norm(tokens, side.edge - 1)) && lower(tokens, side.edge - 1)) side.edge -= 1;
    return true;
  }
  if (FRACTION.has(word)) {
    side.part ??= 'fraction';
    side.edge = overDirections(tokens, head);
    return true;
  }
  return false;
}

/** Arabic words before a name: their kinds, or "the countryside of". Prepositions and "and" may be glued to them. */
const ARABIC_KIND: Readonly<Record<string, string>> = {
  محافظه: 'governorate',
  مدينه: 'city',
  بلده: 'town',
  قريه: 'village',
  مخيم: 'camp',
  حي: 'neighborhood',
  منطقه: 'area',
  مطار: 'airport',
  معبر: 'crossing',
  جبل: 'mountain',
  ريف: 'countryside',
};

function beforeArabic(tokens: readonly Token[], side: Side): void {
  const word = norm(tokens, side.edge - 1).replace(/^[وف]?[بلك]?(?=..)/u, '');
  const kind = ARABIC_KIND[word] ?? ARABIC_KIND[norm(tokens, side.edge - 1)];
  if (kind === undefined) return;
  side.edge -= 1;
  if (VICINITY.has(kind)) {
    side.part = 'vicinity';
    side.around = true;
  } else side.kinds = kindsOf(kind)?.kinds ?? [];
}

/** "the northern city of Aleppo" is all of it: the direction says where it lies. */
const WHOLE = /^(?:city|town|village|hamlet|port|capital|province|governorate|oblast)$/;

function leftOf(tokens: readonly Token[], first: number): Side {
  const side: Side = { edge: first, plural: false, around: false };
  if (isArabic(norm(tokens, first))) {
    beforeArabic(tokens, side);
    return side;
  }
  for (let step = 0; step < 4; step += 1) {
    const at = side.edge - 1;
    const word = norm(tokens, at);
    if (tokens[at]?.sentence !== tokens[first]?.sentence) break;
    const kind = kindsOf(word);
    if (isDirection(tokens, at)) {
      if (!WHOLE.test(norm(tokens, side.edge)) || side.edge === first) side.part ??= 'direction';
      side.edge = overDirections(tokens, side.edge);
    } else if (word === 'of' && beforeOf(tokens, side, at)) {
      continue;
    } else if (DETERMINERS.has(word) && norm(tokens, at - 1) === 'of' && beforeOf(tokens, side, at - 1)) {
      continue;
    } else if (kind !== undefined && side.edge === first && !VICINITY.has(word)) {
      side.kinds = kind.kinds;
      side.plural = kind.plural;
      side.edge = at;
    } else if (word === 'rural' || (word === 'greater' && side.edge === first)) {
      side.part ??= word === 'rural' ? 'vicinity' : 'direction';
      side.around ||= word === 'rural';
      side.edge = at;
    } else break;
  }
  if (side.part === undefined && NEAR.has(norm(tokens, side.edge - 1))) side.part = 'vicinity';
  const determined = overDeterminer(tokens, side.edge);
  // Without a kind word or a part only a bare determiner belongs to the name, not a noun before it.
  if (side.edge < first || determined === first - 1) side.edge = determined;
  return side;
}

function rightOf(tokens: readonly Token[], last: number): Side {
  const side: Side = { edge: last, plural: false, around: false };
  let at = last;
  const sentence = tokens[last - 1]?.sentence;
  const here = (index: number): boolean => tokens[index]?.sentence === sentence;
  // "Hama's northern countryside", "Aleppo northern countryside".
  while (here(at) && isDirection(tokens, at) && lower(tokens, at)) at += 1;
  const directed = at > last;
  if (isDash(tokens, at) && kindsOf(norm(tokens, at + 1)) !== undefined) at += 1;
  while (
    here(at) &&
    BETWEEN.has(norm(tokens, at)) &&
    (kindsOf(norm(tokens, at + 1)) !== undefined || BETWEEN.has(norm(tokens, at + 1)))
  )
    at += 1;
  const word = here(at) ? norm(tokens, at) : '';
  // "the Damascus suburb of Jobar": the kind word is Jobar's.
  if (norm(tokens, at + 1) === 'of' && !VICINITY.has(word)) return side;
  if (VICINITY.has(word) && word !== 'border' && word !== 'borders') {
    if (norm(tokens, at + 1) === 'of') return side;
    side.part = 'vicinity';
    side.around = word === 'countryside';
    side.edge = at + 1;
    return side;
  }
  const kind = kindsOf(word);
  if (kind !== undefined && !directed) {
    side.kinds = kind.kinds;
    side.plural = kind.plural;
    side.edge = at + 1;
    if (/^(?:province|governorate)$/.test(word) && /^countryside$/.test(norm(tokens, at + 1))) {
      side.edge += 1;
      side.part = 'vicinity';
    }
  }
  return side;
}

const SETTLEMENTS = /^(?:towns|villages|cities|localities|hamlets|settlements)$/;
const holdsSettlements = (tokens: readonly Token[], first: number): boolean =>
  /^(?:in|across|throughout)$/.test(norm(tokens, first - 1)) && SETTLEMENTS.test(norm(tokens, first - 2));

/** Reads the words around the name at `span`. */
export function frameOf(tokens: readonly Token[], span: TokenSpan): Frame {
  const left = leftOf(tokens, span.first);
  const right = rightOf(tokens, span.last);
  const kinds = right.kinds ?? left.kinds;
  const part = left.part ?? right.part;
  return {
    phrase: { first: left.edge, last: right.edge },
    ...(kinds !== undefined && { kinds }),
    plural: left.plural || right.plural,
    ...(part !== undefined && { part }),
    around: left.around || right.around,
    holds: holdsSettlements(tokens, left.edge),
  };
}
