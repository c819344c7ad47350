import { peoplesDoor, sourceListOf } from '../../src/app/people.ts';
import type { CommandParts } from '../../src/commands/commands.ts';
import { sourceId } from '../../src/model/ids.ts';
import type { Source } from '../../src/model/report.ts';
import { instant, type Clock } from '../../src/model/time.ts';
import { sourceBook } from '../../src/sources/accept/book.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { actors, finder } from './places.ts';
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

/** What commands need beside the store, over the same store. */
export function others(store: Store): Pick<CommandParts, 'reports' | 'sources'> {
  const book = sourceBook([source]);
  const reports = peoplesDoor({ reports: store, book, places: finder, clock: () => instant('2018-05-21') });
  return { reports, sources: sourceListOf(() => store.health(), book, actors) };
}
