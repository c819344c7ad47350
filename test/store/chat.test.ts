import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { destinationAt } from '../../src/model/telling.ts';
import { instant } from '../../src/model/time.ts';
import { openFresh, type Opened } from './harness.ts';

let opened: Opened;
beforeEach(async () => {
  opened = await openFresh();
});
afterEach(() => opened.store.close());

describe('an event of a platform', () => {
  const stale = instant('2018-01-01T00:00:00Z');

  it('is taken up once, however often and by however many it is brought', async () => {
    const { store, clock } = opened;
    const taken = await Promise.all(
      Array.from({ length: 4 }, () => store.claimChatEvent('discord:1', stale)),
    );
    expect(taken.toSorted()).toEqual(['first', 'underway', 'underway', 'underway']);
    expect(await store.claimChatEvent('slack:1', stale)).toBe('first');
    await store.finishChatEvent('discord:1');
    expect(await store.claimChatEvent('discord:1', instant('2100-01-01T00:00:00Z'))).toBe('done');
    clock.set('2100-01-01T00:00:00Z');
    expect(await store.forgetChatEvents(instant('2099-01-01T00:00:00Z'))).toBe(2);
    expect(await store.claimChatEvent('discord:1', stale)).toBe('first');
  });

  it('is taken up again when it had no effect, or its process died over it', async () => {
    const { store, clock } = opened;
    await store.claimChatEvent('slack:1', stale);
    await store.releaseChatEvent('slack:1');
    expect(await store.claimChatEvent('slack:1', stale)).toBe('first');
    const later = instant(Date.parse(clock.now) + 60_000);
    clock.set(later);
    expect(await store.claimChatEvent('slack:1', later)).toBe('first');
  });
});

it('disables a channel, or all of a workspace, and keeps an earlier reason', async () => {
  const { store } = opened;
  const at = (workspace: string, channel: string) =>
    destinationAt('discord', workspace, channel, `#${channel}`);
  for (const one of [at('a', '1'), at('a', '2'), at('b', '3')]) await store.addDestination(one);
  const guild = { platform: 'discord', workspace: 'a' } as const;
  expect(await store.disableDestinations({ ...guild, channel: '1' }, 'deleted')).toEqual(['discord:a:1']);
  expect(await store.disableDestinations(guild, 'removed')).toEqual(['discord:a:2']);
  const known = await store.destinations();
  expect(known.map(({ destination, disabled }) => [destination.channel, disabled])).toEqual([
    ['1', 'deleted'],
    ['2', 'removed'],
    ['3', undefined],
  ]);
});
