import type { Message } from '../model/message.ts';
import { placeKey, placeKeyOf, type Place, type PlaceRef } from '../model/place.ts';
import { renderAmbiguousPlace, renderUnknownPlace } from '../render/answers.ts';
import type { CommandContext } from './definition.ts';

type Lookups = Pick<CommandContext, 'store' | 'places' | 'wording'>;

/** What was meant, or the question to ask back. */
export type Found<T> =
  { readonly kind: 'place'; readonly place: T } | { readonly kind: 'ask'; readonly message: Message };

/** Words for all places at once. */
const EVERYWHERE = new Set(['everywhere', 'everything', 'all', '*', 'كل مكان', 'الكل']);
export const isEverywhere = (name: string): boolean => EVERYWHERE.has(name.trim().toLowerCase());

const place = <T>(found: T): Found<T> => ({ kind: 'place', place: found });
const ask = <T>(message: Message): Found<T> => ({ kind: 'ask', message });

/** A place of the gazetteer. `command`: what the buttons of a question run. */
export function findPlace(name: string, command: string, { places, wording }: Lookups): Found<Place> {
  const found = places.lookup(name);
  if (found.kind === 'found') return place(found.place);
  if (found.kind === 'ambiguous')
    return ask(renderAmbiguousPlace({ name, command, choices: found.choices }, wording));
  return ask(renderUnknownPlace({ name, command, suggestions: found.suggestions }, wording));
}

const refOf = (known: Place): PlaceRef => ({ ...known, key: placeKeyOf(known.id) });

/** The key's last part: the name as keys spell it. */
const spelled = (name: string): string => placeKey({ text: name }).replace(/^.*\//u, '');

/** Places that only reports know, by name, or by name and what they lie in: `Tell Sample, Deir Ezzor`. */
async function provisional(name: string, { store, places }: Lookups): Promise<readonly PlaceRef[]> {
  const [own = '', ...around] = name.split(/[,،]/u);
  const container = around.length > 0 ? places.lookup(around.join(',').trim()) : undefined;
  if (container && container.kind !== 'found') return [];
  const key = `/${spelled(own)}`;
  return (await store.provisionalPlaces()).filter(
    (ref) => ref.key.endsWith(key) && (!container || ref.within.includes(container.place.id)),
  );
}

/** So that a choice, typed or clicked, finds this one and not its namesakes. */
function withContainer(ref: PlaceRef, { places }: Lookups): PlaceRef {
  const [nearest] = ref.within;
  const container = nearest === undefined ? undefined : places.get(nearest);
  return container ? { ...ref, name: `${ref.name}, ${container.name}`, within: ref.within.slice(1) } : ref;
}

/** A place that the gazetteer or the ledger knows. */
export async function findKnownPlace(
  name: string,
  command: string,
  context: Lookups,
): Promise<Found<PlaceRef>> {
  const found = context.places.lookup(name);
  if (found.kind === 'found') return place(refOf(found.place));
  if (found.kind === 'unknown') {
    const [only, ...others] = await provisional(name, context);
    if (only && others.length === 0) return place(only);
    if (only) {
      const choices = [only, ...others].map((ref) => withContainer(ref, context));
      return ask(renderAmbiguousPlace({ name, command, choices }, context.wording));
    }
  }
  return findPlace(name, command, context) as Found<never>;
}
