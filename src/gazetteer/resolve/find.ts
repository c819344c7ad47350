import type { Place } from '../../model/place.ts';
import type { PlaceSpan, Sentence, Token, TokenSpan } from '../../model/reading.ts';
import type { Gazetteer } from '../gazetteer.ts';
import type { NameHit } from '../match.ts';
import { isCapitalised } from '../words.ts';
import { evidenceOf, type Evidence } from './evidence.ts';
import { frameOf, type Frame } from './frame.ts';
import { withLocators } from './locators.ts';
import { spanOf } from './mention.ts';
import { besideOf } from './nearby.ts';
import {
  afterGivenName,
  afterPreposition,
  afterVerb,
  inRunOfNames,
  isCalledAfter,
  isNoPlace,
  onlyWord,
} from './notplaces.ts';
import { provisionals } from './provisional.ts';
import { ACCEPT, scoreOf, worthOfDistance, type Setting } from './score.ts';

export interface FindOptions {
  /** Token ranges that are something else (an actor's name): no place is sought in them. */
  readonly taken?: readonly TokenSpan[];
  /** ISO codes of countries that the report is known to be about, from its source. */
  readonly countries?: readonly string[];
  /** How much the parties that the report names speak for each country (ISO code): one for a party that fights in it alone. */
  readonly parties?: ReadonlyMap<string, number>;
  /** What `gazetteer.match` found in these tokens, when it was asked before. */
  readonly hits?: readonly NameHit[];
}

/** A hit with the words around it. */
interface Framed {
  readonly hit: NameHit;
  readonly frame: Frame;
  readonly preposition: boolean;
  /** A hospital, a street or the like bears the name. */
  readonly calledAfter: boolean;
}

interface Candidate extends Framed {
  /** Whether it may be a place at all, as far as its own words tell. */
  readonly plausible: boolean;
}

interface Scored {
  readonly place: Place;
  readonly score: number;
  readonly weight: number;
}

interface Choice {
  readonly candidate: Candidate;
  readonly place: Place;
  readonly alternatives: readonly Place[];
}

/** What a second look knows of the first one's places. */
type Surroundings = Pick<Setting, 'beside' | 'distance'>;
const NOTHING_KNOWN: Surroundings = { beside: [], distance: () => 0 };

/** `worthOfDistance`, worked out once a place. */
function distances(others: readonly Place[]): (place: Place) => number {
  const worths = new Map<Place, number>();
  return (place) => {
    const known = worths.get(place);
    if (known !== undefined) return known;
    const worth = worthOfDistance(place, others);
    worths.set(place, worth);
    return worth;
  };
}

/** From this weight on a name is so well known that its neighbours do not make it a person's. */
const WELL_KNOWN = 5.5;
const TITLE_CASE = 0.7;
const SHORT = 4;

/** Sentences whose words are nearly all capitalised: titles. */
function titleCased(tokens: readonly Token[], sentences: readonly Sentence[]): Set<number> {
  const titles = new Set<number>();
  for (const sentence of sentences) {
    let words = 0;
    let capital = 0;
    for (let at = sentence.first; at < sentence.last; at += 1) {
      const token = tokens[at];
      if (token?.kind !== 'word' || token.text.length <= 3) continue;
      words += 1;
      if (isCapitalised(token.text)) capital += 1;
    }
    if (words > 3 && capital / words >= TITLE_CASE) titles.add(sentence.index);
  }
  return titles;
}

/** The hit that each token belongs to, of overlapping ones the longest. */
function coverage(tokens: readonly Token[], hits: readonly NameHit[]): (NameHit | undefined)[] {
  const covered = new Array<NameHit | undefined>(tokens.length).fill(undefined);
  for (const hit of [...hits].sort((a, b) => a.last - a.first - (b.last - b.first)))
    for (let at = hit.first; at < hit.last; at += 1) covered[at] = hit;
  return covered;
}

/** Places that distances are measured to: more would not tell more, and a long text names thousands. */
const LANDMARKS = 40;

