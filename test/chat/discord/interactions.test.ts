import {
  ApplicationCommandOptionType as OptionType,
  ApplicationCommandType as CommandType,
  ChannelType,
  InteractionResponseType as Reply,
  InteractionType,
  PermissionFlagsBits as Can,
} from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Gateway } from '../../../src/chat/discord/app/gateway.ts';
import { startDiscordGateway } from '../../../src/chat/discord/app/start.ts';
import type { FakeChannel } from '../../support/discord/state.ts';
import { testApp, type TestApp } from './app.ts';
import { aDiscord, apiOf, saying } from './harness.ts';

const discord = aDiscord();
let app: TestApp;
let gateway: Gateway;
let channel: FakeChannel;

beforeAll(async () => {
  const { fake } = discord;
  channel = fake.addText('deir-ezzor');
  app = testApp(fake);
  const ready = fake.gateway.ready();
  gateway = await startDiscordGateway(app.parts);
  await ready;
});
afterAll(() => gateway.close());

const slash = (name: string, values: Readonly<Record<string, string | boolean>> = {}) => ({
  id: '1',
  name,
  type: CommandType.ChatInput,
  options: Object.entries(values).map(([key, value]) => ({
    name: key,
    type: typeof value === 'boolean' ? OptionType.Boolean : OptionType.String,
    value,
  })),
});
const last = () => app.ran.at(-1)!;

describe('commands on Discord', () => {
  it('are answered to the person alone', async () => {
    const answered = await discord.fake.interact({ channel, data: slash('status', { place: 'hajin' }) });
    expect(answered).toMatchObject({
      type: Reply.ChannelMessageWithSource,
      ephemeral: true,
      deferred: false,
    });
    expect(answered.data['embeds']).toMatchObject([{ title: 'the answer' }]);
    expect(last().what).toBe('status {"place":"hajin"}');
  });

  it('are answered to the whole channel when asked to', async () => {
    const answered = await discord.fake.interact({
      channel,
      data: slash('status', { place: 'hajin', public: true }),
    });
    expect(answered.ephemeral).toBe(false);
    expect(last().what).toBe('status {"place":"hajin"}');
  });

  it('that take long get “is thinking” in time, and their answer afterwards', async () => {
    let finish: () => void = () => undefined;
    app.answer = () => new Promise((resolve) => (finish = () => resolve(saying('late answer'))));
    const { json, answered } = discord.fake.interaction({
      channel,
      data: slash('status', { place: 'hajin' }),
    });
    const deferred = new Promise<void>((resolve) => {
      discord.fake.rest.fault = (_, body) => {
        if (body['type'] === Reply.DeferredChannelMessageWithSource) resolve();
        return { kind: 'none' };
      };
    });
    discord.fake.gateway.dispatch('INTERACTION_CREATE', json);
    await deferred;
    finish();
    app.answer = () => Promise.resolve(saying('the answer'));
    const seen = await answered;
    expect(seen).toMatchObject({ deferred: true, ephemeral: true });
    expect(seen.afterMs).toBeLessThan(3000);
    expect(seen.data['embeds']).toMatchObject([{ title: 'late answer' }]);
  });

  it('that come twice have one effect', async () => {
    const { fake } = discord;
    const { json, answered } = fake.interaction({ channel, data: slash('subscribe', { place: 'once' }) });
    for (let i = 0; i < 4; i += 1) fake.gateway.dispatch('INTERACTION_CREATE', json);
    await answered;
    await fake.interact({ channel, data: slash('status', { place: 'after' }) });
    expect(app.ran.filter(({ what }) => what.includes('"once"'))).toHaveLength(1);
  });
});

