import type { Reliability } from './actor.ts';
import type { ActorId, ReportId, SourceId } from './ids.ts';
import type { Day, Instant } from './time.ts';

/** `outlet`: known by name; its reports come by another way. */
export type SourceKind = 'feed' | 'inbox' | 'webhook' | 'person' | 'demo' | 'outlet';

/** The party whose side a source takes. */
type Alignment = ActorId | 'neutral' | 'unknown';

/** Where reports come from. */
export interface Source {
  readonly id: SourceId;
  readonly kind: SourceKind;
  /** The outlet's name, as alerts show it. */
  readonly name: string;
  readonly reliability: Reliability;
  /** The party whose side it takes. */
  readonly alignment: Alignment;
  /** Sides that it took before, each up to a day and not on it; the first that is not over counts. */
  readonly former?: readonly { readonly until: Day; readonly alignment: Alignment }[];
  /** Other names that reports give it. */
  readonly names?: readonly string[];
  /** Hosts that are its own, with all below them. */
  readonly domains?: readonly string[];
}

/** A title that begins "CORRECTED:" or "RETRACTED:", in any of the languages that are read. */
export type Notice = 'correction' | 'retraction';

/** One incoming text. */
export interface Report {
  readonly id: ReportId;
  readonly source: SourceId;
  /** The publisher, as alerts name it. */
  readonly outlet: string;
  readonly url?: string;
  readonly title?: string;
  /** The text that is read; spans are offsets (UTF-16 code units) into it. */
  readonly body: string;
  /** BCP 47; `en` when nothing says otherwise. */
  readonly language: string;
  /** When it was published; the time of acceptance when nothing says otherwise. */
  readonly published: Instant;
  readonly accepted: Instant;
}
