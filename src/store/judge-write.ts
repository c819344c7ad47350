import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { RetractionSnapshot, Withdrawal } from '../assess/correct/types.ts';
import { isFresh } from '../assess/ledger/window.ts';
import type { AssessedIncident, Assessment, RulingSnapshot, Snapshot } from '../assess/types.ts';
import type { ControlEntry } from '../model/control.ts';
import type { Incident } from '../model/incident.ts';
import type { PlaceKey } from '../model/place.ts';
import type { NewThreadDelivery } from '../model/telling.ts';
import type { Instant } from '../model/time.ts';
import { anyOf, type Database } from './database.ts';
import { StoreError } from './error.ts';
import { hold, release, type Gather } from './held.ts';
import type { Judgement } from './judging.ts';
import {
  controlEntries,
  decisions,
  incidentBlocks,
  incidentPlaces,
  incidentReports,
  incidents,
  updates,
} from './schema/knowledge.ts';
import { writeRuling } from './rulings.ts';
import { corrections } from './schema/corrections.ts';
import { reports } from './schema/reports.ts';
import { writeWithholdings } from './withholdings.ts';
import { deliveries, digestItems, threads } from './schema/telling.ts';

/**
 * Writes all that a report did; the caller's transaction makes it one. What is started together goes to the server
 * together, in the order in which it stands here: a row before what refers to it.
 */
export async function writeJudgement(
  tx: Database,
  { report, now, revises }: Snapshot,
  { assessment, ...told }: Judgement,
  gather: Gather,
): Promise<void> {
  await writeEffects(tx, assessment, now);
  if (revises) await writePublishedCorrection(tx, revises, now);
  const why = assessment.decisions.map((decision, ordinal) => ({ ...decision, report: report.id, ordinal }));
  await Promise.all([
    ...(why.length > 0 ? [tx.insert(decisions).values(why)] : []),
    tx
      .update(reports)
      .set({
        state: 'judged',
        judgedAt: now,
        copyOf: assessment.duplicateOf ?? null,
        error: null,
        dueAt: null,
      })
      .where(eq(reports.id, report.id)),
  ]);
  await writeTelling(tx, told, now, gather);
}

/** Writes all that taking a report back did. */
export async function writeRetraction(
  tx: Database,
  { withdrawal, now }: RetractionSnapshot,
  { assessment, ...told }: Judgement,
  gather: Gather,
): Promise<void> {
  await writeEffects(tx, assessment, now);
  await tx
    .update(corrections)
    .set({ state: 'applied', applied: now, error: null, dueAt: null })
    .where(eq(corrections.id, withdrawal.correction.id));
  await withdraw(tx, withdrawal);
  await writeTelling(tx, told, now, gather);
}

/** Writes all that a person's decision did. */
export async function writeRuled(
  tx: Database,
  { ruling, now }: RulingSnapshot,
  { assessment, ...told }: Judgement,
  gather: Gather,
): Promise<void> {
  await writeEffects(tx, assessment, now);
  await writeRuling(tx, ruling, assessment.ruled, now);
  await writeTelling(tx, told, now, gather);
}

async function writeTelling(
  tx: Database,
  { deliveries: told, held = [], digests = [], withheld = [] }: Omit<Judgement, 'assessment'>,
  now: Instant,
  gather: Gather,
): Promise<void> {
  await writeDeliveries(tx, told, now, gather);
  for (const reply of held) await hold(tx, reply, now);
  await writeWithholdings(tx, withheld, told);
  if (digests.length > 0)
    await tx
      .insert(digestItems)
      .values([...digests])
      .onConflictDoNothing();
}

/** A publisher's own correction is applied when its text is judged. */
async function writePublishedCorrection(tx: Database, withdrawal: Withdrawal, now: Instant): Promise<void> {
  const { correction } = withdrawal;
  await tx
    .insert(corrections)
    .values({
      ...correction,
      after: sql`(select ${reports.seq} from ${reports} where ${reports.id} = ${correction.replacement})`,
      state: 'applied',
      applied: now,
    })
    .onConflictDoNothing();
  await withdraw(tx, withdrawal);
}

/** Their words count no longer, whatever comes of them later. */
const withdraw = (tx: Database, { correction, reports: taken }: Withdrawal): Promise<unknown> =>
  tx
    .update(reports)
    .set({ withdrawn: correction.id })
    .where(and(anyOf(reports.id, [...taken]), isNull(reports.withdrawn)));

async function writeEffects(tx: Database, assessment: Assessment, now: Instant): Promise<void> {
  await Promise.all([
    writeIncidents(tx, assessment.incidents, now),
    writeUpdates(tx, assessment.updates),
    writeLedger(tx, assessment.ledger),
  ]);
}

async function writeUpdates(tx: Database, found: Assessment['updates']): Promise<void> {
  if (found.length === 0) return;
  await tx.insert(updates).values(
    found.map((update) => ({
      ...update,
      correction: update.correction?.id ?? null,
      document: update,
    })),
  );
}

