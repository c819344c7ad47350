import type { DestinationId, IncidentId } from '../model/ids.ts';
import type { PlaceIndex } from '../model/place.ts';
import type { Alert, DigestItem, NoAlert } from '../model/telling.ts';

/** What routing looks up by id. */
export interface Knowledge {
  readonly places: PlaceIndex;
}

/** A destination that already has a thread on an incident, sent or on its way. */
export interface ThreadKey {
  readonly incident: IncidentId;
  readonly destination: DestinationId;
  /** Somebody there asked to hear no more of it for now. */
  readonly muted?: true;
}

export interface Routing {
  /** In the order in which they are to be sent. */
  readonly alerts: readonly Alert[];
  /** What waits for a destination's next digest. */
  readonly digests: readonly DigestItem[];
  /** Destinations whose subscriptions cover the place and which are not told, with the reason. */
  readonly silent: readonly NoAlert[];
}
