import type { Place, PlaceMention } from '../../model/place.ts';
import type { PlaceSpan, Reading, Token, TokenSpan } from '../../model/reading.ts';
import { perSpelling } from '../../model/spelling.ts';
import { isArabic, isArticle } from '../fold.ts';
import type { Gazetteer } from '../gazetteer.ts';
import { DIRECTIONS, isCapitalised, kindsOf, VICINITY } from '../words.ts';
import { Containers } from './container.ts';
import { frameOf, type Frame } from './frame.ts';
import { precisionOf } from './mention.ts';
import { isNoPlace } from './notplaces.ts';

/** Names that go on: what follows belongs to them even where a comma is lost ("Jub al-Rayan", "Kafr Nabudah"). */
const HEADS = new Set(
  `jub jubb jib kafr kafar kfar kefr tal tel tell tall ain ayn ein deir dayr der khan umm um oum abu abou beit bait bayt wadi
   jabal jebel bir beir ras bab sheikh shaykh shaikh hosh housh mazraat mazra nahr burj qalat qalaat khirbet khirbat kherbet
   maarat maarrat maaret qasr qaser dahr dhahr hajar marj ard jisr bani beni bustan harat hay karm karam sahl souk souq suq
   saint san nova novo nowa velyka mala stara new old big little upper lower mount lake port fort`.split(
    /\s+/,
  ),
);
/** Words of mouth before a kind word that say nothing of the name: "the Syrian town", "a Kurdish village". */
const MAX_WORDS = 4;

const isHyphen = (token: Token | undefined): boolean => /^[-‐‑–]$/.test(token?.text ?? '');
const isJoin = (token: Token | undefined): boolean => token?.text === ',' || token?.norm === 'and';

interface Scene {
  readonly body: string;
  readonly tokens: readonly Token[];
  readonly gazetteer: Gazetteer;
  /** Tokens that places or other marks already have. */
  readonly taken: readonly boolean[];
}

/** May the token be a word of an unknown name? */
function nameable(scene: Scene, at: number): boolean {
  const token = scene.tokens[at];
  if (token?.kind !== 'word' || scene.taken[at] === true) return false;
  if (isArabic(token.text) || !isCapitalised(token.text)) return false;
  if (/^\p{Lu}{2,}$/u.test(token.text) || scene.gazetteer.demonymOf(token.spelling) !== null) return false;
  if (DIRECTIONS.has(token.norm) || kindsOf(token.norm) !== undefined) return HEADS.has(token.norm);
  return !isNoPlace(scene.tokens, { first: at, last: at + 1 }, { kind: true, any: true });
}

/** End of the name that starts at `first` (an article or a capitalised word); `first` when there is none. */
function nameEnd(scene: Scene, first: number, splits: boolean): number {
  const { tokens } = scene;
  const sentence = tokens[first]?.sentence;
  let at = first;
  let last = first;
  let head = true;
  for (let words = 0; words < MAX_WORDS; words += 1) {
    const start = at;
    // An article belongs to the name that follows it: "al-Zuhur", "Kafr al-Nabudah".
    if (
      isArticle(tokens[at]?.norm ?? '') &&
      (isHyphen(tokens[at + 1]) || /^[ae]l$/.test(tokens[at]?.norm ?? ''))
    ) {
      at += 1;
      while (isHyphen(tokens[at])) at += 1;
      if (splits && words > 0 && !head && !glued(scene, start)) break;
    }
    if (tokens[at]?.sentence !== sentence || !nameable(scene, at)) break;
    head = HEADS.has(tokens[at]?.norm ?? '');
    at += 1;
    last = at;
    while (isHyphen(tokens[at])) at += 1;
  }
  return last;
}

/** In a list that lost its commas a new article starts a new name, unless the word before it wants one. */
const glued = (scene: Scene, article: number): boolean =>
  isHyphen(scene.tokens[article - 1]) || HEADS.has(scene.tokens[article - 1]?.norm ?? '');

/** Start of the name that ends at `last`. */
function nameStart(scene: Scene, last: number): number {
  const { tokens } = scene;
  const sentence = tokens[last - 1]?.sentence;
  let first = last;
  for (let words = 0; words < MAX_WORDS; words += 1) {
    let at = first - 1;
    while (words > 0 && isHyphen(tokens[at])) at -= 1;
    if (tokens[at]?.sentence !== sentence || !nameable(scene, at)) break;
    first = at;
    const dash = isHyphen(tokens[at - 1]) ? at - 2 : at - 1;
    if (isArticle(tokens[dash]?.norm ?? '') && (dash < at - 1 || /^[ae]l$/.test(tokens[dash]?.norm ?? '')))
      first = dash;
  }
  return first;
}

