import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/model/time.ts';
import { sourceBook } from '../../src/sources/accept/book.ts';
import { startEmbedded } from '../../src/store/embedded/start.ts';
import { openStore, type Store } from '../../src/store/store.ts';

export const silent = {
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** The embedded database as the product runs it, fsync on, in a folder that is gone afterwards. */
export async function withDatabase<T>(
  work: (database: { readonly store: Store; readonly connectionString: string }) => Promise<T>,
): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sitrep-bench-'));
  try {
    const embedded = await startEmbedded({ dataDir, clock: systemClock, log: silent });
    const { connectionString } = embedded;
    try {
      const store = await openStore({
        connectionString,
        clock: systemClock,
        log: silent,
        sources: sourceBook([]),
      });
      try {
        return await work({ store, connectionString });
      } finally {
        await store.close();
      }
    } finally {
      await embedded.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
