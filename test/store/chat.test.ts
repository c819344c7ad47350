import { afterEach, beforeEach, expect, it } from 'vitest';
import { destinationAt } from '../../src/model/telling.ts';
import { instant } from '../../src/model/time.ts';
import { openFresh, type Opened } from './harness.ts';

let opened: Opened;
beforeEach(async () => {
  opened = await openFresh();
});
afterEach(() => opened.store.close());

it('takes an event up once, however often and by however many it is brought', async () => {
  const { store, clock } = opened;
  const taken = await Promise.all(Array.from({ length: 4 }, () => store.takeChatEvent('discord:1')));
  expect(taken.filter(Boolean)).toHaveLength(1);
  expect(await store.takeChatEvent('slack:1')).toBe(true);
  clock.set('2100-01-01T00:00:00Z');
  expect(await store.forgetChatEvents(instant('2099-01-01T00:00:00Z'))).toBe(2);
  expect(await store.takeChatEvent('discord:1')).toBe(true);
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