/** `heard`: when a report last said something of them. */
async function writeIncidents(
  tx: Database,
  assessed: readonly AssessedIncident[],
  heard: Instant,
): Promise<void> {
  if (assessed.length === 0) return;
  const ids = assessed.map(({ incident }) => incident.id);
  const upsert = tx
    .insert(incidents)
    .values(assessed.map(({ incident }) => ({ ...incident, heard, document: incident })))
    .onConflictDoUpdate({
      target: incidents.id,
      set: {
        family: sql`excluded.family`,
        state: sql`excluded.state`,
        revision: sql`excluded.revision`,
        opened: sql`excluded.opened`,
        lastActivity: sql`excluded.last_activity`,
        heard: sql`excluded.heard`,
        document: sql`excluded.document`,
      },
    });
  const blocks = assessed.flatMap(({ incident, blocks: keys }) =>
    [...new Set(keys)].map((block) => ({ block, incident: incident.id })),
  );
  const standing = assessed.flatMap(({ incident }) =>
    // What went up in another incident stands there.
    incident.mergedInto !== undefined
      ? []
      : [...new Set(incident.facts.flatMap(({ claims }) => claims.map(({ report }) => report)))].map(
          (report) => ({
            report,
            incident: incident.id,
          }),
        ),
  );
  const places = assessed.flatMap(({ incident }) => placesOf(incident));
  await Promise.all([
    upsert,
    tx.delete(incidentBlocks).where(inArray(incidentBlocks.incident, ids)),
    tx.delete(incidentPlaces).where(inArray(incidentPlaces.incident, ids)),
    tx.delete(incidentReports).where(inArray(incidentReports.incident, ids)),
    ...(blocks.length > 0 ? [tx.insert(incidentBlocks).values(blocks)] : []),
    ...(standing.length > 0 ? [tx.insert(incidentReports).values(standing)] : []),
    ...(places.length > 0 ? [tx.insert(incidentPlaces).values(places)] : []),
  ]);
  await moveDecisions(tx, assessed);
}

/** Why a statement went into an incident is asked of the one in which it stands by now. */
async function moveDecisions(tx: Database, assessed: readonly AssessedIncident[]): Promise<void> {
  const moves = assessed.flatMap(({ incident: { id, mergedInto, accounts }, partedFrom }) => [
    ...(mergedInto === undefined ? [] : [{ from: id, to: mergedInto }]),
    ...(partedFrom === undefined
      ? []
      : [{ from: partedFrom, to: id, of: accounts.map(({ statement }) => statement) }]),
  ]);
  for (const { from, to, of } of moves)
    await tx
      .update(decisions)
      .set({ incident: to })
      .where(and(eq(decisions.incident, from), of && anyOf(decisions.statement, of)));
}

/** The places that the facts name, and all that they lie in; of an incident without facts, of those that were taken back. */
function placesOf(incident: Incident): (typeof incidentPlaces.$inferInsert)[] {
  const told = incident.facts.length > 0 ? incident.facts : (incident.withdrawn ?? []);
  const refs = told.flatMap((fact) => [...fact.places, ...fact.toPlaces]);
  const named = new Set<PlaceKey>(refs.map((ref) => ref.key));
  const containers = refs.flatMap((ref) => ref.within).map((id) => id as string as PlaceKey);
  return [...new Set([...named, ...containers])].map((place) => ({
    incident: incident.id,
    place,
    named: named.has(place),
    lastActivity: incident.lastActivity,
  }));
}

async function writeLedger(tx: Database, { close, open }: Assessment['ledger']): Promise<void> {
  for (const { id, recordedTo } of close) {
    const closed = await tx
      .update(controlEntries)
      .set({ recordedTo })
      .where(and(eq(controlEntries.id, id), isNull(controlEntries.recordedTo)))
      .returning({ id: controlEntries.id });
    if (closed.length === 0) throw new StoreError(`The ledger has no row ${id} that is still believed.`);
  }
  if (open.length > 0) await tx.insert(controlEntries).values(open.map(toRow));
}

function toRow(entry: ControlEntry): typeof controlEntries.$inferInsert {
  const { recordedTo: _, ...document } = entry;
  return {
    id: entry.id,
    place: entry.place.key,
    lineage: [entry.place.key, ...entry.place.within],
    validFrom: entry.validFrom,
    validTo: entry.validTo ?? null,
    recordedFrom: entry.recordedFrom,
    fresh: isFresh(entry),
    document,
  };
}

export async function writeDeliveries(
  tx: Database,
  told: readonly NewThreadDelivery[],
  now: Instant,
  gather: Gather,
): Promise<void> {
  if (told.length === 0) return;
  await tx
    .insert(threads)
    .values(told.map(({ incident, destination }) => ({ incident, destination })))
    .onConflictDoNothing();
  // One by one: their numbers are the order in which they are sent.
  for (const delivery of told) {
    if (delivery.op === 'reply') await release(tx, delivery, now, gather);
    await tx.insert(deliveries).values({ ...delivery, state: 'pending', created: now });
  }
}
