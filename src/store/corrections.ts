import { createHash } from 'node:crypto';
import { and, asc, count, desc, eq, inArray, isNotNull, max, sql } from 'drizzle-orm';
import type { Correction } from '../model/correction.ts';
import { correctionId, type CorrectionId, type IncidentId, type ReportId } from '../model/ids.ts';
import type { Notice, Report } from '../model/report.ts';
import type { Clock, Instant } from '../model/time.ts';
import { record } from './audit.ts';
import { anyOf, lock, type Database } from './database.ts';
import { LOCKS } from './locks.ts';
import { REPORT_COLUMNS, toReport } from './reports.ts';
import { corrections, type CorrectionState } from './schema/corrections.ts';
import { updates } from './schema/knowledge.ts';
import { reports } from './schema/reports.ts';
import { deliveries } from './schema/telling.ts';

/** What became of a correction's copies: destinations that were told what it takes back. */
export interface CorrectionRecord {
  readonly correction: Correction;
  readonly state: CorrectionState;
  readonly applied?: Instant;
  readonly error?: string;
  readonly report: Report;
  readonly incidents: readonly IncidentId[];
  /** Destinations by how far they are: root and reply shown, under way, or refused by the platform. */
  readonly copies: Readonly<Record<'right' | 'pending' | 'refused', number>>;
}

type RetractOutcome =
  | { readonly kind: 'retracted'; readonly correction: CorrectionId }
  /** It was asked for before; nothing was changed. */
  | { readonly kind: 'already'; readonly correction: CorrectionId };

export interface CorrectionRepository {
  /** Takes a report back: judged after all reports accepted so far. Resolves after the commit. */
  retract(request: {
    readonly report: ReportId;
    readonly reason: string;
    readonly by: string;
  }): Promise<RetractOutcome>;
  /** Newest first. Those that changed nothing that anybody was told only with `all`. */
  corrections(page: { readonly limit: number; readonly all?: boolean }): Promise<readonly CorrectionRecord[]>;
}

/** One retraction a report, one revision a new text. */
export function correctionIdOf(
  kind: Correction['kind'],
  report: ReportId,
  replacement?: ReportId,
): CorrectionId {
  const hash = createHash('sha256')
    .update([kind, report, replacement ?? ''].join('\n'))
    .digest('hex');
  return correctionId(`x_${hash.slice(0, 24)}`);
}

/** What an outlet's later text is to its earlier one. */
export const publishedCorrection = (
  earlier: ReportId,
  { id, outlet, body }: Report,
  notice: Notice | undefined,
  now: Instant,
): Correction => {
  const kind = notice === 'retraction' ? 'retraction' : 'revision';
  return {
    id: correctionIdOf(kind, earlier, id),
    kind,
    report: earlier,
    replacement: id,
    by: outlet,
    reason: explanationIn(body),
    requested: now,
  };
};

/** Words of an editor's note. */
const NOTE =
  /\b(?:editor['’]s note|earlier version of this|(?:has been|was) corrected|misstated|we regret the error)\b/i;
const MAX_NOTE = 300;

/** The sentence in which the text itself says why it was changed; empty when it has none. */
const explanationIn = (body: string): string =>
  body
    .split(/(?<=[.!?])\s|\n/u)
    .find((sentence) => NOTE.test(sentence))
    ?.trim()
    .slice(0, MAX_NOTE) ?? '';

export const toCorrection = (row: typeof corrections.$inferSelect): Correction => ({
  id: row.id,
  kind: row.kind,
  report: row.report,
  ...(row.replacement !== null && { replacement: row.replacement }),
  by: row.by,
  reason: row.reason,
  requested: row.requested,
});

export function correctionRepository(db: Database, clock: Clock): CorrectionRepository {
  return {
    retract: ({ report, reason, by }) =>
      db.transaction(async (tx) => {
        // Reports take their numbers under this lock, so none that is accepted before has a higher one.
        await lock(tx, LOCKS.accept);
        const id = correctionIdOf('retraction', report);
        const [newest] = await tx.select({ seq: max(reports.seq) }).from(reports);
        const made = await tx
          .insert(corrections)
          .values({
            id,
            kind: 'retraction',
            report,
            by,
            reason,
            requested: clock(),
            after: newest?.seq ?? 0,
            state: 'pending',
          })
          .onConflictDoNothing()
          .returning({ id: corrections.id });
        if (made.length === 0) return { kind: 'already', correction: id };
        await record(tx, { actor: by, action: 'retract', subject: report, detail: reason }, clock);
        return { kind: 'retracted', correction: id };
      }),
    corrections: async ({ limit, all = false }) => {
      const changed = db
        .select({ id: updates.correction })
        .from(updates)
        .where(and(isNotNull(updates.correction), eq(updates.correction, corrections.id)));
      const rows = await db
        .select({ correction: corrections, report: REPORT_COLUMNS })
        .from(corrections)
        .innerJoin(reports, eq(reports.id, corrections.report))
        .where(all ? undefined : sql`${corrections.kind} = 'retraction' or exists ${changed}`)
        .orderBy(desc(corrections.seq))
        .limit(limit);
      const ids = rows.map(({ correction }) => correction.id);
      const copies = await copiesOf(db, ids);
      return rows.map(({ correction: row, report }) => ({
        correction: toCorrection(row),
        state: row.state,
        ...(row.applied !== null && { applied: row.applied }),
        ...(row.error !== null && { error: row.error }),
        report: toReport(report),
        ...(copies.get(row.id) ?? { incidents: [], copies: { right: 0, pending: 0, refused: 0 } }),
      }));
    },
  };
}

interface Reached {
  readonly incidents: readonly IncidentId[];
  readonly copies: CorrectionRecord['copies'];
}

/** A copy is right when nothing of the correction waits for it or was refused: an edit that a newer one overtook is shown. */
async function copiesOf(
  db: Database,
  ids: readonly CorrectionId[],
): Promise<ReadonlyMap<CorrectionId, Reached>> {
  const rows = await db
    .select({
      correction: updates.correction,
      incident: updates.incident,
      destination: deliveries.destination,
      waiting: count(
        sql`case when ${inArray(deliveries.state, ['pending', 'attempting', 'uncertain'])} then 1 end`,
      ),
      refused: count(sql`case when ${deliveries.state} = 'refused' then 1 end`),
    })
    .from(updates)
    .leftJoin(deliveries, eq(deliveries.update, updates.id))
    .where(anyOf(updates.correction, ids))
    .groupBy(updates.correction, updates.incident, deliveries.destination)
    .orderBy(asc(updates.incident));
  const found = new Map<CorrectionId, Reached>();
  for (const [id, group] of Map.groupBy(rows, ({ correction }) => correction)) {
    if (id === null) continue;
    const states = [...Map.groupBy(group, ({ destination }) => destination)].flatMap(([to, theirs]) =>
      to === null ? [] : [stateOf(theirs)],
    );
    const of = (state: keyof Reached['copies']): number => states.filter((one) => one === state).length;
    found.set(id, {
      incidents: [...new Set(group.map(({ incident }) => incident))],
      copies: { right: of('right'), pending: of('pending'), refused: of('refused') },
    });
  }
  return found;
}

function stateOf(
  rows: readonly { readonly waiting: number; readonly refused: number }[],
): keyof Reached['copies'] {
  if (rows.some(({ waiting }) => waiting > 0)) return 'pending';
  return rows.some(({ refused }) => refused > 0) ? 'refused' : 'right';
}
