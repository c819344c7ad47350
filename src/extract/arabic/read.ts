import type { ActorSpan, Mark, PlaceSpan, Sentence, Token, TokenSpan } from '../../model/reading.ts';
import type { Gazetteer } from '../../gazetteer/gazetteer.ts';
import { findPlaces } from '../../gazetteer/resolve/find.ts';
import { findActors, theatresOf, type ActorLexicon } from '../actors.ts';
import { publishedDay } from '../dates.ts';
import { markFurniture } from '../furniture.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import { normalise } from '../norm.ts';
import { numberTokens } from '../segment.ts';
import { splitSentences } from '../sentences.ts';
import type { SpeakerWords } from '../speakers.ts';
import { tokenize } from '../tokens.ts';
import type { Annotated, Readable } from '../read.ts';
import { findArabicDates } from './dates.ts';
import { findArabicFigures } from './figures.ts';
import { classesOf, isKnown, nounFramesOf } from './lexicon.ts';
import { findArabicSpeakers } from './speakers.ts';
import { arabicTokens } from './tokens.ts';

/** What opens a line that is no part of the report: "read also", "image source", "watch". */
const FURNITURE = new Set(
  'اقرا اقراوا شاهد شاهدوا تابعوا تابعونا للمزيد المزيد اشترك شارك مصدر_الصوره اقرا_ايضا مواضيع_ذات'.split(
    ' ',
  ),
);

/** Cuts an Arabic report up and marks actors, places, dates and figures in it. */
export function readArabic(
  report: Readable,
  gazetteer: Gazetteer,
  actors: ActorLexicon,
  speakers: SpeakerWords,
  lexicon: Lexicon,
): Annotated {
  const { body, title } = report;
  const raw = tokenize(body);
  const cut = arabicTokens(body, raw, markFurniture(raw, splitSentences(body, raw), title), {
    lexicon,
    persons: new Set([...speakers.nouns, ...speakers.titles].map(normalise)),
    actors,
    gazetteer,
  });
  const sentences = cut.sentences.map((sentence) => furnished(cut.tokens, sentence));
  const tokens = numberTokens(cut.tokens, sentences);
  const day = publishedDay(report.published);
  const named = findActors(tokens, actors, { countries: [], published: day });
  const places = findPlaces(body, tokens, sentences, gazetteer, {
    taken: named.filter((span) => span.last - span.first > 1),
    parties: theatresOf(named, actors),
  }).filter((span) => isNamed(tokens, span, lexicon));
  const countries = countriesOf(places);
  const parties = findActors(tokens, actors, { countries, published: day });
  const marks = settle(tokens, parties, places, lexicon);
  marks.push(...findArabicDates(tokens, sentences, day), ...findArabicFigures(body, tokens));
  marks.sort((a, b) => a.first - b.first || b.last - a.last);
  const attributions = findArabicSpeakers(body, tokens, sentences, marks, lexicon, speakers, actors);
  return { reading: { body, tokens, sentences, marks }, day, countries, attributions };
}

function furnished(tokens: readonly Token[], sentence: Sentence): Sentence {
  if (sentence.furniture !== undefined) return sentence;
  const first = tokens[sentence.first]?.norm ?? '';
  const two = `${first}_${tokens[sentence.first + 1]?.norm ?? ''}`;
  return FURNITURE.has(first) || FURNITURE.has(two) ? { ...sentence, furniture: 'related' } : sentence;
}

/** A word of the language is no place unless a kind word says so: "السلام", "العودة", "الطريق" are villages too. */
function isNamed(tokens: readonly Token[], span: PlaceSpan, lexicon: Lexicon): boolean {
  const token = tokens[span.first];
  if (token === undefined) return false;
  if (span.last - span.first > 1) return true;
  if (!isKnown(lexicon, token.norm)) return true;
  const noun = classesOf(lexicon, token.norm).size > 0 || nounFramesOf(lexicon, token.norm).length > 0;
  // "مدينة القريتين": behind a kind word a definite word is its name, whatever else it means.
  if (span.phrase.first < span.first) return !noun || token.norm.startsWith('ال');
  // "من تدمر": behind a preposition no verb stands.
  const before = lexicon.wordClasses(tokens[span.first - 1]?.norm ?? '');
  return before.has('preposition') && !noun && lexicon.wordClasses(token.norm).size === 0;
}

const overlaps = (a: TokenSpan, b: TokenSpan): boolean => a.first < b.last && b.first < a.last;

/** Behind these a country's name is a place, not its government. */
const LOCATIVE = new Set('في الي من داخل نحو باتجاه عبر ب شمال جنوب شرق غرب'.split(' '));

/** Actors and places without overlap: where both fit, the longer; a country's name by the word before it. */
function settle(
  tokens: readonly Token[],
  parties: readonly ActorSpan[],
  places: readonly PlaceSpan[],
  lexicon: Lexicon,
): Mark[] {
  const marks: Mark[] = [];
  const kept: ActorSpan[] = [];
  let from = 0;
  for (const actor of parties) {
    while ((places[from]?.last ?? Infinity) <= actor.first) from += 1;
    const place = places[from];
    const both = place !== undefined && overlaps(place, actor);
    const longer = both && place.last - place.first > actor.last - actor.first;
    const country =
      both && place.mention.kind === 'country' && LOCATIVE.has(tokens[actor.first - 1]?.norm ?? '');
    if (longer || country) continue;
    kept.push(widened(tokens, actor, kept.at(-1)?.last ?? 0, lexicon));
  }
  marks.push(...kept);
  let next = 0;
  for (const place of places) {
    while ((kept[next]?.last ?? Infinity) <= place.first) next += 1;
    const actor = kept[next];
    if (actor === undefined || !overlaps(actor, place)) marks.push(place);
  }
  return marks;
}

/** "مقاتلو قوات سوريا الديمقراطية", "عناصر تنظيم داعش": the party, named by its people. */
function widened(tokens: readonly Token[], actor: ActorSpan, free: number, lexicon: Lexicon): ActorSpan {
  let first = actor.first;
  while (first > free) {
    const norm = tokens[first - 1]?.norm ?? '';
    if (
      norm.startsWith('ال') ||
      !classesOf(lexicon, norm).has('troops') ||
      nounFramesOf(lexicon, norm).length > 0
    )
      break;
    first -= 1;
  }
  return first === actor.first ? actor : { ...actor, first };
}

/** Countries of the places named, most named first. */
function countriesOf(places: readonly PlaceSpan[]): string[] {
  const counts = new Map<string, number>();
  for (const { mention } of places)
    if (mention.country !== undefined) counts.set(mention.country, (counts.get(mention.country) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([country]) => country);
}
