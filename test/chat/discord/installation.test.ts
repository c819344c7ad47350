import { generateKeyPairSync, sign } from 'node:crypto';
import { Locale, PermissionFlagsBits as Can } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { startDiscordGateway, discordRoutes } from '../../../src/chat/discord/app/start.ts';
import { checkDiscord } from '../../../src/chat/discord/checks.ts';
import { definitionsOf } from '../../../src/chat/discord/definitions.ts';
import { register } from '../../../src/chat/discord/registration.ts';
import { COMMANDS } from '../../../src/commands/commands.ts';
import { checkDefinitions } from '../../support/discord/definitions.ts';
import type { Json } from '../../support/discord/forms.ts';
import { testApp } from './app.ts';
import { aDiscord, apiOf, destinationOf, look } from './harness.ts';

const discord = aDiscord();

describe('registration with Discord', () => {
  it.each(['global', 'guild'] as const)('of every command, %s, is what Discord takes', (scope) => {
    const definitions = definitionsOf(COMMANDS, look.strings, scope);
    checkDefinitions(definitions as unknown as readonly Json[], scope);
    expect(definitions.map(({ name }) => name)).toEqual(
      expect.arrayContaining(COMMANDS.map(({ name }) => name)),
    );
  });

  it('has an option for each parameter that fits one, required ones first, and no drift from the commands', () => {
    const definitions = definitionsOf(COMMANDS, look.strings, 'global');
    for (const command of COMMANDS) {
      const definition = definitions.find(({ name }) => name === command.name);
      const options = definition && 'options' in definition ? (definition.options ?? []) : [];
      const names = command.parameters.filter(({ long }) => long !== true).map(({ name }) => name);
      expect(options.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
    }
  });

  it('hides from a server’s people what only managers may, and offers all to people who install it for themselves', () => {
    const definitions = definitionsOf(COMMANDS, look.strings, 'global');
    const byName = (name: string) => definitions.find((one) => one.name === name);
    expect(byName('subscribe')).toMatchObject({
      default_member_permissions: String(Can.ManageChannels),
      integration_types: [0, 1],
      contexts: [0, 1, 2],
    });
    expect(byName('status')?.default_member_permissions).toBeUndefined();
    expect(byName('Send to Sitrep')).toMatchObject({ type: 3 });
  });

  it('describes commands in one language: Discord has no Arabic to translate them into', () => {
    expect(Object.values(Locale).filter((locale) => locale.startsWith('ar'))).toEqual([]);
    expect(() => {
      const [first] = definitionsOf(COMMANDS, look.strings, 'global') as unknown as readonly Json[];
      checkDefinitions([{ ...first, description_localizations: { ar: 'وصف' } }], 'global');
    }).toThrow('Invalid Form Body');
  });

  it('replaces what was registered, for all or for one server', async () => {
    const { fake } = discord;
    const definitions = definitionsOf(COMMANDS, look.strings, 'global');
    expect(await register(apiOf(fake), definitions)).toMatchObject({ kind: 'ok' });
    expect(fake.rest.state.commands.get('global')).toHaveLength(definitions.length);
    expect(
      await register(apiOf(fake), definitionsOf(COMMANDS, look.strings, 'guild'), fake.guild),
    ).toMatchObject({ kind: 'ok' });
    expect(fake.rest.state.commands.get(fake.guild)).toHaveLength(definitions.length);
  });
});

describe('doctor on Discord', () => {
  const definitions = definitionsOf(COMMANDS, look.strings, 'global');
  const check = (
    more: { token?: string; api?: string; channels?: ReturnType<typeof destinationOf>[] } = {},
  ) =>
    checkDiscord({
      api: apiOf(discord.fake, more.token === undefined ? {} : { token: more.token }),
      definitions,
      destinations: more.channels ?? [],
    });

  it('names a wrong token', async () => {
    expect(await check({ token: 'wrong' })).toMatchObject([
      {
        verdict: 'failure',
        what: 'discord token',
        remedy: expect.stringContaining('DISCORD_TOKEN') as string,
      },
    ]);
  });

  it('names a Discord that cannot be reached', async () => {
    const { DiscordApi } = await import('../../../src/chat/discord/api.ts');
    const api = new DiscordApi({ token: 'x', api: 'http://127.0.0.1:1/api', timeoutMs: 500, cautionMs: 0 });
    expect(await checkDiscord({ api, definitions, destinations: [] })).toMatchObject([
      { verdict: 'failure', found: expect.stringContaining('cannot be reached') as string },
    ]);
  });

  it('names commands that are not registered, or are out of date', async () => {
    const { fake } = discord;
    fake.rest.state.commands.clear();
    expect(await check()).toContainEqual(
      expect.objectContaining({
        what: 'discord commands',
        verdict: 'failure',
        remedy: expect.stringContaining('register') as string,
      }),
    );
    await register(apiOf(fake), definitions.slice(1));
    expect(await check()).toContainEqual(
      expect.objectContaining({
        what: 'discord commands',
        verdict: 'warning',
        found: expect.stringContaining(definitions[0]!.name) as string,
      }),
    );
    await register(apiOf(fake), definitions);
    expect(await check()).toContainEqual(
      expect.objectContaining({ what: 'discord commands', verdict: 'ok' }),
    );
  });

  it.each([
    ['Send Messages', Can.SendMessages],
    ['Embed Links', Can.EmbedLinks],
    ['Read Message History', Can.ReadMessageHistory],
    ['Create Public Threads', Can.CreatePublicThreads],
    ['Send Messages in Threads', Can.SendMessagesInThreads],
  ])('names a channel that lacks %s', async (name, permission) => {
    const channel = discord.fake.addText('alerts');
    discord.fake.deny(channel, permission);
    expect(await check({ channels: [destinationOf(channel)] })).toContainEqual(
      expect.objectContaining({
        what: 'discord #alerts',
        verdict: 'failure',
        found: `the bot lacks ${name}`,
        remedy: expect.stringContaining(name) as string,
      }),
    );
  });

  it('names a channel that the bot cannot see, and one that is gone; says nothing of one that is well', async () => {
    const { fake } = discord;
    const [hidden, well] = [fake.addText('hidden'), fake.addText('well')];
    fake.deny(hidden, Can.ViewChannel);
    const gone = { ...destinationOf(well), channel: '100000000000000001', name: '#gone' };
    const found = await check({ channels: [destinationOf(hidden), gone, destinationOf(well)] });
    expect(found.filter(({ what }) => what.startsWith('discord #'))).toMatchObject([
      { what: 'discord #hidden', found: 'the bot cannot see it' },
      { what: 'discord #gone', found: 'the channel was deleted' },
    ]);
  });
});

describe('interactions over HTTP', () => {
  const keys = generateKeyPairSync('ed25519');
  const hex = Buffer.from(keys.publicKey.export({ format: 'jwk' }).x!, 'base64url').toString('hex');
  const open = () => {
    const app = testApp(discord.fake);
    return { app, routes: discordRoutes(app.parts, hex) };
  };
  const seconds = (ago = 0): string => String(Math.floor(Date.now() / 1000) - ago);
  const request = (body: string, timestamp: string, signature?: string) => ({
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-signature-timestamp': timestamp,
      'x-signature-ed25519':
        signature ?? sign(null, Buffer.from(timestamp + body), keys.privateKey).toString('hex'),
    },
  });
  const PATH = '/discord/interactions';

  it('answers Discord’s ping', async () => {
    const answer = await open().routes.request(PATH, request('{"type":1}', seconds()));
    expect(await answer.json()).toEqual({ type: 1 });
  });

  it('answers a command by its token', async () => {
    const { routes } = open();
    const channel = discord.fake.addText('alerts');
    const { json, answered } = discord.fake.interaction({
      channel,
      data: { id: '1', name: 'status', type: 1, options: [] },
    });
    expect((await routes.request(PATH, request(JSON.stringify(json), seconds()))).status).toBe(202);
    expect(await answered).toMatchObject({ ephemeral: true });
  });

  it.each([
    ['forged', () => request('{"type":1}', seconds(), '00'.repeat(64))],
    [
      'of another body',
      () =>
        request(
          '{"type":2}',
          seconds(),
          sign(null, Buffer.from(`${seconds()}{"type":1}`), keys.privateKey).toString('hex'),
        ),
    ],
    ['stale', () => request('{"type":1}', seconds(3600))],
    ['from the future', () => request('{"type":1}', seconds(-3600))],
    ['not hexadecimal', () => request('{"type":1}', seconds(), 'x')],
  ])('refuses a signature that is %s', async (_, make) => {
    const { app, routes } = open();
    expect((await routes.request(PATH, make())).status).toBe(401);
    expect(app.ran).toEqual([]);
  });

  it('refuses what is not signed at all, and a key that is none', async () => {
    const { app, routes } = open();
    expect((await routes.request(PATH, { method: 'POST', body: '{"type":1}' })).status).toBe(401);
    expect(() => discordRoutes(app.parts, 'abc')).toThrow('64 hexadecimal digits');
  });
});

it('past 2,500 servers each shard has a process of its own, and what it hears is dealt with in one place', async () => {
  const { fake } = discord;
  fake.rest.shards = 3;
  const app = testApp(fake);
  const gateway = await startDiscordGateway({ ...app.parts, spawnDelayMs: 10 });
  await expect
    .poll(() => fake.gateway.identified.map(({ shard }) => shard), { timeout: 15_000 })
    .toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
    ]);
  const channel = fake.addText('alerts');
  expect(
    await fake.interact({ channel, data: { id: '1', name: 'status', type: 1, options: [] } }),
  ).toMatchObject({ ephemeral: true });
  expect(app.ran).toHaveLength(1);
  await gateway.close();
  fake.rest.shards = 1;
});
