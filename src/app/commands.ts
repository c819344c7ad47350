import { openCommands, type Commands } from '../commands/commands.ts';
import type { Question } from '../commands/definition.ts';
import { answerOf } from '../commands/status.ts';
import type { PlaceId } from '../model/ids.ts';
import type { Line } from '../model/message.ts';
import { placeKeyOf } from '../model/place.ts';
import type { Clock } from '../model/time.ts';
import { beyondRows } from '../render/status.ts';
import type { SourceBook } from '../sources/accept/book.ts';
import type { ReportsPort } from '../sources/ports.ts';
import type { Store } from '../store/store.ts';
import type { Shown } from './discretion.ts';
import type { Learnt } from './knowledge.ts';
import type { Log } from './log.ts';
import { peoplesDoor, sourceListOf } from './people.ts';

type Show = Question['show'];

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

/** What the desk's page of a place says beside the rows of its own. */
export const beyondRowsOf =
  (
    { store, learnt: { places, wording }, clock }: Pick<AppCommandParts, 'store' | 'learnt' | 'clock'>,
    show: Show,
  ) =>
  async (id: PlaceId): Promise<readonly Line[]> => {
    const place = places.get(id);
    if (!place) return [];
    const ref = { ...place, key: placeKeyOf(id) };
    const answer = await answerOf(ref, {}, { store, places, wording, now: clock(), show });
    return beyondRows(answer, wording);
  };

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
