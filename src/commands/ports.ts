import type { Heard } from '../assess/ledger/siege.ts';
import type { ControlEntry, ControlQuery } from '../model/control.ts';
import type { Reliability } from '../model/actor.ts';
import type { DestinationId, IncidentId, PlaceId, ReportId, StatementId } from '../model/ids.ts';
import type { Incident, Reason, Update } from '../model/incident.ts';
import type { Place, PlaceIndex, PlaceKey, PlaceRef } from '../model/place.ts';
import type { Report } from '../model/report.ts';
import type { RulingKind } from '../model/ruling.ts';
import type { StoredStatement } from '../model/statement.ts';
import type {
  Because,
  DeliveryState,
  Destination,
  Person,
  Subscription,
  ThreadOp,
} from '../model/telling.ts';
import type { Day, Instant } from '../model/time.ts';

/** What a name that a person typed stands for, in any spelling or script. */
export type PlaceLookup =
  | { readonly kind: 'found'; readonly place: Place }
  /** Several places bear the name and none stands out; the likeliest first. */
  | { readonly kind: 'ambiguous'; readonly choices: readonly Place[] }
  /** Nothing bears the name; places whose names come near it, nearest first, possibly none. */
  | { readonly kind: 'unknown'; readonly suggestions: readonly Place[] };

export interface PlaceFinder extends PlaceIndex {
  /** Regions that a place lies in beside what `Place.within` has. */
  readonly regionsOf: (id: PlaceId) => readonly PlaceId[];
  /** Places that lie in a region; none of what is no region. */
  readonly membersOf: (region: PlaceId) => readonly PlaceId[];
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
  /** The same of these places alone, without what lies in them. */
  controlOf(places: readonly PlaceKey[], query: ControlQuery): Promise<readonly ControlEntry[]>;
  /** The first day on which anything is known to have held in `place`, by rows that are still believed. */
  earliestIn(place: PlaceKey): Promise<Day | undefined>;
  /** Places of the ledger that the gazetteer does not have: rows whose key starts with `~`, each place once. */
  provisionalPlaces(): Promise<readonly PlaceRef[]>;
}

interface IncidentReader {
  /** By the beginning of the id, as people write it: `k7f3qa`; of merged ones what they went up in. */
  incidentsNamed(typed: string): Promise<readonly Incident[]>;
  /** What a message there is about, by the reference that it shows; of merged ones what they went up in. */
  incidentsReferred(destination: DestinationId, ref: string): Promise<readonly Incident[]>;
  /** The newest by last activity. */
  recentIncidents(limit: number): Promise<readonly Incident[]>;
  /** An incident with all that it stands on. */
  incident(id: IncidentId): Promise<
    | {
        readonly incident: Incident;
        readonly reports: readonly Report[];
        readonly statements: readonly StoredStatement[];
        readonly decisions: readonly KnownDecision[];
      }
    | undefined
  >;
  /** With a fact at the place itself, newest activity first. */
  incidentsAt(place: PlaceKey, limit: number): Promise<readonly Incident[]>;
  /**
   * Incidents with a fact whose place, or place of arrival, is `place` or lies in it, that were active between the two
   * days (both included; UTC): opened no later than `to`, last active no earlier than `from`. Newest activity first.
   */
  incidentsIn(
    place: PlaceKey,
    window: { readonly from: Day; readonly to: Day; readonly limit: number },
  ): Promise<readonly Incident[]>;
}

/** Why one of a report's statements went where it went. */
interface KnownDecision {
  readonly report: ReportId;
  readonly statement: StatementId;
  readonly incident?: IncidentId;
  readonly reason: Reason;
}

/** How far a report came, and what came of it. */
export interface ReportTrail {
  readonly report: Report;
  readonly state: 'accepted' | 'retrying' | 'read' | 'judged' | 'quarantined' | 'duplicate' | 'baseline';
  readonly duplicateOf?: Report;
  readonly withdrawn: boolean;
  readonly error?: string;
  readonly statements: readonly StoredStatement[];
  readonly decisions: readonly KnownDecision[];
  readonly updates: readonly Update[];
}

/** What became of reports and alerts. */
interface Trails {
  report(id: ReportId): Promise<Report | undefined>;
  /** Reports published at any of these addresses, the newest first. */
  reportsAt(urls: readonly string[], limit: number): Promise<readonly Report[]>;
  /** Reports whose id begins so (empty: any), the newest first. */
  reportsLike(prefix: string, limit: number): Promise<readonly Report[]>;
  trail(report: ReportId): Promise<ReportTrail | undefined>;
  /** Those of the reports that were judged at that time. */
  heardBy(reports: readonly ReportId[], at: Instant): Promise<Heard>;
  /** What a channel was told of an incident, newest first; undefined when it has no thread on it. */
  toldIn(
    incident: IncidentId,
    destination: DestinationId,
  ): Promise<
    | {
        readonly mutedUntil?: Instant;
        readonly told: readonly {
          readonly update: Update;
          readonly op: ThreadOp;
          readonly state: DeliveryState;
          readonly at: Instant;
          readonly because?: Because;
        }[];
      }
    | undefined
  >;
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

/** What people decide to be one happening, or two. */
interface Decisions {
  /** Decided after all reports accepted so far, and told in a moment; on record. Resolves after the commit. */
  rule(decision: {
    readonly kind: RulingKind;
    readonly incident: IncidentId;
    readonly other?: IncidentId;
    readonly statements: readonly StatementId[];
    readonly by: string;
    readonly reason: string;
  }): Promise<unknown>;
  /** What went up in the incident, or in what went up in that, the newest first. */
  absorbedBy(incident: IncidentId): Promise<readonly Incident[]>;
}

/** What is told in full to whom. */
interface Discretions {
  /** Tells an incident in full everywhere, on record. False when it was so already. */
  disclose(incident: IncidentId, by: string, reason: string): Promise<boolean>;
}

interface Mutes {
  /** Says no more of an incident there until then; absent: says it again. False when it has no thread on it. */
  mute(incident: IncidentId, destination: DestinationId, until?: Instant): Promise<boolean>;
}

/** All that commands read and write. */
export interface CommandStore
  extends LedgerReader, IncidentReader, Trails, Subscriptions, Destinations, Mutes, Discretions, Decisions {}

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
