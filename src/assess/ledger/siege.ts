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

/** What was known at an earlier time: the reports that were judged by then, and those of them that were taken back by then. */
export interface Heard {
  readonly judged: ReadonlySet<ReportId>;
  readonly takenBack: ReadonlySet<ReportId>;
}

/** The fact by the word of the reports that were judged alone; nothing when none of them speaks of it. */
function asHeard(fact: Fact, { judged }: Heard): readonly Fact[] {
  const claims = fact.claims.filter(({ report }) => judged.has(report));
  return claims.length === 0 ? [] : [{ ...fact, ...standingOf(claims), claims }];
}

/** Its facts as they were known; also those that lost their last word only later. */
function factsHeard({ facts, withdrawn = [] }: Incident, heard: Heard): readonly Fact[] {
  const later = withdrawn.filter(({ claims }) => !claims.some(({ report }) => heard.takenBack.has(report)));
  return [...facts, ...later].flatMap((fact) => asHeard(fact, heard));
}

/**
 * The siege of a place that stands on a day, imposed, standing or eased, by the last that is told of it; undefined when it was
 * broken, or the place has changed hands since. Depends on the facts alone.
 * @param places the place, and regions around it: who cuts off a region cuts off what lies in it
 * @param heard for what was known at an earlier time; absent: what is known now
 */
export function siegeOn(
  places: readonly PlaceKey[],
  incidents: readonly Incident[],
  on: Day,
  heard?: Heard,
): Fact | undefined {
  const facts = incidents
    // Of a siege of old it may not have been told that it ended.
    .filter(({ past }) => past !== true)
    .flatMap((incident) => (heard ? factsHeard(incident, heard) : incident.facts))
    .filter((fact) => holds(fact) && fact.places.some(({ key }) => places.includes(key)))
    .map((fact) => ({ fact, day: dayOfFact(fact) }))
    .filter(({ day }) => day <= on)
    .toSorted((a, b) => ascending(a.day, b.day) || ascending(a.fact.id, b.fact.id));
  const last = facts.findLast(({ fact }) => fact.type === 'siege');
  if (!last || last.fact.phase === 'broken' || daysBetween(last.day, on) > SIEGE_DAYS) return undefined;
  const fell = facts.some(({ fact, day }) => fact.type === 'control' && day >= last.day);
  return fell ? undefined : last.fact;
}
