import pg from 'pg';
import { loadGazetteer } from '../../src/config/gazetteer.ts';
import { connect } from '../../src/store/database.ts';
import { concernedSubscriptions } from '../../src/store/subscriptions.ts';
import { join } from 'node:path';
import type { PlaceId } from '../../src/model/ids.ts';
import { seeded } from '../../test/support/samples.ts';
import { root } from '../step.ts';
import { quantile, round } from './corpus.ts';
import { silent, withDatabase } from './database.ts';
import type { Result } from './measure.ts';

const SUBSCRIPTIONS = 1_000_000;
const DESTINATIONS = 10_000;
const EVENTS = 2_000;

/** 1,000,000 subscriptions over the gazetteer's places: what finding those of one event costs in the database. */
export async function benchSubscriptions(): Promise<Result> {
  const gazetteer = loadGazetteer([join(root, 'config', 'gazetteer')]);
  const places = [...gazetteer.places()];
  return withDatabase(async ({ connectionString }) => {
    const client = new pg.Client({ connectionString });
    // Without a listener, the server's end would hide the error that led to it.
    client.on('error', () => undefined);
    await client.connect();
    await client.query('create temporary table some_places (n int primary key, place text)');
    await client.query(
      'insert into some_places select p.n - 1, p.place from unnest($1::text[]) with ordinality as p (place, n)',
      [places.map(({ id }) => id)],
    );
    await client.query(
      `insert into destinations (id, platform, workspace, channel, name) select 'desk:' || n, 'desk', 'local', 'c' || n, '#c' || n from generate_series(1, ${DESTINATIONS}) n`,
    );
    await client.query(
      `insert into subscriptions (id, destination, place, types, standing, mode, created)
       select 's' || g.n, 'desk:' || (g.n % ${DESTINATIONS} + 1), place, '{}', 'claimed', 'live', now()
       from generate_series(1, ${SUBSCRIPTIONS}) as g (n) join some_places on some_places.n = (g.n::bigint * 7919) % ${places.length}
       on conflict do nothing`,
    );
    await client.query('vacuum analyze subscriptions');
    const { rows } = await client.query<{ count: string }>('select count(*) from subscriptions');
    await client.end();

    const { pool, transact } = connect(connectionString, silent);
    const random = seeded(7);
    const times: number[] = [];
    let matched = 0;
    // As judging asks: on a connection that it has, in a transaction that is under way.
    await transact(async (tx) => {
      for (let event = -200; event < EVENTS; event += 1) {
        const place = places[Math.floor(random() * places.length)];
        if (!place) continue;
        const concerned: PlaceId[] = [place.id, ...place.within];
        const started = performance.now();
        const found = await concernedSubscriptions(tx, concerned);
        if (event < 0) continue;
        times.push(performance.now() - started);
        matched += found.length;
      }
    });
    await pool.end();
    return {
      measures: [
        {
          what: 'subscriptions matched, per event, p99',
          value: round(quantile(times, 0.99)),
          unit: 'ms',
          floor: 1,
          aim: 0.2,
          better: 'lower',
        },
      ],
      numbers: {
        subscriptions: Number(rows[0]?.count),
        matchedPerEvent: round(matched / times.length, 1),
        p50Ms: round(quantile(times, 0.5)),
        p90Ms: round(quantile(times, 0.9)),
      },
    };
  });
}
