import type { ActorMention } from '../../model/actor.ts';
import type { DateSpan } from '../../model/reading.ts';
import type { Figure, Status } from '../../model/statement.ts';
import type { Proposal } from '../propose/proposal.ts';

/** A proposal on its way to a statement. */
export interface Draft {
  readonly proposal: Proposal;
  readonly status: Status;
  readonly date?: DateSpan;
  /** The date is that of the words that tell it: "said on Monday". */
  readonly spoken?: true;
  readonly by?: ActorMention;
  /** Other figures that the report gives for it, each with its speaker. */
  readonly figures?: readonly (Figure & { readonly by?: ActorMention })[];
  /** It stands in the report's title, or in a repetition of it. */
  readonly title: boolean;
}

/** Takes down what refiners do, for `explain`. */
export interface Trace {
  dropped(proposal: Proposal, refiner: string, why: string): void;
  changed(proposal: Proposal, refiner: string, what: string): void;
}
