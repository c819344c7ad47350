import type { ActorIndex } from '../model/actor.ts';
import type { DestinationId, IncidentId, PlaceId } from '../model/ids.ts';
import type { Incident, Update } from '../model/incident.ts';
import type { PlaceIndex } from '../model/place.ts';
import type { Alert, NoAlert, Subscription } from '../model/telling.ts';

/** What routing looks up by id. */
export interface Knowledge {
  readonly places: PlaceIndex;
  readonly actors: ActorIndex;
}

/** A destination that already has a thread on an incident, sent or on its way. */
export interface ThreadKey {
  readonly incident: IncidentId;
  readonly destination: DestinationId;
}

export interface Routing {
  /** In the order in which they are to be sent. */
  readonly alerts: readonly Alert[];
  /** Destinations whose subscriptions cover the place and which are not told, with the reason. */
  readonly silent: readonly NoAlert[];
}

/**
 * `placesOf`: every place id whose subscribers are concerned: the places of the updates' incidents, those that people are
 * taken to, and all that contain them. Subscriptions to everywhere (no place) are concerned too, whenever there is an update.
 */
export type PlacesOf = (updates: readonly Update[], incidents: readonly Incident[]) => readonly PlaceId[];

/**
 * `route`. `incidents`: as they are after the updates. `subscriptions`: any set that holds all those to `placesOf` and to
 * everywhere. `threads`: those of the incidents.
 */
export type Route = (
  updates: readonly Update[],
  incidents: readonly Incident[],
  subscriptions: readonly Subscription[],
  threads: readonly ThreadKey[],
  knowledge: Knowledge,
) => Routing;
