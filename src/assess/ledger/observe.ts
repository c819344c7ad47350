import type { ControlClaim } from '../../model/control.ts';
import { placeRef, type PlaceRef } from '../../model/place.ts';
import type { StoredStatement } from '../../model/statement.ts';
import { dayOf, type Day } from '../../model/time.ts';
import { isAnew } from '../anew.ts';
import { statementDay } from '../days.ts';
import { holds, isCountry, isWide } from '../relation.ts';
import { isMixed } from '../sides.ts';
import type { Knowledge } from '../types.ts';
import { claimsOf, type Voiced } from '../unit.ts';

/** A claim on who held a place. */
export interface Sighting {
  readonly place: PlaceRef;
  readonly claim: ControlClaim;
}

type What = ControlClaim['what'];

/** What a statement says of who holds its places; nothing for attempts, plans and all that moves people. */
function whatOf({ type, status, part, to = [], from = [] }: StoredStatement): What | undefined {
  if (status === 'planned' || status === 'failed') return undefined;
  if (type === 'held') return to.length > 0 ? 'holds' : undefined;
  if (type === 'control' && to.length > 0) return 'took';
  // A force that leaves a part of a place may hold the rest.
  const left = (type === 'control' || type === 'withdrawal') && from.length > 0;
  return left && !(part ?? false) && status !== 'denied' ? 'left' : undefined;
}

/** Somewhere in a governorate says nothing of the governorate; a country is held by nobody. */
const tooWide = (place: PlaceRef, part: boolean): boolean => isCountry(place) || (part && isWide(place));

const earlier = (a: Day, b: Day): Day => (a < b ? a : b);

/** A deal that its report tells of there: by it several sides hold a place together. */
const isDeal = ({ type, status, phase }: StoredStatement): boolean =>
  type === 'agreement' &&
  (status === 'happened' || status === 'ongoing') &&
  (phase === 'reached' || phase === 'in_force' || phase === 'extended');

/** @param told all that the report states */
export function sightingsOf(
  statement: StoredStatement,
  told: readonly StoredStatement[],
  voiced: Voiced,
  knowledge: Knowledge,
): readonly Sighting[] {
  const { report } = voiced;
  const what = whatOf(statement);
  const [claim] = claimsOf(statement, voiced, knowledge.actors);
  if (what === undefined || !claim) return [];
  const part = statement.part ?? false;
  const { day, exact } = statementDay(statement, report);
  const holders = what === 'left' ? [] : (statement.to ?? []);
  const deals = told
    .filter(isDeal)
    .flatMap(({ places }) => places.map((one) => placeRef(one, knowledge.places)));
  const agreed = (place: PlaceRef): boolean =>
    isMixed(holders, knowledge.actors) &&
    deals.some((deal) => deal.key === place.key || holds(deal, place, knowledge.places));
  return statement.places
    .map((mention) => placeRef(mention, knowledge.places))
    .filter((place) => !tooWide(place, part))
    .map((place) => ({
      place,
      claim: {
        ...claim,
        figures: [],
        what,
        // Nobody reports what is yet to come: a later day is a misreading of the date.
        day: earlier(day, dayOf(report.published)),
        exact,
        ...(statement.dateAtLatest && { atLatest: true as const }),
        holders,
        losers: statement.from ?? [],
        part,
        ...(isAnew(statement, report) && { anew: true as const }),
        ...(agreed(place) && { agreed: true }),
      },
    }));
}
