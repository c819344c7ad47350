import { Hono } from 'hono';
import { placeId, type PlaceId } from '../../../model/ids.ts';
import type { Line } from '../../../model/message.ts';
import type { PlaceIndex, PlaceKey } from '../../../model/place.ts';
import { notFoundMain } from '../html/notices.ts';
import { groupByPlace, placeMain, placesMain, type PlaceView } from '../html/places.ts';
import { answerPage } from './frame.ts';
import type { IncidentParts } from './incidents.ts';

export interface PlaceParts extends IncidentParts {
  readonly places: PlaceIndex;
  /** How a place stands beyond its own rows: what it has with all around it, and its siege. */
  readonly beyondRows: (place: PlaceId) => Promise<readonly Line[]>;
}

const INCIDENTS = 20;

async function viewOf(
  { store, places, show, beyondRows }: PlaceParts,
  key: PlaceKey,
): Promise<PlaceView | undefined> {
  const [history, all, incidents] = await Promise.all([
    store.controlHistory(key),
    store.control({}),
    store.incidentsAt(key, INCIDENTS).then((found) => Promise.all(found.map(show))),
  ]);
  const place = places.get(placeId(key));
  // A provisional place is known by its rows or its incidents alone.
  const ref =
    history[0]?.place ??
    incidents.flatMap(({ facts }) => facts.flatMap((fact) => fact.places)).find((it) => it.key === key);
  if (!place && !ref) return undefined;
  const within = place?.within ?? ref?.within ?? [];
  return {
    name: place?.name ?? ref?.name ?? key,
    ...(place && { place }),
    around: within.flatMap((id) => places.get(id) ?? []),
    history,
    beyond: place ? await beyondRows(place.id) : [],
    inside: place ? all.filter((entry) => entry.place.within.includes(place.id)) : [],
    incidents,
  };
}

export function placeRoutes(parts: PlaceParts): Hono {
  const app = new Hono();
  app.get('/places', async (c) => {
    const groups = groupByPlace(await parts.store.control({}), parts.places);
    const main = placesMain(groups, parts.words);
    return answerPage(c, parts, { title: 'Who holds what', here: '/places', main });
  });
  app.get('/places/:key', async (c) => {
    const view = await viewOf(parts, c.req.param('key') as PlaceKey);
    if (!view)
      return answerPage(c, parts, { title: 'Not found', here: '/places', main: notFoundMain('place') }, 404);
    return answerPage(c, parts, { title: view.name, here: '/places', main: placeMain(view, parts.words) });
  });
  return app;
}
