import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BackendSettings, Concurrency, Stage, StageHandlers } from '../../src/queue/contract.ts';
import { openQueues, type Queues, type QueuesOptions } from '../../src/queue/queues.ts';
import type { Wire } from '../support/cut.ts';

/** A server that the suite may fill, empty and cut off. */
export interface QueueServer {
  readonly settings: BackendSettings;
  /** The same server, reached through a wire that can be cut. */
  throughWire(): Promise<{ readonly settings: BackendSettings; readonly wire: Wire }>;
}

export const ONE_EACH: Concurrency = { read: 1, judge: 1, deliver: 1, poll: 1, chore: 1 };
export const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined };
/** A killed worker's job is taken up after 10 to 15 s. */
const STALLED_MS = 40_000;
const CHILD = new URL('../queue/hanging-worker.ts', import.meta.url).pathname;

/** Waits for events of which it is not known when they come. */
class Bell {
  #count = 0;
  #waiting: { at: number; ring: () => void }[] = [];

  ring(): void {
    this.#count += 1;
    for (const { at, ring } of this.#waiting) if (this.#count >= at) ring();
  }

  get count(): number {
    return this.#count;
  }

  /** Resolves when it has rung so many times in all. */
  rung(times: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#count >= times) resolve();
      else this.#waiting.push({ at: times, ring: resolve });
    });
  }
}

/** How much of one core this process uses in the next so many milliseconds: one that waits uses next to nothing. */
export async function shareOfCore(ms: number): Promise<number> {
  const before = process.cpuUsage();
  await new Promise((resolve) => setTimeout(resolve, ms));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / ms;
}

const tenSeconds = (): Promise<'late'> =>
  new Promise((resolve) => {
    setTimeout(() => resolve('late'), 10_000).unref();
  });

