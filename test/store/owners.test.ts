import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deliveryId } from '../../src/model/ids.ts';
import { destinationAt, directTo } from '../../src/model/telling.ts';
import { message, openFresh, type Opened } from './harness.ts';

let opened: Opened;
beforeEach(async () => {
  opened = await openFresh();
});
afterEach(() => opened.store.close());

const owner = { platform: 'slack', workspace: 'T1', id: 'U1', name: 'sample' } as const;
const room = destinationAt('slack', 'T1', 'C1', '#damascus');
const file = () =>
  opened.store.fileClosed(opened.clock.now, 10, ({ destination, why, since }) => ({
    id: deliveryId(`d_${destination.id}_${since}`),
    message: message(`${destination.name}: ${why}`),
  }));
const close = () => opened.store.disableDestinations({ platform: 'slack', workspace: 'T1' }, 'is_archived');

describe('who subscribed a channel', () => {
  it('is told once, in their own messages, when it is closed; and again when it is closed again', async () => {
    const { store, clock } = opened;
    await store.addDestination(room, owner);
    expect(await file()).toEqual([]);
    await close();
    const direct = directTo(owner).id;
    expect(await file()).toEqual([direct]);
    expect(await file()).toEqual([]);
    await store.enableDestination(room.id);
    clock.set('2018-07-01T00:00:00Z');
    await store.disableDestinations({ platform: 'slack', workspace: 'T1', channel: 'C1' }, 'not_in_channel');
    expect(await file()).toEqual([direct]);
    const { deliveries } = await store.outstanding(direct, -1, 10);
    expect(deliveries.map(({ delivery }) => delivery.message.headline)).toEqual([
      '#damascus: is_archived',
      '#damascus: not_in_channel',
    ]);
  });

  it('is told where their own messages are, though the whole server is closed', async () => {
    const { store } = opened;
    const server = destinationAt('discord', 'G1', 'C1', '#damascus');
    const person = { platform: 'discord', workspace: 'direct', id: 'U1', name: 'sample' } as const;
    await store.addDestination(server, person);
    await store.disableDestinations({ platform: 'discord', workspace: 'G1' }, 'removed');
    expect(await file()).toEqual([directTo(person).id]);
    expect((await store.destination(directTo(person).id))?.disabled).toBeUndefined();
  });

  it('is not told in the conversation that is closed itself', async () => {
    const { store } = opened;
    await store.addDestination(directTo(owner), owner);
    await close();
    expect(await file()).toEqual([]);
  });

  it('is nobody where nobody is known', async () => {
    await opened.store.addDestination(room);
    await close();
    expect(await file()).toEqual([]);
  });
});
