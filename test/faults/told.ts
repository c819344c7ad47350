import { expect, vi } from 'vitest';
import type { Message } from '../../src/model/message.ts';
import { instant } from '../../src/model/time.ts';
import { sourceBook } from '../../src/sources/accept/book.ts';
import { findEmbedded } from '../../src/store/embedded/start.ts';
import { openStore, type Store } from '../../src/store/store.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A thread as its channel shows it. Ids and times of posting are left out. */
export interface Told {
  readonly channel: string;
  readonly root: Message;
  readonly replies: readonly { readonly message: Message; readonly broadcast: boolean }[];
}

/** Does something with the database of a data folder whose bot runs. */
export async function withStore<T>(dataDir: string, work: (store: Store) => Promise<T>): Promise<T> {
  const found = await findEmbedded(dataDir);
  const store = await openStore({
    connectionString: found!.connectionString,
    clock: () => instant(Date.now()),
    log: silent,
    sources: sourceBook([]),
  });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** All that stands in the channels. */
export async function toldIn(store: Store): Promise<readonly Told[]> {
  const told: Told[] = [];
  for (const { destination } of await store.channels())
    for (const { root, replies } of await store.threads(destination.id, { limit: 1_000 }))
      told.push({
        channel: destination.channel,
        root: root.message,
        replies: replies.map(({ message, broadcast }) => ({ message, broadcast })),
      });
  return told;
}

interface Waiting {
  readonly waiting: Readonly<Record<'read' | 'judge' | 'deliver', number>>;
}

/** Until nothing waits any more, and `done` holds. */
export async function untilQuiet(desk: string, done: () => void = () => undefined): Promise<void> {
  await vi.waitFor(
    async () => {
      done();
      const { waiting } = (await (await fetch(new URL('/healthz', desk))).json()) as Waiting;
      expect(waiting).toEqual({ read: 0, judge: 0, deliver: 0 });
    },
    { timeout: 60_000, interval: 100 },
  );
}
