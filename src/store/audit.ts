import { desc, eq } from 'drizzle-orm';
import type { Clock, Instant } from '../model/time.ts';
import type { Database } from './database.ts';
import { audit } from './schema/discretion.ts';

/** What can be put on record. */
export type AuditAction = 'retract' | 'trust' | 'distrust' | 'disclose' | 'merge' | 'split';

export interface AuditEntry {
  readonly at: Instant;
  readonly actor: string;
  readonly action: AuditAction;
  readonly subject: string;
  readonly detail: string;
}

export interface AuditRepository {
  /** Newest first. `subject`: only of this incident, report or destination. */
  auditLog(page: { readonly limit: number; readonly subject?: string }): Promise<readonly AuditEntry[]>;
}

/** In the transaction that does it, so that nothing is done without being on record. */
export const record = (tx: Database, entry: Omit<AuditEntry, 'at'>, clock: Clock): Promise<unknown> =>
  tx.insert(audit).values({ ...entry, at: clock() });

export const auditRepository = (db: Database): AuditRepository => ({
  auditLog: async ({ limit, subject }) => {
    const rows = await db
      .select()
      .from(audit)
      .where(subject === undefined ? undefined : eq(audit.subject, subject))
      .orderBy(desc(audit.seq))
      .limit(limit);
    return rows.map(({ at, actor, action, subject: of, detail }) => ({
      at,
      actor,
      action: action as AuditAction,
      subject: of,
      detail,
    }));
  },
});
