import type { ActorId } from '../model/ids.ts';
import type { ActorSpan, Mark, PlaceSpan, Reading, Token, TokenSpan } from '../model/reading.ts';
import type { Report } from '../model/report.ts';
import type { Day } from '../model/time.ts';
import type { Gazetteer } from '../gazetteer/gazetteer.ts';
import type { NameHit } from '../gazetteer/match.ts';
import { findPlaces } from '../gazetteer/resolve/find.ts';
import {
  countriesNamed,
  findActors,
  namesIn,
  partiesNamed,
  resolveGeneric,
  theatresOf,
  type ActorLexicon,
} from './actors.ts';
import { datelineDay, findDates, publishedDay } from './dates.ts';
import { findFigures } from './figures.ts';
import { segment } from './segment.ts';
import { findSpeakers, type Attribution, type SpeakerWords } from './speakers.ts';

/** What is read of a report. */
export type Readable = Pick<Report, 'body' | 'published' | 'language'> & Partial<Pick<Report, 'title'>>;

export interface Annotated {
  readonly reading: Reading;
  /** Day that relative dates are counted from. */
  readonly day: Day;
  /** ISO codes of the countries that the text is about, likeliest first. */
  readonly countries: readonly string[];
  readonly attributions: readonly Attribution[];
}

/** Cuts a report up and marks actors, places, dates and figures in it. */
export function read(
  report: Readable,
  gazetteer: Gazetteer,
  actors: ActorLexicon,
  speakers: SpeakerWords,
): Annotated {
  const { tokens, sentences } = segment(report.body, report.title);
  const published = publishedDay(report.published);
  const day = datelineDay(tokens, sentences, published) ?? published;
  const names = namesIn(tokens, actors);
  const told = countriesNamed(names);
  const named = findActors(tokens, actors, { countries: told, published: day }, names);
  const theatres = theatresOf(named, actors);
  const hits = gazetteer.match(tokens);
  const isCountry = countryTest(hits);
  const places = findPlaces(report.body, tokens, sentences, gazetteer, {
    hits,
    taken: named.filter((span) => !isCountry(span)),
    parties: theatres,
  }).filter((span) => span.last - span.first > 1 || !isDemonym(tokens[span.first], gazetteer));
  const countries = countriesOf(places, theatres);
  const parties = isSame(countries, told)
    ? named
    : findActors(tokens, actors, { countries, published: day }, names);
  const taken = new Set<number>();
  for (const actor of parties)
    if (!(isCountry(actor) && locative(tokens, actor)))
      for (let at = actor.first; at < actor.last; at += 1) taken.add(at);
  const distinct = partiesNamed(parties, tokens);
  const marks: Mark[] = [
    ...parties
      .filter((span) => !(isCountry(span) && locative(tokens, span)))
      .map((span) => resolved(span, parties, distinct, tokens, actors)),
    ...places.filter((span) => !taken.has(span.first) && !taken.has(span.last - 1)),
    ...findDates(tokens, sentences, day),
    ...findFigures(report.body, tokens),
  ];
  marks.sort((a, b) => a.first - b.first || b.last - a.last);
  const spoken = marks.filter((mark) => mark.kind === 'actor' || mark.kind === 'place');
  const attributions = findSpeakers(report.body, tokens, sentences, spoken, speakers, actors);
  return { reading: { body: report.body, tokens, sentences, marks }, day, countries, attributions };
}

/** Whether the countries are those that the parties' names told of: then they are who they were. */
const isSame = (countries: readonly string[], told: readonly string[]): boolean =>
  countries.length === 0 ||
  (countries.length === told.length && countries.every((country, at) => country === told[at]));

/** "Syrian": it tells whose something is, not where. */
const isDemonym = (token: Token | undefined, gazetteer: Gazetteer): boolean =>
  token !== undefined && gazetteer.demonymOf(token.spelling) !== null;

/** A span that is a country's bare name: it acts in one sentence and is a place in the next. */
function countryTest(hits: readonly NameHit[]): (span: TokenSpan) => boolean {
  const starts = new Map<number, number>();
  for (const hit of hits)
    if (hit.bearers.some(({ entry }) => entry.place.kind === 'country')) starts.set(hit.first, hit.last);
  return (span) => starts.get(span.first) === span.last;
}

const LOCATIVE =
  /^(?:in|into|inside|across|throughout|within|near|to|towards?|from|of|around|through|outside|via|northern|southern|eastern|western|central|neighbou?ring|north|south|east|west)$/;

/** "into Turkey", "northern Syria": the country as a place. */
const locative = (tokens: readonly Token[], span: TokenSpan): boolean =>
  LOCATIVE.test(tokens[span.first - 1]?.norm ?? '');

/** "the group", "the extremists": whom the report means by it. */
function resolved(
  span: ActorSpan,
  all: readonly ActorSpan[],
  named: readonly ActorSpan[],
  tokens: readonly Token[],
  actors: ActorLexicon,
): ActorSpan {
  const id: ActorId | undefined = span.generic ? resolveGeneric(span, all, tokens, actors, named) : undefined;
  return id === undefined ? span : { ...span, id };
}

/** Countries of the places named, with what the parties named say for their own, most named first. */
function countriesOf(places: readonly PlaceSpan[], theatres: ReadonlyMap<string, number>): string[] {
  const counts = new Map(theatres);
  for (const { mention } of places)
    if (mention.country !== undefined)
      counts.set(
        mention.country,
        (counts.get(mention.country) ?? 0) + (mention.kind === 'country' ? 0.5 : 1),
      );
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([country]) => country);
}
