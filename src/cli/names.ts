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
    const near = found.kind === 'ambiguous' ? found.choices : found.suggestions;
    return { known: false, suggestions: near.map((one) => `${one.name} (${one.id})`) };
  };
  const actor: Lookup = (name) =>
    reader.actors.get(actorId(name)) === undefined
      ? { known: false, suggestions: likelyActors(ROOT, name) }
      : { known: true, suggestions: [] };
  return { place, actor };
}
