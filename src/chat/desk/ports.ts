import type { ControlEntry, ControlQuery } from '../../model/control.ts';
import type {
  DeliveryId,
  DestinationId,
  IncidentId,
  ReportId,
  SourceId,
  StatementId,
} from '../../model/ids.ts';
import type { Fact, Incident, Reason, Standing, Update } from '../../model/incident.ts';
import type { Line, Message } from '../../model/message.ts';
import type { PlaceKey } from '../../model/place.ts';
import type { Report, SourceKind } from '../../model/report.ts';
import type { StoredStatement } from '../../model/statement.ts';
import type { DeliveryState, Destination } from '../../model/telling.ts';
import type { Instant } from '../../model/time.ts';

/** One message of a desk channel, in its latest form. */
export interface DeskMessage {
  readonly id: string;
  readonly delivery: DeliveryId;
  readonly destination: DestinationId;
  /** The root that it replies to. */
  readonly thread?: string;
  /** A reply that is shown in the channel too. */
  readonly broadcast: boolean;
  readonly message: Message;
  /** 0 when posted; the revision of the newest edit after that. */
  readonly revision: number;
  readonly posted: Instant;
  readonly edited?: Instant;
  /**
   * Number of the channel's change that last touched it. Every insert and every edit takes the channel's next number in
   * the order of commit, so `change > n` finds all that happened after n.
   */
  readonly change: number;
}

export interface DeskThread {
  readonly root: DeskMessage;
  /** Oldest first. */
  readonly replies: readonly DeskMessage[];
}

export interface DeskChannel {
  readonly destination: Destination;
  /** Newest change number; 0 when nothing was ever posted. */
  readonly change: number;
  /** Messages ever posted: roots and replies. */
  readonly posts: number;
  readonly lastPosted?: Instant;
}

/** Messages of the desk's channels. Each write is durable when it resolves. */
export interface DeskMessages {
  /** Unique by delivery id: a second insert changes nothing and answers with the first one's id. */
  insertMessage(message: {
    readonly delivery: DeliveryId;
    readonly destination: DestinationId;
    readonly thread?: string;
    readonly broadcast: boolean;
    readonly message: Message;
  }): Promise<
    | { readonly kind: 'inserted' | 'already'; readonly id: string }
    | { readonly kind: 'unknown_channel' }
    | { readonly kind: 'unknown_thread' }
  >;
  /** `older`: the message already has this revision or a newer one, and was left alone. */
  editMessage(edit: {
    readonly id: string;
    readonly message: Message;
    readonly revision: number;
  }): Promise<'edited' | 'older' | 'unknown'>;
  messageOf(delivery: DeliveryId): Promise<string | undefined>;
  /** The desk's destinations by name. */
  channels(): Promise<readonly DeskChannel[]>;
  /** Adds a channel; nothing happens when it is there. */
  addChannel(destination: Destination): Promise<void>;
  /** The newest `limit` threads by the root's posting, oldest of them first. `before`: only roots posted before that root. */
  threads(
    destination: DestinationId,
    page: { readonly limit: number; readonly before?: string },
  ): Promise<readonly DeskThread[]>;
  /** Messages touched after change number `after`, in the order of their change numbers. */
  changedMessages(destination: DestinationId, after: number, limit: number): Promise<readonly DeskMessage[]>;
  /**
   * Calls back after each committed change by any process. Without a destination: changes may have been missed (the
   * connection was away), so everything is to be looked at again.
   */
  onChange(listener: (destination?: DestinationId) => void): () => void;
}

/** An incident with all that it stands on. */
export interface IncidentRecord {
  readonly incident: Incident;
  /** Oldest first. */
  readonly updates: readonly Update[];
  /** Every report that a claim or an update names. */
  readonly reports: readonly Report[];
  /** The statements that the claims name. */
  readonly statements: readonly StoredStatement[];
  /** Of which it was told that they may be the same happening: it of them, or they of it. */
  readonly maybeSame: readonly Incident[];
  /** Why statements went into it, in the order of judging. */
  readonly decisions: readonly {
    readonly report: ReportId;
    readonly statement: StatementId;
    readonly reason: Reason;
  }[];
}

