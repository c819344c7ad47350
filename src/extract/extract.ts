import type { Statement } from '../model/statement.ts';
import type { Gazetteer } from '../gazetteer/gazetteer.ts';
import { provisionalPlaces } from '../gazetteer/resolve/provisional.ts';
import type { ActorLexicon } from './actors.ts';
import { analyse } from './analyse.ts';
import { analyseArabic } from './arabic/analyse.ts';
import { readArabic } from './arabic/read.ts';
import { capitalAt, countryAt, countryOf } from './country.ts';
import type { Lexicon } from './lexicon/lexicon.ts';
import { read, type Readable } from './read.ts';
import type { SpeakerWords } from './speakers.ts';
import type { Trace } from './refine/draft.ts';
import type { Annotated } from './read.ts';

export type { Readable } from './read.ts';

/** Counts up with every change that may alter what is found in a text. */
export const ENGINE_VERSION = '1';

/** All that reading needs to know. Immutable; loaded once by `config/knowledge.ts`. */
export interface Knowledge {
  readonly gazetteer: Gazetteer;
  readonly actors: ActorLexicon;
  /** Lexicons by language, BCP 47 primary subtag. */
  readonly lexicons: ReadonlyMap<string, Lexicon>;
  /** Words around speakers, by language. */
  readonly speakers: ReadonlyMap<string, SpeakerWords>;
}

/**
 * The statements that a report makes, by where they stand in it. Same report, same knowledge: same answer. A report in a
 * language without a lexicon has none.
 */
export function extract(report: Readable, knowledge: Knowledge): readonly Statement[] {
  return extractTraced(report, knowledge)?.statements ?? [];
}

export interface Traced {
  readonly annotated: Annotated;
  readonly lexicon: Lexicon;
  readonly statements: readonly Statement[];
}

/** How a language is read; by its subtag. What is not here is read as English is. */
const ENGINES: Readonly<
  Record<string, { readonly read: typeof readArabic; readonly analyse: typeof analyse }>
> = {
  ar: { read: readArabic, analyse: analyseArabic },
};
const ENGLISH = { read, analyse };

/** `extract` with what it was made from; refiners report to `trace`. */
export function extractTraced(report: Readable, knowledge: Knowledge, trace?: Trace): Traced | undefined {
  const language = report.language.split('-')[0]?.toLowerCase() ?? '';
  const lexicon = knowledge.lexicons.get(language);
  const speakers = knowledge.speakers.get(language);
  if (lexicon === undefined || speakers === undefined) return undefined;
  const { gazetteer, actors } = knowledge;
  const engine = ENGINES[language] ?? ENGLISH;
  const annotated = engine.read(report, gazetteer, actors, speakers, lexicon);
  const { reading, day, countries, attributions } = annotated;
  const provisional = provisionalPlaces(reading, gazetteer);
  const statements = engine.analyse(
    reading,
    {
      lexicon,
      actors,
      day,
      countries,
      attributions,
      provisional: (span) => provisional(span).mention,
      country: countryOf(reading, countries, gazetteer),
      countryAt: (code, span) => countryAt(reading, code, span, gazetteer),
      capitalAt: (code, span) => capitalAt(reading, code, span, gazetteer),
      demonym: (norm) => gazetteer.demonym(norm),
      contains: (container, place) =>
        container.id !== undefined && place.id !== undefined && gazetteer.contains(container.id, place.id),
    },
    trace,
  );
  return { annotated, lexicon, statements };
}
