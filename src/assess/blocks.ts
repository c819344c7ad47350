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
    const bucket = bucketOf(statementDay(statement, report).day);
    return families.flatMap((family) =>
      [...statement.places, ...(statement.toPlaces ?? [])]
        .flatMap((mention) => keysOf(placeRef(mention, places), family, places))
        .flatMap((place) => [-1, 0, 1].map((step) => key(family, place, bucket + step))),
    );
  });
  return [...new Set(keys)];
}

/** Keys under which an incident is found; none when it went up in another one. */
export function incidentBlocks(incident: Incident, { places }: Knowledge): readonly string[] {
  if (incident.mergedInto !== undefined) return [];
  const keys = unitsIn(incident).flatMap((unit) =>
    [...unit.places, ...unit.toPlaces]
      .flatMap((place) => keysOf(place, incident.family, places))
      .map((place) => key(incident.family, place, bucketOf(unit.day))),
  );
  return [...new Set(keys)];
}

/** Keys of the places whose ledger rows judging these statements looks at. */
export const ledgerPlacesOf = (statements: readonly StoredStatement[]): readonly PlaceKey[] => [
  ...new Set(statements.flatMap((statement) => statement.places.map(placeKey))),
];
