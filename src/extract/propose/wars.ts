import type { ActorMention } from '../../model/actor.ts';
import type { PlaceMention } from '../../model/place.ts';
import { isState } from '../refine/alliances.ts';
import type { Context } from './context.ts';
import type { Proposal } from './proposal.ts';

/** Countries where a party fights: its own and those whose wars it takes part in. */
function groundsOf({ actors }: Context, { id }: ActorMention): readonly string[] {
  const actor = id === undefined ? undefined : actors.get(id);
  return actor === undefined ? [] : [...actor.countries, ...actor.theatres];
}

/** The countries where two of the parties meet; of a single one that is no state, where it fights. */
function warOf(context: Context, parties: readonly ActorMention[]): readonly string[] {
  const grounds = parties.map((party) => groundsOf(context, party)).filter((list) => list.length > 0);
  const shared = grounds.flatMap((one, index) =>
    one.filter((country) => grounds.some((other, at) => at !== index && other.includes(country))),
  );
  if (shared.length > 0) return [...new Set(shared)];
  const local = parties.find(({ id }) => id !== undefined && !isState(context.actors, id));
  return local === undefined ? [] : groundsOf(context, local);
}

/** Whether the parties of an agreement fight nowhere near a place: they only met there ("signed a truce in Pretoria"). */
export function onlyMetAt(context: Context, { parties }: Proposal, { country }: PlaceMention): boolean {
  const war = warOf(context, parties);
  return country !== undefined && war.length > 0 && !war.includes(country);
}

/**
 * The country of the war that two parties end, where the report names none: "SAF and RSF agreed to a ceasefire" is
 * Sudan's. Undefined where they fight in several.
 */
export function countryOfWar(context: Context, { parties, sentence }: Proposal): PlaceMention | undefined {
  const [country, ...others] = warOf(context, parties);
  if (country === undefined || others.length > 0 || parties.length < 2) return undefined;
  const span = context.reading.marks.find(
    (mark) =>
      mark.kind === 'actor' &&
      context.reading.tokens[mark.first]?.sentence === sentence &&
      parties.some(({ id }) => id !== undefined && id === mark.id),
  );
  return span && context.countryAt(country, span);
}
