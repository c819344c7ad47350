import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { instant } from '../../src/model/time.ts';
import type { BacklogItem } from '../../src/queue/contract.ts';
import { openQueues, type Queues, type QueuesOptions } from '../../src/queue/queues.ts';
import { startRelay, type Relay, type RelayOptions } from '../../src/queue/relay.ts';
import { ONE_EACH, silent } from '../contract/queue.contract.ts';
import { freshDatabase } from '../support/postgres.ts';

const NOW = instant('2018-05-20T08:00:00Z');

/** The truth: what is committed and not done. The relay knows nothing else. */
const truth = new Set<string>();
const open: { close(): Promise<void> }[] = [];
let connectionString: string;

const queues = async (options: Partial<QueuesOptions> = {}): Promise<Queues> => {
  const opened = await openQueues({
    backend: { kind: 'postgres', connectionString },
    log: silent,
    alone: true,
    ...options,
  });
  open.push(opened);
  return opened;
};

const relay = async (options: Pick<RelayOptions, 'queues'> & Partial<RelayOptions>): Promise<Relay> => {
  const started = await startRelay({
    clock: () => NOW,
    log: silent,
    everyMs: 20,
    backlog: () => Promise.resolve([...truth].map((id): BacklogItem => ({ stage: 'read', id }))),
    ...options,
  });
  open.unshift({ close: () => started.stop() });
  return started;
};

/** Works off the truth, and resolves when nothing is left of it. */
const workedOff = async (bot: Queues): Promise<void> => {
  const nothingLeft = Promise.withResolvers<undefined>();
  await bot.work(
    {
      read: (id) => {
        truth.delete(id);
        if (truth.size === 0) nothingLeft.resolve(undefined);
        return Promise.resolve(undefined);
      },
    },
    ONE_EACH,
  );
  await nothingLeft.promise;
};

beforeAll(async () => ({ connectionString } = await freshDatabase()));
beforeEach(() => truth.clear());
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
});

describe('the relay', () => {
  it('has enqueued what an earlier run left before it says that it runs', async () => {
    for (const id of ['a', 'b', 'c']) truth.add(id);
    const bot = await queues();
    await relay({ queues: bot, everyMs: 3_600_000 });
    expect((await bot.counts()).read.waiting).toBe(3);
  });

  it('brings everything back when the queue loses all that it had', async () => {
    for (const id of ['a', 'b', 'c']) truth.add(id);
    const bot = await queues();
    await bot.addAll('read', [...truth]);
    await queues();
    expect((await bot.counts()).read.waiting).toBe(0);
    await relay({ queues: bot });
    await workedOff(bot);
  });

  it('adds no more than there is room for, and the rest as room is made', async () => {
    for (let n = 0; n < 40; n += 1) truth.add(`r_${n}`);
    const bot = await queues({ room: 7 });
    await relay({ queues: bot });
    expect((await bot.counts()).read.waiting).toBe(7);
    await workedOff(bot);
  });

  it('goes on after a round that failed', async () => {
    truth.add('a');
    let rounds = 0;
    const bot = await queues();
    await relay({
      queues: bot,
      backlog: () => {
        rounds += 1;
        return rounds < 3
          ? Promise.reject(new Error('the database is away'))
          : Promise.resolve([{ stage: 'read', id: 'a' }]);
      },
    });
    await workedOff(bot);
  });

  it('asks at start for work of any age, and later leaves alone what was just committed', async () => {
    const asked: string[] = [];
    const later = Promise.withResolvers<undefined>();
    const bot = await queues();
    await relay({
      queues: bot,
      backlog: (olderThan) => {
        if (asked.push(olderThan) === 2) later.resolve(undefined);
        return Promise.resolve([]);
      },
    });
    await later.promise;
    expect(asked.slice(0, 2)).toEqual([NOW, instant('2018-05-20T07:59:58Z')]);
  });

  it('ends its round before it is stopped', async () => {
    const inRound = Promise.withResolvers<undefined>();
    const go = Promise.withResolvers<undefined>();
    let rounds = 0;
    let ended = false;
    const bot = await queues();
    const running = await relay({
      queues: bot,
      backlog: async () => {
        rounds += 1;
        if (rounds === 2) {
          inRound.resolve(undefined);
          await go.promise;
          ended = true;
        }
        return [];
      },
    });
    await inRound.promise;
    const stopping = running.stop();
    go.resolve(undefined);
    await stopping;
    expect({ ended, rounds }).toEqual({ ended: true, rounds: 2 });
  });
});
