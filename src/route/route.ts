import type { Incident, Reason, Update } from '../model/incident.ts';
import type { Alert, NoAlert, Subscription } from '../model/telling.ts';
import { unwanted } from './filter.ts';
import { incidentPlaces } from './places.ts';
import { reason } from './reasons.ts';
import { SubscriptionIndex } from './subscriptions.ts';
import type { Knowledge, Routing, ThreadKey } from './types.ts';

export { placesOf } from './places.ts';

/** Nearest place first: a destination that watches the town and the country is told for the town. */
function byDestination(
  subscriptions: Iterable<Subscription>,
  incident: Incident,
  knowledge: Knowledge,
): ReadonlyMap<string, readonly Subscription[]> {
  const order = new Map(incidentPlaces(incident, knowledge).map((id, i) => [id, i]));
  const rank = ({ place }: Subscription): number =>
    place === undefined ? Infinity : (order.get(place) ?? Infinity);
  return Map.groupBy(
    [...subscriptions].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1)),
    ({ destination }) => destination,
  );
}

function because({ place }: Subscription, inThread: boolean, { places }: Knowledge): Reason {
  if (place === undefined) return reason('route.everywhere', {});
  return reason(inThread ? 'route.thread' : 'route.place', { place: places.get(place)?.name ?? place });
}

interface Choice {
  readonly alert?: Alert;
  readonly silent?: NoAlert;
}

/** One destination and one update: told once, for the first of its subscriptions that wants it. */
function choose(
  update: Update,
  incident: Incident,
  subscriptions: readonly Subscription[],
  inThread: boolean,
  knowledge: Knowledge,
): Choice {
  const refused = subscriptions.map((subscription) => ({
    subscription,
    why: unwanted(incident, subscription),
  }));
  // Whoever was told of it is told how it goes on, whatever filter the news would not pass by itself.
  const live = refused.find(({ subscription }) => inThread && subscription.mode === 'live');
  const chosen = refused.find(({ why }) => why === undefined) ?? live;
  const [first] = refused;
  if (!first) return {};
  const { destination } = first.subscription;
  if (!chosen) return first.why ? { silent: { destination, why: first.why } } : {};
  return {
    alert: {
      update: update.id,
      incident: incident.id,
      destination,
      subscription: chosen.subscription.id,
      revision: update.revision,
      thread: inThread ? 'reply' : 'root',
      broadcast: inThread && update.broadcast,
      why: because(chosen.subscription, inThread, knowledge),
    },
  };
}

/**
 * Whom the updates are told, and whom not and why. `incidents`: as they are after the updates. `subscriptions`: any set that
 * holds all those to `placesOf` and to everywhere. `threads`: those of the incidents. A destination is told an update once.
 */
export function route(
  updates: readonly Update[],
  incidents: readonly Incident[],
  subscriptions: readonly Subscription[],
  threads: readonly ThreadKey[],
  knowledge: Knowledge,
): Routing {
  const index = new SubscriptionIndex(subscriptions);
  const byId = new Map(incidents.map((incident) => [incident.id, incident]));
  const open = new Set(threads.map(({ incident, destination }) => `${incident}|${destination}`));
  const choices = updates.flatMap((update) => {
    const incident = byId.get(update.incident);
    if (!incident) return [];
    const concerned = byDestination(index.match(incidentPlaces(incident, knowledge)), incident, knowledge);
    return [...concerned].map(([destination, theirs]) =>
      choose(update, incident, theirs, open.has(`${incident.id}|${destination}`), knowledge),
    );
  });
  return {
    alerts: choices.flatMap(({ alert }) => alert ?? []),
    silent: choices.flatMap(({ silent }) => silent ?? []),
  };
}
