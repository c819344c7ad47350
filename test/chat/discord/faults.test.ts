import { PermissionFlagsBits as Can } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { SendVerdict } from '../../../src/chat/port.ts';
import { destinationAt } from '../../../src/model/telling.ts';
import { instant } from '../../../src/model/time.ts';
import type { Fault } from '../../support/discord/server.ts';
import { aDiscord, destinationOf, freshDelivery, portOf, postTo, saying, sent } from './harness.ts';

const discord = aDiscord();
const POST = 'POST /channels/:id/messages';
const since = instant(Date.now() - 60_000);

/** One post, with something wrong at it. */
async function posting(fault: Fault, more: Parameters<typeof portOf>[1] = {}) {
  const { fake } = discord;
  const channel = fake.addText('alerts');
  const destination = destinationOf(channel);
  fake.rest.fault = (route) => (route === POST ? fault : { kind: 'none' });
  const port = portOf(fake, { timeoutMs: 300, ...more });
  const post = postTo(destination, 'alert');
  const verdict: SendVerdict = await port.send(post);
  fake.rest.fault = undefined;
  const seen = () => fake.seen(channel.id).length;
  const find = () => portOf(fake).find({ delivery: post.delivery, destination, since });
  return { fake, channel, destination, port, post, verdict, seen, find };
}

describe('what may go wrong between Sitrep and Discord', () => {
  it.each(['user', 'shared', 'global'] as const)(
    'a 429 (%s) is waited out as told, and asked once',
    async (scope) => {
      const { fake, port, destination, verdict, post } = await posting({
        kind: 'limited',
        retryAfter: 0.4,
        scope,
      });
      expect(verdict).toMatchObject({ kind: 'retry' });
      const { afterMs } = verdict as Extract<SendVerdict, { kind: 'retry' }>;
      expect(afterMs).toBeGreaterThanOrEqual(400);
      expect(fake.rest.calls.filter(({ route }) => route === POST)).toHaveLength(1);
      expect(port.pause?.(destination, 'send')).toBeGreaterThan(0);
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      expect(await port.send(post)).toMatchObject({ kind: 'sent' });
    },
  );

  it('an answer that is lost leaves it uncertain; the message is found, once', async () => {
    const { verdict, seen, find } = await posting({ kind: 'answer_lost' });
    expect(verdict).toMatchObject({ kind: 'uncertain' });
    expect(await find()).toBeDefined();
    expect(seen()).toBe(1);
  });

  it.each([
    ['taken', true],
    ['not taken', false],
  ])('a 5xx is never repeated by itself: %s', async (_, taken) => {
    const { fake, verdict, find, seen } = await posting({ kind: 'broken', status: 502, taken });
    expect(verdict).toMatchObject({ kind: 'uncertain' });
    expect(fake.rest.calls.filter(({ route }) => route === POST)).toHaveLength(1);
    expect((await find()) !== undefined).toBe(taken);
    expect(seen()).toBe(taken ? 1 : 0);
  });

  it.each([
    ['taken', true],
    ['not taken', false],
  ])('a hang is given up in time: %s', async (_, taken) => {
    const { verdict, find } = await posting({ kind: 'hangs', taken });
    expect(verdict).toMatchObject({ kind: 'uncertain' });
    expect((await find()) !== undefined).toBe(taken);
  });

  it('a second try within minutes is one message, by its nonce alone', async () => {
    const { port, post, seen } = await posting({ kind: 'answer_lost' });
    expect(await port.send(post)).toMatchObject({ kind: 'sent' });
    expect(seen()).toBe(1);
  });

  it('after that the nonce is forgotten, and the mark still finds it', async () => {
    const { fake, find } = await posting({ kind: 'answer_lost' });
    fake.rest.state.forgetNonces();
    expect(await find()).toBeDefined();
  });

  it('a message that somebody deleted before its answer came is not told again', async () => {
    const { fake, channel, port, post } = await posting({ kind: 'answer_lost' });
    for (const { root } of fake.seen(channel.id)) fake.rest.state.messages.delete(root.id);
    expect(await port.send(post)).toMatchObject({ kind: 'refused', disable: false });
  });

  it('a post of a forum whose answer is lost is found among the posts, archived ones too', async () => {
    const { fake } = discord;
    const destination = destinationOf(fake.addForum('forum', []));
    fake.rest.fault = (route) =>
      route === 'POST /channels/:id/threads' ? { kind: 'answer_lost' } : { kind: 'none' };
    const post = postTo(destination, 'alert');
    expect(await portOf(fake).send(post)).toMatchObject({ kind: 'uncertain' });
    const question = { delivery: post.delivery, destination, since };
    const found = await portOf(fake).find(question);
    expect(found).toBeDefined();
    fake.rest.state.channels.get(found!['channel']!)!.archived = true;
    expect(await portOf(fake).find(question)).toEqual(found);
  });

  it('a history that the bot may not read is not taken for an empty one', async () => {
    const { fake, channel, find } = await posting({ kind: 'answer_lost' });
    fake.deny(channel, Can.ReadMessageHistory);
    await expect(find()).rejects.toThrow('Read Message History');
  });

  it('a read-back goes back over busy hours, and stops where it cannot have been', async () => {
    const { fake, channel, find } = await posting({ kind: 'answer_lost' });
    for (let i = 0; i < 250; i += 1)
      fake.rest.state.post({
        channel: channel.id,
        author: '7',
        content: 'chatter',
        embeds: [],
        components: [],
      });
    expect(await find()).toBeDefined();
  });

  it('a port that nothing listens at is no reason for doubt', async () => {
    const { fake } = discord;
    const { port: free } = new URL(fake.rest.api);
    const api = fake.rest.api.replace(free, '1');
    const { DiscordApi } = await import('../../../src/chat/discord/api.ts');
    const { discordChat } = await import('../../../src/chat/discord/port.ts');
    const { look } = await import('./harness.ts');
    const port = discordChat({
      api: new DiscordApi({ token: 'x', api, timeoutMs: 1000, cautionMs: 0 }),
      look,
    });
    const destination = destinationOf(fake.addText('alerts'));
    expect(await port.send(postTo(destination, 'alert'))).toMatchObject({ kind: 'retry' });
  });
});

