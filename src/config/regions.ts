import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { placeId, type PlaceId } from '../model/ids.ts';
import type { PlaceIndex } from '../model/place.ts';
import { ConfigError } from './problem.ts';

/** Which places lie in regions that are no administrative units. */
export interface Regions {
  /** Regions that a place lies in beside what `Place.within` has. */
  readonly regionsOf: (id: PlaceId) => readonly PlaceId[];
  /** Places that lie in a region; none of what is no region. */
  readonly membersOf: (region: PlaceId) => readonly PlaceId[];
}

const FILE = join('config', 'gazetteer', 'regions.yaml');
const schema = z.record(z.string(), z.array(z.string()).min(1));

/** @throws ConfigError that names a place that the gazetteer does not have */
export function readRegions(root: string, places: PlaceIndex): Regions {
  const read = schema.safeParse(parse(readFileSync(join(root, FILE), 'utf8')));
  if (!read.success)
    throw new ConfigError(
      read.error.issues.map(({ path, message }) => ({ file: FILE, key: path.join('.'), message })),
    );
  const members = new Map(
    Object.entries(read.data).map(([region, ids]) => [placeId(region), ids.map((id) => placeId(id))]),
  );
  const unknown = [...members].flatMap(([region, ids]) =>
    [region, ...ids].filter((id) => !places.get(id)).map((id) => ({ region, id })),
  );
  if (unknown.length > 0)
    throw new ConfigError(
      unknown.map(({ region, id }) => ({
        file: FILE,
        key: region,
        message: `the gazetteer has no place "${id}"`,
      })),
    );
  const of = Map.groupBy(
    [...members].flatMap(([region, ids]) => ids.map((id) => ({ region, id }))),
    ({ id }) => id,
  );
  return {
    regionsOf: (id) => (of.get(id) ?? []).map(({ region }) => region),
    membersOf: (region) => members.get(region) ?? [],
  };
}
