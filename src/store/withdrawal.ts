import { asc, sql } from 'drizzle-orm';
import type { Withdrawal } from '../assess/correct/types.ts';
import type { Correction } from '../model/correction.ts';
import type { ReportId } from '../model/ids.ts';
import type { Incident } from '../model/incident.ts';
import { anyOf, type Database } from './database.ts';
import { toIncident } from './incidents.ts';
import type { Judging } from './judging.ts';
import { believedRows } from './ledger.ts';
import { toStatement } from './reports.ts';
import { incidentReports, incidents, updates } from './schema/knowledge.ts';
import { reports, statements } from './schema/reports.ts';

/** All that stands on what a correction takes back. */
export async function withdrawalOf(
  tx: Database,
  correction: Correction,
  judging: Pick<Judging, 'ledgerPlacesOf'>,
): Promise<Withdrawal> {
  const taken = await withCopies(tx, correction.report);
  const concerned = await incidentsOn(tx, taken);
  const moved = await tx
    .selectDistinct({ incident: updates.incident })
    .from(updates)
    .where(anyOf(updates.report, taken));
  const theirs = await tx.select().from(statements).where(anyOf(statements.report, taken));
  return {
    correction,
    reports: new Set(taken),
    incidents: concerned,
    moved: new Set(moved.map(({ incident }) => incident)),
    ledger: await believedRows(tx, judging.ledgerPlacesOf(theirs.map(toStatement))),
  };
}

/** The report and all that repeats its words, or the words of one that does. */
async function withCopies(tx: Database, report: ReportId): Promise<readonly ReportId[]> {
  const { rows } = await tx.execute<{ id: ReportId }>(sql`
    with recursive taken (id) as (
      select ${report}::text
      union
      select ${reports.id} from ${reports} join taken on ${reports.copyOf} = taken.id
    )
    select id from taken`);
  return rows.map(({ id }) => id);
}

async function incidentsOn(tx: Database, taken: readonly ReportId[]): Promise<readonly Incident[]> {
  const ids = await tx
    .selectDistinct({ id: incidentReports.incident })
    .from(incidentReports)
    .where(anyOf(incidentReports.report, taken));
  const rows = await tx
    .select()
    .from(incidents)
    .where(
      anyOf(
        incidents.id,
        ids.map(({ id }) => id),
      ),
    )
    .orderBy(asc(incidents.id));
  return rows.map(toIncident);
}
