import type { ActorMention } from './actor.ts';
import type { ReportId, StatementId } from './ids.ts';
import type { PlaceMention } from './place.ts';

export const STATEMENT_TYPES = [
  'control',
  'held',
  'advance',
  'siege',
  'withdrawal',
  'evacuation',
  'displacement',
  'return',
  'agreement',
  'aid_access',
] as const;
export type StatementType = (typeof STATEMENT_TYPES)[number];

export const STATUSES = ['happened', 'ongoing', 'planned', 'failed', 'denied', 'background'] as const;
export type Status = (typeof STATUSES)[number];

export type SiegePhase = 'imposed' | 'standing' | 'eased' | 'broken';
export type AgreementPhase =
  'proposed' | 'reached' | 'in_force' | 'extended' | 'suspended' | 'violated' | 'ended';
export type Phase = SiegePhase | AgreementPhase;

/** How many moved. "about 1,500" has low = high; "more than 500" has no high; "hundreds" is low 100. */
export interface Figure {
  readonly low?: number;
  readonly high?: number;
  /** `people`, `families`, `fighters`, `civilians`, `vehicles`, `buses`, … */
  readonly unit: string;
  /** The words of the report. */
  readonly text: string;
  /** `further`: on top of others told before. `total`: all so far. Absent: the report does not say. */
  readonly counts?: 'further' | 'total';
}

export type DatePrecision = 'day' | 'week' | 'month' | 'year';

/** One change that one report states: what `sitrep extract` prints, field by field. */
export interface Statement {
  readonly type: StatementType;
  readonly status: Status;
  readonly phase?: Phase;
  /** Only a part of the place, or an unnamed place inside it. */
  readonly part?: true;
  /** Where it happens; for a movement, where people leave from. */
  readonly places: readonly PlaceMention[];
  readonly toPlaces?: readonly PlaceMention[];
  readonly viaPlaces?: readonly PlaceMention[];
  /** Who gains, holds, advances or besieges. */
  readonly to?: readonly ActorMention[];
  /** Who loses, is pushed, is besieged or leaves. */
  readonly from?: readonly ActorMention[];
  readonly parties?: readonly ActorMention[];
  readonly people?: Figure;
  /** Figures for one movement beside `people`, when the report gives more than one (vehicles beside people, another count). */
  readonly figures?: readonly (Figure & { readonly by?: ActorMention })[];
  /** ISO day, `YYYY-MM` or `YYYY`, as `datePrecision` says. */
  readonly date?: string;
  readonly datePrecision?: DatePrecision;
  /** The date is that of the words that tell it ("said on Monday that it had taken"): it happened then or before. */
  readonly dateAtLatest?: true;
  /** Who says so, when the text attributes it. */
  readonly by?: ActorMention;
  /** `[start, end)` offsets of the evidence in the report's body. */
  readonly span: readonly [number, number];
  /** 0 … 1: the share of statements like this one that are right. */
  readonly confidence: number;
  /** Id of the lexicon entry that found it. */
  readonly rule: string;
}

/** A statement that is kept: its report, and its place among that report's statements. */
export interface StoredStatement extends Statement {
  readonly id: StatementId;
  readonly report: ReportId;
}
