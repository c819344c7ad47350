import type { ControlEntry } from '../../model/control.ts';
import type { PlaceKind } from '../../model/place.ts';
import { daysBetween, type Day } from '../../model/time.ts';

/**
 * Days without a word after which nobody can say who holds a place. Ours: fronts move through villages, roads and positions
 * within weeks; a city's fall is told by everybody, so that silence on it means more.
 */
const DAYS: Readonly<Partial<Record<PlaceKind, number>>> = {
  city: 180,
  governorate: 180,
  district: 120,
  subdistrict: 90,
  country: 365,
  region: 90,
  town: 90,
};
/** Villages, quarters, roads, crossings, bases, hills, and what is not in the gazetteer. */
const SMALL_DAYS = 45;
/** A place that was taken so shortly before its last word lies on a front that moves: it goes stale twice as soon. */
const MOVING_DAYS = 30;

const daysOf = ({ place, since, validFrom, lastConfirmed }: ControlEntry): number => {
  const days = (place.kind === undefined ? undefined : DAYS[place.kind]) ?? SMALL_DAYS;
  const moving = since === 'stated' && daysBetween(validFrom, lastConfirmed) <= MOVING_DAYS;
  return moving ? days / 2 : days;
};

/** What stands on somebody's word that nobody has repeated for too long. What is disputed or denied stays so. */
const DECAYS: ReadonlySet<ControlEntry['standing']> = new Set(['claimed', 'reported', 'confirmed']);

/** A row as it stands on a day: `stale` when nobody has confirmed it for longer than its kind of place keeps. */
export function standingOn(entry: ControlEntry, on: Day): ControlEntry {
  const lasts = entry.validTo === undefined || entry.validTo > on;
  const silent = daysBetween(entry.lastConfirmed, on) > daysOf(entry);
  return lasts && silent && DECAYS.has(entry.standing) ? { ...entry, standing: 'stale' } : entry;
}
