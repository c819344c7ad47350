import type { Incident, IncidentFamily } from '../model/incident.ts';
import {
  placeKey,
  placeKeyOf,
  placeRef,
  type PlaceIndex,
  type PlaceKey,
  type PlaceRef,
} from '../model/place.ts';
import type { Report } from '../model/report.ts';
import type { StoredStatement } from '../model/statement.ts';
import type { Day } from '../model/time.ts';
import { statementDay } from './days.ts';
import { isGround } from './triage.ts';
import type { Knowledge } from './types.ts';
import { unitsIn } from './unit.ts';

/** Wider than any gap that is joined over (`link.ts`), so that a bucket and its two neighbours hold all candidates. */
const BUCKET_DAYS = 16;

const bucketOf = (on: Day): number => Math.floor(Date.parse(on) / 86_400_000 / BUCKET_DAYS);

/** What a place is found by: itself and what it lies in, as far out as two accounts can be of one happening. */
function keysOf(place: PlaceRef, family: IncidentFamily, places: PlaceIndex): readonly PlaceKey[] {
  const reach = place.within.filter((id) => {
    const kind = places.get(id)?.kind;
    return family === 'movement'
      ? kind !== 'country' && kind !== 'governorate'
      : kind === 'city' || kind === 'town' || kind === 'camp';
  });
  return [place.key, ...reach.map(placeKeyOf)];
}

const key = (family: IncidentFamily, place: PlaceKey, bucket: number): string =>
  `${family}|${place}|${bucket}`;

/**
 * Where accounts of people on the move start and end. One that does not say from where they came is compared with others by
 * its ends alone (`link.ts`), so these are found apart: by a common destination everybody who went there would be.
 */
interface Ends {
  readonly places: readonly PlaceRef[];
  readonly toPlaces: readonly PlaceRef[];
}

const endKeys = (sort: 'ends' | 'open', { places, toPlaces }: Ends, bucket: number): readonly string[] =>
  [...places, ...toPlaces].map((place) => `movement:${sort}|${place.key}|${bucket}`);

/** Keys under which the incidents that a report may belong to are sought. */
export function blocksOf(
  report: Report,
  statements: readonly StoredStatement[],
  { places }: Knowledge,
): readonly string[] {
  const keys = statements.flatMap((statement) => {
    const families: readonly IncidentFamily[] = isGround(statement.type)
      ? ['ground']
      : // Who withdraws may say that he lost the place.
        statement.type === 'withdrawal'
        ? ['movement', 'ground']
        : ['movement'];
    const ends: Ends = {
      places: statement.places.map((mention) => placeRef(mention, places)),
      toPlaces: (statement.toPlaces ?? []).map((mention) => placeRef(mention, places)),
    };
    const bucket = bucketOf(statementDay(statement, report).day);
    return [bucket - 1, bucket, bucket + 1].flatMap((near) => [
      ...families.flatMap((family) =>
        ends.places
          .flatMap((place) => keysOf(place, family, places))
          .map((place) => key(family, place, near)),
      ),
      ...(families.includes('movement')
        ? endKeys(ends.places.length === 0 ? 'ends' : 'open', ends, near)
        : []),
    ]);
  });
  return [...new Set(keys)];
}

/** Keys under which an incident is found; none when it went up in another one. */
export function incidentBlocks(incident: Incident, { places }: Knowledge): readonly string[] {
  if (incident.mergedInto !== undefined) return [];
  const keys = unitsIn(incident).flatMap((unit) => {
    const { family } = unit;
    const bucket = bucketOf(unit.day);
    return [
      ...unit.places
        .flatMap((place) => keysOf(place, family, places))
        .map((place) => key(family, place, bucket)),
      ...(family === 'movement' ? endKeys('ends', unit, bucket) : []),
      ...(family === 'movement' && unit.places.length === 0 ? endKeys('open', unit, bucket) : []),
    ];
  });
  return [...new Set(keys)];
}

/** Keys of the places whose ledger rows judging these statements looks at. */
export const ledgerPlacesOf = (statements: readonly StoredStatement[]): readonly PlaceKey[] => [
  ...new Set(statements.flatMap((statement) => statement.places.map(placeKey))),
];
