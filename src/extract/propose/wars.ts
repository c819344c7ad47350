import type { ActorMention } from '../../model/actor.ts';
import type { PlaceMention } from '../../model/place.ts';
import { isState } from '../refine/alliances.ts';
import type { Context } from './context.ts';
import { distinct, mention } from './forces.ts';
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

/** Those whom an agreement is between, by its own words, else by its sentence. */
function sidesOf(context: Context, { parties, sentence }: Proposal): readonly ActorMention[] {
  if (parties.length > 1) return parties;
  const named = context.reading.marks.flatMap((mark) =>
    mark.kind === 'actor' &&
    mark.role === 'party' &&
    mark.id !== undefined &&
    mark.epithet === undefined &&
    context.reading.tokens[mark.first]?.sentence === sentence
      ? [mention(context, mark)]
      : [],
  );
  const told = distinct([...parties, ...named]);
  return told.length > 1 ? told : parties;
}

/** Whether the parties of an agreement fight nowhere near a place: they only met there ("signed a truce in Pretoria"). */
export function onlyMetAt(context: Context, agreement: Proposal, { country }: PlaceMention): boolean {
  const war = warOf(context, sidesOf(context, agreement));
  return country !== undefined && war.length > 0 && !war.includes(country);
}

/**
 * The country of the war that parties end, where the report names none: "SAF and RSF agreed to a ceasefire" is Sudan's.
 * Undefined where they fight in several.
 */
export function countryOfWar(context: Context, agreement: Proposal): PlaceMention | undefined {
  const { sentence } = agreement;
  const parties = sidesOf(context, agreement);
  const [country, ...others] = warOf(context, parties);
  if (country === undefined || others.length > 0) return undefined;
  const span = context.reading.marks.find(
    (mark) =>
      mark.kind === 'actor' &&
      context.reading.tokens[mark.first]?.sentence === sentence &&
      parties.some(({ id }) => id !== undefined && id === mark.id),
  );
  return span && context.countryAt(country, span);
}
