import { Hono } from 'hono';
import { incidentId } from '../../../model/ids.ts';
import { incidentMain, incidentsMain } from '../html/incident.ts';
import { notFoundMain } from '../html/notices.ts';
import type { DeskWords } from '../ports.ts';
import { answerPage, type FrameParts } from './frame.ts';

export interface IncidentParts extends FrameParts {
  readonly words: DeskWords;
}

const LISTED = 100;

export function incidentRoutes(parts: IncidentParts): Hono {
  const { store, words } = parts;
  const app = new Hono();
  app.get('/incidents', async (c) => {
    const main = incidentsMain(await store.recentIncidents(LISTED), words);
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
    const title = words.headline(record.incident);
    return answerPage(c, parts, { title, here: '/incidents', main: incidentMain(record, words) });
  });
  return app;
}
