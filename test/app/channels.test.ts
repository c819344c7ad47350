import { afterAll, beforeAll, expect, it } from 'vitest';
import { setUpChannels } from '../../src/app/channels.ts';
import { learn, type Learnt } from '../../src/app/knowledge.ts';
import { deskDestination } from '../../src/chat/desk/channel.ts';
import type { ChannelSettings } from '../../src/config/schema.ts';
import { placeId } from '../../src/model/ids.ts';
import { root } from '../cli/sitrep.ts';
import { openFresh, type Opened } from '../store/harness.ts';

let opened: Opened;
let learnt: Learnt;
beforeAll(async () => {
  opened = await openFresh();
  learnt = await learn(root, root);
});
afterAll(() => opened.store.close());

const channel = (name: string, ...places: readonly string[]): ChannelSettings => ({
  name,
  subscriptions: places.map((place) => ({ place, standing: 'claimed', mode: 'live' })),
});
const setUp = (...channels: readonly ChannelSettings[]) =>
  setUpChannels(channels, { store: opened.store, places: learnt.places, clock: opened.clock.read });
const heard = async (name: string) =>
  (await opened.store.subscriptionsOf(deskDestination(name).id)).map(({ place }) => place);
const names = async () => (await opened.store.channels()).map(({ destination }) => destination.channel);

it('makes no channel when one of them cannot be made as it should', async () => {
  const wrong = setUp(channel('good', 'Idlib'), channel('bad', 'Homs', 'Qwertyuiopville'));
  await expect(wrong).rejects.toThrow('Channel "bad": No place is called "Qwertyuiopville"');
  expect(await names()).toEqual([]);
});

it('makes what is missing, and leaves what people made of the others', async () => {
  await setUp(channel('one', 'Idlib', 'Daraa'));
  expect((await heard('one')).sort()).toEqual(['sy-daraa', 'sy-idlib']);
  await opened.store.unsubscribe(deskDestination('one').id, placeId('sy-idlib'));
  await setUp(channel('one', 'Idlib', 'Daraa'), channel('two', 'Homs'));
  expect(await heard('one')).toEqual(['sy-daraa']);
  expect(await heard('two')).toEqual(['sy-homs']);
});
