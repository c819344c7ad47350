import type { ActorMention } from '../../model/actor.ts';
import type { PlaceMention } from '../../model/place.ts';
import type { Figure } from '../../model/statement.ts';
import type { Argument } from '../syntax/clause.ts';
import type { How } from './where.ts';

/** What one role took in. */
export interface Filled {
  readonly places: readonly PlaceMention[];
  readonly actors: readonly ActorMention[];
  readonly people: Figure | undefined;
  readonly how: How | undefined;
  readonly part: boolean;
  /** The actor is sure, or only possible ("maybe"). */
  readonly sure: boolean;
  readonly args: readonly Argument[];
  /** Where the people are from by their own words: "residents of A", "A's families". */
  readonly home?: readonly PlaceMention[];
}

export const blank = (args: readonly Argument[]): Filled => ({
  places: [],
  actors: [],
  people: undefined,
  how: undefined,
  part: false,
  sure: true,
  args,
});

export function uniquePlaces(places: readonly PlaceMention[]): PlaceMention[] {
  return places.filter(
    (place, index) =>
      places.findIndex((other) => (place.id ?? place.text) === (other.id ?? other.text)) === index,
  );
}
