import type { ControlEntry, Holding } from '../../model/control.ts';
import type { PlaceId } from '../../model/ids.ts';
import { placeKeyOf, type PlaceKey, type PlaceKind, type PlaceRef } from '../../model/place.ts';
import { ascending } from '../id.ts';
import { overlap } from '../sides.ts';
import type { ActorIndex } from '../../model/actor.ts';

/** By a row of the place itself. */
export const ownHolding = (entry: ControlEntry): Holding => ({ place: entry.place, entry, before: [] });

/** Of so much ground it is said loosely who holds it: that fills what nobody speaks of, and sets nothing aside. */
const LOOSE: ReadonlySet<PlaceKind> = new Set(['governorate', 'country']);

const isWhole = ({ part, holders, standing }: ControlEntry): boolean =>
  !part && holders.length > 0 && standing !== 'denied';

/** The day of the word that it stands on: when it was taken, or when its holders were last seen there. */
const wordOf = ({ since, validFrom, lastConfirmed }: ControlEntry): string =>
  since === 'stated' ? validFrom : lastConfirmed;

/** That all around was taken sets aside what was said of the place before that day. */
const setsAside = (wide: ControlEntry, own: readonly ControlEntry[], actors: ActorIndex): boolean =>
  wide.since === 'stated' &&
  !(wide.place.kind !== undefined && LOOSE.has(wide.place.kind)) &&
  own.every((row) => row.lastConfirmed < wide.validFrom) &&
  !own.every((row) => overlap(row.holders, wide.holders, actors));

/** Rows on places around, the newest word first; of equal days the nearest place. */
function wider(order: readonly PlaceKey[], rows: readonly ControlEntry[]): readonly ControlEntry[] {
  const near = ({ place: { key } }: ControlEntry): number => order.indexOf(key);
  return rows
    .filter((row) => near(row) >= 0 && isWhole(row))
    .toSorted((a, b) => ascending(wordOf(b), wordOf(a)) || near(a) - near(b) || ascending(a.id, b.id));
}

function holdingsOf(
  around: readonly PlaceKey[],
  place: PlaceRef,
  own: readonly ControlEntry[],
  rows: readonly ControlEntry[],
  actors: ActorIndex,
): readonly Holding[] {
  const told = own.filter(({ standing }) => standing !== 'denied');
  const all = wider(around, rows);
  const by = told.length === 0 ? all[0] : all.find((row) => setsAside(row, told, actors));
  return by ? [{ place, entry: by, inherited: by.place, before: told }] : own.map(ownHolding);
}

/** What lies in regions, which `PlaceRef.within` does not have. */
interface Regions {
  readonly regionsOf: (id: PlaceId) => readonly PlaceId[];
  readonly membersOf: (region: PlaceId) => readonly PlaceId[];
}

/** Keys of what a place lies in, the nearest first. */
export const aroundOf = ({ id, within }: PlaceRef, regions: Regions): readonly PlaceKey[] =>
  [...(id === undefined ? [] : regions.regionsOf(id)), ...within].map(placeKeyOf);

/**
 * Who holds a place, and what lies in it, on a day: by the rows of its own that hold then, or by those of what it lies in. All
 * of a town or region that was taken takes with it what lies in it, but where a later report speaks of the place itself; a
 * place of which nothing is said is held by whoever holds what is around it. Depends on the rows alone.
 * @param rows all that hold on that day in the place, in what it lies in, and in its members where it is a region
 */
export function holdingsIn(
  place: PlaceRef,
  rows: readonly ControlEntry[],
  regions: Regions,
  actors: ActorIndex,
): { readonly held: readonly Holding[]; readonly inside: readonly Holding[] } {
  const { id } = place;
  const members = new Set((id === undefined ? [] : regions.membersOf(id)).map(placeKeyOf));
  const isInside = (one: PlaceRef): boolean =>
    members.has(one.key) || (id !== undefined && one.within.includes(id));
  const by = Map.groupBy(rows, (row) => row.place.key);
  const heldOf = (one: PlaceRef): readonly Holding[] =>
    holdingsOf(aroundOf(one, regions), one, by.get(one.key) ?? [], rows, actors);
  const inside = [...by.values()].flatMap(([row]) => (row && isInside(row.place) ? [row.place] : []));
  return { held: heldOf(place), inside: inside.flatMap(heldOf) };
}
