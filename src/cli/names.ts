import type { Learnt } from '../app/knowledge.ts';
import { likelyActors } from '../config/actors.ts';
import type { LoadOptions, Lookup } from '../config/load.ts';
import { actorId } from '../model/ids.ts';
import { ROOT } from './root.ts';

/** What the settings' names of places and actors are checked against. */
export function namesIn({ places, reader }: Learnt): NonNullable<LoadOptions['lookups']> {
  const place: Lookup = (name) => {
    const found = places.lookup(name);
    if (found.kind === 'found') return { known: true, suggestions: [] };
    const described = (one: { name: string; id: string }): string => `${one.name} (${one.id})`;
    if (found.kind === 'ambiguous')
      return { known: false, several: true, suggestions: found.choices.map(described) };
    return { known: false, suggestions: found.suggestions.map(described) };
  };
  const actor: Lookup = (name) =>
    reader.actors.get(actorId(name)) === undefined
      ? { known: false, suggestions: likelyActors(ROOT, name) }
      : { known: true, suggestions: [] };
  return { place, actor };
}
