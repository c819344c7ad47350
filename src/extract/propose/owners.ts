import type { ActorId } from '../../model/ids.ts';
import type { ActorSpan, Reading } from '../../model/reading.ts';
import type { ActorLexicon } from '../actors.ts';

/**
 * Parties that only an adjective names, where the annotator rightly finds no actor: "rebel control", "the regime's
 * siege", "government hands". They count as owners of the noun behind them, never as actors by themselves.
 */
export function findOwners(
  reading: Reading,
  actors: Pick<ActorLexicon, 'names' | 'role' | 'get'>,
  countries: readonly string[],
): ActorSpan[] {
  const taken = new Set<number>();
  for (const mark of reading.marks)
    if (mark.kind === 'actor') for (let i = mark.first; i < mark.last; i += 1) taken.add(i);
  const found: ActorSpan[] = [];
  for (let i = 0; i < reading.tokens.length; i += 1) {
    if (taken.has(i) || reading.tokens[i]?.kind !== 'word') continue;
    const match = actors.names.match(reading.tokens, i);
    const id = match?.values
      .map((value) => ownerId(actors, value, countries))
      .find((one) => one !== undefined);
    if (match === undefined || id === undefined) continue;
    found.push({
      kind: 'actor',
      first: i,
      last: match.last,
      id,
      role: actors.get(id)?.kind ?? 'bloc',
      generic: false,
    });
    i = match.last - 1;
  }
  return found;
}

type Use = NonNullable<ReturnType<ActorLexicon['names']['match']>>['values'][number];

function ownerId(
  actors: Pick<ActorLexicon, 'role'>,
  value: Use,
  countries: readonly string[],
): ActorId | undefined {
  switch (value.use) {
    case 'modifier':
    case 'word':
      return (
        countries.map((country) => actors.role(country, value.generic.role)).find((id) => id !== undefined) ??
        value.generic.bloc
      );
    case 'name':
      // A local name means its bearer only in a report on one of its countries.
      if (value.local && !countries.slice(0, 2).some((country) => value.actor.countries.includes(country)))
        return undefined;
      return value.actor.kind === 'speaker' ? undefined : value.actor.id;
    case 'demonym':
    case 'leader':
      return value.actor.kind === 'speaker' ? undefined : value.actor.id;
    default:
      return undefined;
  }
}