/** Starts a sentence without being a name for sure: its capital may be the sentence's. */
const startsSentence = (tokens: readonly Token[], at: number): boolean =>
  tokens[at - 1]?.sentence !== tokens[at]?.sentence;

/** Unknown names that a kind word before them makes places: "the village of X", "the towns of X, Y and Z". */
function afterKind(scene: Scene, at: number, plural: boolean): TokenSpan[] {
  const { tokens } = scene;
  const spans: TokenSpan[] = [];
  let next = tokens[at + 1]?.norm === 'of' ? at + 2 : at + 1;
  // "The town Nebabile" is a name in apposition; "villages Nebabile" is not English.
  if (next === at + 1 && plural) return spans;
  const splits = plural && !tokens.slice(next, next + 12).some((token) => token.text === ',');
  for (let step = 0; step < 24; step += 1) {
    const end = nameEnd(scene, next, splits);
    if (end > next) {
      spans.push({ first: next, last: end });
      next = end;
      if (!plural) break;
    } else if (scene.taken[next] === true) next += 1;
    else if (isJoin(tokens[next]) || isHyphen(tokens[next]) || isArticle(tokens[next]?.norm ?? '')) next += 1;
    else break;
    if (tokens[next]?.sentence !== tokens[at]?.sentence) break;
  }
  return spans;
}

/** An unknown name that a kind word after it makes a place: "Qabr Fidda town". */
function beforeKind(scene: Scene, at: number): TokenSpan[] {
  const { tokens } = scene;
  if (tokens[at + 1]?.norm === 'of') return [];
  const first = nameStart(scene, at);
  if (first === at) return [];
  // One capitalised word at the start of a sentence may be any word.
  if (startsSentence(tokens, first) && at - first === 1) return [];
  return [{ first, last: at }];
}

function make(
  body: string,
  tokens: readonly Token[],
  span: TokenSpan,
  frame: Frame,
  container: Place | undefined,
): PlaceSpan {
  const start = tokens[span.first]?.start ?? 0;
  const end = tokens[span.last - 1]?.end ?? start;
  const text = body.slice(start, end).replace(/['’`´]s$/u, '');
  const kind = frame.kinds?.[0];
  const part = frame.part;
  const mention: PlaceMention = {
    text,
    start,
    end: start + text.length,
    ...(kind !== undefined && { kind }),
    precision: precisionOf(kind, part !== undefined),
    ...(container !== undefined && { country: container.country, within: container.id }),
  };
  return {
    kind: 'place',
    first: span.first,
    last: span.last,
    mention,
    alternatives: [],
    ...(part !== undefined && { part }),
    phrase: frame.phrase,
  };
}

/** What a kind word in small letters makes of the names beside it: "the village of X", "Qabr Fidda town". */
const namingKind = perSpelling(({ kind, text, norm }) =>
  kind === 'word' && !isCapitalised(text) && !VICINITY.has(norm) ? (kindsOf(norm) ?? null) : null,
);

/** Names that no gazetteer entry fits and that kind words make places all the same. */
export function provisionals(
  body: string,
  tokens: readonly Token[],
  known: readonly PlaceSpan[],
  gazetteer: Gazetteer,
  taken: readonly TokenSpan[],
): PlaceSpan[] {
  const marked = new Array<boolean>(tokens.length).fill(false);
  const mark = ({ first, last }: TokenSpan): void => void marked.fill(true, first, last);
  for (const span of [...known, ...taken]) mark(span);
  const scene: Scene = { body, tokens, gazetteer, taken: marked };
  const found: PlaceSpan[] = [];
  const containers = new Containers(tokens, known, gazetteer);
  for (const token of tokens) {
    const kind = namingKind(token.spelling);
    if (kind === null) continue;
    for (const span of [...beforeKind(scene, token.index), ...afterKind(scene, token.index, kind.plural)]) {
      const frame = frameOf(tokens, span);
      const kinds = frame.kinds ?? kind.kinds;
      found.push(make(body, tokens, span, { ...frame, kinds }, containers.of(span, kinds)));
      mark(span);
    }
  }
  return found;
}

/**
 * Of a reading: the place of the words at a span that grammar shows to be one ("captured Xxx Yyy from the rebels") and that
 * neither the gazetteer nor a kind word explains. It has no `id`; `within` is the smallest container that the report states.
 */
export function provisionalPlaces(
  { body, tokens, marks }: Reading,
  gazetteer: Gazetteer,
): (span: TokenSpan) => PlaceSpan {
  const known = marks.filter((mark) => mark.kind === 'place');
  const containers = new Containers(tokens, known, gazetteer);
  return (span) => {
    const frame = frameOf(tokens, span);
    return make(body, tokens, span, frame, containers.of(span, frame.kinds));
  };
}
