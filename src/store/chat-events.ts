import { eq, lt, sql } from 'drizzle-orm';
import type { Clock, Instant } from '../model/time.ts';
import type { Database } from './database.ts';
import { chatEvents as rows } from './schema/telling.ts';

export interface ChatEventRepository {
  /**
   * Takes an event of a chat platform up, by the platform and its own id (`discord:1234`): `first` for one of any number
   * of calls, in any process; `done` when it had its effect; `underway` when it was taken up after `stale` and has not
   * ended. What was taken up earlier and has not ended belonged to a process that died, and is taken up again.
   */
  claimChatEvent(id: string, stale: Instant): Promise<'first' | 'underway' | 'done'>;
  finishChatEvent(id: string): Promise<void>;
  /** It had no effect, and may be taken up again. */
  releaseChatEvent(id: string): Promise<void>;
  /** Forgets events taken up before a moment. @returns how many */
  forgetChatEvents(before: Instant): Promise<number>;
}

export function chatEventRepository(db: Database, clock: Clock): ChatEventRepository {
  return {
    claimChatEvent: async (id, stale) => {
      const at = clock();
      const claimed = await db
        .insert(rows)
        .values({ id, at, done: false })
        .onConflictDoUpdate({
          target: rows.id,
          set: { at },
          setWhere: sql`not ${rows.done} and ${rows.at} < ${stale}`,
        })
        .returning({ id: rows.id });
      if (claimed.length > 0) return 'first';
      const [row] = await db.select().from(rows).where(eq(rows.id, id));
      return row?.done === true ? 'done' : 'underway';
    },
    finishChatEvent: async (id) => {
      await db.update(rows).set({ done: true }).where(eq(rows.id, id));
    },
    releaseChatEvent: async (id) => {
      await db.delete(rows).where(eq(rows.id, id));
    },
    forgetChatEvents: async (before) => {
      const gone = await db.delete(rows).where(lt(rows.at, before)).returning({ id: rows.id });
      return gone.length;
    },
  };
}
