import type { Change, Fact } from '../../model/incident.ts';
import type { PlaceRef } from '../../model/place.ts';
import { changesOf, sameFigure } from '../changes.ts';
import { holds } from '../relation.ts';
import type { Knowledge } from '../types.ts';

const figuresOf = ({ claims }: Fact) =>
  claims.flatMap(({ figures, origin }) => figures.map((figure) => ({ figure, origin: origin.name })));

/** Figures that nobody gives any more, but those in whose place another is told. */
function figuresGone(was: Fact, now: Fact, told: readonly Change[]): readonly Change[] {
  const left = figuresOf(now);
  const replaced = told.flatMap((change) => (change.kind === 'figure' && change.was ? [change.was] : []));
  return figuresOf(was)
    .filter(
      ({ figure }, index, all) =>
        !left.some((one) => sameFigure(one.figure, figure)) &&
        !replaced.some((one) => sameFigure(one, figure)) &&
        all.findIndex((one) => sameFigure(one.figure, figure)) === index,
    )
    .map(({ figure, origin }) => ({ kind: 'figure_gone', fact: now.id, was: figure, origin }));
}

/** Places of `was` that `now` does not name, and that do not stand for a narrower or wider one that it names. */
function placesGone(was: Fact, now: Fact, { places }: Knowledge): readonly Change[] {
  const named = [...now.places, ...now.toPlaces];
  const still = (place: PlaceRef): boolean =>
    named.some((one) => one.key === place.key || holds(place, one, places) || holds(one, place, places));
  const gone = [...was.places, ...was.toPlaces].filter((place) => !still(place));
  return gone.length === 0 ? [] : [{ kind: 'place_gone', fact: now.id, places: gone }];
}

/** What a reader who knew the facts as they were has to be told, with what is no longer said. */
export function correctedChanges(
  before: readonly Fact[],
  after: readonly Fact[],
  knowledge: Knowledge,
): readonly Change[] {
  const told = changesOf(before, after, knowledge);
  const gone = before
    .filter(({ id }) => !after.some((fact) => fact.id === id))
    .map((was): Change => ({ kind: 'gone', fact: was.id, was }));
  const less = after.flatMap((now) => {
    const was = before.find(({ id }) => id === now.id);
    return was ? [...figuresGone(was, now, told), ...placesGone(was, now, knowledge)] : [];
  });
  return [...gone, ...told, ...less];
}