describe('who asks on Discord', () => {
  it.each([
    ['Manage Channels', Can.ManageChannels, true],
    ['Administrator', Can.Administrator, true],
    ['Send Messages alone', Can.SendMessages, false],
  ])('manages a channel with %s: %s', async (_, permissions, manages) => {
    const { fake } = discord;
    await fake.interact({ channel, data: slash('subscribe', { place: 'x' }), permissions });
    expect(last().asker).toMatchObject({
      manages,
      destination: { id: `discord:${fake.guild}:${channel.id}`, name: '#deir-ezzor' },
      person: { workspace: 'direct', id: '700000000000000001', name: 'reader' },
    });
  });

  it('is in a direct message alone, and may do there what they like', async () => {
    await discord.fake.interact({ data: slash('subscribe', { place: 'x' }) });
    expect(last().asker).toMatchObject({
      manages: true,
      destination: { channel: 'user:700000000000000001', workspace: 'direct' },
    });
  });

  it('is alone too in a server that the bot is not in, where they brought it for themselves', async () => {
    const { fake } = discord;
    const { json, answered } = fake.interaction({
      channel,
      data: slash('subscribe', { place: 'x' }),
      permissions: 0n,
    });
    fake.gateway.dispatch('INTERACTION_CREATE', {
      ...json,
      authorizing_integration_owners: { 1: '700000000000000001' },
    });
    await answered;
    expect(last().asker).toMatchObject({
      manages: true,
      destination: { channel: 'user:700000000000000001' },
    });
  });

  it('asks for the channel when they do so in one of its threads', async () => {
    const { fake } = discord;
    const thread = fake.rest.state.addChannel({
      type: ChannelType.PublicThread,
      name: 'thread',
      parent: channel.id,
      guild: fake.guild,
    });
    await fake.interact({ channel: thread, data: slash('status', { place: 'x' }) });
    expect(last().asker.destination).toMatchObject({ channel: channel.id, name: '#deir-ezzor' });
  });

  it('is told at once what the bot lacks in a channel that is to hear alerts', async () => {
    const answered = await discord.fake.interact({ channel, data: slash('subscribe', { place: 'x' }) });
    expect(JSON.stringify(answered.data['embeds'])).toContain(
      'Read Message History, Create Public Threads, Send Messages in Threads',
    );
  });
});

describe('choices while typing', () => {
  const typing = (command: string, name: string, value: string) => ({
    id: '1',
    name: command,
    type: CommandType.ChatInput,
    options: [{ name, type: OptionType.String, value, focused: true }],
  });
  const ask = async (data: object) =>
    (
      await discord.fake.interact({
        channel,
        type: InteractionType.ApplicationCommandAutocomplete,
        data: data as never,
      })
    ).data['choices'] as { name: string; value: string }[];

  it('are at most 25', async () => {
    const choices = await ask(typing('status', 'place', 'haj'));
    expect(choices).toHaveLength(25);
    expect(choices[0]).toEqual({ name: 'status place haj 0', value: 'haj0' });
  });

  it('complete the last of several words', async () => {
    expect((await ask(typing('subscribe', 'kinds', 'control, si')))[0]).toMatchObject({
      value: 'control, si0',
    });
  });
});

describe('buttons and forms on Discord', () => {
  const press = (custom_id: string) => ({
    type: InteractionType.MessageComponent,
    data: { component_type: 2, custom_id },
    message: { id: '5', channel_id: '6', content: '', embeds: [] },
  });

  it('a button runs its command, for the person who pressed it', async () => {
    const answered = await discord.fake.interact({ channel, ...press('run:/status sy-hajin') });
    expect(answered).toMatchObject({ type: Reply.ChannelMessageWithSource, ephemeral: true });
    expect(last().what).toBe('/status sy-hajin');
  });

  it.each([
    ['the command', { data: slash('report', { link: 'https://a.example' }) }],
    ['a button', press('run:/report')],
  ])('a text of several lines is asked for by a form: from %s', async (_, sketch) => {
    const answered = await discord.fake.interact({ ...sketch, channel });
    expect(answered.type).toBe(Reply.Modal);
    expect(answered.data).toMatchObject({ custom_id: 'form:report' });
  });

  it('what is one of a few words is chosen there, and what is known already is filled in', async () => {
    const answered = await discord.fake.interact({
      channel,
      data: slash('report', { link: 'https://a.example', confidence: 'heard' }),
    });
    const fields = answered.data['components'] as readonly { component: object }[];
    expect(fields.map(({ component }) => component)).toMatchObject([
      { custom_id: 'text', required: true },
      { custom_id: 'link', value: 'https://a.example' },
      { custom_id: 'confidence', options: [{ value: 'saw' }, { value: 'heard', default: true }] },
    ]);
  });

  it('the form’s values go to its command; what was left empty does not', async () => {
    const label = (component: object) => ({ type: 18, component });
    await discord.fake.interact({
      channel,
      type: InteractionType.ModalSubmit,
      data: {
        custom_id: 'form:report',
        components: [
          label({ type: 4, custom_id: 'text', value: 'Two lines\nof text' }),
          label({ type: 4, custom_id: 'link', value: ' ' }),
          label({ type: 3, custom_id: 'confidence', values: ['saw'] }),
        ],
      },
    });
    expect(last().what).toBe('report {"text":"Two lines\\nof text","confidence":"saw"}');
    await discord.fake.interact({
      channel,
      type: InteractionType.ModalSubmit,
      data: {
        custom_id: 'form:report',
        components: [
          label({ type: 4, custom_id: 'text', value: 'x' }),
          label({ type: 3, custom_id: 'confidence', values: [] }),
        ],
      },
    });
    expect(last().what).toBe('report {"text":"x"}');
  });

  it('“Send to Sitrep” on a message opens the form with its words and address', async () => {
    const message = { id: '5', channel_id: channel.id, content: 'Hajin was taken.', embeds: [] };
    const answered = await discord.fake.interact({
      channel,
      data: {
        id: '1',
        name: 'Send to Sitrep',
        type: CommandType.Message,
        target_id: '5',
        resolved: { messages: { 5: message } },
      },
    });
    const values = JSON.stringify(answered.data);
    expect(values).toContain('Hajin was taken.');
    expect(values).toContain(`https://discord.com/channels/${discord.fake.guild}/${channel.id}/5`);
  });
});

