import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { drainDestination } from '../../src/deliver/drain.ts';
import { deliveryId, destinationId } from '../../src/model/ids.ts';
import { Bot, CHANNEL, delivery, silent, thread } from './harness.ts';
import { StoredDeliveries } from './stored.ts';

let stored: StoredDeliveries;
let bot: Bot;

beforeAll(async () => {
  stored = await StoredDeliveries.open(CHANNEL);
});
beforeEach(async () => {
  await stored.reset();
  bot = new Bot(stored.store);
});
afterAll(() => stored.close());

const texts = () => bot.platform.shown.map(({ text }) => text);
const state = async (name: string) => (await stored.row(name)).state;

describe('a quiet run', () => {
  it('posts the root, then its replies below it, and leaves the root at its latest text', async () => {
    await stored.route(thread('yarmouk', 3));
    await bot.settle();
    expect(bot.platform.shown.map(({ text, thread: below }) => [text, below])).toEqual([
      ['yarmouk.3.edit_root', undefined],
      ['yarmouk.2.reply', 'm1'],
      ['yarmouk.3.reply', 'm1'],
    ]);
  });

  it('keeps the order of several incidents in one destination', async () => {
    await stored.route([
      ...thread('a', 1),
      ...thread('b', 1),
      delivery('a', 2, 'edit_root'),
      delivery('a', 2, 'reply'),
    ]);
    await bot.settle();
    expect(bot.platform.journal).toEqual([
      'send a.1.post_root',
      'send b.1.post_root',
      'edit a.2.edit_root',
      'send a.2.reply',
    ]);
  });

  it('leaves out an edit when a newer one is outstanding, and says so', async () => {
    await stored.route(thread('a', 3));
    await bot.settle();
    expect(await state('a.2.edit_root')).toBe('superseded');
    expect(bot.platform.journal).not.toContain('edit a.2.edit_root');
  });

  it('does not do anything twice', async () => {
    await stored.route(thread('a', 2));
    await bot.settle();
    const before = [...bot.platform.journal];
    await bot.settle();
    expect(bot.platform.journal).toEqual(before);
  });

  it('goes through more deliveries than one page holds', async () => {
    await stored.route(Array.from({ length: 120 }, (_, n) => thread(`t${n}`, 1)).flat());
    await bot.settle();
    expect(texts()).toEqual(Array.from({ length: 120 }, (_, n) => `t${n}.1.post_root`));
  });
});

describe('an answer that nobody got', () => {
  it.each(['answer_lost', 'not_taken', 'throws'] as const)(
    'is looked for before a second try (%s), and shown once',
    async (kind) => {
      await stored.route(thread('a', 1));
      bot.platform.plan([{ kind }]);
      await bot.settle();
      expect(texts()).toEqual(['a.1.post_root']);
      expect(bot.platform.journal[1]).toBe('find a.1.post_root');
    },
  );

  it('is not looked for before a late call can have landed', async () => {
    await stored.route(thread('a', 1));
    bot.platform.plan([{ kind: 'hangs', lands: 15_000 }]);
    const first = await bot.drain();
    expect(first?.againInMs).toBe(20_000);
    bot.pass(14_000);
    await bot.drain();
    expect(bot.platform.journal).toEqual(['send a.1.post_root']);
    await bot.settle();
    expect(texts()).toEqual(['a.1.post_root']);
  });

  it('waits until the read-back itself works, rather than posting blindly', async () => {
    await stored.route(thread('a', 1));
    bot.platform.plan([{ kind: 'answer_lost' }], ['throws', 'hangs', 'throws']);
    await bot.settle();
    expect(bot.platform.journal).toEqual([
      'send a.1.post_root',
      ...Array<string>(4).fill('find a.1.post_root'),
    ]);
    expect(texts()).toEqual(['a.1.post_root']);
  });

  it('of an edit is repeated without a read-back: it shows what it showed', async () => {
    await stored.route(thread('a', 2));
    bot.platform.plan([{ kind: 'none' }, { kind: 'answer_lost' }]);
    await bot.settle();
    expect(bot.platform.journal).toEqual([
      'send a.1.post_root',
      'edit a.2.edit_root',
      'edit a.2.edit_root',
      'send a.2.reply',
    ]);
    expect(bot.platform.rootHistory.get('m1')).toEqual(['a.1.post_root', 'a.2.edit_root']);
  });
});

describe('a death', () => {
  it.each([
    ['never', {}],
    ['at once', { lands: 0 }],
    ['after the restart', { lands: 15_000 }],
  ] as const)('during a call that lands %s shows the message once', async (_, when) => {
    await stored.route(thread('a', 2));
    bot.platform.plan([{ kind: 'killed', ...when }]);
    expect(await bot.drain()).toBeUndefined();
    expect(await state('a.1.post_root')).toBe('attempting');
    await bot.settle();
    expect(texts()).toEqual(['a.2.edit_root', 'a.2.reply']);
  });

  it('of a rival leaves its fresh attempt alone until that must be over', async () => {
    await stored.route(thread('a', 1));
    await stored.store.begin(deliveryId('a.1.post_root'), 0, bot.clock());
    const drained = await bot.drain();
    expect(drained?.againInMs).toBe(20_000);
    expect(bot.platform.journal).toEqual([]);
  });
});