describe('what Discord refuses', () => {
  it('a wrong token stops all calls, disables no channel and mends itself when the right one is given', async () => {
    const { fake } = discord;
    const destination = destinationOf(fake.addText('alerts'));
    const port = portOf(fake, { token: 'wrong' });
    expect(await port.send(postTo(destination, 'alert'))).toMatchObject({
      kind: 'retry',
      why: expect.stringContaining('DISCORD_TOKEN') as string,
    });
    expect(port.pause?.(destination, 'send')).toBeGreaterThan(60_000);
    expect(fake.rest.calls).toHaveLength(1);
  });

  it.each([
    ['View Channel', Can.ViewChannel, 'View Channel'],
    ['Send Messages', Can.SendMessages, 'Send Messages'],
    ['Embed Links', Can.EmbedLinks, 'Embed Links'],
  ])('a channel without %s is disabled, with the reason', async (_, permission, named) => {
    const { fake } = discord;
    const channel = fake.addText('alerts');
    fake.deny(channel, permission);
    expect(await portOf(fake).send(postTo(destinationOf(channel), 'alert'))).toMatchObject({
      kind: 'refused',
      disable: true,
      why: expect.stringContaining(named) as string,
    });
  });

  it.each([
    ['an address that is turned away before it reaches Discord', 403, 0, { kind: 'retry' }],
    ['a server that is gone', 404, 10_004, { kind: 'refused', disable: true }],
    ['a code of the future', 400, 999_999, { kind: 'refused', disable: false }],
  ])('%s', async (_, status, code, expected) => {
    const { verdict, seen } = await posting({ kind: 'refused', status, code });
    expect(verdict).toMatchObject(expected);
    expect(seen()).toBe(0);
  });

  it('a server that the bot was removed from', async () => {
    const { fake } = discord;
    const guild = fake.rest.state.addGuild('Another');
    const channel = fake.addText('alerts', { guild });
    const port = portOf(fake);
    const handle = await sent(port, postTo(destinationOf(channel), 'alert'));
    fake.rest.state.guilds.delete(guild);
    const destination = destinationAt('discord', guild, channel.id, '#alerts');
    expect(await port.send(postTo(destination, 'alert'))).toMatchObject({ kind: 'refused', disable: true });
    const edit = { delivery: freshDelivery(), destination, handle, message: saying('x'), revision: 2 };
    expect(await port.edit(edit)).toMatchObject({ kind: 'refused', disable: true });
  });
});