/** What is known, as the desk's pages read it. */
interface DeskLedger {
  incident(id: IncidentId): Promise<IncidentRecord | undefined>;
  /** The newest by last activity. */
  /** `only`: what was news, or what was learned about the past. */
  recentIncidents(limit: number, only?: 'news' | 'past'): Promise<readonly Incident[]>;
  /** What holds, everywhere, in any order. */
  control(query: ControlQuery): Promise<readonly ControlEntry[]>;
  /** All rows of one place that are still believed, newest valid day first. */
  controlHistory(place: PlaceKey): Promise<readonly ControlEntry[]>;
  /** Incidents with a fact at the place itself, newest activity first. */
  incidentsAt(place: PlaceKey, limit: number): Promise<readonly Incident[]>;
}

/** A report that could not be read, tried as often as is worth it. */
export interface QuarantinedReport {
  readonly report: Report;
  readonly error: string;
  readonly tries: number;
}

export interface SourceHealth {
  readonly id: SourceId;
  readonly name: string;
  readonly kind: SourceKind;
  readonly reports: number;
  readonly lastReport?: Instant;
  /** Feeds: when it last answered as it should, and what went wrong since. */
  readonly lastOk?: Instant;
  readonly lastError?: string;
}

export interface FailingDelivery {
  readonly id: DeliveryId;
  readonly destination: Destination;
  readonly state: Exclude<DeliveryState, 'sent' | 'superseded'>;
  readonly tries: number;
  readonly why: string;
  readonly created: Instant;
}

export interface DestinationHealth {
  readonly destination: Destination;
  /** Why nothing may be sent there at present. */
  readonly disabled?: string;
  /** Alerts that wait for it. */
  readonly outstanding: number;
}

export interface HealthRecord {
  readonly sources: readonly SourceHealth[];
  readonly destinations: readonly DestinationHealth[];
  /** Accepted and not yet read; read and not yet judged; alerts not yet handed over. `oldest`: since when the first waits. */
  readonly waiting: Readonly<
    Record<'read' | 'judge' | 'deliver', { readonly count: number; readonly oldest?: Instant }>
  >;
  readonly quarantined: readonly QuarantinedReport[];
  /** Deliveries that failed at least once and are not through, newest first. */
  readonly failing: readonly FailingDelivery[];
}

interface DeskHealth {
  health(): Promise<HealthRecord>;
  /** Puts a quarantined report back to be read. False when it is not quarantined. */
  requeue(report: ReportId): Promise<boolean>;
  /** Lets a disabled destination be sent to again. False when it is not disabled. */
  enableDestination(destination: DestinationId): Promise<boolean>;
}

/** All that the desk reads and writes. */
export interface DeskStore extends DeskMessages, DeskLedger, DeskHealth {}

/** Commands, as the command box calls them. */
/** The desk has no log-in: who reaches it manages its channels. */
interface DeskAsker {
  readonly destination: Destination;
  readonly manages: true;
}

export interface DeskCommands {
  /** Never throws for what the user typed: a mistake is answered with what would be right. */
  answer(line: string, from: DeskAsker): Promise<Message>;
  /** Lines that `line` could become, best first. */
  complete(line: string, from: DeskAsker, limit: number): Promise<readonly string[]>;
  /** For the hint under the box. */
  readonly usages: readonly { readonly usage: string; readonly summary: string }[];
}

/** What incidents, facts and reasons are called in the readers' language. */
export interface DeskWords {
  headline(incident: Incident): string;
  /** What is said to have happened, without whose word it is. */
  fact(fact: Fact): Line;
  /** What an update did to its incident, in one line each; of what was put right or decided, also why. */
  update(
    update: Update,
    record: Pick<IncidentRecord, 'incident' | 'reports'>,
    later: readonly Update[],
  ): readonly Line[];
  reason(reason: Reason): string;
  standing(standing: Standing): string;
}
