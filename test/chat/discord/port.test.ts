import { chatPortContract } from '../../contract/chat-port.contract.ts';
import { aDiscord, destinationOf, portOf, titleOf } from './harness.ts';
import { destinationAt } from '../../../src/model/telling.ts';

const discord = aDiscord();
let count = 0;

const seenIn = (channel: string) => () =>
  Promise.resolve(
    discord.fake
      .seen(channel)
      .filter(({ root }) => root.components.length === 0)
      .map(({ root, replies }) => ({ headline: titleOf(root), replies: replies.map(titleOf) })),
  );

chatPortContract('a Discord channel', () => {
  const channel = discord.fake.addText(`contract-${(count += 1)}`);
  return Promise.resolve({
    port: portOf(discord.fake),
    channel: destinationOf(channel),
    missing: destinationAt('discord', discord.fake.guild, '100000000000000001', '#nowhere'),
    stray: { channel: channel.id, message: '100000000000000002' },
    seen: seenIn(channel.id),
  });
});

chatPortContract('a Discord forum', () => {
  const forum = discord.fake.addForum(`contract-${(count += 1)}`, []);
  return Promise.resolve({
    port: portOf(discord.fake),
    channel: destinationOf(forum),
    missing: destinationAt('discord', discord.fake.guild, '100000000000000001', '#nowhere'),
    stray: { channel: '100000000000000002', message: '100000000000000002' },
    seen: seenIn(forum.id),
  });
});
