import type { PlaceId } from '../../model/ids.ts';
import type { Place, PlaceKind } from '../../model/place.ts';
import type { PlaceSpan, Token, TokenSpan } from '../../model/reading.ts';
import type { Gazetteer } from '../gazetteer.ts';
import { DIRECTIONS, isCapitalised, kindsOf } from '../words.ts';

/** Units that no list of captured towns goes on with: behind a name they say where it lies. */
const UNITS: readonly PlaceKind[] = ['country', 'governorate', 'district', 'region'];
/** Tokens that a bracket of names may have. */
const BRACKET = 14;
/** Between a name and what it lies in, beside kind words and directions: "Nyala, the capital of South Darfur". */
const FILLERS = new Set(
  'in the a an of its main largest second biggest state provincial regional administrative'.split(' '),
);

/** Chooses among what a name may be: the place, or its namesake that holds `inner`. */
function containerOf(span: PlaceSpan, inner: PlaceSpan, gazetteer: Gazetteer): Place | undefined {
  const candidates: readonly (PlaceId | undefined)[] = [span.mention.id, ...span.alternatives];
  const known = candidates.flatMap((id) => (id === undefined ? [] : [gazetteer.get(id)]));
  const within = inner.mention.id;
  return known.find(
    (place) =>
      place !== undefined &&
      place.id !== within &&
      (within !== undefined ? gazetteer.contains(place.id, within) : UNITS.includes(place.kind)),
  );
}

/** The words from the name's comma to the next name only lead from the one to the other. */
function leads(tokens: readonly Token[], from: number, to: number): boolean {
  let comma = from;
  while (/^(?:cent(?:re|er)|area|headquarters|compound|outskirts)$/.test(tokens[comma]?.norm ?? ''))
    comma += 1;
  const mark = tokens[comma];
  if (mark?.text !== ',' || mark.sentence !== tokens[to]?.sentence) return false;
  return tokens
    .slice(comma + 1, to)
    .every(({ norm }) => FILLERS.has(norm) || DIRECTIONS.has(norm) || kindsOf(norm)?.plural === false);
}

/** "Vysokopillia, Kherson oblast": a unit by its kind, behind a capitalised word that is nobody's and no known place's. */
function locatesUnknown(tokens: readonly Token[], span: PlaceSpan, taken: readonly TokenSpan[]): boolean {
  const at = span.first - 2;
  const name = tokens[at];
  if (span.mention.id === undefined || !UNITS.includes(span.mention.kind ?? 'town')) return false;
  if (tokens[at + 1]?.text !== ',' || name?.kind !== 'word' || name.sentence !== tokens[span.first]?.sentence)
    return false;
  const unit = tokens.slice(span.first, span.phrase.last).some(({ norm }) => kindsOf(norm)?.plural === false);
  return (
    unit &&
    isCapitalised(name.text) &&
    tokens[at - 1]?.sentence === name.sentence &&
    !taken.some(({ first, last }) => first <= at && at < last)
  );
}

/** "Bunagana (Rutshuru, North Kivu)": where a bracket names what holds the place before it, all in it locates that. */
function bracketedLocators(
  tokens: readonly Token[],
  spans: readonly PlaceSpan[],
  gazetteer: Gazetteer,
): ReadonlySet<PlaceSpan> {
  const found = new Set<PlaceSpan>();
  spans.forEach((outer, index) => {
    const open = outer.phrase.last;
    if (tokens[open]?.text !== '(' || outer.mention.id === undefined) return;
    const close = tokens.slice(open, open + BRACKET).findIndex((token) => token.text === ')');
    const inside = spans.slice(index + 1).filter(({ last }) => last <= open + close);
    if (inside.some((span) => containerOf(span, outer, gazetteer) !== undefined))
      for (const span of inside) found.add(span);
  });
  return found;
}

/** "Talbiseh, Homs and Rastan": a list goes on behind it. */
const listGoesOn = (tokens: readonly Token[], last: number): boolean =>
  /^(?:and|&|as)$/.test(tokens[last]?.norm ?? '') ||
  (tokens[last]?.text === ',' && /^(?:and|\p{Lu}.*)$/u.test(tokens[last + 1]?.text ?? ''));

/**
 * Marks the places that are named behind a comma only to say where the name before them lies: "Talbiseh, Homs",
 * "Nyala, the capital of South Darfur", "Kunming, China". Such a name is its container where it could be that as well.
 * In a list that goes on, only a unit of administration is taken so ("took Rutba, Anbar, and Hit").
 *
 * @param spans places of a report in text order
 * @param taken tokens that are no places: actors' names
 */
export function withLocators(
  tokens: readonly Token[],
  spans: readonly PlaceSpan[],
  gazetteer: Gazetteer,
  taken: readonly TokenSpan[],
): PlaceSpan[] {
  const inBrackets = bracketedLocators(tokens, spans, gazetteer);
  return spans.map((span, index) => {
    if (inBrackets.has(span)) return { ...span, locates: true };
    const inner = spans[index - 1];
    if (locatesUnknown(tokens, span, taken)) return { ...span, locates: true };
    if (inner === undefined || inner.part === 'vicinity') return span;
    if (!leads(tokens, Math.max(inner.last, inner.phrase.last), span.first)) return span;
    const container = containerOf(span, inner, gazetteer);
    if (container === undefined) return span;
    const own = container.id === span.mention.id;
    if (listGoesOn(tokens, span.phrase.last) && !(own && UNITS.includes(container.kind))) return span;
    return { ...span, locates: true, mention: own ? span.mention : as(span, container) };
  });
}

/** The span's mention, read as another bearer of the name: a unit, whose centre is no place where anything happened. */
function as({ mention }: PlaceSpan, { id, name, kind, country }: Place): PlaceSpan['mention'] {
  const { text, start, end } = mention;
  return { text, start, end, id, name, kind, country, precision: 3 };
}
