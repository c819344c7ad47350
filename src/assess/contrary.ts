import type { ControlEntry } from '../model/control.ts';
import type { Claim, Incident } from '../model/incident.ts';
import type { StatementId } from '../model/ids.ts';
import { placeRef, type PlaceRef } from '../model/place.ts';
import type { StoredStatement } from '../model/statement.ts';
import { dayOf, daysBetween, type Day } from '../model/time.ts';
import { statementDay } from './days.ts';
import { names } from './reasons.ts';
import { compared } from './sides.ts';
import type { Knowledge } from './types.ts';
import { claimsOf, unitsIn, type Unit, type Voiced } from './unit.ts';

/** So long after a capture was told, who is seen to hold the place contradicts it; later the place may have changed hands unseen. */
const DAYS = 3;

const isCapture = ({ type, status, part, to, implied, past }: Unit): boolean =>
  type === 'control' && status === 'happened' && !part && to.length > 0 && !implied && past !== true;

/**
 * Does one of the two say that the other has not come about, by telling of the same place, after it, who holds it still? He must
 * be the loser, or the loser be unknown.
 */
export function contradicts(a: Unit, b: Unit, { actors }: Knowledge): boolean {
  const [held, capture] = a.contrary ? [a, b] : [b, a];
  const after = daysBetween(capture.day, held.day);
  return (
    held.contrary === true &&
    isCapture(capture) &&
    held.places[0]?.key === capture.places[0]?.key &&
    held.at > capture.at &&
    after >= 0 &&
    after <= DAYS &&
    daysBetween(held.day, dayOf(held.at)) <= DAYS &&
    compared(held.from, capture.to, actors) === 'different' &&
    compared(held.from, capture.from, actors) !== 'different'
  );
}

/** What contradicts nothing of the rest any more, for that is parted from it or taken back, tells of nothing. */
export const withoutIdle = (units: readonly Unit[], knowledge: Knowledge): readonly Unit[] =>
  units.filter((unit) => !unit.contrary || units.some((one) => contradicts(unit, one, knowledge)));

/** That `holders` hold the place, as what it says of whoever is said to have taken it from them. */
function contrary(claim: Claim, place: PlaceRef, day: Day, holders: Unit['from']): Unit {
  const { statement, report, outlet, origin, quote, at, drawsOn } = claim;
  return {
    statement,
    report,
    at,
    type: 'control',
    status: 'denied',
    part: false,
    places: [place],
    toPlaces: [],
    viaPlaces: [],
    to: [],
    from: holders,
    parties: [],
    day,
    exact: true,
    ...(drawsOn && { drawsOn }),
    contrary: true,
    family: 'ground',
    claims: [
      {
        statement,
        report,
        outlet,
        origin,
        stance: 'denies',
        figures: [],
        ...(quote !== undefined && { quote }),
        at,
        ...(drawsOn && { drawsOn }),
        instead: names(holders.map(({ name, text }) => name ?? text)),
      },
    ],
  };
}

function fromStatement(statement: StoredStatement, voiced: Voiced, knowledge: Knowledge): readonly Unit[] {
  const [claim] = claimsOf(statement, voiced, knowledge.actors);
  const { type, part, status, to = [] } = statement;
  if (type !== 'held' || status === 'denied' || part || to.length === 0 || !claim) return [];
  const { day } = statementDay(statement, voiced.report);
  return statement.places.map((mention) => contrary(claim, placeRef(mention, knowledge.places), day, to));
}

/**
 * Who is said to hold a place after it is said to have been taken from him: what the report says so of known captures, and
 * what the ledger has of those that the report brings. The same whichever is heard first.
 * @param held the report's statements on who holds what, as of now
 * @param units what the report brings beside
 * @param already statements that the incidents have
 */
export function contraries(
  held: readonly StoredStatement[],
  units: readonly Unit[],
  known: {
    readonly incidents: readonly Incident[];
    readonly ledger: readonly ControlEntry[];
    readonly already: ReadonlySet<StatementId>;
  },
  voiced: Voiced,
  knowledge: Knowledge,
): readonly Unit[] {
  const told = held.flatMap((statement) => fromStatement(statement, voiced, knowledge));
  const captures = units.filter(isCapture);
  const isNear = (place: PlaceRef, day: Day): boolean =>
    captures.some(
      (one) =>
        one.places[0]?.key === place.key &&
        daysBetween(one.day, day) >= 0 &&
        daysBetween(one.day, day) <= DAYS,
    );
  const standing = told.length > 0 ? known.incidents.flatMap(unitsIn) : [];
  const heard =
    captures.length > 0
      ? known.ledger.flatMap(({ place, claims }) =>
          claims
            .filter(
              ({ what, part, stance, day }) =>
                what === 'holds' && !part && stance !== 'denies' && isNear(place, day),
            )
            .map((claim) => contrary(claim, place, claim.day, claim.holders)),
        )
      : [];
  const found = [
    ...told.filter((unit) => [...standing, ...captures].some((one) => contradicts(unit, one, knowledge))),
    ...heard.filter((unit) => captures.some((one) => contradicts(unit, one, knowledge))),
  ].filter(({ statement }) => !known.already.has(statement));
  return [...new Map(found.map((unit) => [`${unit.statement}|${unit.places[0]?.key ?? ''}`, unit])).values()];
}
