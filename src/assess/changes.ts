import type { Change, Fact, Standing } from '../model/incident.ts';
import type { PlaceRef } from '../model/place.ts';
import type { Figure } from '../model/statement.ts';
import { factDay } from './days.ts';
import { claimKey } from './fact.ts';
import { ascending } from './id.ts';
import { closest, holds } from './relation.ts';
import { isSurer, standingOf } from './standing.ts';
import type { Knowledge } from './types.ts';

export const sameFigure = (a: Figure, b: Figure): boolean =>
  a.low === b.low && a.high === b.high && a.unit === b.unit && a.counts === b.counts;

/** Places of `now` that say something that `was` did not: not there, and not around what was there. */
const added = (
  was: readonly PlaceRef[],
  now: readonly PlaceRef[],
  { places }: Knowledge,
): readonly PlaceRef[] =>
  now.filter((place) => !was.some((one) => one.key === place.key || holds(place, one, places)));

/** Figures that nobody gave before: of each, what the same origin had said. */
function figureChanges(was: Fact, now: Fact): readonly Change[] {
  const before = was.claims.flatMap((claim) =>
    claim.figures.map((figure) => ({ figure, origin: claim.origin })),
  );
  const fresh = now.claims.filter((claim) => !was.claims.some((old) => claimKey(old) === claimKey(claim)));
  return fresh.flatMap((claim) =>
    claim.figures
      .filter((figure) => !before.some((old) => sameFigure(old.figure, figure)))
      .map((figure): Change => {
        // A further group is no new count of the former ones.
        const own =
          figure.counts === 'further'
            ? undefined
            : before.findLast(
                (old) =>
                  old.origin.key === claim.origin.key &&
                  old.figure.unit === figure.unit &&
                  old.figure.counts !== 'further',
              );
        return {
          kind: 'figure',
          fact: now.id,
          origin: claim.origin.name,
          ...(own && { was: own.figure }),
          now: figure,
        };
      }),
  );
}

/** Who denies it that did not before, where that alone is the news: it was contested already. */
function denialChanges(was: Fact, now: Fact): readonly Change[] {
  if (was.standing !== now.standing) return [];
  const known = new Set(
    was.claims.filter(({ stance }) => stance === 'denies').map(({ origin }) => origin.key),
  );
  const fresh = now.claims.filter(({ stance, origin }) => stance === 'denies' && !known.has(origin.key));
  return [...new Set(fresh.map(({ origin }) => origin.name))].map((origin) => ({
    kind: 'denial',
    fact: now.id,
    origin,
  }));
}

/** By one more word a contested thing would be surer now, were it not denied: a monitor's beside the winner's own. */
function supportChanges(was: Fact, now: Fact): readonly Change[] {
  if (was.standing !== 'contested' || now.standing !== 'contested') return [];
  const undenied = ({ claims }: Fact): Standing =>
    standingOf(claims.filter(({ stance }) => stance !== 'denies')).standing;
  return isSurer(undenied(now), undenied(was))
    ? [{ kind: 'support', fact: now.id, origin: bringer(was, now) }]
    : [];
}

/** Whose word the newest of the claims is that were not there before. */
function bringer(was: Fact, now: Fact): string {
  const fresh = now.claims.filter((claim) => !was.claims.some((old) => claimKey(old) === claimKey(claim)));
  return (fresh.at(-1) ?? now.claims.at(-1))?.origin.name ?? '';
}

const isDisputed = ({ standing }: Fact): boolean => standing === 'contested' || standing === 'denied';

/** What a reader who knew the fact as it was has to be told. A repetition gives nothing. */
function factChanges(was: Fact, now: Fact, knowledge: Knowledge): readonly Change[] {
  const places = added(was.places, now.places, knowledge);
  const origin = bringer(was, now);
  const destinations = added(was.toPlaces, now.toPlaces, knowledge);
  return [
    // With a new step its standing is told as well.
    ...(was.standing === now.standing || (was.status !== now.status && !isDisputed(now))
      ? []
      : [{ kind: 'standing', fact: now.id, was: was.standing, now: now.standing } as const]),
    ...denialChanges(was, now),
    ...supportChanges(was, now),
    // That it happened, of what was only denied so far, is what contests it.
    ...(was.status === now.status || was.status === 'denied'
      ? []
      : [{ kind: 'status', fact: now.id, was: was.status, now: now.status } as const]),
    ...(places.length > 0 ? [{ kind: 'place', fact: now.id, places, origin } as const] : []),
    ...(destinations.length > 0
      ? [{ kind: 'destination', fact: now.id, places: destinations, origin } as const]
      : []),
    ...figureChanges(was, now),
  ];
}

/** A new phase of a deal or siege is told as a step from the one before it by day. */
function arrival(fact: Fact, before: readonly Fact[], { places }: Knowledge): Change {
  const { day } = factDay(fact);
  const earlier = before
    .filter(
      (old) =>
        old.type === fact.type &&
        old.phase !== undefined &&
        factDay(old).day <= day &&
        closest(old.places, fact.places, places) !== 'apart',
    )
    .toSorted((a, b) => ascending(factDay(a).day, factDay(b).day))
    .at(-1);
  if (fact.phase === undefined || earlier?.phase === undefined || earlier.phase === fact.phase)
    return { kind: 'new_fact', fact: fact.id };
  return { kind: 'phase', fact: fact.id, was: earlier.phase, now: fact.phase };
}

export function changesOf(
  before: readonly Fact[],
  after: readonly Fact[],
  knowledge: Knowledge,
): readonly Change[] {
  return after.flatMap((now) => {
    const was = before.find(({ id }) => id === now.id);
    return was ? factChanges(was, now, knowledge) : [arrival(now, before, knowledge)];
  });
}
