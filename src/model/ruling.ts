import type { IncidentId, RulingId, StatementId } from './ids.ts';
import type { PlaceRef } from './place.ts';
import type { Instant } from './time.ts';

/** `same`: what is told as two happenings is one. `apart`: a part of what is told as one happening is another. */
export type RulingKind = 'same' | 'apart';

/** A person's decision on what is one happening. Judged in its turn, like a report, and once. */
export interface Ruling {
  readonly id: RulingId;
  readonly kind: RulingKind;
  readonly incident: IncidentId;
  /** `same`: the one that it is the same as. */
  readonly other?: IncidentId;
  /** `apart`: the statements that tell of another happening; what repeats their words goes with them. Else empty. */
  readonly statements: readonly StatementId[];
  /** A person's name, or how they came: `desk`, `terminal`. */
  readonly by: string;
  /** In that person's words; empty when nobody gave one. */
  readonly reason: string;
  readonly requested: Instant;
}

/** What an update says of the ruling that made it. Not whose it was: it is told in other workspaces than that person's too. */
export type RulingNote = Pick<Ruling, 'id' | 'kind' | 'reason'>;

/**
 * Names an account whatever incident it is in. Of a statement on ground at several places there is one for each place; of a
 * withdrawal one beside it that says what was lost.
 */
export const accountKey = ({
  statement,
  places,
  implied,
}: {
  readonly statement: StatementId;
  readonly places: readonly PlaceRef[];
  readonly implied?: true;
}): string => [statement, places.map(({ key }) => key).join(), ...(implied ? ['lost'] : [])].join('|');

/** A ruling as it was applied: it holds for each of `ones` with each of `others` (account keys), whatever comes later. */
export interface Ruled {
  readonly kind: RulingKind;
  readonly ones: readonly string[];
  readonly others: readonly string[];
}
