import type { PlaceFinder, PlaceLookup } from '../../src/commands/ports.ts';
import { actorId, placeId, type PlaceId } from '../../src/model/ids.ts';
import type { ActorIndex } from '../../src/model/actor.ts';
import type { Place, PlaceKind } from '../../src/model/place.ts';

const place = (
  id: string,
  name: string,
  kind: PlaceKind,
  within: readonly string[],
  nameAr?: string,
): Place => ({
  id: placeId(id),
  name,
  kind,
  country: 'SY',
  within: within.map(placeId),
  ...(nameAr !== undefined && { nameAr }),
});

/** A few places, two of which share a name. */
export const PLACES: readonly Place[] = [
  place('sy', 'Syria', 'country', [], 'سوريا'),
  place('sy-dez', 'Deir Ezzor', 'governorate', ['sy'], 'دير الزور'),
  place('sy-dez-abk', 'Abu Kamal', 'district', ['sy-dez', 'sy'], 'البوكمال'),
  place('sy-hajin', 'Hajin', 'town', ['sy-dez-abk', 'sy-dez', 'sy'], 'هجين'),
  place('sy-baghuz', 'Baghuz', 'village', ['sy-dez-abk', 'sy-dez', 'sy'], 'الباغوز'),
  place('sy-hms', 'Homs', 'governorate', ['sy'], 'حمص'),
  place('sy-tall-1', 'Tall', 'village', ['sy-dez', 'sy']),
  place('sy-tall-2', 'Tall', 'village', ['sy-hms', 'sy']),
];

const byId = new Map(PLACES.map((each) => [each.id, each]));
const folded = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
const OTHER_SPELLINGS: Readonly<Record<string, string>> = { dayrazzawr: 'deirezzor', hajeen: 'hajin' };

function namesOf(each: Place): readonly string[] {
  const containers = each.within.map((id) => byId.get(id)?.name ?? '');
  return [
    each.id,
    each.name,
    each.nameAr ?? each.name,
    ...containers.map((container) => `${each.name} ${container}`),
  ].map(folded);
}

function lookup(name: string): PlaceLookup {
  const key = OTHER_SPELLINGS[folded(name)] ?? folded(name);
  const exact = byId.get(placeId(name));
  if (exact) return { kind: 'found', place: exact };
  const [only, ...others] = PLACES.filter((each) => namesOf(each).includes(key));
  if (only && others.length === 0) return { kind: 'found', place: only };
  if (only) return { kind: 'ambiguous', choices: [only, ...others] };
  const suggestions = PLACES.filter((each) => folded(each.name).slice(0, 3) === key.slice(0, 3));
  return { kind: 'unknown', suggestions };
}

const isIn = (container: PlaceId, id: PlaceId): boolean =>
  container === id || (byId.get(id)?.within.includes(container) ?? false);

export const finder: PlaceFinder = {
  get: (id) => byId.get(id),
  contains: isIn,
  regionsOf: () => [],
  membersOf: () => [],
  lookup,
  complete: (prefix, limit) =>
    PLACES.filter((each) =>
      [each.name, each.nameAr ?? ''].some((name) => folded(name).startsWith(folded(prefix))),
    ).slice(0, limit),
};

const party = (id: string, name: string) => ({
  id: actorId(id),
  name,
  kind: 'party' as const,
  parents: [],
  allies: [],
});
const ACTORS = [party('sdf', 'SDF'), party('isis', 'ISIS')];
export const actors: ActorIndex = { get: (id) => ACTORS.find((actor) => actor.id === id) };
