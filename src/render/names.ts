import type { ActorIndex, ActorMention } from '../model/actor.ts';
import type { PlaceId } from '../model/ids.ts';
import type { Inline, Line } from '../model/message.ts';
import type { Place, PlaceIndex, PlaceKind } from '../model/place.ts';
import { separated, strong, text, untrusted } from './inline.ts';
import { list, say, type Strings } from './strings.ts';

/** A place of the gazetteer (`Place`), or as an incident holds it (`PlaceRef`). */
export interface NamedPlace {
  readonly id?: PlaceId;
  readonly name: string;
  readonly nameAr?: string;
  readonly kind?: PlaceKind;
  readonly within: readonly PlaceId[];
}

/** What rendering looks up by id, and the words it uses. */
export interface Wording {
  readonly strings: Strings;
  readonly places: PlaceIndex;
  readonly actors: ActorIndex;
}

/** The gazetteer's name where it knows the place; a provisional place keeps the report's word. */
export function placeName(
  place: NamedPlace,
  places: PlaceIndex,
  mark: (name: string) => Inline = text,
): Inline {
  const known = place.id === undefined ? undefined : places.get(place.id);
  if (known) return mark(known.name);
  return place.id === undefined ? untrusted(place.name) : mark(place.name);
}

/** The name with its Arabic form, where there is one. */
export function fullName(place: NamedPlace, wording: Wording): Line {
  const known = place.id === undefined ? undefined : wording.places.get(place.id);
  const arabic = place.nameAr ?? known?.nameAr;
  const name = placeName(place, wording.places, strong);
  return arabic === undefined ? [name] : say(wording.strings, 'place.with_arabic', { name, arabic });
}

function containerName(place: Place, strings: Strings): Line {
  if (place.kind === 'district' || place.kind === 'governorate')
    return say(strings, `place.${place.kind}`, { name: place.name });
  return [text(place.name)];
}

/** What tells a reader where a place is; subdistricts and regions are left out. */
const CONTAINERS: ReadonlySet<PlaceKind> = new Set([
  'city',
  'town',
  'camp',
  'district',
  'governorate',
  'country',
]);

/**
 * "Abu Kamal district, Deir Ezzor governorate, Syria": what the place lies in, nearest first. A city, its district and its
 * governorate often share a name: it is said once, in its widest sense.
 */
export function containers(place: NamedPlace, wording: Wording): Line {
  const known = place.within
    .flatMap((id) => wording.places.get(id) ?? [])
    .filter((one) => CONTAINERS.has(one.kind));
  const told = known.filter((one, i) => !known.slice(i + 1).some((wider) => wider.name === one.name));
  return separated(
    told.map((one) => containerName(one, wording.strings)),
    ', ',
  );
}

/** The lexicon's name where it knows the actor; else the report's word. */
function actorName(actor: ActorMention, actors: ActorIndex, mark: (name: string) => Inline = text): Inline {
  const known = actor.id === undefined ? undefined : actors.get(actor.id);
  if (known) return mark(known.name);
  return untrusted(actor.name ?? actor.text);
}

export const actorNames = (actors: readonly ActorMention[], wording: Wording): Line =>
  list(
    actors.map((actor) => [actorName(actor, wording.actors)]),
    wording.strings,
  );

export const placeNames = (places: readonly NamedPlace[], wording: Wording): Line =>
  list(
    places.map((place) => [placeName(place, wording.places)]),
    wording.strings,
  );
