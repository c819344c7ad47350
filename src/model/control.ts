import type { ActorMention } from './actor.ts';
import type { StatementId } from './ids.ts';
import type { Claim, Reason, Standing } from './incident.ts';
import type { PlaceRef } from './place.ts';
import type { Day, Instant } from './time.ts';

/**
 * What one claim says about who held a place on a day. A place's rows are worked out anew from all of its claims, in the
 * order of their days, so that the order in which reports arrive does not matter.
 */
export interface ControlClaim extends Claim {
  /** `took`: it changed hands on `day`. `holds`: held on `day`. `left`: the losers held it no longer from `day`. */
  readonly what: 'took' | 'holds' | 'left';
  readonly day: Day;
  /** `false`: the report gives no day, and it is put on the report's own. */
  readonly exact?: boolean;
  /** The day is that on which it was told: it happened then or before. */
  readonly atLatest?: true;
  /** Who took or holds it; empty for `left`. */
  readonly holders: readonly ActorMention[];
  readonly losers: readonly ActorMention[];
  readonly part: boolean;
  /** Taken once more, by the report's own words: it had been lost. */
  readonly anew?: true;
  /** Its report tells of a deal there as well: several holders hold it by agreement. */
  readonly agreed?: true;
}

/**
 * One row of the bitemporal ledger: who held a place from when (valid time), and from when until when we believed it
 * (recorded time). Rows are closed, never changed.
 */
export interface ControlEntry {
  /** Deterministic: made of the place, the holders, the valid day and the statement that brought it. */
  readonly id: string;
  readonly place: PlaceRef;
  /** More than one: shared or mixed control. None: those who held it left, and nobody is known to hold it. */
  readonly holders: readonly ActorMention[];
  readonly part: boolean;
  /** Several sides hold it together, by a deal. */
  readonly agreed?: true;
  readonly standing: Standing;
  readonly why: Reason;
  /** Day from which it held. `since: 'stated'` a change was reported for that day; `'seen'` it already held then. */
  readonly validFrom: Day;
  readonly since: 'stated' | 'seen';
  /** Day on which the next holder took over; absent while it lasts. */
  readonly validTo?: Day;
  readonly lastConfirmed: Day;
  readonly claims: readonly ControlClaim[];
  readonly statements: readonly StatementId[];
  /** When we came to know it, and when we came to know better. */
  readonly recordedFrom: Instant;
  readonly recordedTo?: Instant;
}

/** Who holds a place on a day, by a row of its own or by one of a place around it. */
export interface Holding {
  readonly place: PlaceRef;
  readonly entry: ControlEntry;
  /** The place around it that the row is of. */
  readonly inherited?: PlaceRef;
  /** Its own rows, which that sets aside. */
  readonly before: readonly ControlEntry[];
}

/** A question to the ledger: what held on `at`, as known at `known`. Absent: now. */
export interface ControlQuery {
  readonly at?: Day;
  readonly known?: Instant;
}
