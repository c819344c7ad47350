import type { PlaceId } from '../../model/ids.ts';
import type { GeoPrecision, Place, PlaceKind, PlaceMention } from '../../model/place.ts';
import type { PlaceSpan, Token, TokenSpan } from '../../model/reading.ts';
import type { Gazetteer } from '../gazetteer.ts';
import type { Frame } from './frame.ts';

const WIDE: readonly PlaceKind[] = ['country', 'governorate', 'region', 'river'];
const MIDDLE: readonly PlaceKind[] = ['district', 'subdistrict', 'road', 'mountain'];

/** ACLED's geo-precision of a mention (ACLED codebook). */
export function precisionOf(kind: PlaceKind | undefined, part: boolean): GeoPrecision {
  if (kind !== undefined && WIDE.includes(kind)) return part ? 2 : 3;
  return part || (kind !== undefined && MIDDLE.includes(kind)) ? 2 : 1;
}

/** The name's words without a possessive ending: "Syria's" and the wire's "Syrias" as "Syria". */
function nameText(body: string, start: number, end: number, names: readonly string[]): string {
  const text = body.slice(start, end);
  const bare = text.replace(/['’`´]s$/u, '');
  if (bare !== text) return bare;
  const unmarked = text.endsWith('s') ? text.slice(0, -1) : text;
  return unmarked !== text && names.some((name) => name.toLowerCase() === unmarked.toLowerCase())
    ? unmarked
    : text;
}

export interface Known {
  readonly span: TokenSpan;
  readonly frame: Frame;
  readonly place: Place;
  readonly alternatives: readonly PlaceId[];
}

function admin1Of(place: Place, gazetteer: Gazetteer): string | undefined {
  if (place.kind === 'governorate') return place.name;
  for (const id of place.within) {
    const unit = gazetteer.get(id);
    if (unit?.kind === 'governorate') return unit.name;
  }
  return undefined;
}

/** The span and mention of a resolved name. */
export function spanOf(
  body: string,
  tokens: readonly Token[],
  gazetteer: Gazetteer,
  { span, frame, place, alternatives }: Known,
): PlaceSpan {
  const start = tokens[span.first]?.start ?? 0;
  const whole = tokens[span.last - 1]?.end ?? start;
  const text = nameText(body, start, whole, [place.name]);
  const admin1 = admin1Of(place, gazetteer);
  const mention: PlaceMention = {
    text,
    start,
    end: start + text.length,
    id: place.id,
    name: place.name,
    kind: place.kind,
    ...(place.lat !== undefined && place.lon !== undefined && { lat: place.lat, lon: place.lon }),
    precision: precisionOf(place.kind, frame.part !== undefined),
    country: place.country,
    ...(admin1 !== undefined && { admin1 }),
  };
  return {
    kind: 'place',
    first: span.first,
    last: span.last,
    mention,
    alternatives,
    ...(frame.part !== undefined && { part: frame.part }),
    phrase: frame.phrase,
  };
}
