import type { DestinationId } from '../model/ids.ts';
import { DESTINATION_LOCKS } from './locks.ts';
import { Session } from './session.ts';

type Locked<T> = { readonly kind: 'done'; readonly value: T } | { readonly kind: 'busy' };

export interface DestinationLocks {
  /** Runs `work` while nobody else, in any process, does so for this destination. `busy`: it was not run. */
  withDestinationLock<T>(destination: DestinationId, work: () => Promise<T>): Promise<Locked<T>>;
  close(): Promise<void>;
}

/**
 * All locks of a process are on one connection, so that drains do not use up the pool that their work needs. If that
 * connection is lost the locks are gone while work goes on; `begin` then tells the two drains apart.
 */
export function destinationLocks(connectionString: string): DestinationLocks {
  const held = new Set<DestinationId>();
  const session = new Session(connectionString, () => undefined);

  const unlock = async (destination: DestinationId): Promise<void> => {
    held.delete(destination);
    await session.query('select pg_advisory_unlock($1, hashtext($2))', [DESTINATION_LOCKS, destination]);
  };

  return {
    withDestinationLock: async (destination, work) => {
      // A session may take a lock that it has already; so our own drains are told apart here.
      if (held.has(destination)) return { kind: 'busy' };
      held.add(destination);
      try {
        const { rows } = await session.query<{ taken: boolean }>(
          'select pg_try_advisory_lock($1, hashtext($2)) as taken',
          [DESTINATION_LOCKS, destination],
        );
        if (rows[0]?.taken !== true) {
          held.delete(destination);
          return { kind: 'busy' };
        }
      } catch (error) {
        held.delete(destination);
        throw error;
      }
      try {
        return { kind: 'done', value: await work() };
      } finally {
        // A lost connection has let go of the lock by itself.
        await unlock(destination).catch(() => undefined);
      }
    },
    close: () => session.close(),
  };
}
