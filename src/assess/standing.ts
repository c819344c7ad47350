import type { ReportId } from '../model/ids.ts';
import type { Claim, Reason, Standing } from '../model/incident.ts';
import { ascending, byText } from './id.ts';
import { names, reason } from './reasons.ts';

const oldestFirst = (a: Claim, b: Claim): number => ascending(a.at, b.at) || byText(a.statement, b.statement);

/** Each origin's newest word, in the order in which the origins last spoke. */
function newest(claims: readonly Claim[]): readonly Claim[] {
  const sorted = [...claims].sort(oldestFirst);
  // "Residents" who saw it taken and "residents" who say that it is still held need not be the same.
  const keyOf = (claim: Claim): string =>
    isUnnamed(claim.origin) && claim.instead !== undefined ? `${claim.origin.key}|instead` : claim.origin.key;
  const byOrigin = new Map(sorted.map((claim) => [keyOf(claim), claim]));
  return sorted.filter((claim) => byOrigin.get(keyOf(claim)) === claim);
}

/** Reports that share their words, directly or through others, have one name: that of the first of them. */
function textsOf(claims: readonly Claim[]): (report: ReportId) => ReportId {
  const names = new Map<ReportId, ReportId>();
  const nameOf = (report: ReportId): ReportId => names.get(report) ?? report;
  for (const { report, drawsOn = [] } of claims)
    for (const other of drawsOn) {
      const [a, b] = [nameOf(report), nameOf(other)];
      const [first, second] = a < b ? [a, b] : [b, a];
      for (const one of [report, other, ...names.keys()]) if (nameOf(one) === second) names.set(one, first);
    }
  return nameOf;
}

/**
 * What an outlet says in its own voice is no word of its own when it quotes a speaker for it, then, later, or in a text that
 * it shares with others; and of texts that share their words, the first one's counts.
 */
function withoutEchoes(claims: readonly Claim[]): readonly Claim[] {
  const textOf = textsOf(claims);
  const quoted = claims.filter(({ origin, stance }) => origin.kind === 'speaker' && stance !== 'denies');
  const outlets = new Set(quoted.map(({ outlet }) => outlet));
  const texts = new Set(quoted.map(({ report }) => textOf(report)));
  const first = new Map<ReportId, Claim>();
  const own = [...claims].filter(({ origin }) => origin.kind === 'outlet').sort(oldestFirst);
  for (const claim of own) {
    const text = textOf(claim.report);
    if (!first.has(text)) first.set(text, claim);
  }
  return claims.filter(
    ({ origin, stance, outlet, report }) =>
      origin.kind === 'speaker' ||
      ((stance === 'denies' || (!outlets.has(outlet) && !texts.has(textOf(report)))) &&
        first.get(textOf(report))?.origin.key === origin.key),
  );
}

/** "Activists", "a monitoring group", "local sources": who they are, and that they are two, nobody can say. */
const isUnnamed = ({ kind, key, name }: Claim['origin']): boolean =>
  kind === 'speaker' && key.startsWith('name:') && !/\p{Lu}/u.test(name);

/** One of each group of origins that are not known to be independent: who speak for one side, and who have no name. */
function independent(claims: readonly Claim[]): readonly Claim[] {
  const groupOf = ({ origin }: Claim): string =>
    origin.alignment ?? (isUnnamed(origin) ? 'unnamed' : origin.key);
  return [...new Map(claims.map((claim) => [groupOf(claim), claim])).values()];
}

const RANKS: Readonly<Record<Standing, number>> = {
  denied: 0,
  contested: 0,
  stale: 0,
  claimed: 1,
  reported: 2,
  confirmed: 3,
};
export const isSurer = (a: Standing, b: Standing): boolean => RANKS[a] > RANKS[b];

const originNames = (claims: readonly Claim[]): string => names(claims.map((claim) => claim.origin.name));

/**
 * How sure something is by the claims on it, and why, in a sentence's worth.
 *
 * `contested`: said and denied. `denied`: only denied. `confirmed`: an origin that loses by it admits it, or two independent
 * origins that do not gain by it say so. `reported`: one such origin, or several that are not known to be independent.
 * `claimed`: only origins that gain by it.
 */
export function standingOf(claims: readonly Claim[]): { readonly standing: Standing; readonly why: Reason } {
  const live = newest(withoutEchoes(claims));
  const by = (stance: Claim['stance']): readonly Claim[] => live.filter((claim) => claim.stance === stance);
  const denies = by('denies');
  const affirm = live.filter((claim) => claim.stance !== 'denies');
  const [holds] = denies.flatMap(({ instead }) => instead ?? []);
  if (affirm.length > 0 && holds !== undefined && denies.every(({ instead }) => instead !== undefined))
    return {
      standing: 'contested',
      why: reason('standing.conflict', {
        origins: originNames(affirm),
        others: originNames(denies),
        holders: holds,
      }),
    };
  if (denies.length > 0 && affirm.length > 0)
    return {
      standing: 'contested',
      why: reason('standing.contested', { says: originNames(affirm), denies: originNames(denies) }),
    };
  if (denies.length > 0)
    return { standing: 'denied', why: reason('standing.denied', { denies: originNames(denies) }) };
  const admits = by('admits');
  if (admits.length > 0)
    return { standing: 'confirmed', why: reason('standing.admitted', { origins: originNames(admits) }) };
  const says = by('says');
  const voices = independent(says);
  if (voices.length > 1)
    return { standing: 'confirmed', why: reason('standing.confirmed', { origins: originNames(voices) }) };
  if (voices.length === 1)
    return { standing: 'reported', why: reason('standing.reported', { origins: originNames(says) }) };
  return { standing: 'claimed', why: reason('standing.claimed', { origins: originNames(by('gains')) }) };
}
