import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../src/model/telling.ts';
import { Bot, CHANNEL, thread } from './harness.ts';
import { MemoryDeliveries } from './memory.ts';
import type { Fault } from './platform.ts';

const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Fault>({ kind: 'none' }) },
  fc.constant<Fault>({ kind: 'answer_lost' }),
  fc.constant<Fault>({ kind: 'not_taken' }),
  fc.constant<Fault>({ kind: 'throws' }),
  fc.constant<Fault>({ kind: 'hangs' }),
  fc.record({ kind: fc.constant('hangs' as const), lands: fc.integer({ min: 0, max: 19_000 }) }),
  fc.record({ kind: fc.constant('retry' as const), afterMs: fc.integer({ min: 0, max: 60_000 }) }),
  fc.record({ kind: fc.constant('killed' as const), taken: fc.boolean() }),
);
const findFault = fc.constantFrom('none', 'throws', 'hangs');

/** The threads of some incidents, shuffled together as routing would: each in its own order. */
const routed: fc.Arbitrary<readonly Delivery[]> = fc
  .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 })
  .chain((sizes) => {
    const threads = sizes.map((updates, n) => thread(`t${n}`, updates));
    const turns = threads.flatMap((deliveries, n) => deliveries.map(() => n));
    return fc.shuffledSubarray(turns, { minLength: turns.length }).map((order) => {
      const left = threads.map((deliveries) => [...deliveries]);
      return order.flatMap((n) => left[n]?.splice(0, 1) ?? []);
    });
  });

describe('any sequence of faults and deaths', () => {
  it('shows every delivery exactly once, in order within its thread, and never an older root over a newer', async () => {
    await fc.assert(
      fc.asyncProperty(
        routed,
        fc.array(fault, { maxLength: 25 }),
        fc.array(findFault, { maxLength: 10 }),
        fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }),
        fc.integer({ min: 0, max: 20 }),
        async (deliveries, faults, findFaults, deaths, firstRouted) => {
          const store = new MemoryDeliveries(CHANNEL);
          const bot = new Bot(store);
          bot.platform.plan(faults, findFaults);
          store.route(deliveries.slice(0, firstRouted));
          for (const death of deaths) {
            bot.killBeforeWrite(death);
            bot.pass((await bot.drain())?.againInMs ?? 100);
          }
          store.route(deliveries.slice(firstRouted));
          await bot.settle();
          bot.platform.landAll();

          const posts = deliveries.filter(({ op }) => op !== 'edit_root').map(({ id }) => id);
          expect(bot.platform.shown.map(({ delivery }) => delivery).toSorted()).toEqual(posts.toSorted());
          for (const incident of new Set(deliveries.map((each) => each.incident)))
            expectThread(
              bot,
              deliveries.filter((each) => each.incident === incident),
            );
        },
      ),
      { numRuns: 400 },
    );
  });
});

function expectThread(bot: Bot, deliveries: readonly Delivery[]): void {
  const root = bot.platform.shown.find(({ delivery }) => delivery === deliveries[0]?.id);
  const latest = deliveries.filter(({ op }) => op !== 'reply').at(-1);
  expect(root?.text).toBe(latest?.message.headline);

  const replies = bot.platform.shown.filter(({ thread }) => thread === root?.ts);
  expect(replies.map(({ delivery }) => delivery)).toEqual(
    deliveries.filter(({ op }) => op === 'reply').map(({ id }) => id),
  );

  const revisions = (bot.platform.rootHistory.get(root?.ts ?? '') ?? []).map((text) =>
    Number(text.split('.')[1]),
  );
  expect(revisions).toEqual(revisions.toSorted((a, b) => a - b));
}
