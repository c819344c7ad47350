import type { CorrectionId, ReportId } from './ids.ts';
import type { Instant } from './time.ts';

/**
 * Why a report no longer stands as it was told. `retraction`: it is taken back, by a person of ours or by its publisher.
 * `revision`: its publisher changed the text at the same address.
 */
export type CorrectionKind = 'retraction' | 'revision';

/** One report put right. Judged in its turn, like a report, and once. */
export interface Correction {
  readonly id: CorrectionId;
  readonly kind: CorrectionKind;
  /** The report whose word no longer counts. */
  readonly report: ReportId;
  /** The publisher's later text: what it says now, or its notice that it takes the report back. Absent: a person's word. */
  readonly replacement?: ReportId;
  /** Who asked for it: a person's name, or the outlet's. */
  readonly by: string;
  /** In that person's words; empty when nobody gave one. */
  readonly reason: string;
  readonly requested: Instant;
}

/** What an update says of the correction that made it. */
export type CorrectionNote = Pick<Correction, 'id' | 'kind' | 'report' | 'by' | 'reason'> & {
  /** The publisher's own doing. */
  readonly published: boolean;
};