describe('a platform that says wait', () => {
  it('is obeyed, and nothing later overtakes', async () => {
    await stored.route([...thread('a', 1), ...thread('b', 1)]);
    bot.platform.plan([{ kind: 'retry', afterMs: 7_000 }]);
    expect((await bot.drain())?.againInMs).toBe(7_000);
    bot.pass(6_999);
    await bot.drain();
    expect(bot.platform.journal).toEqual(['send a.1.post_root']);
    await bot.settle();
    expect(texts()).toEqual(['a.1.post_root', 'b.1.post_root']);
  });

  it('is asked for before each call, so that no call comes earlier than a limit allows', async () => {
    bot.platform.spacingMs = 1_000;
    await stored.route([...thread('a', 3), ...thread('b', 1)]);
    bot.platform.plan([{ kind: 'not_taken' }]);
    await bot.settle();
    expect(bot.platform.journal.slice(0, 3)).toEqual([
      'send a.1.post_root',
      'find a.1.post_root',
      'send a.1.post_root',
    ]);
    expect(texts()).toEqual(['a.3.edit_root', 'a.2.reply', 'a.3.reply', 'b.1.post_root']);
  });

  it('of one message for ever does not silence the other incidents, and its own thread keeps its order', async () => {
    await stored.route([...thread('poison', 2), ...thread('other', 2)]);
    const real = bot.platform.send.bind(bot.platform);
    let poisoned = true;
    bot.platform.send = (post) =>
      poisoned && post.delivery.startsWith('poison')
        ? Promise.resolve({ kind: 'retry', afterMs: 1_000, why: 'no reason' })
        : real(post);
    for (let run = 0; run < 12; run += 1) bot.pass((await bot.drain())?.againInMs ?? 0);
    expect(texts()).toEqual(['other.2.edit_root', 'other.2.reply']);
    expect(await state('poison.2.reply')).toBe('pending');
    poisoned = false;
    await bot.settle();
    expect(texts()).toEqual(['other.2.edit_root', 'other.2.reply', 'poison.2.edit_root', 'poison.2.reply']);
  });
});

describe('a refusal', () => {
  it('ends the delivery with its reason, and the next goes on', async () => {
    await stored.route([...thread('a', 1), ...thread('b', 1)]);
    bot.platform.plan([{ kind: 'refused', disable: false }]);
    await bot.settle();
    expect(await stored.row('a.1.post_root')).toEqual({ state: 'refused', why: 'not_allowed' });
    expect(texts()).toEqual(['b.1.post_root']);
  });

  it('of a root lets the next edit post the thread afresh, with its replies below', async () => {
    await stored.route(thread('a', 2));
    bot.platform.plan([{ kind: 'refused', disable: false }]);
    await bot.settle();
    expect(bot.platform.shown.map(({ text, thread: below }) => [text, below])).toEqual([
      ['a.2.edit_root', undefined],
      ['a.2.reply', 'm2'],
    ]);
  });

  it('of a root and of the edit after it refuses the reply, for want of a thread', async () => {
    await stored.route(thread('a', 2));
    bot.platform.plan(Array(2).fill({ kind: 'refused', disable: false }));
    await bot.settle();
    expect(await stored.row('a.2.reply')).toEqual({ state: 'refused', why: 'the_thread_has_no_root' });
    expect(texts()).toEqual([]);
  });

  it('that closes the destination parks all of its deliveries until it is enabled again', async () => {
    await stored.route([...thread('a', 1), ...thread('b', 1)]);
    bot.platform.plan([{ kind: 'refused', disable: true }]);
    await bot.settle();
    expect(await bot.drain()).toEqual({ outcomes: [], idle: 'disabled' });
    expect(bot.platform.journal).toEqual(['send a.1.post_root']);
    await stored.enable();
    await bot.settle();
    expect(texts()).toEqual(['a.1.post_root', 'b.1.post_root']);
  });
});

describe('when nothing can be sent', () => {
  const deps = () => ({ store: stored.store, ports: {}, clock: bot.clock, log: silent });

  it('says that another run has the destination, and comes back', async () => {
    await stored.route(thread('a', 1));
    const outcome = await stored.store.withDestinationLock(CHANNEL.id, () => bot.drain());
    expect(outcome).toEqual({ kind: 'done', value: { outcomes: [], idle: 'busy', againInMs: 1_000 } });
  });

  it('says that the platform is not set up, and keeps the deliveries', async () => {
    await stored.route(thread('a', 1));
    expect((await drainDestination(CHANNEL.id, deps())).idle).toBe('platform_not_set_up');
    expect(await state('a.1.post_root')).toBe('pending');
  });

  it('says that the destination is unknown', async () => {
    const drained = await drainDestination(destinationId('elsewhere'), deps());
    expect(drained).toEqual({ outcomes: [], idle: 'unknown_destination' });
  });
});
