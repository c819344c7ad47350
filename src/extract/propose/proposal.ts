import type { ActorMention } from '../../model/actor.ts';
import type { PlaceMention } from '../../model/place.ts';
import type { TokenSpan } from '../../model/reading.ts';
import type { Figure, Phase, StatementType } from '../../model/statement.ts';
import type { How } from './places.ts';
import type { Verdict } from './verdict.ts';

/** A statement as a pattern found it, before anything is merged or dropped. */
export interface Proposal {
  readonly rule: string;
  readonly type: StatementType;
  readonly phase?: Phase;
  readonly verdict: Verdict;
  readonly part: boolean;
  readonly how: How;
  readonly places: readonly PlaceMention[];
  readonly toPlaces: readonly PlaceMention[];
  readonly viaPlaces: readonly PlaceMention[];
  readonly to: readonly ActorMention[];
  readonly from: readonly ActorMention[];
  readonly parties: readonly ActorMention[];
  readonly people?: Figure;
  /** Movements: where those who move are from by their own words ("residents of A"). */
  readonly home?: readonly PlaceMention[];
  /** Displacement: how people came to where they are, told beside the news. */
  readonly past?: true;
  /** Vehicles counted beside the people. */
  readonly beside?: readonly Figure[];
  /** Its verb only describes a noun: "oil fields captured by the group". */
  readonly describes?: true;
  /** Tokens that state it. */
  readonly span: TokenSpan;
  readonly sentence: number;
  /** Chunk of the trigger in its sentence. */
  readonly at: number;
  readonly confidence: number;
}
