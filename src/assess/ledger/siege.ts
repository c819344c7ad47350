import type { Fact, Incident } from '../../model/incident.ts';
import type { PlaceKey } from '../../model/place.ts';
import { dayOf, daysBetween, type Day } from '../../model/time.ts';
import type { ReportId } from '../../model/ids.ts';
import { ascending } from '../id.ts';
import { standingOf } from '../standing.ts';

/** A siege of which nothing was heard for so long is not known to stand. */
const SIEGE_DAYS = 365;

const dayOfFact = ({ date, claims: [first] }: Fact): Day =>
  date?.length === 10 ? (date as Day) : first ? dayOf(first.at) : ('0000-01-01' as Day);

const holds = ({ status, standing, part }: Fact): boolean =>
  (status === 'happened' || status === 'ongoing') && standing !== 'denied' && !part;

/** The fact by the word of those reports alone; nothing when none of them speaks of it. */
function asHeard(fact: Fact, heard: ReadonlySet<ReportId>): readonly Fact[] {
  const claims = fact.claims.filter(({ report }) => heard.has(report));
  return claims.length === 0 ? [] : [{ ...fact, ...standingOf(claims), claims }];
}

/**
 * The siege of a place that stands on a day, imposed, standing or eased, by the last that is told of it; undefined when it was
 * broken, or the place has changed hands since. Depends on the facts alone.
 * @param places the place, and regions around it: who cuts off a region cuts off what lies in it
 * @param heard reports whose word counts, for what was known at an earlier time; absent: all
 */
export function siegeOn(
  places: readonly PlaceKey[],
  incidents: readonly Incident[],
  on: Day,
  heard?: ReadonlySet<ReportId>,
): Fact | undefined {
  const facts = incidents
    // Of a siege of old it may not have been told that it ended.
    .filter(({ past }) => past !== true)
    .flatMap((incident) => incident.facts)
    .flatMap((fact) => (heard ? asHeard(fact, heard) : [fact]))
    .filter((fact) => holds(fact) && fact.places.some(({ key }) => places.includes(key)))
    .map((fact) => ({ fact, day: dayOfFact(fact) }))
    .filter(({ day }) => day <= on)
    .toSorted((a, b) => ascending(a.day, b.day) || ascending(a.fact.id, b.fact.id));
  const last = facts.findLast(({ fact }) => fact.type === 'siege');
  if (!last || last.fact.phase === 'broken' || daysBetween(last.day, on) > SIEGE_DAYS) return undefined;
  const fell = facts.some(({ fact, day }) => fact.type === 'control' && day >= last.day);
  return fell ? undefined : last.fact;
}
