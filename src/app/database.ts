import type { Config } from '../config/load.ts';
import type { Clock } from '../model/time.ts';
import { findEmbedded, startEmbedded } from '../store/embedded/start.ts';
import { openStore, type Store, type StoreOptions } from '../store/store.ts';
import type { Log } from './log.ts';
import { within } from './within.ts';

const STORE_CLOSE_MS = 1_500;

export interface DatabaseOptions {
  readonly config: Pick<Config, 'database' | 'dataDir'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly onProgress: (step: string) => void;
  readonly sources: StoreOptions['sources'];
}

export interface OpenDatabase {
  readonly store: Store;
  readonly connectionString: string;
  /** It is this process's own. */
  readonly embedded: boolean;
  /** Desk of the bot that runs on it, when that is another process and says so. */
  readonly desk?: string;
  /** Tells a second start on the same folder where the first one's desk is. */
  announce(desk: string): void;
  close(): Promise<void>;
}

/** The server that is configured, else the embedded one, started and held. */
export async function openDatabase({
  config,
  clock,
  log,
  onProgress,
  sources,
}: DatabaseOptions): Promise<OpenDatabase> {
  const url = config.database.url?.reveal();
  if (url !== undefined) {
    const store = await openStore({ connectionString: url, clock, log, sources });
    return {
      store,
      connectionString: url,
      embedded: false,
      announce: () => undefined,
      close: () => store.close(),
    };
  }
  const embedded = await startEmbedded({ dataDir: config.dataDir, clock, log, onProgress });
  const { connectionString } = embedded;
  try {
    const store = await openStore({ connectionString, clock, log, sources });
    return {
      store,
      connectionString,
      embedded: true,
      announce: (desk) => embedded.announce(desk),
      close: async () => {
        // A query that hangs must not keep the server running.
        await within(STORE_CLOSE_MS, store.close()).catch(() => undefined);
        await embedded.stop();
      },
    };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

/** For a command beside the bot: the database of a bot that runs, else as `openDatabase`. */
export async function joinDatabase(options: DatabaseOptions): Promise<OpenDatabase> {
  const found = options.config.database.url ? undefined : await findEmbedded(options.config.dataDir);
  if (found?.holder === undefined) return openDatabase(options);
  const { clock, log, sources } = options;
  const store = await openStore({ connectionString: found.connectionString, clock, log, sources });
  return {
    store,
    connectionString: found.connectionString,
    embedded: false,
    ...(found.holder.desk !== undefined && { desk: found.holder.desk }),
    announce: () => undefined,
    close: () => store.close(),
  };
}
