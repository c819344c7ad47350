import { lt } from 'drizzle-orm';
import type { Clock, Instant } from '../model/time.ts';
import type { Database } from './database.ts';
import { chatEvents as rows } from './schema/telling.ts';

export interface ChatEventRepository {
  /**
   * Takes an event of a chat platform up: true for one of any number of calls with its id (`discord:1234`), in any
   * process. What is taken up and then lost in a crash is not taken up again: whoever waits for an answer sees none.
   */
  takeChatEvent(id: string): Promise<boolean>;
  /** Forgets events taken up before a moment. @returns how many */
  forgetChatEvents(before: Instant): Promise<number>;
}

export function chatEventRepository(db: Database, clock: Clock): ChatEventRepository {
  return {
    takeChatEvent: async (id) => {
      const taken = await db
        .insert(rows)
        .values({ id, at: clock() })
        .onConflictDoNothing()
        .returning({ id: rows.id });
      return taken.length > 0;
    },
    forgetChatEvents: async (before) => {
      const gone = await db.delete(rows).where(lt(rows.at, before)).returning({ id: rows.id });
      return gone.length;
    },
  };
}
