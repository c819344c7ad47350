import { eq, sql } from 'drizzle-orm';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { destinationId, incidentId } from '../../src/model/ids.ts';
import { connect, together, type Connections } from '../../src/store/database.ts';
import { prepared, preparedInsert } from '../../src/store/prepared.ts';
import { incidentBlocks } from '../../src/store/schema/knowledge.ts';
import { destinations } from '../../src/store/schema/telling.ts';
import { openFresh, type Opened } from './harness.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

let opened: Opened;
let connections: Connections;
beforeEach(async () => {
  opened = await openFresh();
  connections = connect(opened.connectionString, silent);
});
afterEach(async () => {
  await connections.pool.end();
  await opened.store.close();
});

const NAMED = prepared('test_named', ['name'], (db, { name }) =>
  db.select({ id: destinations.id }).from(destinations).where(eq(destinations.name, name)),
);
const INSERT = preparedInsert('test_insert', destinations);

const row = (id: string, name: string) => ({
  id: destinationId(id),
  platform: 'desk' as const,
  workspace: 'local',
  channel: id,
  name,
});

describe('a prepared query', () => {
  it('is prepared once a connection, over its transactions', async () => {
    const known = () =>
      connections.transact(async (tx) => {
        await NAMED(tx, { name: 'nobody' });
        const { rows } = await tx.execute(
          sql`select prepare_time::text, generic_plans::int as generic from pg_prepared_statements where name = 'test_named'`,
        );
        return rows;
      });
    const [[first], [second]] = [await known(), await known()];
    expect(second).toEqual({ ...first, generic: 2 });
  });

  it('answers what it is asked each time', async () => {
    await connections.transact(async (tx) => {
      await INSERT(tx, [row('a', 'one'), row('b', 'other')]);
      expect(await NAMED(tx, { name: 'other' })).toEqual([{ id: 'b' }]);
      expect(await NAMED(tx, { name: 'one' })).toEqual([{ id: 'a' }]);
    });
  });
});

describe('a prepared insert', () => {
  it('keeps what Postgres cannot hold as the mark for it, and what merely looks so', async () => {
    const names = ['zero \0', 'half \uD800', 'a pair \u{1F69B}', String.raw`written \u0000 and \ud800`];
    await connections.transact((tx) =>
      INSERT(
        tx,
        names.map((name, index) => row(String(index), name)),
      ),
    );
    const kept = await connections.db.select().from(destinations).orderBy(destinations.id);
    expect(kept.map(({ name }) => name)).toEqual([
      'zero \uFFFD',
      'half \uFFFD',
      'a pair \u{1F69B}',
      String.raw`written \u0000 and \ud800`,
    ]);
    expect(kept[0]).toMatchObject({ trusted: false, disabled: null });
  });
});

describe('a transaction', () => {
  const orphan = { block: 'ground|town', incident: incidentId('i_none') };
  const INSERT_BLOCKS = preparedInsert('test_blocks', incidentBlocks);

  it('fails with what failed first, and leaves nothing behind', async () => {
    const work = connections.transact((tx) =>
      together([
        INSERT(tx, [row('a', 'one')]),
        (async () => together([INSERT_BLOCKS(tx, [orphan])]))(),
        NAMED(tx, { name: 'one' }),
      ]),
    );
    const cause = await work.then(
      () => undefined,
      (error: unknown) => (error as Error).cause,
    );
    expect(cause).toBeInstanceOf(pg.DatabaseError);
    expect(cause).toMatchObject({ code: '23503' });
    expect(await connections.db.select().from(destinations)).toEqual([]);
    expect(await connections.transact((tx) => NAMED(tx, { name: 'one' }))).toEqual([]);
  });

  it('is not taken for done when nobody looked at a failure in it', async () => {
    const work = connections.transact(async (tx) => {
      await INSERT(tx, [row('a', 'one')]);
      await INSERT_BLOCKS(tx, [orphan]).catch(() => undefined);
    });
    await expect(work).rejects.toThrow('taken back');
    expect(await connections.db.select().from(destinations)).toEqual([]);
  });
});
