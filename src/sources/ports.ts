import type { ReportId, SourceId } from '../model/ids.ts';
import type { Notice, Report } from '../model/report.ts';
import type { Instant } from '../model/time.ts';

/** A report that is ready to be kept; the store adds when it was accepted. */
export interface AcceptInput {
  readonly report: Omit<Report, 'accepted'>;
  /** Equal for the same text under another url, byline or dateline. */
  readonly fingerprint: string;
  /** The feed's own name for the item. */
  readonly guid?: string;
  /** From a feed's first fetch: kept, told to nobody. */
  readonly baseline?: boolean;
  /** By its title it puts right, or takes back, what its outlet published before. */
  readonly notice?: Notice;
  /** Near-duplicate sketch of the body: MinHash bands and the shingles they were made from. */
  readonly bands: readonly string[];
  readonly shingles: readonly number[];
}

/** What became of a report. `already`: this very report is kept. `duplicate`: kept, with the earlier report of the same text. */
export interface Acceptance {
  readonly kind: 'accepted' | 'already' | 'duplicate';
  readonly report: ReportId;
  readonly duplicateOf?: ReportId;
}

export interface ReportsPort {
  /** Resolves after the commit. Throws when the store is away; then nothing was promised and the caller tries again. */
  accept(input: AcceptInput): Promise<Acceptance>;
}

/** One signed message: its id, and the SHA-256 of its body in hex. */
export interface WebhookMessage {
  readonly id: string;
  readonly digest: string;
}

export type WebhookOutcome =
  /** The id is new: the report was accepted, and the answer kept under the id, in one transaction. */
  | { readonly kind: 'first'; readonly answer: Acceptance }
  /** The id was answered before, for the same body: that first answer. */
  | { readonly kind: 'replayed'; readonly answer: Acceptance }
  /** The id was answered before, for another body. Nothing was done. */
  | { readonly kind: 'other_body' };

export interface WebhookPort {
  /** Of any number of concurrent calls with one id exactly one is `first`. Resolves after the commit. */
  acceptMessage(message: WebhookMessage, input: AcceptInput): Promise<WebhookOutcome>;
}

/** What is known of a feed between two polls. */
export interface FeedState {
  /** The address that this state was learnt from; another address in the settings starts a new baseline. */
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
  /** The first fetch was taken in whole, so that what is new from now on is news. */
  readonly baselineDone: boolean;
  readonly lastOk?: Instant;
  /** The last failure in words, with its remedy; absent after a success. */
  readonly lastError?: string;
  /** Failures in a row. */
  readonly failures: number;
  /** Not to be asked again before this moment. */
  readonly nextAt?: Instant;
}

export interface FeedsPort {
  feed(id: SourceId): Promise<FeedState | undefined>;
  /** Replaces the state. Resolves after the commit. */
  saveFeed(id: SourceId, state: FeedState): Promise<void>;
}

/** The little of a logger that sources need (pino's shape). */
export interface LogPort {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
