import type { PlaceId, SubscriptionId } from '../model/ids.ts';
import type { Subscription } from '../model/telling.ts';

/** Key of those who hear everything. */
const EVERYWHERE = '';

/**
 * Subscriptions by place. What one event costs is the number of places that it lies in and of subscriptions that match:
 * how many others there are makes no difference.
 */
export class SubscriptionIndex {
  readonly #byPlace = new Map<string, Map<SubscriptionId, Subscription>>();
  readonly #places = new Map<SubscriptionId, string>();

  constructor(subscriptions: Iterable<Subscription> = []) {
    for (const subscription of subscriptions) this.add(subscription);
  }

  get size(): number {
    return this.#places.size;
  }

  /** A subscription of the same id is replaced. */
  add(subscription: Subscription): void {
    this.remove(subscription.id);
    const key = subscription.place ?? EVERYWHERE;
    const there = this.#byPlace.get(key);
    if (there) there.set(subscription.id, subscription);
    else this.#byPlace.set(key, new Map([[subscription.id, subscription]]));
    this.#places.set(subscription.id, key);
  }

  remove(id: SubscriptionId): void {
    const key = this.#places.get(id);
    if (key === undefined) return;
    this.#places.delete(id);
    const there = this.#byPlace.get(key);
    there?.delete(id);
    if (there?.size === 0) this.#byPlace.delete(key);
  }

  /** Subscriptions to one of `places` or to everywhere. `places`: as `placesOf` gives them, containers included. */
  *match(places: readonly PlaceId[]): Generator<Subscription> {
    for (const key of [EVERYWHERE, ...places]) {
      const there = this.#byPlace.get(key);
      if (there) yield* there.values();
    }
  }
}
