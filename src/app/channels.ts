import type { PlaceFinder, Subscriptions } from '../commands/ports.ts';
import { subscriptionIdOf } from '../commands/subscribe.ts';
import { deskDestination } from '../chat/desk/channel.ts';
import type { DeskMessages } from '../chat/desk/ports.ts';
import type { ChannelSettings } from '../config/schema.ts';
import type { PlaceId } from '../model/ids.ts';
import type { Clock } from '../model/time.ts';

export interface ChannelParts {
  readonly store: DeskMessages & Subscriptions;
  readonly places: PlaceFinder;
  readonly clock: Clock;
}

/**
 * Makes the configured channels that are not there yet, with their subscriptions. A channel that is there keeps what
 * people made of it with /subscribe and /unsubscribe.
 * @throws RangeError for a place that the gazetteer does not know (`check-config` says so before)
 */
export async function setUpChannels(
  channels: readonly ChannelSettings[],
  { store, places, clock }: ChannelParts,
): Promise<void> {
  const there = new Set((await store.channels()).map(({ destination }) => destination.id));
  for (const { name, subscriptions } of channels) {
    const destination = deskDestination(name);
    if (there.has(destination.id)) continue;
    await store.addChannel(destination);
    for (const wanted of subscriptions) {
      const place = wanted.place === undefined ? undefined : placeOf(wanted.place, places);
      await store.subscribe({
        id: subscriptionIdOf(destination.id, place),
        destination: destination.id,
        ...(place !== undefined && { place }),
        filters: { types: wanted.kinds ?? [], standing: wanted.standing },
        mode: wanted.mode,
        created: clock(),
      });
    }
  }
}

function placeOf(name: string, places: PlaceFinder): PlaceId {
  const found = places.lookup(name);
  if (found.kind === 'found') return found.place.id;
  const near = found.kind === 'ambiguous' ? found.choices : found.suggestions;
  throw new RangeError(
    `No one place is called "${name}"${near.length > 0 ? `; did you mean ${near.map((place) => `${place.name} (${place.id})`).join(', ')}?` : ''}`,
  );
}
