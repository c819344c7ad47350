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
import { dayOf, type Day } from '../model/time.ts';
import { factDay, statementDay } from './days.ts';
import { isGround } from './triage.ts';
import type { Knowledge } from './types.ts';

/** Wider than any gap that is joined over (`match.ts`), so that a bucket and its two neighbours hold all candidates. */
const BUCKET_DAYS = 16;

const bucketOf = (on: Day): number => Math.floor(Date.parse(on) / 86_400_000 / BUCKET_DAYS);

/** What a place is found by: itself and what it lies in, as far out as one happening reaches. */
function keysOf(place: PlaceRef, family: IncidentFamily, places: PlaceIndex): readonly PlaceKey[] {
  const reach = place.within.filter((id) => {
    const kind = places.get(id)?.kind;
    return family === 'movement' ? kind !== 'country' : kind === 'city' || kind === 'town' || kind === 'camp';
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
    const family: IncidentFamily = isGround(statement.type) ? 'ground' : 'movement';
    const bucket = bucketOf(statementDay(statement, report).day);
    return [...statement.places, ...(statement.toPlaces ?? [])]
      .flatMap((mention) => keysOf(placeRef(mention, places), family, places))
      .flatMap((place) => [-1, 0, 1].map((step) => key(family, place, bucket + step)));
  });
  return [...new Set(keys)];
}

/** Keys under which an incident is found. */
export function incidentBlocks(incident: Incident, { places }: Knowledge): readonly string[] {
  const keys = incident.facts.flatMap((fact) => {
    const buckets = [factDay(fact).day, dayOf(incident.lastActivity)].map(bucketOf);
    return [...fact.places, ...fact.toPlaces]
      .flatMap((place) => keysOf(place, incident.family, places))
      .flatMap((place) => buckets.map((bucket) => key(incident.family, place, bucket)));
  });
  return [...new Set(keys)];
}

/** Keys of the places whose ledger rows judging these statements looks at. */
export const ledgerPlacesOf = (statements: readonly StoredStatement[]): readonly PlaceKey[] => [
  ...new Set(statements.flatMap((statement) => statement.places.map(placeKey))),
];
