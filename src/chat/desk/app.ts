import { Hono } from 'hono';
import type { PlaceId } from '../../model/ids.ts';
import type { Incident } from '../../model/incident.ts';
import type { Line } from '../../model/message.ts';
import type { Wording } from '../../render/names.ts';
import { incidentWords } from '../../render/reply.ts';
import { notFoundMain, problemMain } from './html/notices.ts';
import { assetRoutes } from './routes/assets.ts';
import { channelRoutes, type ChannelParts } from './routes/channels.ts';
import { answerPage } from './routes/frame.ts';
import { headers, localHostsOnly, ownPagesOnly } from './routes/guard.ts';
import { healthRoutes } from './routes/health.ts';
import { incidentRoutes } from './routes/incidents.ts';
import { liveHub, type LiveHub } from './routes/live.ts';
import { placeRoutes } from './routes/places.ts';

/** The little of a logger that the desk needs (pino's shape). */
interface DeskLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface DeskParts extends Omit<ChannelParts, 'hub'> {
  readonly wording: Wording;
  readonly log: DeskLog;
  /** A proxy with a login stands before the desk, under a name of its own. */
  readonly exposed: boolean;
  /** An incident as anybody may see it. */
  readonly shown: (incident: Incident) => Promise<Incident>;
  /** How a place stands beyond its own rows: what it has with all around it, and its siege. */
  readonly beyondRows: (place: PlaceId) => Promise<readonly Line[]>;
  /** Answers `POST /reports`; it checks signatures by itself, so the desk's own checks do not apply. */
  readonly reports?: Hono;
}

/** The desk's pages over the ports that are handed in; `hub` holds its open live streams. */
export function deskApp(parts: DeskParts): { readonly app: Hono; readonly hub: LiveHub } {
  const hub = liveHub(parts.store, parts.log);
  const whole = (incident: Incident): Promise<Incident> => Promise.resolve(incident);
  const pages = {
    ...parts,
    show: parts.exposed ? parts.shown : whole,
    words: incidentWords(parts.wording),
    places: parts.wording.places,
  };
  const app = new Hono();
  app.use(headers);
  if (parts.reports) app.route('/', parts.reports);
  app.use(localHostsOnly(parts.exposed), ownPagesOnly);
  app.route('/', assetRoutes());
  app.route('/', channelRoutes({ ...parts, hub }));
  app.route('/', incidentRoutes(pages));
  app.route('/', placeRoutes(pages));
  app.route('/', healthRoutes(parts));
  app.notFound((c) =>
    answerPage(c, parts, { title: 'Not found', here: '', main: notFoundMain('page') }, 404),
  );
  app.onError((error, c) => {
    parts.log.error({ err: error, path: c.req.path }, 'a page of the desk failed');
    return c.html(
      problemMain(
        'The desk could not answer',
        'What it needed cannot be reached just now, most likely the database. Nothing is lost: reports and alerts wait. Try again in a moment; `npm run sitrep -- doctor` says what is wrong.',
      ),
      500,
    );
  });
  return { app, hub };
}
