import type { Token } from '../../model/reading.ts';
import { isCapitalised } from '../words.ts';
import type { Gazetteer } from '../gazetteer.ts';
import type { NameHit } from '../match.ts';

/** How much a report speaks of each country, 0 … 1, the most mentioned at 1. */
export interface Evidence {
  readonly share: (country: string) => number;
  /** Was the country named, or a word for its people or things used? */
  readonly named: (country: string) => boolean;
  /** Does it border on a country that the report speaks of? */
  readonly near: (country: string) => boolean;
  readonly empty: boolean;
}

/** Land borders of the countries that reports of war are about (CIA World Factbook). */
const BORDERS: ReadonlyMap<string, ReadonlySet<string>> = bordersOf({
  SY: 'TR IQ JO LB IL',
  IQ: 'SY TR IR KW SA JO',
  LB: 'SY IL',
  IL: 'LB SY JO EG PS',
  PS: 'IL JO EG',
  YE: 'SA OM',
  LY: 'EG SD TD NE DZ TN',
  SD: 'EG LY TD CF SS ET ER',
  SS: 'SD ET KE UG CD CF',
  ET: 'ER DJ SO KE SS SD',
  SO: 'ET KE DJ',
  UA: 'RU BY PL SK HU RO MD',
  RU: 'UA BY GE AZ',
  MM: 'BD IN CN LA TH',
  CD: 'CG CF SS UG RW BI TZ ZM AO',
  ML: 'DZ NE BF CI GN SN MR',
  BF: 'ML NE BJ TG GH CI',
  NE: 'NG BF ML DZ LY TD BJ',
  NG: 'NE TD CM BJ',
  AF: 'PK IR TM UZ TJ CN',
  AZ: 'AM GE RU IR TR',
  AM: 'AZ GE TR IR',
});

function bordersOf(written: Readonly<Record<string, string>>): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(Object.entries(written).map(([country, others]) => [country, new Set(others.split(' '))]));
}

const COUNTRY_NAME = 2;
const DEMONYM = 1;
const SURE_PLACE = 2;
/** A party that fights in one country only; however many are named, they count as this many. */
const PARTY = 1;
const MOST_PARTIES = 3;
/** One name repeated does not weigh more than this many mentions. */
const CAP = 4;

/** Weight from which a place is known well enough to speak for its country. */
const WELL_KNOWN = 5;

/**
 * Counts country names, demonyms, well-known places that only one country has, and the countries of parties.
 *
 * @param assumed countries that the report is known to be about
 * @param parties how often parties that fight in a country are named, each by one over the number of its countries
 */
export function evidenceOf(
  tokens: readonly Token[],
  hits: readonly NameHit[],
  gazetteer: Gazetteer,
  assumed: readonly string[],
  parties: ReadonlyMap<string, number> = new Map(),
): Evidence {
  const votes = new Map<string, Map<string, number>>();
  const named = new Set<string>();
  const vote = (country: string, key: string, weight: number): void => {
    const keys = votes.get(country) ?? new Map<string, number>();
    votes.set(country, keys);
    keys.set(key, Math.min((keys.get(key) ?? 0) + weight, weight * CAP));
  };
  for (const token of tokens) {
    if (token.kind !== 'word' || !isCapitalised(token.text)) continue;
    const country = gazetteer.demonymOf(token.spelling);
    if (country === null) continue;
    vote(country, token.norm, DEMONYM);
    named.add(country);
  }
  for (const hit of hits) {
    const nation = hit.bearers.find((bearer) => bearer.entry.place.kind === 'country');
    if (nation !== undefined) {
      vote(nation.entry.place.country, nation.entry.place.id, COUNTRY_NAME);
      named.add(nation.entry.place.country);
      continue;
    }
    const sure = hit.bearers.filter(
      ({ entry, exact }) => exact && entry.curated && entry.weight >= WELL_KNOWN,
    );
    const countries = new Set(sure.map(({ entry }) => entry.place.country));
    const [only] = countries;
    if (countries.size === 1 && only !== undefined) vote(only, sure[0]?.entry.place.id ?? '', SURE_PLACE);
  }
  for (const country of assumed) {
    vote(country, 'assumed', COUNTRY_NAME * CAP);
    named.add(country);
  }
  for (const [country, weight] of parties) vote(country, 'parties', Math.min(weight, MOST_PARTIES) * PARTY);
  const totals = new Map(
    [...votes].map(([country, keys]) => [country, [...keys.values()].reduce((sum, n) => sum + n, 0)]),
  );
  const most = Math.max(0, ...totals.values());
  return {
    share: (country) => (most === 0 ? 0 : (totals.get(country) ?? 0) / most),
    named: (country) => named.has(country),
    near: (country) => votes.keys().some((other) => BORDERS.get(other)?.has(country) === true),
    empty: most === 0,
  };
}
