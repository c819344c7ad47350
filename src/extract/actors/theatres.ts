import type { ActorSpan } from '../../model/reading.ts';
import type { ActorLexicon } from './lexicon.ts';

/**
 * How much the parties that a report names speak for each country (ISO 3166-1 alpha-2): a party counts as one, shared
 * out among the countries where it fights. What places are called in a war is known by who fights it, where the report
 * names no country: "Houthi fighters took Bayda".
 */
export function theatresOf(
  spans: readonly ActorSpan[],
  lexicon: Pick<ActorLexicon, 'get'>,
): ReadonlyMap<string, number> {
  const votes = new Map<string, number>();
  for (const { id, role, generic } of spans) {
    const actor = id === undefined || generic || role !== 'party' ? undefined : lexicon.get(id);
    if (actor === undefined) continue;
    const countries = [...actor.countries, ...actor.theatres];
    for (const country of countries) votes.set(country, (votes.get(country) ?? 0) + 1 / countries.length);
  }
  return votes;
}
