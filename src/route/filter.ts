import type { Fact, Incident, Reason, Standing } from '../model/incident.ts';
import type { Subscription, SubscriptionFilters } from '../model/telling.ts';
import { reason } from './reasons.ts';

/** What is disputed is told like a claim: whoever wants more sureness than a claim's waits until it is settled. */
const SURENESS: Readonly<Record<Standing, number>> = {
  denied: 0,
  contested: 0,
  stale: 0,
  claimed: 0,
  reported: 1,
  confirmed: 2,
};

const wanted = (facts: readonly Fact[], { types }: SubscriptionFilters): readonly Fact[] =>
  types.length === 0 ? facts : facts.filter(({ type }) => types.includes(type));

/** Why a subscription does not want to hear of an incident that has no thread in its destination; undefined when it does. */
export function unwanted(incident: Incident, { filters }: Subscription): Reason | undefined {
  if (incident.past && !filters.past) return reason('route.past', {});
  const facts = wanted(incident.facts, filters);
  if (facts.length === 0) return reason('route.types', { types: filters.types.join('\n') });
  const best = facts.reduce((a, b) => (SURENESS[b.standing] > SURENESS[a.standing] ? b : a));
  return SURENESS[best.standing] >= SURENESS[filters.standing]
    ? undefined
    : reason('route.standing', { standing: best.standing, least: filters.standing });
}
