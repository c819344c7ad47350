import type { ControlEntry, ControlQuery } from '../model/control.ts';
import type { Reliability } from '../model/actor.ts';
import type { DestinationId, IncidentId, PlaceId, ReportId } from '../model/ids.ts';
import type { Incident } from '../model/incident.ts';
import type { Place, PlaceIndex, PlaceKey, PlaceRef } from '../model/place.ts';
import type { Destination, Person, Subscription } from '../model/telling.ts';
import type { Day, Instant } from '../model/time.ts';

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

interface Destinations {
  /** Adds it, or gives it its new name, and whom to tell when nothing can be sent there any more. */
  addDestination(destination: Destination, owner?: Person): Promise<void>;
  /** Lets it be sent to again. False when it was not disabled. */
  enableDestination(id: DestinationId): Promise<boolean>;
}

interface Mutes {
  /** Says no more of an incident there until then; absent: says it again. False when it has no thread on it. */
  mute(incident: IncidentId, destination: DestinationId, until?: Instant): Promise<boolean>;
}

/** All that commands read and write. */
export interface CommandStore extends LedgerReader, IncidentReader, Subscriptions, Destinations, Mutes {}

/** How sure a person is of what they hand in. */
export const CONFIDENCES = ['saw', 'heard', 'unsure'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** A report as a person hands it in from a channel. */
export interface HandedIn {
  readonly text: string;
  readonly link?: string;
  /** Where it is, when the text does not say so itself. */
  readonly place?: Place;
  readonly confidence?: Confidence;
  readonly person?: Person;
}

/** Takes reports of people, the way of any report. */
export interface ReportDoor {
  /** `taken`: committed. `known`: this text was there already. `refused`: with what would be right. */
  handIn(
    report: HandedIn,
  ): Promise<
    | { readonly kind: 'taken' | 'known'; readonly report: ReportId }
    | { readonly kind: 'refused'; readonly why: string }
  >;
}

/** A source, as readers may judge it. */
export interface KnownSource {
  readonly name: string;
  readonly reliability: Reliability;
  /** Name of the party whose side it takes; absent: none known. */
  readonly side?: string;
  readonly reports: number;
  readonly lastReport?: Instant;
  /** Why nothing comes from it at present. */
  readonly failing?: string;
}

/** Lists what reports come from. */
export type SourceList = () => Promise<readonly KnownSource[]>;