function mostNamed(places: readonly Place[]): Place[] {
  const counts = new Map<Place, number>();
  for (const place of places) counts.set(place, (counts.get(place) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, LANDMARKS)
    .map(([place]) => place);
}

/** One reading of one report. */
class Finder {
  private readonly candidates: readonly Candidate[];
  /** The candidates from left to right, the longest of those that start together first. */
  private readonly byStart: readonly Candidate[];
  private readonly covered: readonly (NameHit | undefined)[];
  private readonly evidence: Evidence;
  private readonly titles: ReadonlySet<number>;
  private readonly tokens: readonly Token[];
  private readonly gazetteer: Gazetteer;

  constructor(
    tokens: readonly Token[],
    sentences: readonly Sentence[],
    gazetteer: Gazetteer,
    options: FindOptions,
  ) {
    this.tokens = tokens;
    this.gazetteer = gazetteer;
    this.titles = titleCased(tokens, sentences);
    const taken = new Set<number>();
    for (const span of options.taken ?? []) for (let at = span.first; at < span.last; at += 1) taken.add(at);
    const isFree = ({ first, last }: NameHit): boolean => {
      for (let at = first; at < last; at += 1) if (taken.has(at)) return false;
      return true;
    };
    const hits = (options.hits ?? gazetteer.match(tokens)).filter(isFree);
    this.covered = coverage(tokens, hits);
    this.candidates = hits.map((hit) => {
      const frame = frameOf(tokens, hit);
      const framed = {
        hit,
        frame,
        preposition: afterPreposition(tokens, frame.phrase.first),
        calledAfter: isCalledAfter(tokens, hit),
      };
      return { ...framed, plausible: this.mayBePlace(framed, false) };
    });
    this.byStart = this.candidates.toSorted(
      (a, b) =>
        a.hit.first - b.hit.first ||
        b.hit.last - a.hit.last ||
        Number(a.hit.stripped) - Number(b.hit.stripped),
    );
    this.evidence = evidenceOf(
      tokens,
      this.candidates.filter(({ plausible }) => plausible).map(({ hit }) => hit),
      gazetteer,
      options.countries ?? [],
      options.parties,
    );
  }

  run(): Choice[] {
    const first = this.choose(() => NOTHING_KNOWN);
    const resolved = new Map(first.map((choice) => [choice.candidate.hit, choice.place]));
    const distance = distances(mostNamed(first.map((choice) => choice.place)));
    const placesOf = (hit: NameHit): readonly Place[] => {
      const chosen = resolved.get(hit);
      const namesakes = hit.bearers.filter(({ entry }) => entry.curated).map(({ entry }) => entry.place);
      return chosen === undefined ? [] : [chosen, ...namesakes];
    };
    return this.choose((candidate) => ({
      beside: besideOf(this.tokens, candidate.hit, this.covered, placesOf),
      distance,
    }));
  }

  /** @param inside a place beside it holds one of its bearers */
  private mayBePlace({ hit, frame, preposition }: Framed, inside: boolean): boolean {
    const kind = frame.kinds !== undefined || frame.part !== undefined;
    const verb = afterVerb(this.tokens, frame.phrase.first);
    const cue = kind || preposition || inside || verb;
    if (isNoPlace(this.tokens, hit, { kind, any: cue })) return false;
    const only = onlyWord(this.tokens, hit);
    const single = only !== undefined;
    // A short word that is merely spelt like a name is most likely another word ("Key", "Late").
    if (only !== undefined && only.norm.length <= SHORT && !kind && !hit.bearers.some(({ exact }) => exact))
      return false;
    const before = this.covered[hit.first - 1];
    const inLongerName = before !== undefined && onlyWord(this.tokens, before) === undefined;
    if (!inLongerName && afterGivenName(this.tokens, hit.first)) return false;
    if (single && this.isOther(hit)) return false;
    if (!cue && hit.bearers.every(({ distance }) => distance > 0)) return false;
    const known = hit.bearers.some(({ entry, exact }) => exact && entry.weight >= WELL_KNOWN);
    const bulk = hit.bearers.every(({ entry }) => !entry.curated);
    // A town of the world in bulk is not looked for inside a longer name ("Porto" in "Porto Amboim"), cue or no cue.
    if (!bulk && (cue || known || !single)) return true;
    const title = this.titles.has(this.tokens[hit.first]?.sentence ?? -1);
    return !inRunOfNames(this.tokens, hit, (at) => this.explained(at), title);
  }

  /** A word for a country's people or things is no place that is merely spelt like it ("Syrian", "Sarrin"). */
  private isOther(hit: NameHit): boolean {
    const only = onlyWord(this.tokens, hit);
    return (
      only !== undefined &&
      this.gazetteer.demonymOf(only.spelling) !== null &&
      !hit.bearers.some(({ exact }) => exact)
    );
  }

  /** Is the capitalised token part of a place's name, or an adjective of one? */
  private explained(at: number): boolean {
    const token = this.tokens[at];
    return (
      this.covered[at] !== undefined ||
      token === undefined ||
      this.gazetteer.demonymOf(token.spelling) !== null ||
      /^\p{Lu}{2,}/u.test(token.text) ||
      isNoPlace(this.tokens, { first: at, last: at + 1 }, { kind: true, any: true })
    );
  }

  /** Best reading of each stretch of text: from left to right, the longest name that resolves. */
  private choose(context: (candidate: Candidate) => Surroundings): Choice[] {
    const choices: Choice[] = [];
    let free = 0;
    for (const candidate of this.byStart) {
      if (candidate.hit.first < free) continue;
      const choice = this.resolve(candidate, context(candidate));
      if (choice === undefined) continue;
      choices.push(choice);
      free = candidate.hit.last;
    }
    return choices;
  }

  private resolve(candidate: Candidate, { beside, distance }: Surroundings): Choice | undefined {
    const inside = beside.some((place) =>
      candidate.hit.bearers.some(({ entry }) => entry.place.within.includes(place.id)),
    );
    if (!(inside ? this.mayBePlace(candidate, true) : candidate.plausible)) return undefined;
    const setting = {
      evidence: this.evidence,
      frame: candidate.frame,
      stripped: candidate.hit.stripped,
      calledAfter: candidate.calledAfter,
      preposition: candidate.preposition || candidate.frame.kinds !== undefined,
      beside,
      distance,
    };
    const fitting: Scored[] = [];
    for (const bearer of candidate.hit.bearers) {
      const score = scoreOf(bearer, setting);
      const { place, weight } = bearer.entry;
      if (score >= ACCEPT) fitting.push({ place, score, weight });
    }
    if (fitting.length > 1)
      fitting.sort((a, b) => b.score - a.score || b.weight - a.weight || (a.place.id < b.place.id ? -1 : 1));
    const [best, ...rest] = fitting;
    return best && { candidate, place: best.place, alternatives: rest.map((each) => each.place) };
  }
}

/**
 * Places that a report names, in text order, none overlapping: gazetteer names resolved by the report's own words, and
 * names that the words around them make places although the gazetteer has none ("the village of Nebabile"), which stay
 * without `id`. Generic words ("the city") are not looked at. Same text, same gazetteer: same answer.
 */
export function findPlaces(
  body: string,
  tokens: readonly Token[],
  sentences: readonly Sentence[],
  gazetteer: Gazetteer,
  options: FindOptions = {},
): PlaceSpan[] {
  const choices = new Finder(tokens, sentences, gazetteer, options).run();
  const known = choices.map(({ candidate, place, alternatives }) =>
    spanOf(body, tokens, gazetteer, {
      span: candidate.hit,
      frame: candidate.frame,
      place,
      alternatives: alternatives.map((other) => other.id),
    }),
  );
  const unknown = provisionals(body, tokens, known, gazetteer, options.taken ?? []);
  return withLocators(
    tokens,
    [...known, ...unknown].sort((a, b) => a.first - b.first),
    gazetteer,
    options.taken ?? [],
  );
}
