import { afterAll, beforeAll } from 'vitest';
import { deskDestination } from '../../../src/chat/desk/channel.ts';
import { chatPortContract } from '../../contract/chat-port.contract.ts';
import { openDesk, type TestDesk } from './harness.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

let count = 0;

chatPortContract('the desk', async () => {
  const channel = await desk.channel(`contract-${(count += 1)}`);
  return {
    port: desk.chat,
    channel,
    missing: deskDestination('nowhere'),
    stray: { message: 'd_nothing' },
    seen: async () =>
      (await desk.store.threads(channel.id, { limit: 100 })).map(({ root, replies }) => ({
        headline: root.message.headline,
        replies: replies.map((reply) => reply.message.headline),
      })),
  };
});
