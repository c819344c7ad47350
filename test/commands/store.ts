import { sourceId } from '../../src/model/ids.ts';
import type { Source } from '../../src/model/report.ts';
import type { Clock } from '../../src/model/time.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { freshDatabase } from '../support/postgres.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const source: Source = {
  id: sourceId('sample-wire'),
  kind: 'feed',
  name: 'Sample Wire',
  reliability: 'C',
  alignment: 'unknown',
};

/** A store on an empty database of its own, with one source. */
export async function freshStore(clock: Clock): Promise<Store> {
  const { connectionString } = await freshDatabase();
  const sources = { get: () => source, all: () => [source] };
  return openStore({ connectionString, clock, log: silent, sources });
}
