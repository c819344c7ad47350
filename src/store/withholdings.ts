import { and, eq, sql } from 'drizzle-orm';
import type { DestinationId, IncidentId } from '../model/ids.ts';
import type { Withholding } from '../model/telling.ts';
import { anyOf, type Database } from './database.ts';
import { prepared } from './prepared.ts';
import { withheld, withheldFrom } from './schema/discretion.ts';
import { destinations } from './schema/telling.ts';

const DISCLOSED = prepared('disclosed', ['ids'], (db, { ids }) =>
  db
    .select({ incident: withheld.incident })
    .from(withheld)
    .where(and(anyOf(withheld.incident, ids), eq(withheld.disclosed, true))),
);

const TRUSTED = prepared('trusted', ['ids'], (db, { ids }) =>
  db
    .select({ id: destinations.id })
    .from(destinations)
    .where(and(anyOf(destinations.id, ids), eq(destinations.trusted, true))),
);

export async function disclosedAmong(
  db: Database,
  ids: readonly IncidentId[],
): Promise<ReadonlySet<IncidentId>> {
  const rows = await DISCLOSED(db, { ids });
  return new Set(rows.map(({ incident }) => incident));
}

export async function trustedAmong(
  db: Database,
  ids: readonly DestinationId[],
): Promise<ReadonlySet<DestinationId>> {
  const rows = await TRUSTED(db, { ids });
  return new Set(rows.map(({ id }) => id));
}

const OWED_NO_MORE = prepared(
  'owed_no_more',
  ['incidents', 'destinations'],
  (db, { incidents, destinations }) =>
    db
      .delete(withheldFrom)
      .where(
        sql`(${withheldFrom.incident}, ${withheldFrom.destination}) in (select * from unnest(${incidents}::text[], ${destinations}::text[]))`,
      ),
);

/** `told`: incidents that are told in full again, so that nothing more is owed of them. */
export async function writeWithholdings(
  tx: Database,
  all: readonly Withholding[],
  told: readonly Pick<Withholding, 'incident' | 'destination'>[],
): Promise<void> {
  if (told.length > 0)
    await OWED_NO_MORE(tx, {
      incidents: told.map(({ incident }) => incident),
      destinations: told.map(({ destination }) => destination),
    });
  for (const { incident, destination, until } of all) {
    await tx
      .insert(withheld)
      .values({ incident, until })
      .onConflictDoUpdate({ target: withheld.incident, set: { until } });
    await tx
      .insert(withheldFrom)
      .values({ incident, destination, due: until })
      .onConflictDoUpdate({ target: [withheldFrom.incident, withheldFrom.destination], set: { due: until } });
  }
}
