import type { ActorIndex, ActorMention } from '../../model/actor.ts';
import type { ControlClaim } from '../../model/control.ts';
import { daysBetween, type Day } from '../../model/time.ts';
import { ascending, byText } from '../id.ts';
import { isMixed, overlap } from '../sides.ts';

/** A stretch of time in which somebody held a place, with all that is said on it. */
export interface Stretch {
  readonly holders: readonly ActorMention[];
  readonly part: boolean;
  readonly from: Day;
  readonly since: 'stated' | 'seen';
  /** Absent: it lasts. */
  readonly to?: Day;
  /** By other accounts somebody else held it in that time. */
  readonly disputed: boolean;
  readonly claims: readonly ControlClaim[];
}

/**
 * Two sightings of different holders so near each other in time contradict each other; further apart, the later one shows
 * that the place has changed hands unseen.
 */
const CONFLICT_DAYS = 3;
/** A denial is of what is said to have happened up to so many days before it. */
const DENIAL_DAYS = 14;
/** An old claim is repeated for so long; a side that takes a place after that has taken it anew. */
export const LOOK_BACK_DAYS = 60;

const ORDER = { holds: 0, left: 1, took: 2 } as const;

/** By day; within a day by report, and within a report what held before what changed. */
export const inOrder = (a: ControlClaim, b: ControlClaim): number =>
  ascending(a.day, b.day) ||
  ascending(a.at, b.at) ||
  (a.report === b.report ? ORDER[a.what] - ORDER[b.what] : 0) ||
  byText(a.statement, b.statement);

interface Fold {
  readonly past: readonly Stretch[];
  readonly open: readonly Stretch[];
}

const ended = (stretch: Stretch, on: Day): Stretch => ({ ...stretch, to: on });

/** `stretch` up to `on`, and from then on with `change`; one stretch when nothing lies before. */
function split(
  stretch: Stretch,
  on: Day,
  change: Partial<Stretch>,
): { past: readonly Stretch[]; open: Stretch } {
  const changed = { ...stretch, ...change };
  return stretch.from === on
    ? { past: [], open: changed }
    : { past: [ended(stretch, on)], open: { ...changed, from: on } };
}

/** Those stretches go on from `on` with `change`. */
function splitAll(fold: Fold, which: readonly Stretch[], on: Day, change: Partial<Stretch>): Fold {
  const parts = which.map((stretch) => split(stretch, on, change));
  const kept = fold.open.filter((stretch) => !which.includes(stretch));
  return {
    past: [...fold.past, ...parts.flatMap(({ past }) => past)],
    open: [...kept, ...parts.map(({ open }) => open)],
  };
}

function closeAll(fold: Fold, which: readonly Stretch[], on: Day): Fold {
  return {
    past: [...fold.past, ...which.map((stretch) => ended(stretch, on))],
    open: fold.open.filter((stretch) => !which.includes(stretch)),
  };
}

const opened = (fold: Fold, claim: ControlClaim, disputed: boolean): Fold => ({
  ...fold,
  open: [
    ...fold.open,
    {
      holders: claim.holders,
      part: claim.part,
      from: claim.day,
      since: claim.what === 'holds' ? 'seen' : 'stated',
      disputed,
      claims: [claim],
    },
  ],
});

const withClaim = (fold: Fold, stretch: Stretch, claim: ControlClaim): Fold => ({
  ...fold,
  open: fold.open.map((one) => (one === stretch ? { ...one, claims: [...one.claims, claim] } : one)),
});

/** The last day on which somebody said that its holders hold it. */
export function lastSaid({ claims, holders, from }: Stretch, actors: ActorIndex): Day {
  const days = claims
    .filter(
      (claim) =>
        claim.stance !== 'denies' && (holders.length === 0 || overlap(claim.holders, holders, actors)),
    )
    .map(({ day }) => day)
    .sort();
  return days.at(-1) ?? from;
}

function rivals(fold: Fold, stretch: Stretch | undefined): readonly Stretch[] {
  return fold.open.filter((other) => other !== stretch && other.holders.length > 0);
}

