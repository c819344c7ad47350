import { ChannelType, PermissionFlagsBits as Can } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { directTo } from '../../../src/model/telling.ts';
import { instant } from '../../../src/model/time.ts';
import {
  aDiscord,
  destinationOf,
  freshDelivery,
  portOf,
  postTo,
  saying,
  sendPaced,
  sent,
  titleOf,
} from './harness.ts';

const discord = aDiscord();
const since = instant(Date.now() - 60_000);

describe('threads on Discord', () => {
  const started = async (headline = 'root') => {
    const { fake } = discord;
    const channel = fake.addText('alerts');
    const destination = destinationOf(channel);
    const port = portOf(fake);
    const thread = await sent(port, postTo(destination, headline));
    return { fake, channel, destination, port, thread, state: fake.rest.state };
  };

  it('are made with the first reply, named after it, and kept open for a week', async () => {
    const { fake, destination, port, thread, state } = await started();
    expect(state.threaded.size).toBe(0);
    await sent(port, postTo(destination, 'Update: more', { thread }));
    await sent(port, postTo(destination, 'Update: still more', { thread }));
    const made = fake.rest.calls.filter(({ route }) => route.endsWith('/threads'));
    expect(made.map(({ body }) => body)).toEqual([{ name: 'Update: more', auto_archive_duration: 10_080 }]);
  });

  it('are made once when the process ends between making one and posting into it', async () => {
    const { fake, channel, destination, port, thread } = await started();
    let lost = false;
    fake.rest.fault = (route) => {
      if (lost || !route.endsWith('/threads')) return { kind: 'none' };
      lost = true;
      return { kind: 'answer_lost' };
    };
    const reply = postTo(destination, 'reply', { thread });
    expect(await sendPaced(portOf(fake), reply).catch(() => undefined)).toBeDefined();
    expect(await sendPaced(port, reply)).toMatchObject({ kind: 'sent' });
    expect(fake.seen(channel.id).map(({ replies }) => replies.length)).toEqual([1]);
  });

  it('tell the channel of a reply that concerns everybody, with a link to it', async () => {
    const { fake, channel, destination, port, thread } = await started();
    const { message: reply, channel: inThread } = await sent(
      port,
      postTo(destination, 'It is denied', { thread, broadcast: true }),
    );
    const pointer = fake.seen(channel.id).at(-1)!.root;
    expect(titleOf(pointer)).toBe('It is denied');
    expect(JSON.stringify(pointer.components)).toContain(
      `https://discord.com/channels/${fake.guild}/${inThread}/${reply}`,
    );
  });

  it('have a mention in the channel made up for when the attempt ended before it', async () => {
    const { fake, channel, destination, port, thread } = await started();
    const reply = postTo(destination, 'It is *denied*', { thread, broadcast: true });
    fake.rest.fault = (_, body) =>
      JSON.stringify(body).includes('Read it') ? { kind: 'lost' } : { kind: 'none' };
    expect(await sendPaced(port, reply)).toMatchObject({ kind: 'uncertain' });
    fake.rest.fault = undefined;
    const question = { delivery: reply.delivery, destination, thread, since };
    const found = await portOf(fake).find(question);
    expect(found).toBeDefined();
    expect(await portOf(fake).find(question)).toEqual(found);
    const [, ...pointers] = fake.seen(channel.id);
    expect(pointers.map(({ root }) => titleOf(root))).toEqual(['It is *denied*']);
  });

  it('that were archived are written into, and edited in once they are opened again', async () => {
    const { destination, port, thread, state } = await started();
    const reply = await sent(port, postTo(destination, 'first', { thread }));
    state.channels.get(thread['message']!)!.archived = true;
    const edit = {
      delivery: freshDelivery(),
      destination,
      handle: reply,
      message: saying('mended'),
      revision: 2,
    };
    expect(await port.edit(edit)).toMatchObject({ kind: 'sent' });
    state.channels.get(thread['message']!)!.archived = true;
    expect(await sendPaced(port, postTo(destination, 'second', { thread }))).toMatchObject({ kind: 'sent' });
  });

  it.each([
    ['locked by a moderator', (channel: { locked: boolean }) => (channel.locked = true)],
    ['closed to the bot', undefined],
  ])('that are %s have their replies in the channel, below the root', async (_, lock) => {
    const { fake, channel, destination, port, thread, state } = await started();
    await sent(port, postTo(destination, 'first', { thread }));
    if (lock) lock(state.channels.get(thread['message']!)!);
    else fake.deny(channel, Can.SendMessagesInThreads);
    const reply = postTo(destination, 'second', { thread });
    expect(await sendPaced(port, reply)).toMatchObject({ kind: 'sent' });
    const beside = fake.seen(channel.id).at(-1)!.root;
    expect(beside.reference).toMatchObject({ message_id: thread['message'] });
    const handle = { channel: channel.id, message: beside.id };
    expect(await port.find({ delivery: reply.delivery, destination, thread, since })).toMatchObject(handle);
  });

  it('that a server has no room for any more have their replies in the channel, below the root', async () => {
    const { fake, channel, destination, port, thread, state } = await started();
    state.mostThreads = 0;
    expect(await sendPaced(port, postTo(destination, 'first', { thread }))).toMatchObject({ kind: 'sent' });
    state.mostThreads = 1000;
    expect(fake.seen(channel.id).at(-1)!.root.reference).toMatchObject({ message_id: thread['message'] });
  });

  it('that somebody deleted are not made again: replies go to the channel, below the root', async () => {
    const { fake, channel, destination, port, thread, state } = await started();
    await sent(port, postTo(destination, 'first', { thread }));
    state.channels.delete(thread['message']!);
    expect(await sendPaced(port, postTo(destination, 'second', { thread }))).toMatchObject({ kind: 'sent' });
    expect(fake.seen(channel.id).at(-1)!.root.reference).toMatchObject({ message_id: thread['message'] });
  });

  it('go on when somebody deleted their root, and are not begun below one that is gone', async () => {
    const { destination, port, thread, state } = await started();
    await sent(port, postTo(destination, 'first', { thread }));
    state.messages.delete(thread['message']!);
    expect(await sendPaced(port, postTo(destination, 'second', { thread }))).toMatchObject({ kind: 'sent' });
    const other = await sent(port, postTo(destination, 'another root'));
    state.messages.delete(other['message']!);
    expect(await sendPaced(port, postTo(destination, 'reply', { thread: other }))).toMatchObject({
      kind: 'refused',
      disable: false,
    });
  });

  it('have no place in direct messages: replies refer to the root', async () => {
    const { fake } = discord;
    fake.rest.state.users.add('700000000000000009');
    const destination = directTo({
      platform: 'discord',
      workspace: 'direct',
      id: '700000000000000009',
      name: 'reader',
    });
    const port = portOf(fake);
    const thread = await sent(port, postTo(destination, 'root'));
    const reply = await sent(port, postTo(destination, 'reply', { thread, broadcast: true }));
    expect(reply['channel']).toBe(thread['channel']);
    expect(fake.seen(thread['channel']!).map(({ root }) => root.reference?.message_id)).toEqual([
      undefined,
      thread['message'],
    ]);
    fake.rest.state.closedTo.add('700000000000000009');
    expect(await sendPaced(port, postTo(destination, 'more'))).toMatchObject({
      kind: 'refused',
      disable: true,
    });
  });
});

