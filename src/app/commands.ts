import { openCommands, type Commands } from '../commands/commands.ts';
import type { Clock } from '../model/time.ts';
import type { SourceBook } from '../sources/accept/book.ts';
import type { ReportsPort } from '../sources/ports.ts';
import type { Store } from '../store/store.ts';
import type { Shown } from './discretion.ts';
import type { Learnt } from './knowledge.ts';
import type { Log } from './log.ts';
import { peoplesDoor, sourceListOf } from './people.ts';

export interface AppCommandParts {
  readonly store: Store;
  /** Where reports that people hand in are kept. */
  readonly reports: ReportsPort;
  readonly book: SourceBook;
  readonly learnt: Pick<Learnt, 'places' | 'wording'>;
  readonly shown: Shown;
  readonly clock: Clock;
  readonly log: Log;
}

/** The commands over the store, as every platform and the terminal give them. */
export const appCommands = ({ store, reports, book, learnt, shown, clock, log }: AppCommandParts): Commands =>
  openCommands({
    store,
    reports: peoplesDoor({ reports, book, places: learnt.places, clock }),
    sources: sourceListOf(() => store.health(), book, learnt.wording.actors),
    shown,
    places: learnt.places,
    wording: learnt.wording,
    clock,
    log,
  });
