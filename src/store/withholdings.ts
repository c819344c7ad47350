import { and, eq } from 'drizzle-orm';
import type { DestinationId, IncidentId } from '../model/ids.ts';
import type { Withholding } from '../model/telling.ts';
import { anyOf, type Database } from './database.ts';
import { withheld, withheldFrom } from './schema/discretion.ts';
import { destinations } from './schema/telling.ts';

export async function disclosedAmong(
  db: Database,
  ids: readonly IncidentId[],
): Promise<ReadonlySet<IncidentId>> {
  const rows = await db
    .select({ incident: withheld.incident })
    .from(withheld)
    .where(and(anyOf(withheld.incident, ids), eq(withheld.disclosed, true)));
  return new Set(rows.map(({ incident }) => incident));
}

export async function trustedAmong(
  db: Database,
  ids: readonly DestinationId[],
): Promise<ReadonlySet<DestinationId>> {
  const rows = await db
    .select({ id: destinations.id })
    .from(destinations)
    .where(and(anyOf(destinations.id, ids), eq(destinations.trusted, true)));
  return new Set(rows.map(({ id }) => id));
}

/** `told`: incidents that are told in full again, so that nothing more is owed of them. */
export async function writeWithholdings(
  tx: Database,
  all: readonly Withholding[],
  told: readonly Pick<Withholding, 'incident' | 'destination'>[],
): Promise<void> {
  for (const { incident, destination } of told)
    await tx
      .delete(withheldFrom)
      .where(and(eq(withheldFrom.incident, incident), eq(withheldFrom.destination, destination)));
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
