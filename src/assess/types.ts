import type { ActorIndex } from '../model/actor.ts';
import type { ControlEntry } from '../model/control.ts';
import type { Correction } from '../model/correction.ts';
import type { IncidentId, ReportId, StatementId } from '../model/ids.ts';
import type { Incident, Reason, Update } from '../model/incident.ts';
import type { PlaceIndex } from '../model/place.ts';
import type { Notice, Report, Source } from '../model/report.ts';
import type { Ruled, Ruling } from '../model/ruling.ts';
import type { StoredStatement } from '../model/statement.ts';
import type { Instant } from '../model/time.ts';
import type { Withdrawal } from './correct/types.ts';

/** What judging looks up by id. */
export interface Knowledge {
  readonly places: PlaceIndex;
  readonly actors: ActorIndex;
}

/** Near-duplicate sketch of a body, as the store keeps it. */
export interface Sketch {
  /** Sampled hashes of the text's word shingles: unsigned 32-bit, ascending. Enough to tell how much of a text is in another. */
  readonly shingles: readonly number[];
  /** Keys; texts that are much alike share at least one with high probability. Candidates only: `copyOf` decides. */
  readonly bands: readonly string[];
}

/** An earlier report that shares a band with the one that is judged. */
export interface NearReport {
  readonly report: ReportId;
  readonly outlet: string;
  readonly published: Instant;
  readonly shingles: readonly number[];
  /** It was taken back, or its publisher has changed it since. */
  readonly withdrawn?: boolean;
  /** It was there when its feed was heard for the first time, and told to nobody. */
  readonly unheard?: boolean;
}

/** All that judging one report looks at. */
export interface Snapshot {
  readonly report: Report;
  readonly source: Source;
  /** In text order. */
  readonly statements: readonly StoredStatement[];
  /** Incidents that share a block with the report (`blocksOf`), in any order. */
  readonly incidents: readonly Incident[];
  /**
   * Rows that are still believed (no `recordedTo`), past valid times included, of every place that the statements name
   * (the `placeKey`s of `ledgerPlacesOf`), in any order.
   */
  readonly ledger: readonly ControlEntry[];
  /** Earlier reports that share a band, the report itself not among them. */
  readonly near: readonly NearReport[];
  /** What people decided of the accounts of these incidents, oldest first. Absent: nothing. */
  readonly rulings?: readonly Ruled[];
  /** Its publisher's earlier text, which it takes the place of, with all that stands on that. */
  readonly revises?: Withdrawal;
  /** What its title says it is, beside news. */
  readonly notice?: Notice;
  /** It was taken back, or changed by its publisher, before its turn came. */
  readonly withdrawn?: true;
  /** Recorded time of what is decided. */
  readonly now: Instant;
}

/** All that judging a person's decision on what is one happening looks at. */
export interface RulingSnapshot {
  readonly ruling: Ruling;
  /** Those that it names, or what they have gone up in since. */
  readonly incident: Incident;
  readonly other?: Incident;
  /** All that share a block with one of them, in any order; they themselves may be among them. */
  readonly near: readonly Incident[];
  /** What went up in `incident`, or in what went up in that. */
  readonly absorbed: readonly Incident[];
  /** Earlier decisions on accounts of these incidents, oldest first. */
  readonly rulings: readonly Ruled[];
  readonly now: Instant;
}

/** An incident as it is after the report, and the blocks under which later reports find it (they replace the old ones). */
export interface AssessedIncident {
  readonly incident: Incident;
  readonly blocks: readonly string[];
  /** It was part of that one, and its statements were taken for that one's. */
  readonly partedFrom?: IncidentId;
}

/** Why a statement went where it went. A statement on several villages may have a decision for each. */
export interface Decision {
  readonly statement: StatementId;
  readonly incident?: IncidentId;
  readonly reason: Reason;
}

/** What one report did to what is known. */
export interface Assessment {
  /** The report that this one repeats: it counts as an outlet, makes no update and opens nothing. */
  readonly duplicateOf?: ReportId;
  /** New or changed; not every one has an update (a repetition adds its claim silently). */
  readonly incidents: readonly AssessedIncident[];
  readonly updates: readonly Update[];
  readonly ledger: {
    readonly close: readonly { readonly id: string; readonly recordedTo: Instant }[];
    readonly open: readonly ControlEntry[];
  };
  readonly decisions: readonly Decision[];
  /** The correction that it was, when it was one. */
  readonly correction?: Correction;
  /** What a person decided, by the accounts that it holds for. */
  readonly ruled?: Ruled;
}
