import { createHash } from 'node:crypto';
import { and, asc, eq, inArray, max, sql } from 'drizzle-orm';
import type { RulingSnapshot } from '../assess/types.ts';
import { rulingId, statementId, type IncidentId, type RulingId } from '../model/ids.ts';
import type { Incident } from '../model/incident.ts';
import type { Ruled, Ruling } from '../model/ruling.ts';
import type { Clock, Instant } from '../model/time.ts';
import { record } from './audit.ts';
import { anyOf, lock, type Database } from './database.ts';
import { StoreError } from './error.ts';
import { heirOf, toIncident } from './incidents.ts';
import { LOCKS } from './locks.ts';
import { prepared } from './prepared.ts';
import { incidentBlocks, incidents } from './schema/knowledge.ts';
import { reports } from './schema/reports.ts';
import { ruledAccounts, rulings } from './schema/rulings.ts';

export interface RulingRepository {
  /** Decides what is one happening: judged after all reports accepted so far, on record. Resolves after the commit. */
  rule(
    request: Pick<Ruling, 'kind' | 'incident' | 'other' | 'statements' | 'by' | 'reason'>,
  ): Promise<RulingId>;
  /** What went up in the incident, or in what went up in that, the newest first. */
  absorbedBy(incident: IncidentId): Promise<readonly Incident[]>;
}

/** Asked for again in the same moment, it is the same. */
const rulingIdOf = (parts: readonly string[]): RulingId =>
  rulingId(`g_${createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 24)}`);

export const toRuling = (row: typeof rulings.$inferSelect): Ruling => ({
  id: row.id,
  kind: row.kind,
  incident: row.incident,
  ...(row.other !== null && { other: row.other }),
  statements: row.statements,
  by: row.by,
  reason: row.reason,
  requested: row.requested,
});

export const rulingRepository = (db: Database, clock: Clock): RulingRepository => ({
  rule: ({ kind, incident, other, statements, by, reason }) =>
    db.transaction(async (tx) => {
      // Reports take their numbers under this lock, so none that is accepted before has a higher one.
      await lock(tx, LOCKS.accept);
      const requested = clock();
      const id = rulingIdOf([kind, incident, other ?? '', statements.join(), requested]);
      const [newest] = await tx.select({ seq: max(reports.seq) }).from(reports);
      const made = await tx
        .insert(rulings)
        .values({
          id,
          kind,
          incident,
          other: other ?? null,
          statements: [...statements],
          by,
          reason,
          requested,
          after: newest?.seq ?? 0,
          state: 'pending',
        })
        .onConflictDoNothing()
        .returning({ id: rulings.id });
      const detail = [other ?? statements.join(', '), reason].filter((part) => part !== '').join(': ');
      const action = kind === 'same' ? 'merge' : 'split';
      if (made.length > 0) await record(tx, { actor: by, action, subject: incident, detail }, clock);
      return id;
    }),
  absorbedBy: (incident) => absorbedBy(db, incident),
});

async function absorbedBy(db: Database, id: IncidentId): Promise<readonly Incident[]> {
  const { rows } = await db.execute<{ id: IncidentId; document: unknown }>(sql`
    with recursive gone (id, document) as (
      select ${incidents.id}, ${incidents.document} from ${incidents}
      where ${incidents.document}->>'mergedInto' = ${id}
      union
      select ${incidents.id}, ${incidents.document} from ${incidents}
      join gone on ${incidents.document}->>'mergedInto' = gone.id
    )
    select id, document from gone`);
  return rows
    .map(toIncident)
    .toSorted((a, b) => (a.lastActivity < b.lastActivity ? 1 : a.lastActivity > b.lastActivity ? -1 : 0));
}

async function incidentIn(tx: Database, id: IncidentId): Promise<Incident> {
  const [row] = await tx.select().from(incidents).where(eq(incidents.id, id));
  if (!row) throw new StoreError(`There is no incident ${id} to decide on.`);
  return heirOf(tx, toIncident(row));
}

/** All that share a block with one of these. */
async function near(tx: Database, ids: readonly IncidentId[]): Promise<readonly Incident[]> {
  const blocks = tx
    .select({ block: incidentBlocks.block })
    .from(incidentBlocks)
    .where(anyOf(incidentBlocks.incident, ids));
  const sharing = tx
    .select({ id: incidentBlocks.incident })
    .from(incidentBlocks)
    .where(inArray(incidentBlocks.block, blocks));
  const rows = await tx
    .select()
    .from(incidents)
    .where(inArray(incidents.id, sharing))
    .orderBy(asc(incidents.id));
  return rows.map(toIncident);
}

export async function rulingSnapshot(tx: Database, ruling: Ruling, now: Instant): Promise<RulingSnapshot> {
  const incident = await incidentIn(tx, ruling.incident);
  const other = ruling.other === undefined ? undefined : await incidentIn(tx, ruling.other);
  const around = await near(tx, [incident.id, ...(other ? [other.id] : [])]);
  return {
    ruling,
    incident,
    ...(other && { other }),
    near: around,
    absorbed: await absorbedBy(tx, incident.id),
    rulings: await ruledAmong(tx, [incident, ...(other ? [other] : []), ...around]),
    now,
  };
}

const RULED = prepared('ruled_accounts', ['statements'], (db, { statements }) => {
  const concerned = db
    .select({ ruling: ruledAccounts.ruling })
    .from(ruledAccounts)
    .where(anyOf(ruledAccounts.statement, statements));
  return db
    .select({
      ruling: ruledAccounts.ruling,
      kind: rulings.kind,
      side: ruledAccounts.side,
      account: ruledAccounts.account,
    })
    .from(ruledAccounts)
    .innerJoin(rulings, eq(rulings.id, ruledAccounts.ruling))
    .where(inArray(ruledAccounts.ruling, concerned))
    .orderBy(asc(rulings.seq), asc(ruledAccounts.account));
});

/** What was decided of accounts of these incidents, oldest first. */
export async function ruledAmong(tx: Database, among: readonly Incident[]): Promise<readonly Ruled[]> {
  const statements = new Set(among.flatMap(({ accounts }) => accounts.map(({ statement }) => statement)));
  if (statements.size === 0) return [];
  const rows = await RULED(tx, { statements: [...statements] });
  return [...Map.groupBy(rows, ({ ruling }) => ruling).values()].flatMap((accounts) => {
    const [first] = accounts;
    const of = (side: 'one' | 'other') =>
      accounts.filter((row) => row.side === side).map(({ account }) => account);
    return first ? [{ kind: first.kind, ones: of('one'), others: of('other') }] : [];
  });
}

/** That it was judged, and the accounts that it holds for; undefined: there was nothing to decide any more. */
export async function writeRuling(
  tx: Database,
  { id }: Ruling,
  ruled: Ruled | undefined,
  now: Instant,
): Promise<void> {
  await tx
    .update(rulings)
    .set({ state: 'applied', applied: now, error: null, dueAt: null })
    .where(and(eq(rulings.id, id), eq(rulings.state, 'pending')));
  if (!ruled) return;
  const rows = (['one', 'other'] as const).flatMap((side) =>
    (side === 'one' ? ruled.ones : ruled.others).map((account) => ({
      ruling: id,
      side,
      statement: statementId(account.slice(0, account.indexOf('|'))),
      account,
    })),
  );
  await tx.insert(ruledAccounts).values(rows);
}