/** What every backend of the queue must do. */
export function queueContract(name: string, start: () => Promise<QueueServer>): void {
  describe(`the queue on ${name}`, () => {
    let server: QueueServer;
    const open: Queues[] = [];

    const queues = async (options: Partial<QueuesOptions> = {}): Promise<Queues> => {
      const opened = await openQueues({ backend: server.settings, log: silent, ...options });
      open.push(opened);
      return opened;
    };
    const working = async (handlers: StageHandlers, concurrency = ONE_EACH): Promise<Queues> => {
      const opened = await queues();
      await opened.work(handlers, concurrency);
      return opened;
    };

    beforeEach(async () => {
      server = await start();
      await (await queues({ alone: true })).close();
    });

    afterEach(async () => {
      await Promise.all(open.splice(0).map((each) => each.close()));
    });

    it('hands an id to the handler of its stage', async () => {
      const seen: string[] = [];
      const bell = new Bell();
      const note = (stage: Stage) => (id: string) => {
        seen.push(`${stage} ${id}`);
        bell.ring();
        return Promise.resolve(undefined);
      };
      const bot = await working({ read: note('read'), deliver: note('deliver') });
      expect(await bot.add('read', 'r_1')).toBe(true);
      expect(await bot.add('deliver', '42')).toBe(true);
      await bell.rung(2);
      expect(seen.toSorted()).toEqual(['deliver 42', 'read r_1']);
    });

    it('keeps an id that waits once, and counts what waits', async () => {
      const seen: string[] = [];
      const bell = new Bell();
      const producer = await queues();
      await producer.add('read', 'a');
      await producer.add('read', 'a');
      await producer.addAll('read', ['a', 'b']);
      expect((await producer.counts()).read).toEqual({ waiting: 2, active: 0, delayed: 0 });
      await producer.work(
        {
          read: (id) => {
            seen.push(id);
            bell.ring();
            return Promise.resolve(undefined);
          },
        },
        ONE_EACH,
      );
      await bell.rung(2);
      await producer.add('read', 'last');
      await bell.rung(3);
      expect(seen).toEqual(['a', 'b', 'last']);
    });

    it('tries again what throws', async () => {
      const bell = new Bell();
      const bot = await working({
        read: () => {
          bell.ring();
          return bell.count < 3 ? Promise.reject(new Error('not yet')) : Promise.resolve(undefined);
        },
      });
      await bot.add('read', 'a');
      await bell.rung(3);
    });

    it('runs at once what is added while it is backed off', async () => {
      const bell = new Bell();
      const bot = await working({
        read: () => {
          bell.ring();
          return Promise.reject(new Error('never'));
        },
      });
      await bot.add('read', 'a');
      // The pause after the fifth try is 8 s: only an add can bring ten tries within the test's time.
      for (let tries = 1; tries <= 10; tries += 1) {
        await bell.rung(tries);
        while ((await bot.counts()).read.delayed === 0);
        await bot.add('read', 'a');
      }
    });

    it('runs an id again after the time that its handler asks for', async () => {
      const bell = new Bell();
      const bot = await working({
        deliver: () => {
          bell.ring();
          return Promise.resolve(bell.count < 3 ? { againInMs: 20 } : undefined);
        },
      });
      await bot.add('deliver', 'd');
      await bell.rung(3);
    });

    it('is not held up by a re-run that lies far ahead', async () => {
      const bell = new Bell();
      const bot = await working({
        deliver: () => {
          bell.ring();
          return Promise.resolve({ againInMs: 600_000 });
        },
      });
      await bot.add('deliver', 'd');
      await bell.rung(1);
      await bot.add('deliver', 'd');
      await bell.rung(2);
    });

    it('runs once more what is added while it is under way, however often', async () => {
      const bell = new Bell();
      let finish: () => void = () => undefined;
      const bot = await working({
        deliver: async () => {
          bell.ring();
          if (bell.count === 1) await new Promise<void>((resolve) => (finish = resolve));
          return undefined;
        },
        judge: () => {
          bell.ring();
          return Promise.resolve(undefined);
        },
      });
      await bot.add('deliver', 'd');
      await bell.rung(1);
      await Promise.all(Array.from({ length: 20 }, () => bot.add('deliver', 'd')));
      finish();
      await bell.rung(2);
      while ((await bot.counts()).deliver.active > 0);
      expect(await bot.counts()).toMatchObject({ deliver: { waiting: 0, active: 0, delayed: 0 } });
      expect(bell.count).toBe(2);
    });

    it('loses no add that comes at the very end of a run, and never works on one id twice at a time', async () => {
      const todo: number[] = [];
      const done: number[] = [];
      const bell = new Bell();
      let under = 0;
      let most = 0;
      const drain = async () => {
        under += 1;
        most = Math.max(most, under);
        for (let item = todo.shift(); item !== undefined; item = todo.shift()) {
          done.push(item);
          bell.ring();
        }
        // The window: what is put into `todo` from here on is only seen by another run.
        await new Promise(setImmediate);
        under -= 1;
        return undefined;
      };
      const two = { ...ONE_EACH, deliver: 2 };
      const bots = [await working({ deliver: drain }, two), await working({ deliver: drain }, two)];
      const total = 400;
      for (let item = 0; item < total; item += 1) {
        todo.push(item);
        await bots[item % 2]?.add('deliver', 'd');
        if (item % 7 === 0) await bell.rung(item + 1);
      }
      await bell.rung(total);
      expect(done).toHaveLength(total);
      expect(most).toBe(1);
    });

    it('leaves to the relay what does not fit', async () => {
      const bot = await queues({ room: 3 });
      expect(await bot.addAll('read', ['a', 'b', 'c', 'd', 'e'])).toBe(3);
      expect(await bot.add('read', 'f')).toBe(false);
      expect((await bot.counts()).read.waiting).toBe(3);
    });

    it('keeps a schedule exactly as it is given', async () => {
      const bell = new Bell();
      const seen = new Set<string>();
      const bot = await working({
        poll: (id) => {
          seen.add(id);
          bell.ring();
          return Promise.resolve(undefined);
        },
      });
      await bot.schedule('poll', [
        { id: 'fast', everyMs: 50 },
        { id: 'slow', everyMs: 3_600_000 },
      ]);
      await bell.rung(4);
      expect(seen).toEqual(new Set(['fast', 'slow']));
      await bot.schedule('poll', [{ id: 'slow', everyMs: 3_600_000 }]);
      while ((await bot.counts()).poll.waiting + (await bot.counts()).poll.active > 0);
      expect((await bot.counts()).poll.delayed).toBe(1);
    });

    it('puts back a schedule that the server lost', async () => {
      const bell = new Bell();
      const bot = await queues();
      await bot.schedule('poll', [{ id: 'feed', everyMs: 3_600_000 }]);
      await queues({ alone: true });
      expect((await bot.counts()).poll).toEqual({ waiting: 0, active: 0, delayed: 0 });
      await bot.tend();
      await bot.work(
        {
          poll: () => {
            bell.ring();
            return Promise.resolve(undefined);
          },
        },
        ONE_EACH,
      );
      await bell.rung(1);
      while ((await bot.counts()).poll.active > 0);
      await bot.tend();
      expect((await bot.counts()).poll).toEqual({ waiting: 0, active: 0, delayed: 1 });
    });

    it('starts empty when it is alone', async () => {
      const before = await queues();
      await before.add('read', 'a');
      await before.schedule('poll', [{ id: 'feed', everyMs: 1_000 }]);
      const alone = await queues({ alone: true });
      expect(await alone.counts()).toMatchObject({
        read: { waiting: 0, delayed: 0 },
        poll: { waiting: 0, delayed: 0 },
      });
      await alone.add('read', 'a');
      expect((await alone.counts()).read.waiting).toBe(1);
    });

    it('lets what is under way finish before it closes, and takes nothing new', async () => {
      const bell = new Bell();
      let finish: () => void = () => undefined;
      let finished = 0;
      const bot = await working({
        read: async () => {
          bell.ring();
          await new Promise<void>((resolve) => (finish = resolve));
          finished += 1;
          return undefined;
        },
      });
      await bot.addAll('read', ['a', 'b']);
      await bell.rung(1);
      const closing = bot.close();
      finish();
      await closing;
      expect(finished).toBe(1);
      expect(await bot.add('read', 'c')).toBe(false);
      expect((await (await queues()).counts()).read).toEqual({ waiting: 1, active: 0, delayed: 0 });
    });

    it(
      'closes within 10 s of a job that hangs, which is taken up again, as is that of a killed process',
      async () => {
        const child = spawn(process.execPath, [CHILD, JSON.stringify(server.settings)], {
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        const hung = new Bell();
        const bot = await working({
          deliver: () => {
            hung.ring();
            return new Promise(() => undefined);
          },
        });
        await bot.add('read', 'killed');
        const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
        expect(line).toBe('took killed');
        child.kill('SIGKILL');
        await once(child, 'exit');
        await bot.add('deliver', 'hung');
        await hung.rung(1);
        expect(await Promise.race([bot.close().then(() => 'closed'), tenSeconds()])).toBe('closed');

        const seen: string[] = [];
        const bell = new Bell();
        const take = (id: string) => {
          seen.push(id);
          bell.ring();
          return Promise.resolve(undefined);
        };
        await working({ read: take, deliver: take });
        await bell.rung(2);
        expect(seen.toSorted()).toEqual(['hung', 'killed']);
      },
      STALLED_MS,
    );

    it(
      'survives an outage of its server, works on when it is over, and closes in another',
      async () => {
        const { settings, wire } = await server.throughWire();
        const bell = new Bell();
        const seen: string[] = [];
        let warnings = 0;
        const bot = await openQueues({
          backend: settings,
          log: { ...silent, warn: () => (warnings += 1) },
        });
        open.push(bot);
        await bot.work(
          {
            read: (id) => {
              seen.push(id);
              bell.ring();
              return Promise.resolve(undefined);
            },
          },
          ONE_EACH,
        );
        await bot.add('read', 'before');
        await bell.rung(1);
        await wire.cut();
        expect(await bot.add('read', 'during')).toBe(false);
        await expect(bot.counts()).rejects.toThrow();
        expect(warnings).toBeGreaterThan(0);
        const outsider = await queues();
        await outsider.add('read', 'by another');
        expect(await shareOfCore(3_000)).toBeLessThan(0.2);
        await wire.mend();
        await bell.rung(2);
        // A refusal comes without any waiting: asked in a bare loop, the connection could never come back.
        await vi.waitFor(async () => expect(await bot.add('read', 'after')).toBe(true), {
          timeout: 20_000,
          interval: 20,
        });
        await bell.rung(3);
        expect(seen).toEqual(['before', 'by another', 'after']);

        await wire.cut();
        expect(await Promise.race([bot.close().then(() => 'closed'), tenSeconds()])).toBe('closed');
        await wire.close();
      },
      STALLED_MS,
    );
  });
}
