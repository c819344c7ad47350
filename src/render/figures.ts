import type { Claim, Fact } from '../model/incident.ts';
import type { Line } from '../model/message.ts';
import type { Figure } from '../model/statement.ts';
import { literal, untrusted } from './inline.ts';
import type { StringKey } from './keys.ts';
import { PLACEHOLDERS } from './keys.ts';
import { date, list, number, say, type Strings } from './strings.ts';

const isKey = (key: string): key is Extract<StringKey, `unit.${string}`> =>
  key.startsWith('unit.') && Object.hasOwn(PLACEHOLDERS, key);

/** "people", "bus"; a unit that the locale does not know keeps the report's word. */
export function unitName(unit: string, count: number, strings: Strings): Line {
  const key = `unit.${unit}`;
  return isKey(key) ? say(strings, key, { count }) : [untrusted(unit)];
}

/** Words of a report that make a bare number an estimate (IDMC's qualifiers for figures); reports are in English so far. */
const ESTIMATE = /\b(?:about|around|some|roughly|approximately|nearly|almost|close to|estimated)\b/iu;
const AT_LEAST = /\b(?:at least|no fewer than|a minimum of)\b/iu;
const FEWER = /\b(?:fewer|less|lower) than\b|\b(?:under|below)\b/iu;
/** Orders of magnitude: "hundreds" is no number, so it is told in the report's word. */
const MANY = /\b(?:(?:tens|hundreds) of thousands|tens|hundreds|thousands|dozens|scores)\b/iu;

/** How many, and whether these are further ones or all so far. */
export function figureLine(figure: Figure, strings: Strings): Line {
  const line = amount(figure, strings);
  return figure.counts === undefined ? line : say(strings, `figure.${figure.counts}`, { figure: line });
}

/** "about 1,500 people", "more than 500 families", "hundreds of civilians", "six to eight buses": never surer than the report. */
function amount(figure: Figure, strings: Strings): Line {
  const { low, high, text } = figure;
  const count = high ?? low ?? 2;
  const unit = unitName(figure.unit, count, strings);
  const many = low !== high && !/\d/.test(text) ? MANY.exec(text)?.[0] : undefined;
  if (many !== undefined) return say(strings, 'figure.many', { word: untrusted(many.toLowerCase()), unit });
  if (low !== undefined && high !== undefined) {
    if (low !== high)
      return say(strings, 'figure.range', { low: number(low, strings), high: number(high, strings), unit });
    const key = ESTIMATE.test(text) ? 'figure.about' : 'figure.exact';
    return say(strings, key, { number: number(low, strings), unit });
  }
  if (low !== undefined)
    return say(strings, AT_LEAST.test(text) ? 'figure.at_least' : 'figure.more_than', {
      number: number(low, strings),
      unit,
    });
  if (high !== undefined)
    return say(strings, FEWER.test(text) ? 'figure.fewer_than' : 'figure.up_to', {
      number: number(high, strings),
      unit,
    });
  return [untrusted(text)];
}

const sameFigure = (a: Figure, b: Figure): boolean =>
  a.low === b.low && a.high === b.high && a.unit === b.unit && a.counts === b.counts;

interface Told {
  readonly figure: Figure;
  readonly origins: readonly string[];
  readonly date?: string;
}

/**
 * The claims with the counts that still stand: of one origin's counts of one sort the newest, in the order of the reports. What
 * came on top of others stands until it gives a sum of all.
 */
function withoutOutdated(claims: readonly Claim[]): readonly Claim[] {
  return claims.map((claim, i) => {
    const later = claims
      .slice(i + 1)
      .filter(({ origin, report }) => origin.key === claim.origin.key && report !== claim.report)
      .flatMap(({ figures }) => figures);
    const stands = ({ unit, counts }: Figure): boolean =>
      !later.some(
        (now) =>
          now.unit === unit && (counts === 'further' ? now.counts === 'total' : now.counts !== 'further'),
      );
    return { ...claim, figures: claim.figures.filter(stands) };
  });
}

/** Figures of the facts, each once, with everyone who gives it. Figures of different days are told with their day. */
function toldFigures(facts: readonly Fact[]): readonly Told[] {
  const days = new Set(facts.map((fact) => fact.date));
  const told: Told[] = [];
  for (const fact of facts)
    for (const claim of withoutOutdated(fact.claims))
      for (const figure of claim.figures) {
        const day = days.size > 1 ? fact.date : undefined;
        const at = told.findIndex((one) => sameFigure(one.figure, figure) && one.date === day);
        const known = told[at];
        if (!known)
          told.push({ figure, origins: [claim.origin.name], ...(day !== undefined && { date: day }) });
        else if (!known.origins.includes(claim.origin.name))
          told[at] = { ...known, origins: [...known.origins, claim.origin.name] };
      }
  return told;
}

const names = (origins: readonly string[], strings: Strings): Line =>
  list(
    origins.map((origin) => [untrusted(origin)]),
    strings,
  );

/** A line for each figure: how many, by whose count, of which day where the days differ. */
export const figureLines = (facts: readonly Fact[], strings: Strings): readonly Line[] =>
  toldFigures(facts).map((one) => {
    const values = { figure: figureLine(one.figure, strings), origin: names(one.origins, strings) };
    return one.date === undefined
      ? say(strings, 'figure.by', values)
      : say(strings, 'figure.by_on', { ...values, date: literal(date(one.date, strings)) });
  });

/** How many a fact is of: by whose count only where they differ, as who says so stands beside it. */
export function countsOf(fact: Fact, strings: Strings): Line | undefined {
  const told = toldFigures([fact]);
  const [first, ...others] = told;
  if (!first) return undefined;
  return others.length === 0
    ? figureLine(first.figure, strings)
    : list(figureLines([fact], strings), strings);
}

/** Counts of people and counts of vehicles are not compared with each other. */
const VEHICLES: ReadonlySet<string> = new Set(['buses', 'vehicles', 'trucks', 'ambulances', 'cars']);

/** What others count of the same sort: "about 1,500 people (Khaled Abdul Majid)". */
export function otherFigures(
  claims: readonly Claim[],
  { origin, now }: { readonly origin: string; readonly now: Figure },
  strings: Strings,
): Line {
  const comparable = (figure: Figure): boolean => VEHICLES.has(figure.unit) === VEHICLES.has(now.unit);
  // What the same report brings was not told before.
  const brought = new Set(
    claims
      .filter((claim) => claim.origin.name === origin && claim.figures.some((one) => sameFigure(one, now)))
      .map(({ report }) => report),
  );
  const others = withoutOutdated(claims)
    .filter((claim) => claim.origin.name !== origin && !brought.has(claim.report))
    .flatMap((claim) =>
      claim.figures.filter(comparable).map((figure) => ({ figure, by: claim.origin.name })),
    );
  return list(
    others.map(({ figure, by }) =>
      say(strings, 'figure.by', { figure: figureLine(figure, strings), origin: untrusted(by) }),
    ),
    strings,
  );
}