describe('what happens on Discord', () => {
  const heard = () => discord.fake.interact({ channel, data: slash('status', { place: 'after' }) });

  it('a bot that is removed from a server tells nothing there any more; an outage is none', async () => {
    const { fake } = discord;
    fake.gateway.dispatch('GUILD_DELETE', { id: '77', unavailable: true });
    fake.gateway.dispatch('GUILD_DELETE', { id: '78' });
    fake.gateway.dispatch('CHANNEL_DELETE', { id: '79', guild_id: fake.guild, type: 0 });
    await heard();
    expect(app.disabled).toEqual([
      { workspace: '78', why: 'the bot was removed from the server' },
      { workspace: fake.guild, channel: '79', why: 'the channel was deleted' },
    ]);
  });

  it('identifies with the intent Guilds alone', () => {
    expect(discord.fake.gateway.identified).toEqual([{ intents: 1, shard: [0, 1] }]);
  });

  it.each([
    ['is asked to reconnect (op 7)', () => discord.fake.gateway.askToReconnect()],
    ['breaks', () => discord.fake.gateway.drop()],
    [
      'is told that its session is invalid and may be resumed (op 9)',
      () => discord.fake.gateway.invalidate(true),
    ],
  ])('a connection that %s is resumed, and nothing is missed', async (_, interrupt) => {
    const { fake } = discord;
    const resumed = fake.gateway.ready();
    const goesOn = () => app.logged.filter((line) => line === 'the connection to Discord goes on').length;
    const before = [fake.gateway.resumed, goesOn()] as const;
    interrupt();
    const answer = heard();
    await resumed;
    expect(fake.gateway.resumed).toBe(before[0] + 1);
    expect(await answer).toMatchObject({ ephemeral: true });
    await expect.poll(goesOn).toBe(before[1] + 1);
  });

  it('a session that is invalid (op 9) is begun anew', async () => {
    const { fake } = discord;
    const ready = fake.gateway.ready();
    fake.gateway.invalidate(false);
    await ready;
    expect(await heard()).toMatchObject({ ephemeral: true });
    expect(fake.gateway.identified).toHaveLength(2);
  });

  it('an answer that cannot be delivered is logged, and ends nothing', async () => {
    const { fake } = discord;
    const { json } = fake.interaction({ channel, data: slash('status', { place: 'x' }) });
    fake.gateway.dispatch('INTERACTION_CREATE', { ...json, token: 'unknown' });
    await heard();
    await expect.poll(() => app.logged).toContain('an interaction could not be answered');
  });
});

it('commands are answered while limits hold up every delivery', async () => {
  const { fake } = discord;
  fake.rest.fault = (route) =>
    route.startsWith('POST /channels')
      ? { kind: 'limited', retryAfter: 1000, scope: 'global' }
      : { kind: 'none' };
  await app.parts.api.post(`/channels/${channel.id}/messages`, {});
  expect(app.parts.api.waitMs('GET', '/users/@me')).toBeGreaterThan(100_000);
  expect(await fake.interact({ channel, data: slash('status', { place: 'hajin' }) })).toMatchObject({
    ephemeral: true,
  });
});

it('a wrong token is named, and is no reason to ask again', async () => {
  const { fake } = discord;
  const other = testApp(fake);
  const closed = await startDiscordGateway({
    ...other.parts,
    token: 'wrong',
    api: apiOf(fake, { token: 'wrong' }),
  });
  await expect.poll(() => other.logged.some((line) => line.includes('DISCORD_TOKEN'))).toBe(true);
  await closed.close();
});
