import type { ActorMention, Reliability } from './actor.ts';
import type { CorrectionNote } from './correction.ts';
import type { ActorId, FactId, IncidentId, ReportId, StatementId, UpdateId } from './ids.ts';
import type { PlaceRef } from './place.ts';
import type { RulingNote } from './ruling.ts';
import type { DatePrecision, Figure, Phase, StatementType, Status } from './statement.ts';
import type { Day, Instant } from './time.ts';

/**
 * How sure a fact or a control state is. `claimed`: only origins that gain by it. `reported`: one origin that does not.
 * `confirmed`: two independent origins that do not gain, or one that loses by it and admits it. `contested`: live
 * conflicting claims. `denied`: only denials stand. `stale`: not refreshed for longer than its kind keeps.
 */
export type Standing = 'claimed' | 'reported' | 'confirmed' | 'contested' | 'denied' | 'stale';

/** Whose word something is: the speaker that the text names, else the outlet. Copies of one text share one origin. */
export interface Origin {
  /** Equal keys are one origin. */
  readonly key: string;
  readonly name: string;
  readonly kind: 'speaker' | 'outlet';
  /** The party whose side it takes, where known. */
  readonly alignment?: ActorId;
  readonly reliability: Reliability;
}

/** One origin's word on one fact, in one report. */
export interface Claim {
  readonly statement: StatementId;
  readonly report: ReportId;
  readonly outlet: string;
  readonly origin: Origin;
  /** `says`: it is so. `denies`: it is not. `admits`: says so although it loses by it. `gains`: says so and gains by it. */
  readonly stance: 'says' | 'gains' | 'admits' | 'denies';
  readonly figures: readonly Figure[];
  /** The evidence: the report's own words, shortened where they are many. */
  readonly quote?: string;
  /** When the report was published. */
  readonly at: Instant;
  /** Denies it by saying that these hold the place. */
  readonly instead?: string;
  /** Says only that it is to come. */
  readonly planned?: true;
  /** Earlier accepted reports whose words the report mostly shares: what its outlet says itself, it has from there. */
  readonly drawsOn?: readonly ReportId[];
}

/**
 * What one statement says of one happening: what incidents are put together from, and never changed. Of a statement on ground
 * at several places there is one for each place: two villages taken on one day are two happenings.
 */
export interface Account {
  readonly statement: StatementId;
  readonly report: ReportId;
  /** When the report was published. */
  readonly at: Instant;
  readonly type: StatementType;
  readonly phase?: Phase;
  readonly status: Status;
  readonly part: boolean;
  readonly places: readonly PlaceRef[];
  readonly toPlaces: readonly PlaceRef[];
  readonly viaPlaces: readonly PlaceRef[];
  readonly to: readonly ActorMention[];
  readonly from: readonly ActorMention[];
  readonly parties: readonly ActorMention[];
  readonly date?: string;
  readonly datePrecision?: DatePrecision;
  readonly dateAtLatest?: true;
  /** The day that it is put on, and whether the report gave that very day. */
  readonly day: Day;
  readonly exact: boolean;
  readonly drawsOn?: readonly ReportId[];
  /** Accounts of one report with equal ties are told by it as one story. */
  readonly tie?: string;
  /** Too wide to be matched by itself: it belongs where its tie says. */
  readonly guest?: true;
  /** Says that a place was not taken by saying who holds it: found and kept only beside what it contradicts. */
  readonly contrary?: true;
  /** The place had been lost before it was taken, by the report's own words: "recaptured". */
  readonly anew?: true;
  /** A side's own word that it left, which says that it lost the place: told with what others say of that, never by itself. */
  readonly implied?: true;
  /** Its report tells it as history. Accounts of the past are put together with each other only. */
  readonly past?: true;
}

/** One thing that is said to have happened, by all who say it. Statements that agree on what and where share one. */
export interface Fact {
  readonly id: FactId;
  readonly type: StatementType;
  readonly phase?: Phase;
  readonly status: Status;
  readonly part: boolean;
  readonly places: readonly PlaceRef[];
  readonly toPlaces: readonly PlaceRef[];
  readonly viaPlaces: readonly PlaceRef[];
  readonly to: readonly ActorMention[];
  readonly from: readonly ActorMention[];
  readonly parties: readonly ActorMention[];
  /** Day, month or year, as `datePrecision` says. */
  readonly date?: string;
  readonly datePrecision?: DatePrecision;
  readonly dateAtLatest?: true;
  readonly standing: Standing;
  /** A sentence's worth of reason for the standing, as a locale key with its values. */
  readonly why: Reason;
  readonly claims: readonly Claim[];
}

