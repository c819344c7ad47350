import type { Change, Incident, Reason, Update } from '../model/incident.ts';
import type { Alert, DigestItem, NoAlert, Subscription } from '../model/telling.ts';
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
  readonly alerts: readonly Alert[];
  readonly digests: readonly DigestItem[];
  readonly silent: readonly NoAlert[];
}

/** What is put right is told in a muted thread too: somebody may have acted on what it said. */
const corrects = ({ kinds }: Update): boolean => kinds.includes('corrected') || kinds.includes('retracted');

/** One destination and one update: told once, for the first of its subscriptions that wants it. */
function choose(
  update: Update,
  incident: Incident,
  subscriptions: readonly Subscription[],
  thread: ThreadKey | undefined,
  knowledge: Knowledge,
): Choice {
  const refused = subscriptions.map((subscription) => ({
    subscription,
    why: unwanted(incident, subscription),
  }));
  // An incident that has ended is told where it was told.
  const ended = thread === undefined && incident.state === 'closed';
  const wanting = refused.flatMap(({ subscription, why }) =>
    why === undefined && !ended ? [subscription] : [],
  );
  const isLive = ({ mode }: Subscription): boolean => mode === 'live';
  // Whoever was told of it is told how it goes on, whatever filter the news would not pass by itself.
  const live = wanting.find(isLive) ?? (thread && subscriptions.find(isLive));
  const later = live ? undefined : wanting.find((subscription) => !isLive(subscription));
  const { destination } = subscriptions[0] ?? {};
  if (destination === undefined) return { alerts: [], digests: [], silent: [] };
  const told = (subscription: Subscription, how: Alert['thread']): Alert => ({
    update: update.id,
    incident: incident.id,
    destination,
    subscription: subscription.id,
    revision: update.revision,
    thread: how,
    broadcast: how === 'reply' && update.broadcast,
    why: because(subscription, thread !== undefined, knowledge),
  });
  const not = (why: Reason): NoAlert => ({ destination, why });
  if (live) {
    const muted = thread?.muted === true && !corrects(update);
    const how = thread === undefined ? 'root' : muted ? 'quiet' : 'reply';
    return { alerts: [told(live, how)], digests: [], silent: muted ? [not(reason('route.muted', {}))] : [] };
  }
  if (later && later.mode !== 'live') {
    const { id: subscription, mode } = later;
    return {
      // What stands there from the time when it was told live stays true.
      alerts: thread ? [told(later, 'quiet')] : [],
      digests: [{ update: update.id, incident: incident.id, destination, subscription, mode }],
      silent: [not(reason('route.digest', {}))],
    };
  }
  const why = ended ? reason('route.ended', {}) : refused[0]?.why;
  return { alerts: [], digests: [], silent: why ? [not(why)] : [] };
}

const NEWS: ReadonlySet<Change['kind']> = new Set(['new_fact', 'phase', 'status', 'place', 'destination']);

/** Not told live. A digest may have told of it, so the next one says that it was put right. */
function untold(update: Update, incident: Incident, subscriptions: readonly Subscription[]): Choice {
  const why = reason('route.unheard', {});
  return {
    alerts: [],
    digests: subscriptions
      .flatMap(({ id, destination, mode }) =>
        mode === 'live'
          ? []
          : [{ update: update.id, incident: incident.id, destination, subscription: id, mode }],
      )
      .slice(0, 1),
    silent: subscriptions.slice(0, 1).map(({ destination }) => ({ destination, why })),
  };
}

/** The subscriptions of each destination that has no thread of it. */
const elsewhere = (
  told: readonly ThreadKey[],
  concerned: ReadonlyMap<string, readonly Subscription[]>,
): readonly (readonly Subscription[])[] =>
  [...concerned.values()].filter(
    ([first]) => !told.some(({ destination }) => destination === first?.destination),
  );

/**
 * A correction goes to everyone who was told, whatever they ask for by now; nobody hears of a thing first by its being
 * taken back.
 */
function corrected(
  update: Update,
  incident: Incident,
  told: readonly ThreadKey[],
  concerned: ReadonlyMap<string, readonly Subscription[]>,
  knowledge: Knowledge,
): readonly Choice[] {
  const others = elsewhere(told, concerned);
  // What the later text says beside is news to whoever was not told of the earlier one.
  const news = update.changes.some(({ kind }) => NEWS.has(kind));
  return [
    ...told.map(({ destination }) => ({
      alerts: [
        {
          update: update.id,
          incident: incident.id,
          destination,
          revision: update.revision,
          thread: 'reply' as const,
          broadcast: incident.past !== true,
          why: reason('route.corrected', {}),
        },
      ],
      digests: [],
      silent: [],
    })),
    ...others.map((theirs) =>
      news ? choose(update, incident, theirs, undefined, knowledge) : untold(update, incident, theirs),
    ),
  ];
}

/**
 * A person's decision is told in every thread that it concerns, whatever is asked for there by now; what is told by itself
 * from then on is news to whoever watches its place.
 */
function ruled(
  update: Update,
  incident: Incident,
  told: readonly ThreadKey[],
  concerned: ReadonlyMap<string, readonly Subscription[]>,
  knowledge: Knowledge,
): readonly Choice[] {
  const others = elsewhere(told, concerned);
  return [
    ...told.map(({ destination, muted }) => ({
      alerts: [
        {
          update: update.id,
          incident: incident.id,
          destination,
          revision: update.revision,
          thread: muted === true && !corrects(update) ? ('quiet' as const) : ('reply' as const),
          broadcast: update.broadcast,
          why: reason('route.ruled', {}),
        },
      ],
      digests: [],
      silent: [],
    })),
    ...others.map((theirs) => choose(update, incident, theirs, undefined, knowledge)),
  ];
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
  const open = new Map(threads.map((thread) => [`${thread.incident}|${thread.destination}`, thread]));
  const choices = updates.flatMap((update) => {
    const incident = byId.get(update.incident);
    if (!incident) return [];
    const concerned = byDestination(index.match(incidentPlaces(incident, knowledge)), incident, knowledge);
    const told = threads.filter((thread) => thread.incident === incident.id);
    if (update.ruling) return ruled(update, incident, told, concerned, knowledge);
    if (update.correction) return corrected(update, incident, told, concerned, knowledge);
    return [...concerned].map(([destination, theirs]) =>
      choose(update, incident, theirs, open.get(`${incident.id}|${destination}`), knowledge),
    );
  });
  return {
    alerts: choices.flatMap(({ alerts }) => alerts),
    digests: choices.flatMap(({ digests }) => digests),
    silent: choices.flatMap(({ silent }) => silent),
  };
}