/** Taken by one of its holders, on a known day, from those who by other accounts held it: whoever held it before. */
const retaken = (fold: Fold, stretch: Stretch, claim: ControlClaim, actors: ActorIndex): boolean =>
  claim.exact !== false &&
  claim.day > stretch.from &&
  rivals(fold, stretch).some(({ holders }) => overlap(holders, claim.losers, actors));

/** Taken on a known day by who held it, as far as was known: once more, or long after he was last seen there. */
const takenAnew = (stretch: Stretch, claim: ControlClaim, actors: ActorIndex): boolean =>
  claim.exact !== false &&
  daysBetween(stretch.from, claim.day) > CONFLICT_DAYS &&
  (claim.anew === true || daysBetween(lastSaid(stretch, actors), claim.day) > LOOK_BACK_DAYS);

/** Somebody who is among the holders is said to hold or to have taken it again: other accounts that fell silent are dropped. */
function affirmed(fold: Fold, stretch: Stretch, claim: ControlClaim, actors: ActorIndex): Fold {
  const whole = !claim.part && claim.what === 'took';
  const alone = isMixed(stretch.holders, actors) && !isMixed(claim.holders, actors);
  const afresh = retaken(fold, stretch, claim, actors) || takenAnew(stretch, claim, actors);
  if (whole && (stretch.part || alone || afresh))
    return opened(closeAll(fold, fold.open, claim.day), claim, false);
  if (!stretch.disputed) return withClaim(fold, stretch, claim);
  const others = rivals(fold, stretch);
  const silent = others.every((other) => daysBetween(lastSaid(other, actors), claim.day) > CONFLICT_DAYS);
  if (!silent) return withClaim(fold, stretch, claim);
  const settled = splitAll(closeAll(fold, others, claim.day), [stretch], claim.day, { disputed: false });
  const [kept] = settled.open;
  return kept ? withClaim(settled, kept, claim) : settled;
}

/** Somebody else took it. */
function taken(fold: Fold, claim: ControlClaim): Fold {
  if (!claim.part) return opened(closeAll(fold, fold.open, claim.day), claim, false);
  const whole = fold.open.filter(({ part, holders }) => !part && holders.length > 0);
  const nobody = fold.open.filter(({ holders }) => holders.length === 0);
  return opened(splitAll(closeAll(fold, nobody, claim.day), whole, claim.day, { part: true }), claim, false);
}

/** Somebody else is seen to hold it. */
function seen(fold: Fold, claim: ControlClaim, actors: ActorIndex): Fold {
  if (claim.part) return taken(fold, claim);
  const others = rivals(fold, undefined);
  const fresh = others.some((other) => daysBetween(lastSaid(other, actors), claim.day) <= CONFLICT_DAYS);
  if (others.length === 0 || !fresh) return opened(closeAll(fold, fold.open, claim.day), claim, false);
  return opened(splitAll(fold, others, claim.day, { disputed: true }), claim, true);
}

/** Whoever stays when all others have left is disputed by nobody. */
function undisputed(fold: Fold, on: Day): Fold {
  const [only, ...others] = fold.open.filter(({ holders }) => holders.length > 0);
  return only?.disputed && others.length === 0 ? splitAll(fold, [only], on, { disputed: false }) : fold;
}

/** Where one of several sides leaves, the others stay. */
function left(fold: Fold, claim: ControlClaim, actors: ActorIndex): Fold {
  const gone = fold.open.filter(({ holders }) => overlap(holders, claim.losers, actors));
  const staying = (stretch: Stretch): readonly ActorMention[] =>
    stretch.holders.filter((holder) => !overlap([holder], claim.losers, actors));
  const [mixed] = gone.filter((stretch) => staying(stretch).length > 0);
  if (mixed) {
    const without = splitAll(fold, [mixed], claim.day, { holders: staying(mixed) });
    const kept = without.open.find(
      ({ holders }) => holders.length > 0 && !overlap(holders, claim.losers, actors),
    );
    return kept ? withClaim(without, kept, claim) : without;
  }
  const rest = undisputed(closeAll(fold, gone, claim.day), claim.day);
  const [other] = rest.open;
  return other ? withClaim(rest, other, claim) : opened(rest, claim, false);
}

