import type { Gazetteer } from '../gazetteer/gazetteer.ts';
import type { PlaceMention } from '../model/place.ts';
import { placeId } from '../model/ids.ts';
import type { PlaceSpan, Reading, TokenSpan } from '../model/reading.ts';

/**
 * The country that a report is about, as its words name it: by its name, else by its adjective ("a nationwide Syrian
 * truce"). Nothing when no word does.
 *
 * @param countries ISO codes of the countries that the text is about, likeliest first
 */
export function countryOf(
  reading: Reading,
  countries: readonly string[],
  gazetteer: Gazetteer,
): PlaceMention | undefined {
  const [code] = countries;
  if (code === undefined) return undefined;
  const places = reading.marks.filter((mark): mark is PlaceSpan => mark.kind === 'place');
  const named = places.find(({ mention }) => mention.kind === 'country' && mention.country === code);
  if (named !== undefined) return named.mention;
  const inside = places.find(({ mention }) => mention.country === code && mention.id !== undefined)?.mention
    .id;
  const country = (inside === undefined ? [] : (gazetteer.get(inside)?.within ?? []))
    .map((id) => gazetteer.get(id))
    .find((place) => place?.kind === 'country');
  if (country === undefined) return undefined;
  const word = reading.tokens.find(({ spelling }) => gazetteer.demonymOf(spelling) === code);
  if (word === undefined) return undefined;
  return {
    text: word.text,
    start: word.start,
    end: word.end,
    id: country.id,
    name: country.name,
    kind: 'country',
    precision: 3,
    country: code,
  };
}

/** The capital of a country as the place that the words at `span` stand for: "the Libyan capital". */
export function capitalAt(
  { body, tokens }: Reading,
  code: string,
  span: TokenSpan,
  gazetteer: Gazetteer,
): PlaceMention | undefined {
  const capital = gazetteer.capital(code);
  const start = tokens[span.first]?.start;
  const end = tokens[span.last - 1]?.end;
  if (capital === undefined || start === undefined || end === undefined) return undefined;
  const { id, name, kind, lat, lon } = capital;
  const where = lat === undefined || lon === undefined ? {} : { lat, lon };
  return { text: body.slice(start, end), start, end, id, name, kind, ...where, precision: 1, country: code };
}

/** The country with an ISO code as a place that the words at `span` stand for, or nothing when the gazetteer has none. */
export function countryAt(
  { body, tokens }: Reading,
  code: string,
  span: TokenSpan,
  gazetteer: Gazetteer,
): PlaceMention | undefined {
  const country = gazetteer.get(placeId(code.toLowerCase()));
  const start = tokens[span.first]?.start;
  const end = tokens[span.last - 1]?.end;
  if (country === undefined || start === undefined || end === undefined) return undefined;
  const { id, name, kind } = country;
  return { text: body.slice(start, end), start, end, id, name, kind, precision: 3, country: code };
}
