import type { PlaceFinder } from '../commands/ports.ts';
import { subscriptionIdOf } from '../commands/subscribe.ts';
import { deskDestination } from '../chat/desk/channel.ts';
import type { ChannelSettings } from '../config/schema.ts';
import type { DestinationId, PlaceId } from '../model/ids.ts';
import type { Destination, Subscription } from '../model/telling.ts';
import type { Clock } from '../model/time.ts';

export interface ChannelParts {
  readonly store: {
    setUpChannel(destination: Destination, subscriptions: readonly Subscription[]): Promise<boolean>;
    trust(destination: DestinationId, trusted: boolean, by: string): Promise<boolean>;
  };
  readonly places: PlaceFinder;
  readonly clock: Clock;
}

/** A channel cannot be set up as it is asked for; the message says what would be right. */
class ChannelError extends Error {
  override readonly name = 'ChannelError';
}

/**
 * Makes the configured channels that are not there yet, with their subscriptions. A channel that is there keeps what
 * people made of it with /subscribe and /unsubscribe.
 * @throws ChannelError for a place that the gazetteer does not know; then no channel was made
 */
export async function setUpChannels(
  channels: readonly ChannelSettings[],
  { store, places, clock }: ChannelParts,
): Promise<void> {
  const wanted = channels.map(({ name, subscriptions, trusted = false }) => {
    const destination = deskDestination(name);
    return {
      destination,
      trusted,
      subscriptions: subscriptions.map(({ place: named, kinds, standing, mode, past }): Subscription => {
        const place = named === undefined ? undefined : placeOf(named, name, places);
        return {
          id: subscriptionIdOf(destination.id, place),
          destination: destination.id,
          ...(place !== undefined && { place }),
          filters: { types: kinds ?? [], standing, ...(past && { past }) },
          mode,
          created: clock(),
        };
      }),
    };
  });
  for (const { destination, subscriptions, trusted } of wanted) {
    await store.setUpChannel(destination, subscriptions);
    if (trusted) await store.trust(destination.id, true, 'settings');
  }
}

function placeOf(name: string, channel: string, places: PlaceFinder): PlaceId {
  const found = places.lookup(name);
  if (found.kind === 'found') return found.place.id;
  const [problem, near] =
    found.kind === 'ambiguous'
      ? (['Several places are called', found.choices] as const)
      : (['No place is called', found.suggestions] as const);
  const meant = near.map((place) => `${place.name} (${place.id})`).join(', ');
  throw new ChannelError(
    `Channel "${channel}": ${problem} "${name}"${meant === '' ? '' : `; did you mean ${meant}?`}`,
  );
}
