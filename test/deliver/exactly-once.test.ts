import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ThreadDelivery } from '../../src/model/telling.ts';
import { Bot, CHANNEL, thread } from './harness.ts';
import { StoredDeliveries } from './stored.ts';
import type { Fault } from './platform.ts';

/** A call is over before the time that an attempt is given to settle, 20 s here. */
const lands = fc.integer({ min: 0, max: 19_000 });

const fault: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Fault>({ kind: 'none' }) },
  fc.constant<Fault>({ kind: 'answer_lost' }),
  fc.constant<Fault>({ kind: 'not_taken' }),
  fc.constant<Fault>({ kind: 'throws' }),
  fc.constant<Fault>({ kind: 'hangs' }),
  fc.record({ kind: fc.constant('hangs' as const), lands }),
  fc.record({ kind: fc.constant('retry' as const), afterMs: fc.integer({ min: 0, max: 60_000 }) }),
  fc.constant<Fault>({ kind: 'killed' }),
  fc.record({ kind: fc.constant('killed' as const), lands }),
);
const findFault = fc.constantFrom('none', 'throws', 'hangs');

/** The threads of some incidents, shuffled together as routing would: each in its own order. */
const routed: fc.Arbitrary<readonly ThreadDelivery[]> = fc
  .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 })
  .chain((sizes) => {
    const threads = sizes.map((updates, n) => thread(`t${n}`, updates));
    const turns = threads.flatMap((deliveries, n) => deliveries.map(() => n));
    return fc.shuffledSubarray(turns, { minLength: turns.length }).map((order) => {
      const left = threads.map((deliveries) => [...deliveries]);
      return order.flatMap((n) => left[n]?.splice(0, 1) ?? []);
    });
  });

const history = fc.record({
  deliveries: routed,
  faults: fc.array(fault, { maxLength: 25 }),
  findFaults: fc.array(findFault, { maxLength: 10 }),
  deaths: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }),
  /** How many deliveries are there from the start; the rest comes later. */
  first: fc.integer({ min: 0, max: 20 }),
});
type History = typeof history extends fc.Arbitrary<infer T> ? T : never;

let stored: StoredDeliveries;
beforeAll(async () => {
  stored = await StoredDeliveries.open(CHANNEL);
});
afterAll(() => stored.close());

describe('any sequence of faults and deaths', () => {
  it('shows every delivery exactly once, in order within its thread, and never an older root over a newer', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (past) => {
        await stored.reset();
        const bot = new Bot(stored.store);
        await live(past, bot);
        expectAllShown(bot, past.deliveries);
      }),
      { numRuns: 60 },
    );
  });
});

async function live({ deliveries, faults, findFaults, deaths, first }: History, bot: Bot): Promise<void> {
  bot.platform.plan(faults, findFaults);
  await stored.route(deliveries.slice(0, first));
  for (const death of deaths) {
    bot.killBeforeWrite(death);
    bot.pass((await bot.drain())?.againInMs ?? 100);
  }
  await stored.route(deliveries.slice(first));
  await bot.settle();
  bot.platform.landAll();
}

function expectAllShown(bot: Bot, deliveries: readonly ThreadDelivery[]): void {
  const posts = deliveries.filter(({ op }) => op !== 'edit_root').map(({ id }) => id);
  expect(bot.platform.shown.map(({ delivery }) => delivery).toSorted()).toEqual(posts.toSorted());
  for (const incident of new Set(deliveries.map((each) => each.incident)))
    expectThread(
      bot,
      deliveries.filter((each) => each.incident === incident),
    );
}

function expectThread(bot: Bot, deliveries: readonly ThreadDelivery[]): void {
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