function step(fold: Fold, claim: ControlClaim, actors: ActorIndex): Fold {
  if (claim.what === 'left') return left(fold, claim, actors);
  const mixed = !claim.part && isMixed(claim.holders, actors);
  const has = ({ holders }: Stretch): boolean =>
    mixed
      ? claim.holders.every((holder) => overlap(holders, [holder], actors))
      : overlap(holders, claim.holders, actors);
  const stretch = fold.open.find(has);
  if (stretch) return affirmed(fold, stretch, claim, actors);
  // That others hold it with one of its holders contradicts nothing: it is shared from then on.
  const joins = mixed && fold.open.some(({ holders }) => overlap(holders, claim.holders, actors));
  if (joins) return opened(closeAll(fold, fold.open, claim.day), claim, false);
  return claim.what === 'took' ? taken(fold, claim) : seen(fold, claim, actors);
}

/** The stretch that a denial denies: the nearest before it that its holders began. */
function denied(claim: ControlClaim, stretches: readonly Stretch[], actors: ActorIndex): Stretch | undefined {
  const gap = ({ from }: Stretch): number => daysBetween(from, claim.day);
  return stretches
    .filter((one) => overlap(one.holders, claim.holders, actors) && gap(one) >= -1 && gap(one) <= DENIAL_DAYS)
    .toSorted((a, b) => gap(a) - gap(b))[0];
}

/** A denial of nothing that is known holds on its own day, so that it is found when what it denies is heard of. */
const alone = (claim: ControlClaim): Stretch => ({
  holders: claim.holders,
  part: claim.part,
  from: claim.day,
  to: claim.day,
  since: 'stated',
  disputed: false,
  claims: [claim],
});

/**
 * An undated claim to have taken what its side took before, and of which only the other side says that it was lost in
 * between, repeats the old claim: its side holds the place by its own account.
 */
function repeats(claim: ControlClaim, earlier: readonly ControlClaim[], actors: ActorIndex): boolean {
  if (claim.what !== 'took' || claim.exact !== false || claim.anew === true) return false;
  const took = earlier.filter(
    ({ what, part, day }) => what === 'took' && !part && daysBetween(day, claim.day) <= LOOK_BACK_DAYS,
  );
  const first = took.findIndex(({ holders }) => overlap(holders, claim.holders, actors));
  if (first < 0) return false;
  const losses = took.slice(first + 1).filter(({ holders }) => !overlap(holders, claim.holders, actors));
  return losses.length > 0 && losses.every(({ stance }) => stance === 'gains');
}

/**
 * Who held a place when, by all that is said of it. Depends on the claims alone, not on the order in which they are given.
 * `before`: what was said of the time before them, which the stretches do not depend on otherwise (`window.ts`).
 */
export function fold(
  claims: readonly ControlClaim[],
  actors: ActorIndex,
  before: readonly ControlClaim[] = [],
): readonly Stretch[] {
  const sorted = [...claims].sort(inOrder);
  const said = sorted.filter(({ stance }) => stance !== 'denies');
  const earlier = before.filter(({ stance }) => stance !== 'denies').toSorted(inOrder);
  const taken = new Map(
    said.map((claim, i): [ControlClaim, ControlClaim] =>
      repeats(claim, [...earlier, ...said.slice(0, i)], actors)
        ? [{ ...claim, what: 'holds' }, claim]
        : [claim, claim],
    ),
  );
  const start: Fold = { past: [], open: [] };
  const folded = [...taken.keys()].reduce((known, claim) => step(known, claim, actors), start);
  const asSaid = (stretch: Stretch): Stretch => ({
    ...stretch,
    claims: stretch.claims.map((claim) => taken.get(claim) ?? claim),
  });
  const [past, open] = [folded.past.map(asSaid), folded.open.map(asSaid)];
  return sorted
    .filter(({ stance }) => stance === 'denies')
    .reduce<readonly Stretch[]>(
      (stretches, claim) => {
        const target = denied(claim, stretches, actors);
        if (!target) return [...stretches, alone(claim)];
        return stretches.map((one) => (one === target ? { ...one, claims: [...one.claims, claim] } : one));
      },
      [...past, ...open],
    );
}
