import pg from 'pg';
import { expect, it } from 'vitest';
import { deliveryId, incidentId, placeId, sourceId } from '../../src/model/ids.ts';
import { placeKeyOf } from '../../src/model/place.ts';
import { day, instant } from '../../src/model/time.ts';
import { freshDatabase } from '../support/postgres.ts';
import {
  channel,
  incidentOf,
  judging,
  message,
  newReport,
  nothing,
  openAgain,
  placeRef,
  statement,
  TestClock,
} from './harness.ts';

const ROWS = 20_000;

/** A long history in which everything was done long ago. */
const HISTORY = `
  insert into destinations (id, platform, workspace, channel, name) values ('all', 'desk', 'local', 'all', '#all');
  insert into desk_channels (destination) values ('all');
  insert into reports (id, source, outlet, body, language, published, accepted, fingerprint, shingles, state, judged_at)
    select 'h' || n, 'sample-wire', 'Sample Wire', 'body', 'en', t, t, 'print ' || n, '{1}', 'judged', t
    from (select n, timestamptz '2010-01-01Z' + n * interval '1 hour' as t from generate_series(1, ${ROWS}) n) x;
  insert into report_bands select 'band ' || id, seq from reports;
  insert into statements select id || '.0', id, 0, '{}' from reports;
  insert into incidents (id, family, state, revision, opened, last_activity, document)
    select 'i' || id, 'ground', 'closed', 1, accepted, accepted, '{}' from reports;
  insert into incident_blocks select 'block ' || id, id from incidents;
  insert into incident_places select id, 'governorate', false, last_activity from incidents;
  insert into incident_places select id, 'town' || left(md5(id), 2), true, last_activity from incidents;
  insert into updates select 'u' || id, 'i' || id, 1, id, '{}' from reports;
  insert into threads (incident, destination) select 'i' || id, 'all' from reports;
  insert into deliveries (id, update, incident, destination, op, revision, broadcast, message, state, created, ended, handle)
    select 'd' || id, 'u' || id, 'i' || id, 'all', 'post_root', 1, false, '{}', 'sent', accepted, accepted, '{}' from reports;
  insert into desk_messages (id, destination, broadcast, message, posted, change)
    select 'd' || id, 'all', false, '{"headline":"x","tone":"alert","blocks":[]}', accepted, seq from reports;
  update desk_channels set change = ${ROWS};
  insert into control_entries (id, place, lineage, valid_from, valid_to, recorded_from, recorded_to, document)
    select 'c' || id, p, array[p, 'governorate', 'country'], d, d + 1, accepted,
           case when n % 2 = 0 then accepted + interval '1 hour' end, '{}'
    from (select id, seq as n, accepted, 'town' || left(md5(id), 2) as p, accepted::date as d from reports) x;
  analyze;`;

it('no question of the daily run reads all history', async () => {
  const { connectionString } = await freshDatabase();
  const admin = new pg.Client({ connectionString });
  await admin.connect();
  await admin.query(HISTORY);
  const scans = async () => {
    const { rows } = await admin.query<{ name: string; scans: string }>(
      `select relname as name, seq_scan as scans from pg_stat_user_tables where n_live_tup >= ${ROWS / 2} order by 1`,
    );
    return Object.fromEntries(rows.map(({ name, scans: count }) => [name, Number(count)]));
  };
  await admin.query("set stats_fetch_consistency = 'none'");
  await admin.query('select pg_stat_force_next_flush()');
  const before = await scans();
  expect(Object.keys(before)).toEqual(
    expect.arrayContaining(['control_entries', 'deliveries', 'desk_messages', 'incident_places', 'reports']),
  );

  const clock = new TestClock('2018-05-20T06:00:00Z');
  const store = await openAgain(connectionString, clock);
  const place = placeKeyOf(placeId('town00'));
  const governorate = placeKeyOf(placeId('governorate'));
  const { report } = await store.accept(newReport('new'));
  await store.acceptMessage({ id: 'm', digest: 'd' }, newReport('new-2'));
  await store.unread(report);
  await store.commitRead(report, [statement()], 'v');
  await store.judgeNext(
    judging(
      async (snapshot, reader) => {
        await reader.subscriptionsTo([placeId('town00')]);
        await reader.threadsOf([incidentId('ih1')]);
        const incident = incidentOf('new', snapshot.report.id);
        return { assessment: { ...nothing, incidents: [{ incident, blocks: ['b'] }] }, deliveries: [] };
      },
      { blocksOf: () => ['block x'], ledgerPlacesOf: () => [placeRef('nowhere').key] },
    ),
  );
  await store.failRead(report, 'no', { maxTries: 1, delayMs: 0 });
  await store.quarantined();
  await store.backlog(clock.now, 100);
  await store.outstanding(channel('all').id, 0, 50);
  await store.insertMessage({
    delivery: deliveryId('d_new'),
    destination: channel('all').id,
    broadcast: false,
    message: message('new'),
  });
  await store.editMessage({ id: 'd_new', message: message('newer'), revision: 2 });
  await store.threads(channel('all').id, { limit: 5 });
  await store.changedMessages(channel('all').id, ROWS - 5, 10);
  await store.channels();
  await store.incidentsIn(governorate, { from: day('2018-05-01'), to: day('2018-05-20'), limit: 20 });
  await store.incidentsAt(placeKeyOf(placeId('nowhere')), 5);
  await store.incident(incidentId('i_new'));
  await store.recentIncidents(1);
  await store.controlIn(place, { at: day('2018-05-20') });
  await store.controlIn(governorate, {});
  await store.controlOf([place, governorate], {});
  await store.controlIn(place, { at: day('2018-05-20'), known: instant('2018-05-20T00:00:00Z') });
  await store.control({});
  await store.controlHistory(placeRef('nowhere').key);
  await store.provisionalPlaces();
  await store.feed(sourceId('sample-wire'));
  await store.health();
  await store.close();

  // A connection writes its counters when it has ended.
  const others =
    'select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()';
  await expect.poll(async () => (await admin.query(others)).rowCount).toBe(0);
  const after = await scans();
  const scanned = Object.keys(before).filter((name) => after[name] !== before[name]);
  await admin.end();
  expect(scanned, 'an index is missing for a question that reads these tables').toEqual([]);
});
