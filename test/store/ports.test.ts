import { expect, it } from 'vitest';
import type { DeskStore } from '../../src/chat/desk/ports.ts';
import type { CommandStore } from '../../src/commands/ports.ts';
import type { DeliveryStore } from '../../src/deliver/ports.ts';
import type { FeedsPort, ReportsPort, WebhookPort } from '../../src/sources/ports.ts';
import type { Store } from '../../src/store/store.ts';
import { openFresh } from './harness.ts';

/** Does not compile when the store lacks what a part of the bot asks of it. */
const asAsked = (
  store: Store,
): DeliveryStore & ReportsPort & WebhookPort & FeedsPort & CommandStore & DeskStore => store;

it('the store is what every part of the bot asks for, and its parts do not shadow each other', async () => {
  const { store } = await openFresh();
  const names = Object.keys(asAsked(store));
  await store.close();
  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain('judgeNext');
});
