import type { ControlEntry, ControlQuery } from '../model/control.ts';
import type { DestinationId, PlaceId } from '../model/ids.ts';
import type { Incident } from '../model/incident.ts';
import type { Place, PlaceIndex, PlaceKey, PlaceRef } from '../model/place.ts';
import type { Subscription } from '../model/telling.ts';
import type { Day } from '../model/time.ts';

/** What a name that a person typed stands for, in any spelling or script. */
export type PlaceLookup =
  | { readonly kind: 'found'; readonly place: Place }
  /** Several places bear the name and none stands out; the likeliest first. */
  | { readonly kind: 'ambiguous'; readonly choices: readonly Place[] }
  /** Nothing bears the name; places whose names come near it, nearest first, possibly none. */
  | { readonly kind: 'unknown'; readonly suggestions: readonly Place[] };

export interface PlaceFinder extends PlaceIndex {
  /** `name`: any spelling in any script, a place's id, or a name with what it lies in: `Hajin, Deir Ezzor`. */
  lookup(name: string): PlaceLookup;
  /** Places whose names begin like `prefix` does, in any script, best known first. */
  complete(prefix: string, limit: number): readonly Place[];
}

/** The control ledger, as commands read it. */
interface LedgerReader {
  /**
   * What holds on `query.at` (absent: today) as known at `query.known` (absent: now): rows whose place is `place` or lies
   * in it at any depth (`within` has it). Valid from its first day up to, and not on, the day of `validTo`.
   */
  controlIn(place: PlaceKey, query: ControlQuery): Promise<readonly ControlEntry[]>;
  /** The first day on which anything is known to have held in `place`, by rows that are still believed. */
  earliestIn(place: PlaceKey): Promise<Day | undefined>;
  /** Places of the ledger that the gazetteer does not have: rows whose key starts with `~`, each place once. */
  provisionalPlaces(): Promise<readonly PlaceRef[]>;
}

interface IncidentReader {
  /**
   * Incidents with a fact whose place, or place of arrival, is `place` or lies in it, that were active between the two
   * days (both included; UTC): opened no later than `to`, last active no earlier than `from`. Newest activity first.
   */
  incidentsIn(
    place: PlaceKey,
    window: { readonly from: Day; readonly to: Day; readonly limit: number },
  ): Promise<readonly Incident[]>;
}

interface Subscriptions {
  /** Oldest first. */
  subscriptionsOf(destination: DestinationId): Promise<readonly Subscription[]>;
  /** Destination and place (absent: everywhere) name a subscription: a second one replaces the filters of the first. */
  subscribe(subscription: Subscription): Promise<'added' | 'changed'>;
  /** False when there was none. `place` absent: the subscription to everywhere. */
  unsubscribe(destination: DestinationId, place?: PlaceId): Promise<boolean>;
}

/** All that commands read and write. */
export interface CommandStore extends LedgerReader, IncidentReader, Subscriptions {}
