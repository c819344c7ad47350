import type { Token } from '../../model/reading.ts';
import type { ActorLexicon, LexiconActor, NameUse } from './lexicon.ts';

/** What decides whom a generic word stands for. */
export interface ActorContext {
  /** Countries that the report is about, likeliest first (ISO 3166-1 alpha-2). Empty: told from the actors it names. */
  readonly countries: readonly string[];
  /** Day of publication: names pass from one actor to another. */
  readonly published?: string;
}

/** A name in the text, with all that it may stand for. */
export interface NameMatch {
  readonly first: number;
  readonly last: number;
  readonly values: readonly NameUse[];
}

const STATE_WEIGHT = 0.25;

/** Every longest name of the text, in order, without overlap, with what it may stand for in this text. */
export const namesIn = (tokens: readonly Token[], lexicon: ActorLexicon): readonly NameMatch[] =>
  withoutStrayEchoes(matchNames(tokens, lexicon));

function matchNames(tokens: readonly Token[], lexicon: ActorLexicon): NameMatch[] {
  const found: NameMatch[] = [];
  for (let i = 0; i < tokens.length;) {
    const match = tokens[i]?.kind === 'mark' ? undefined : lexicon.names.match(tokens, i);
    if (match !== undefined) found.push({ first: i, last: match.last, values: match.values });
    i = match?.last ?? i + 1;
  }
  return found;
}

/** A word or a person that means the speaker only where the report names that speaker. */
const isEcho = (value: NameUse): boolean =>
  (value.use === 'name' && value.echo === true) || (value.use === 'voice' && value.actor.kind === 'speaker');

/** Leaves out echoes of whom the report does not name: "a monitoring group" may be any. */
function withoutStrayEchoes(matches: readonly NameMatch[]): readonly NameMatch[] {
  const named = new Set<LexiconActor>();
  for (const { values } of matches)
    for (const value of values) if (value.use === 'name' && !isEcho(value)) named.add(value.actor);
  const isStray = (value: NameUse): boolean => isEcho(value) && !('actor' in value && named.has(value.actor));
  return matches.map((match) =>
    match.values.some(isStray)
      ? { ...match, values: match.values.filter((value) => !isStray(value)) }
      : match,
  );
}

/**
 * The countries of the parties that a text names, most named first. A party of one country counts in full, one that
 * is at war in two by half, a state by a quarter (it turns up in everybody's war).
 */
export function countriesOf(matches: readonly NameMatch[]): string[] {
  const votes = new Map<string, number>();
  for (const match of matches) {
    const actor = match.values.map(votingActor).find((found) => found !== undefined);
    if (actor === undefined || actor.countries.length > 2) continue;
    const weight = (actor.tags.has('state') ? STATE_WEIGHT : 1) / actor.countries.length;
    for (const country of actor.countries) votes.set(country, (votes.get(country) ?? 0) + weight);
  }
  return [...votes].sort((a, b) => b[1] - a[1]).map(([country]) => country);
}

function votingActor(value: NameUse): LexiconActor | undefined {
  if (value.use === 'modifier' || value.use === 'word') return undefined;
  return value.use === 'voice' || value.use === 'seat' || (value.use === 'name' && value.local)
    ? undefined
    : value.actor;
}

/** What a name may stand for, what fits the countries best first; local names only where their country is meant. */
export function ranked(values: readonly NameUse[], countries: readonly string[]): readonly NameUse[] {
  if (values.length === 1) return values.filter((value) => admitted(value, countries));
  const rank = (value: NameUse): number => {
    if (value.use === 'modifier' || value.use === 'word') return 50;
    const at = countries.findIndex((country) => value.actor.countries.includes(country));
    // A name outright goes before the adjective or the leader that is spelt like it.
    if (value.use !== 'name') return at < 0 ? 60 : at + 0.5;
    return at < 0 ? 20 : at;
  };
  return values.filter((value) => admitted(value, countries)).sort((a, b) => rank(a) - rank(b));
}

const admitted = (value: NameUse, countries: readonly string[]): boolean =>
  !((value.use === 'name' && value.local) || value.use === 'voice') ||
  // The two countries that the report is most about: a local short name means nothing elsewhere.
  // A minister of a state speaks for it wherever it fights.
  countries
    .slice(0, 2)
    .some(
      (country) =>
        value.actor.countries.includes(country) ||
        (value.use === 'voice' && value.actor.theatres.includes(country)),
    );
