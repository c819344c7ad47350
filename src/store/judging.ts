import type { RetractionSnapshot } from '../assess/correct/types.ts';
import type { Assessment, RulingSnapshot, Snapshot } from '../assess/types.ts';
import type { Correction } from '../model/correction.ts';
import type { CorrectionId, DestinationId, IncidentId, PlaceId, ReportId, RulingId } from '../model/ids.ts';
import type { Message } from '../model/message.ts';
import type { PlaceKey } from '../model/place.ts';
import type { Report } from '../model/report.ts';
import type { Ruling } from '../model/ruling.ts';
import type { StoredStatement } from '../model/statement.ts';
import type { Instant } from '../model/time.ts';
import type {
  DigestItem,
  HeldReply,
  NewThreadDelivery,
  Subscription,
  Withholding,
} from '../model/telling.ts';
import type { ThreadKey } from './threads.ts';

/** An update that waits for a digest, and until when. */
export interface DueDigestItem extends DigestItem {
  readonly due: Instant;
}

export interface Judgement {
  readonly assessment: Assessment;
  /** In the order in which they are to be sent. */
  readonly deliveries: readonly NewThreadDelivery[];
  /** Replies that wait for those that follow. Absent: none. */
  readonly held?: readonly HeldReply[];
  /** What waits for a destination's next digest. Absent: nothing. */
  readonly digests?: readonly DueDigestItem[];
  /** What is not told in full yet, and to whom. Absent: nothing. */
  readonly withheld?: readonly Withholding[];
}

/** What `decide` may ask on its way from assessing to routing to rendering, inside the same transaction. */
export interface JudgeReader {
  /** Subscriptions to these places and to everywhere. */
  subscriptionsTo(places: readonly PlaceId[]): Promise<readonly Subscription[]>;
  /** Of these incidents: those that are told in full whatever they tell. */
  disclosed(incidents: readonly IncidentId[]): Promise<ReadonlySet<IncidentId>>;
  /** Of these destinations: those that are told everything in full. */
  trusted(destinations: readonly DestinationId[]): Promise<ReadonlySet<DestinationId>>;
  /** Destinations that have a thread on these incidents, sent or on its way. */
  threadsOf(incidents: readonly IncidentId[]): Promise<readonly ThreadKey[]>;
  reports(ids: readonly ReportId[]): Promise<readonly Report[]>;
  /** When the incident's updates came that are kept already, the newest first, at most `limit`. */
  updateTimes(incident: IncidentId, limit: number): Promise<readonly Instant[]>;
}

export interface Judging {
  readonly blocksOf: (report: Report, statements: readonly StoredStatement[]) => readonly string[];
  readonly ledgerPlacesOf: (statements: readonly StoredStatement[]) => readonly PlaceKey[];
  /** Pure but for what it asks of `reader`. Throwing leaves nothing behind but a counted try. */
  readonly decide: (snapshot: Snapshot, reader: JudgeReader) => Promise<Judgement>;
  /** The same for a report that is taken back. */
  readonly retract: (snapshot: RetractionSnapshot, reader: JudgeReader) => Promise<Judgement>;
  /** The same for a person's decision on what is one happening. */
  readonly rule: (snapshot: RulingSnapshot, reader: JudgeReader) => Promise<Judgement>;
  /** Held replies of one thread as one message. */
  readonly gather: (replies: readonly Message[]) => Message;
  /** After so many failures the report is quarantined, and those behind it go on. */
  readonly maxTries: number;
  /** Pause before the second try, for as long as which all reports behind it wait too; doubled with every further one. */
  readonly retryMs: number;
}

/** What judging does next. */
export type Turn =
  | { readonly kind: 'report'; readonly report: ReportId }
  /** A report is to be taken back. */
  | { readonly kind: 'correction'; readonly correction: Correction }
  /** A person decided what is one happening. */
  | { readonly kind: 'ruling'; readonly ruling: Ruling };

export type JudgeOutcome =
  /**
   * `destinations`: those that have something to be delivered by it. `correction`: the report was taken back. `ruling`: it
   * was no report, but a person's decision.
   */
  | {
      readonly kind: 'judged';
      readonly report?: ReportId;
      readonly correction?: CorrectionId;
      readonly ruling?: RulingId;
      readonly destinations: readonly DestinationId[];
    }
  /** `decide`, or writing what it decided, failed. `state`: what has become of the report, the correction or the ruling. */
  | {
      readonly kind: 'failed';
      readonly report?: ReportId;
      readonly correction?: CorrectionId;
      readonly ruling?: RulingId;
      readonly state: 'read' | 'quarantined' | 'pending' | 'failed';
      readonly error: unknown;
    }
  /** An earlier report is still to be read; or the next one failed and is not tried again before `until`. */
  | { readonly kind: 'waiting'; readonly until?: Instant }
  | { readonly kind: 'idle' };
