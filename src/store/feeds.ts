import { eq } from 'drizzle-orm';
import type { SourceId } from '../model/ids.ts';
import type { Instant } from '../model/time.ts';
import type { Database } from './database.ts';
import { feeds } from './schema/reports.ts';
import { storable } from './text.ts';

/** What is known of a feed between two polls. */
interface FeedState {
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
  readonly baselineDone: boolean;
  readonly lastOk?: Instant;
  readonly lastError?: string;
  readonly failures: number;
  readonly nextAt?: Instant;
}

export interface FeedRepository {
  feed(id: SourceId): Promise<FeedState | undefined>;
  /** Replaces the state. */
  saveFeed(id: SourceId, state: FeedState): Promise<void>;
}

const toState = (row: typeof feeds.$inferSelect): FeedState => ({
  url: row.url,
  ...(row.etag !== null && { etag: row.etag }),
  ...(row.lastModified !== null && { lastModified: row.lastModified }),
  baselineDone: row.baselineDone,
  ...(row.lastOk !== null && { lastOk: row.lastOk }),
  ...(row.lastError !== null && { lastError: row.lastError }),
  failures: row.failures,
  ...(row.nextAt !== null && { nextAt: row.nextAt }),
});

export function feedRepository(db: Database): FeedRepository {
  return {
    feed: async (id) => {
      const [row] = await db.select().from(feeds).where(eq(feeds.source, id));
      return row && toState(row);
    },
    saveFeed: async (id, state) => {
      const row = {
        url: state.url,
        etag: state.etag === undefined ? null : storable(state.etag),
        lastModified: state.lastModified === undefined ? null : storable(state.lastModified),
        baselineDone: state.baselineDone,
        lastOk: state.lastOk ?? null,
        lastError: state.lastError === undefined ? null : storable(state.lastError),
        failures: state.failures,
        nextAt: state.nextAt ?? null,
      };
      await db
        .insert(feeds)
        .values({ source: id, ...row })
        .onConflictDoUpdate({ target: feeds.source, set: row });
    },
  };
}
