import { Hono } from 'hono';
import { z } from 'zod';
import { incidentId } from '../../../model/ids.ts';
import type { Incident } from '../../../model/incident.ts';
import { incidentMain, incidentsMain } from '../html/incident.ts';
import { notFoundMain } from '../html/notices.ts';
import type { DeskWords, IncidentRecord } from '../ports.ts';
import { answerPage, type FrameParts } from './frame.ts';

export interface IncidentParts extends FrameParts {
  readonly words: DeskWords;
  /** An incident as it may be shown here. */
  readonly show: (incident: Incident) => Promise<Incident>;
}

const LISTED = 100;
/** Anything else in the address shows all. */
const shownOnly = z.enum(['news', 'past']).optional().catch(undefined);

export function incidentRoutes(parts: IncidentParts): Hono {
  const { store, words, show } = parts;
  const app = new Hono();
  app.get('/incidents', async (c) => {
    const only = shownOnly.parse(c.req.query('only'));
    const incidents = await Promise.all((await store.recentIncidents(LISTED, only)).map(show));
    const main = incidentsMain(incidents, only, words);
    return answerPage(c, parts, { title: 'Incidents', here: '/incidents', main });
  });
  app.get('/incidents/:id', async (c) => {
    const record = await store.incident(incidentId(c.req.param('id')));
    if (!record)
      return answerPage(
        c,
        parts,
        { title: 'Not found', here: '/incidents', main: notFoundMain('incident') },
        404,
      );
    const incident = await show(record.incident);
    // The reports' words would tell what is held back.
    const shown: IncidentRecord =
      incident === record.incident
        ? { ...record, maybeSame: await Promise.all(record.maybeSame.map(show)) }
        : { incident, updates: [], reports: [], statements: [], maybeSame: [], decisions: [] };
    const title = words.headline(incident);
    return answerPage(c, parts, { title, here: '/incidents', main: incidentMain(shown, words) });
  });
  return app;
}
