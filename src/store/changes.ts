import { setTimeout as delay } from 'node:timers/promises';
import { destinationId, type DestinationId } from '../model/ids.ts';
import type { StoreLog } from './log.ts';
import { Session } from './session.ts';

/** Channel of NOTIFY on which a desk channel's changes are told; the payload is the destination's id. */
export const DESK_CHANNEL = 'sitrep_desk';

export interface ChangeFeed {
  /**
   * Calls back after each committed change by any process. Without a destination: changes may have been missed (at the
   * start, and after the connection was away), so everything is to be looked at again.
   */
  onChange(listener: (destination?: DestinationId) => void): () => void;
  close(): Promise<void>;
}

const RETRY_MS = 500;

/** Listens from the first listener on; a lost connection is made again until `close`. */
export function changeFeed(connectionString: string, log: StoreLog): ChangeFeed {
  const listeners = new Set<(destination?: DestinationId) => void>();
  const closing = new AbortController();
  let started = false;
  const tell = (destination?: DestinationId): void => {
    for (const listener of listeners) listener(destination);
  };
  const session = new Session(connectionString, () => void listen());

  const closed = (): boolean => closing.signal.aborted;

  const listen = async (): Promise<void> => {
    while (!closed()) {
      try {
        const client = await session.client();
        client.on('notification', ({ payload }) => tell(destinationId(payload ?? '')));
        await client.query(`listen ${DESK_CHANNEL}`);
        tell();
        return;
      } catch (error) {
        if (closed()) return;
        log.warn({ error: (error as Error).message }, 'the desk cannot hear of changes; trying again');
        await session.close();
        await delay(RETRY_MS, undefined, { signal: closing.signal }).catch(() => undefined);
      }
    }
  };

  return {
    onChange: (listener) => {
      listeners.add(listener);
      if (!started) {
        started = true;
        void listen();
      }
      return () => listeners.delete(listener);
    },
    close: async () => {
      closing.abort();
      await session.close();
    },
  };
}
