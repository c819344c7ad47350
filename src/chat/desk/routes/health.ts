import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { destinationId, reportId } from '../../../model/ids.ts';
import { healthMain } from '../html/health.ts';
import { notFoundMain } from '../html/notices.ts';
import { watchOf } from '../watch.ts';
import { answerPage, type FrameParts } from './frame.ts';

const requeueForm = z.object({ report: z.string().min(1).max(100) });
const enableForm = z.object({ destination: z.string().min(1).max(300) });

/** `/health` for people, `/healthz` for programs: 200 while the database answers, whatever the sources do. */
export function healthRoutes(parts: FrameParts): Hono {
  const { store, clock } = parts;
  const app = new Hono();
  const notThere = (c: Context, what: string) =>
    answerPage(c, parts, { title: 'Not found', here: '/health', main: notFoundMain(what) }, 404);
  app.get('/health', async (c) => {
    const health = await store.health();
    const now = clock();
    const main = healthMain(health, watchOf(health, now), now);
    return answerPage(c, parts, { title: 'Health', here: '/health', main });
  });
  app.post('/health/requeue', async (c) => {
    const asked = requeueForm.safeParse(await c.req.parseBody());
    const done = asked.success && (await store.requeue(reportId(asked.data.report)));
    return done ? c.redirect('/health', 303) : notThere(c, 'report set aside');
  });
  app.post('/health/enable', async (c) => {
    const asked = enableForm.safeParse(await c.req.parseBody());
    const done = asked.success && (await store.enableDestination(destinationId(asked.data.destination)));
    return done ? c.redirect('/health', 303) : notThere(c, 'channel that is closed');
  });
  app.get('/healthz', async (c) => {
    const health = await store.health().catch(() => undefined);
    if (!health) return c.json({ status: 'down', why: 'the database does not answer' }, 503);
    const { state, sources, blind, lastReport, quarantined, failing, closed } = watchOf(health, clock());
    const waiting = Object.fromEntries(
      Object.entries(health.waiting).map(([stage, { count }]) => [stage, count]),
    );
    const silent = blind.map(({ id }) => id);
    return c.json({
      status: state,
      sources,
      blind: silent,
      lastReport,
      quarantined,
      failing,
      closed,
      waiting,
    });
  });
  return app;
}