/** A reason that can be shown: key of a locale string, and what goes into it. */
export interface Reason {
  readonly key: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/**
 * `ground`: who holds, gains, besieges. `movement`: who leaves, returns, is let in, and the deals that bring it about.
 * Statements of one family at one place and time may be one happening.
 */
export type IncidentFamily = 'ground' | 'movement';

/** One real-world happening, put together from the statements of any number of reports; the unit of a thread. */
export interface Incident {
  readonly id: IncidentId;
  readonly family: IncidentFamily;
  readonly state: 'open' | 'closed';
  /** Counts up with every update: the revision of the thread's root. */
  readonly revision: number;
  /** Published time of the report that opened it, and of the newest that moved it. */
  readonly opened: Instant;
  readonly lastActivity: Instant;
  /** The first fact leads: the headline is made from it. */
  readonly facts: readonly Fact[];
  /** What the facts are worked out from, with their claims. */
  readonly accounts: readonly Account[];
  readonly maybeSame: readonly IncidentId[];
  /**
   * It lay in the past when it was heard of: long before its reports, or overtaken by what was known. No news: told only where
   * that is asked for. Absent once a report brings it as news.
   */
  readonly past?: true;
  /** It turned out to be the same happening as that one, which goes on in its stead. */
  readonly mergedInto?: IncidentId;
  /** Facts that were told and that nobody's word stands for any more, as they last stood; the newest last. */
  readonly withdrawn?: readonly Fact[];
}

/** Letters of an incident's id that people are shown, and type. */
const SHORT_ID = 6;

/** What people call an incident by: the beginning of its id, the same wherever it is told. */
export const shortIdOf = (id: IncidentId): string => id.slice(2, 2 + SHORT_ID);

export const UPDATE_KINDS = [
  'opened',
  'progressed',
  'corroborated',
  'contested',
  'denied',
  'corrected',
  'retracted',
  'closed',
] as const;
export type UpdateKind = (typeof UPDATE_KINDS)[number];

/** One difference that a report made to an incident; the line of a reply. */
export type Change =
  | { readonly kind: 'new_fact'; readonly fact: FactId }
  | { readonly kind: 'status'; readonly fact: FactId; readonly was: Status; readonly now: Status }
  | { readonly kind: 'phase'; readonly fact: FactId; readonly was?: Phase; readonly now: Phase }
  | {
      readonly kind: 'figure';
      readonly fact: FactId;
      readonly origin: string;
      readonly was?: Figure;
      readonly now: Figure;
    }
  | {
      /** `place`: also from there. `destination`: said to go there. */
      readonly kind: 'place' | 'destination';
      readonly fact: FactId;
      readonly places: readonly PlaceRef[];
      readonly origin: string;
    }
  | { readonly kind: 'standing'; readonly fact: FactId; readonly was: Standing; readonly now: Standing }
  | { readonly kind: 'denial'; readonly fact: FactId; readonly origin: string }
  /** Contested as before, and surer but for the denial, by one more word. */
  | { readonly kind: 'support'; readonly fact: FactId; readonly origin: string }
  /** Nobody has said anything of it for so many days. */
  | { readonly kind: 'quiet'; readonly fact: FactId; readonly days: number }
  | {
      /**
       * `merged`: this happening is the other one, and goes on there. `absorbed`: the other one, told by itself so far, is
       * this one. `parted`: what was told here is two happenings; the other one is told by itself from now on. `resumed`:
       * what went on in the other one is a happening of its own after all, and goes on here.
       */
      readonly kind: 'merged' | 'absorbed' | 'parted' | 'resumed';
      readonly fact: FactId;
      readonly other: IncidentId;
      /** The other's leading fact, without its claims, so that it can be named. */
      readonly lead: Fact;
    }
  /** A correction took the whole of it away; `was`: as it stood before. */
  | { readonly kind: 'gone'; readonly fact: FactId; readonly was: Fact }
  /** A correction took a figure away and nobody else gives it. */
  | { readonly kind: 'figure_gone'; readonly fact: FactId; readonly was: Figure; readonly origin: string }
  /** A correction took places away (from where, or to where) and nobody else names them. */
  | { readonly kind: 'place_gone'; readonly fact: FactId; readonly places: readonly PlaceRef[] };

/** What one report, or the silence after it, did to one incident. */
export interface Update {
  readonly id: UpdateId;
  readonly incident: IncidentId;
  /** The incident's revision after it. */
  readonly revision: number;
  readonly report: ReportId;
  /** Published time of that report; of a closing after silence, when that was. */
  readonly at: Instant;
  /** All that it did, the weightiest first; never empty. */
  readonly kinds: readonly UpdateKind[];
  readonly changes: readonly Change[];
  /** A reply that goes to the whole channel: a control state flipped, something told is denied, contested or retracted. */
  readonly broadcast: boolean;
  readonly reason: Reason;
  /** The correction that made it. `report` is then the publisher's later text, or else the report that was taken back. */
  readonly correction?: CorrectionNote;
  /** The person's decision that made it. `report` is then the newest that the incident stands on. */
  readonly ruling?: RulingNote;
}
