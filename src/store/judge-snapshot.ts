import { and, asc, desc, eq, inArray, isNotNull, isNull, ne } from 'drizzle-orm';
import type { NearReport, Snapshot } from '../assess/types.ts';
import type { Incident } from '../model/incident.ts';
import type { Report, Source } from '../model/report.ts';
import type { StoredStatement } from '../model/statement.ts';
import type { Clock, Instant } from '../model/time.ts';
import { anyOf, type Database } from './database.ts';
import { toIncident } from './incidents.ts';
import type { Judging } from './judging.ts';
import { toEntry } from './ledger.ts';
import { toStatement } from './reports.ts';
import { controlEntries, incidentBlocks, incidents } from './schema/knowledge.ts';
import { reportBands, reports, statements } from './schema/reports.ts';

/** More earlier copies than this add nothing to whether a text is one. */
const NEAR_LIMIT = 50;

export async function snapshotOf(
  tx: Database,
  report: Report,
  source: Source,
  judging: Judging,
  clock: Clock,
): Promise<Snapshot> {
  const found = await statementsOf(tx, report);
  const places = judging.ledgerPlacesOf(found);
  const rows = await tx
    .select()
    .from(controlEntries)
    .where(and(anyOf(controlEntries.place, places), isNull(controlEntries.recordedTo)))
    .orderBy(asc(controlEntries.row));
  return {
    report,
    source,
    statements: found,
    incidents: await candidates(tx, judging.blocksOf(report, found)),
    ledger: rows.map(toEntry),
    near: await nearReports(tx, report),
    now: await recordingTime(tx, clock),
  };
}

async function statementsOf(tx: Database, report: Report): Promise<readonly StoredStatement[]> {
  const rows = await tx
    .select()
    .from(statements)
    .where(eq(statements.report, report.id))
    .orderBy(asc(statements.ordinal));
  return rows.map(toStatement);
}

async function candidates(tx: Database, blocks: readonly string[]): Promise<readonly Incident[]> {
  const ids = tx
    .select({ id: incidentBlocks.incident })
    .from(incidentBlocks)
    .where(anyOf(incidentBlocks.block, blocks));
  const rows = await tx.select().from(incidents).where(inArray(incidents.id, ids)).orderBy(asc(incidents.id));
  return rows.map(toIncident);
}

/** Only reports that had their effect: the copy of one that was never judged must not be silenced as a copy. */
async function nearReports(tx: Database, report: Report): Promise<readonly NearReport[]> {
  const own = tx.select({ seq: reports.seq }).from(reports).where(eq(reports.id, report.id));
  const bands = tx.select({ band: reportBands.band }).from(reportBands).where(eq(reportBands.seq, own));
  const near = tx.select({ seq: reportBands.seq }).from(reportBands).where(inArray(reportBands.band, bands));
  return tx
    .select({
      report: reports.id,
      outlet: reports.outlet,
      published: reports.published,
      shingles: reports.shingles,
    })
    .from(reports)
    .where(
      and(
        inArray(reports.seq, near),
        ne(reports.id, report.id),
        inArray(reports.state, ['judged', 'baseline']),
      ),
    )
    .orderBy(desc(reports.seq))
    .limit(NEAR_LIMIT);
}

/** Recorded time never runs backwards, whatever the machine's clock does. */
async function recordingTime(tx: Database, clock: Clock): Promise<Instant> {
  const [last] = await tx
    .select({ at: reports.judgedAt })
    .from(reports)
    .where(isNotNull(reports.judgedAt))
    .orderBy(desc(reports.judgedAt))
    .limit(1);
  const now = clock();
  return last?.at && last.at > now ? last.at : now;
}
