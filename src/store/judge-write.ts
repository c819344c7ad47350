import { and, eq, isNull, sql } from 'drizzle-orm';
import type { RetractionSnapshot, Withdrawal } from '../assess/correct/types.ts';
import { isFresh } from '../assess/ledger/window.ts';
import type { AssessedIncident, Assessment, RulingSnapshot, Snapshot } from '../assess/types.ts';
import type { ControlEntry } from '../model/control.ts';
import type { Incident } from '../model/incident.ts';
import type { PlaceKey } from '../model/place.ts';
import type { Instant } from '../model/time.ts';
import { anyOf, together, type Database } from './database.ts';
import { StoreError } from './error.ts';
import type { Gather } from './held.ts';
import { releaseFor, writeTelling } from './judge-telling.ts';
import type { Judgement } from './judging.ts';
import { prepared, preparedInsert } from './prepared.ts';
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
  const released = await releaseFor(tx, told.deliveries, gather);
  await together([
    writeEffects(tx, assessment, now),
    INSERT_DECISIONS(
      tx,
      assessment.decisions.map((decision, ordinal) => ({ ...decision, report: report.id, ordinal })),
    ),
    SET_JUDGED(tx, { id: report.id, now, copyOf: assessment.duplicateOf ?? null }),
    revises && writePublishedCorrection(tx, revises, now),
    writeTelling(tx, told, now, released),
  ]);
}

const INSERT_DECISIONS = preparedInsert('judge_decisions', decisions);

const SET_JUDGED = prepared('judge_judged', ['id', 'now', 'copyOf'], (db, { id, now, copyOf }) =>
  db
    .update(reports)
    .set({ state: 'judged', judgedAt: sql`${now}`, copyOf: sql`${copyOf}`, error: null, dueAt: null })
    .where(eq(reports.id, id)),
);

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
  await writeTelling(tx, told, now, await releaseFor(tx, told.deliveries, gather));
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
  await writeTelling(tx, told, now, await releaseFor(tx, told.deliveries, gather));
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
  await together([
    writeIncidents(tx, assessment.incidents, now),
    INSERT_UPDATES(
      tx,
      assessment.updates.map((update) => ({
        ...update,
        correction: update.correction?.id ?? null,
        document: update,
      })),
    ),
    writeLedger(tx, assessment.ledger),
    moveDecisions(tx, assessment.incidents),
  ]);
}

const INSERT_UPDATES = preparedInsert('judge_updates', updates);

const UPSERT_INCIDENTS = preparedInsert(
  'judge_incidents',
  incidents,
  sql`on conflict (id) do update set family = excluded.family, state = excluded.state, revision = excluded.revision,
    opened = excluded.opened, last_activity = excluded.last_activity, heard = excluded.heard, document = excluded.document`,
);
const CLEAR_BLOCKS = prepared('judge_clear_blocks', ['ids'], (db, { ids }) =>
  db.delete(incidentBlocks).where(anyOf(incidentBlocks.incident, ids)),
);
const CLEAR_PLACES = prepared('judge_clear_places', ['ids'], (db, { ids }) =>
  db.delete(incidentPlaces).where(anyOf(incidentPlaces.incident, ids)),
);
const CLEAR_REPORTS = prepared('judge_clear_reports', ['ids'], (db, { ids }) =>
  db.delete(incidentReports).where(anyOf(incidentReports.incident, ids)),
);
const INSERT_BLOCKS = preparedInsert('judge_blocks', incidentBlocks);
const INSERT_PLACES = preparedInsert('judge_places', incidentPlaces);
const INSERT_REPORTS = preparedInsert('judge_reports', incidentReports);

/** `heard`: when a report last said something of them. */
async function writeIncidents(
  tx: Database,
  assessed: readonly AssessedIncident[],
  heard: Instant,
): Promise<void> {
  if (assessed.length === 0) return;
  const ids = assessed.map(({ incident }) => incident.id);
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
  await together([
    UPSERT_INCIDENTS(
      tx,
      assessed.map(({ incident }) => ({ ...incident, heard, document: incident })),
    ),
    CLEAR_BLOCKS(tx, { ids }),
    CLEAR_PLACES(tx, { ids }),
    CLEAR_REPORTS(tx, { ids }),
    INSERT_BLOCKS(tx, blocks),
    INSERT_REPORTS(tx, standing),
    INSERT_PLACES(
      tx,
      assessed.flatMap(({ incident }) => placesOf(incident)),
    ),
  ]);
}

/** Why a statement went into an incident is asked of the one in which it stands by now. */
async function moveDecisions(tx: Database, assessed: readonly AssessedIncident[]): Promise<void> {
  const moves = assessed.flatMap(({ incident: { id, mergedInto, accounts }, partedFrom }) => [
    ...(mergedInto === undefined ? [] : [{ from: id, to: mergedInto }]),
    ...(partedFrom === undefined
      ? []
      : [{ from: partedFrom, to: id, of: accounts.map(({ statement }) => statement) }]),
  ]);
  await together(
    moves.map(({ from, to, of }) =>
      tx
        .update(decisions)
        .set({ incident: to })
        .where(and(eq(decisions.incident, from), of && anyOf(decisions.statement, of)))
        .execute(),
    ),
  );
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
  const [closed] = await together([
    close.length === 0
      ? []
      : CLOSE_ENTRIES(tx, {
          ids: close.map(({ id }) => id),
          ends: close.map(({ recordedTo }) => recordedTo),
        }),
    INSERT_ENTRIES(tx, open.map(toRow)),
  ]);
  if (closed.length === close.length) return;
  const found = new Set(closed.map(({ id }) => id));
  const missing = close.find(({ id }) => !found.has(id));
  throw new StoreError(`The ledger has no row ${missing?.id ?? ''} that is still believed.`);
}

const CLOSE_ENTRIES = prepared('judge_close_entries', ['ids', 'ends'], (db, { ids, ends }) =>
  db
    .update(controlEntries)
    .set({ recordedTo: sql`closing.ends` })
    .from(sql`unnest(${ids}::text[], ${ends}::timestamptz[]) as closing (id, ends)`)
    .where(and(sql`${controlEntries.id} = closing.id`, isNull(controlEntries.recordedTo)))
    .returning({ id: controlEntries.id }),
);
const INSERT_ENTRIES = preparedInsert('judge_entries', controlEntries);

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