describe('forums on Discord', () => {
  it('get a post an incident, with those of their tags that name its kind and its places', async () => {
    const { fake } = discord;
    const forum = fake.addForum('alerts', ['Evacuations', 'Deir ez-Zor', 'Weather']);
    const message = saying('Civilians evacuated from Hajin', {
      topics: ['evacuations', 'Hajin', 'Deir Ez Zor', 'Syria'],
    });
    const handle = await sent(portOf(fake), postTo(destinationOf(forum), '', { message }));
    const post = fake.rest.state.channels.get(handle['channel']!)!;
    expect(post).toMatchObject({ name: 'Civilians evacuated from Hajin', type: ChannelType.PublicThread });
    expect(post.appliedTags).toEqual(forum.tags.slice(0, 2).map(({ id }) => id));
  });

  it('that ask for a tag get one', async () => {
    const { fake } = discord;
    const forum = fake.addForum('alerts', ['Other'], { requiresTag: true });
    expect(await sendPaced(portOf(fake), postTo(destinationOf(forum), 'x'))).toMatchObject({ kind: 'sent' });
    const bare = fake.addForum('alerts', [], { requiresTag: true });
    expect(await sendPaced(portOf(fake), postTo(destinationOf(bare), 'x'))).toMatchObject({
      kind: 'refused',
      disable: true,
    });
  });

  it('have what follows a locked post told in a new one', async () => {
    const { fake } = discord;
    const destination = destinationOf(fake.addForum('alerts', []));
    const port = portOf(fake);
    const thread = await sent(port, postTo(destination, 'root'));
    fake.rest.state.channels.get(thread['channel']!)!.locked = true;
    const reply = postTo(destination, 'It is denied', { thread });
    const handle = await sent(port, reply);
    expect(handle['channel']).not.toBe(thread['channel']);
    expect(await port.find({ delivery: reply.delivery, destination, thread, since })).toEqual(handle);
  });
});
