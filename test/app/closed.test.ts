import { join } from 'node:path';
import { PermissionFlagsBits as Can } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { choresOf } from '../../src/app/chores.ts';
import { examine } from '../../src/app/doctor.ts';
import type { ChatPort } from '../../src/chat/port.ts';
import { startDesk } from '../../src/chat/desk/server.ts';
import { discordChat } from '../../src/chat/discord/port.ts';
import { loadConfig } from '../../src/config/load.ts';
import { readStrings } from '../../src/config/locales.ts';
import { drainDestination } from '../../src/deliver/drain.ts';
import type { DestinationId } from '../../src/model/ids.ts';
import { destinationAt, directTo, type Destination, type ThreadOp } from '../../src/model/telling.ts';
import { instant } from '../../src/model/time.ts';
import { aDiscord, apiOf, look, titleOf } from '../chat/discord/harness.ts';
import { deskParts } from '../chat/desk/harness.ts';
import { destinationOf, openStage, seenIn, TEAM, type Stage } from '../chat/slack/harness.ts';
import {
  deliveryOf,
  incidentOf,
  judged,
  message,
  nothing,
  openFresh,
  updateOf,
  type Opened,
} from '../store/harness.ts';
import { newFolder } from '../support/folder.ts';
import { knowledge } from '../support/places.ts';
import type { FakeChannel } from '../support/discord/state.ts';

// What people do to channels, messages and rights, seen from the drain to whoever has to know of it: the real clients
// against the strict platforms, over the real store.

const root = join(import.meta.dirname, '..', '..');
const strings = readStrings(root);
const silent = { debug: () => undefined, warn: () => undefined };
const sensitivity = { evacuation: 'coarse', return: 'coarse', aid_access: 'off', delayMinutes: 60 } as const;

let opened: Opened;
beforeEach(async () => {
  opened = await openFresh();
});
afterEach(() => opened.store.close());

/** Has an update of a happening told in all these destinations: the first is its root. */
async function tell(happening: string, revision: number, destinations: readonly Destination[]) {
  await judged(opened.store, `${happening}-${revision}`, ({ report }) => {
    const incident = incidentOf(happening, report.id, { revision });
    const update = updateOf(incident, report.id);
    const ops: readonly ThreadOp[] = revision === 1 ? ['post_root'] : ['edit_root', 'reply'];
    return Promise.resolve({
      assessment: { ...nothing, incidents: [{ incident, blocks: [] }], updates: [update] },
      deliveries: destinations.flatMap(({ id }) =>
        ops.map((op) => ({
          ...deliveryOf(update, id, op),
          message: message(op === 'reply' ? `reply ${revision}` : `${happening} ${revision}`),
        })),
      ),
    });
  });
}

/** Delivers all that is due there, and what has to wait for a limit when its time has come. */
async function drain(
  port: ChatPort,
  destinations: readonly DestinationId[],
  pass: (ms: number) => Promise<void>,
) {
  const { store, clock } = opened;
  for (const id of destinations)
    for (;;) {
      const ports = { [port.platform]: port };
      const { againInMs } = await drainDestination(id, { store, ports, clock: clock.read, log: silent });
      if (againInMs === undefined) break;
      clock.set(instant(Date.parse(clock.now) + againInMs));
      await pass(againInMs);
    }
}

const reason = async ({ id }: Destination) => (await opened.store.destination(id))?.disabled;
const tellOwners = () =>
  choresOf({ store: opened.store, wording: { ...knowledge, strings }, clock: opened.clock.read, sensitivity })
    .find(({ id }) => id === 'closed-channels')!
    .run();

/** What `doctor` and the desk's health page say. */
async function said(env: Readonly<Record<string, string>>): Promise<{ doctor: string; desk: string }> {
  const { store, clock } = opened;
  const config = loadConfig({ root, env: { ...env, SITREP_DATA: newFolder('sitrep-closed-') } });
  const findings = await examine({ config, store, strings, now: clock.now });
  const desk = await startDesk({ ...deskParts(store), host: '127.0.0.1', port: 0 });
  const page = await (await fetch(`${desk.address}/health`)).text();
  await desk.close();
  const doctor = findings
    .filter(({ verdict }) => verdict === 'failure' || verdict === 'warning')
    .map(({ what, found, remedy }) => `${what}: ${found} → ${remedy ?? ''}`)
    .join('\n');
  return { doctor, desk: page };
}

describe('on Slack', () => {
  const NAMES = ['well', 'kicked', 'archived', 'gone', 'rootless', 'locked'] as const;
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage({ channels: NAMES.map((name) => ({ name })) });
  });
  afterEach(async () => {
    const { breaches } = stage.slack;
    await stage.slack.close();
    expect(breaches).toEqual([]);
  });

  it('each is met, told to its owner, named by doctor and the desk, and what waited is told when it is mended', async () => {
    const { slack, port, clock } = stage;
    const workspace = slack.workspace();
    const at = Object.fromEntries(NAMES.map((name) => [name, destinationOf(slack, name)])) as Record<
      (typeof NAMES)[number],
      Destination
    >;
    const all = Object.values(at);
    const owner = { platform: 'slack', workspace: TEAM, id: workspace.person('boss'), name: 'boss' } as const;
    for (const one of all) await opened.store.addDestination(one, owner);
    const deliver = (ids: readonly DestinationId[] = all.map(({ id }) => id)) =>
      drain(port, ids, clock.sleep);
    await tell('one', 1, all);
    await tell('one', 2, all);
    await deliver();

    workspace.channel('kicked').member = false;
    workspace.channel('archived').archived = true;
    workspace.channels.delete(at.gone.channel);
    workspace.channel('locked').locked = true;
    const [deleted] = slack.calls.filter(
      ({ method, body }) => method === 'chat.postMessage' && body['channel'] === at.rootless.channel,
    );
    await workspace.call('chat.delete', { channel: at.rootless.channel, ts: deleted?.answer['ts'] });
    await tell('one', 3, all);
    await deliver();

    expect(await reason(at.kicked)).toContain('not_in_channel');
    expect(await reason(at.archived)).toContain('is_archived');
    expect(await reason(at.gone)).toContain('channel_not_found');
    for (const one of [at.well, at.rootless, at.locked]) expect(await reason(one)).toBeUndefined();
    expect(await seenIn(slack, at.well)).toEqual([{ headline: 'one 3', replies: ['reply 2', 'reply 3'] }]);
    expect(await seenIn(slack, at.locked)).toEqual([{ headline: 'one 3', replies: ['reply 2'] }]);
    // Nothing stands loose in the channel of a thread whose beginning is gone.
    expect((await seenIn(slack, at.rootless)).map(({ headline }) => headline)).not.toContain('reply 3');

    await deliver(await tellOwners());
    const direct = [...workspace.channels.values()].find(({ kind }) => kind === 'im')!;
    const notices = JSON.stringify(await seenIn(slack, { ...at.well, channel: direct.id }));
    for (const name of ['#kicked', '#archived', '#gone']) expect(notices).toContain(name);
    expect(notices).not.toContain('#well');

    const { doctor, desk } = await said({
      SLACK_BOT_TOKEN: `xoxb-${TEAM}`,
      SLACK_APP_TOKEN: 'xapp-1-test',
      SLACK_API: slack.api,
    });
    expect(doctor).toMatch(
      /slack #kicked: .*Sitrep is not in the channel; 2 alert\(s\) wait → invite the bot/u,
    );
    expect(doctor).toMatch(/slack #archived: .*archived.* → unarchive/u);
    expect(doctor).toMatch(/slack #gone: .*channel_not_found.* → .*unsubscribe/u);
    expect(doctor).toMatch(/alert to #locked: refused .*somebody locked the thread/u);
    expect(doctor).toMatch(/alert to #rootless: refused .*somebody deleted the message/u);
    for (const words of ['#kicked', 'Sitrep is not in the channel', 'the channel is archived'])
      expect(desk).toContain(words);

    workspace.channel('kicked').member = true;
    await opened.store.enableDestination(at.kicked.id);
    await deliver();
    expect(await seenIn(slack, at.kicked)).toEqual([{ headline: 'one 3', replies: ['reply 2', 'reply 3'] }]);
  });
});

describe('on Discord', () => {
  const discord = aDiscord();
  const TOKEN = 'fake.bot.token';

  it('each is met, told to its owner, named by doctor and the desk, and what waited is told when it is mended', async () => {
    const { fake } = discord;
    const { state } = fake.rest;
    fake.rest.token = TOKEN;
    const port = discordChat({ api: apiOf(fake, { token: TOKEN }), look });
    const pass = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
    const elsewhere = state.addGuild('Elsewhere');
    const channels = {
      well: fake.addText('well'),
      hidden: fake.addText('hidden'),
      silenced: fake.addText('silenced'),
      gone: fake.addText('gone'),
      rootless: fake.addText('rootless'),
      threadless: fake.addText('threadless'),
      locked: fake.addText('locked'),
      archived: fake.addText('archived'),
      kicked: fake.addText('kicked', { guild: elsewhere }),
    };
    const at = Object.fromEntries(
      Object.entries(channels).map(([name, { id, guild = '' }]) => [
        name,
        destinationAt('discord', guild, id, `#${name}`),
      ]),
    ) as Record<keyof typeof channels, Destination>;
    const all = Object.values(at);
    const owner = {
      platform: 'discord',
      workspace: 'direct',
      id: '700000000000000001',
      name: 'reader',
    } as const;
    state.users.add(owner.id);
    for (const one of all) await opened.store.addDestination(one, owner);
    const deliver = (ids: readonly DestinationId[] = all.map(({ id }) => id)) => drain(port, ids, pass);
    await tell('one', 1, all);
    await tell('one', 2, all);
    await deliver();
    const rootOf = ({ id }: FakeChannel) => fake.seen(id)[0]!.root.id;
    const seen = ({ id }: FakeChannel) =>
      fake.seen(id).map(({ root: shown, replies }) => [titleOf(shown), ...replies.map(titleOf)]);

    fake.deny(channels.hidden, Can.ViewChannel);
    fake.deny(channels.silenced, Can.SendMessages);
    state.channels.delete(channels.gone.id);
    state.messages.delete(rootOf(channels.rootless));
    state.channels.delete(rootOf(channels.threadless));
    state.channels.get(rootOf(channels.locked))!.locked = true;
    state.channels.get(rootOf(channels.archived))!.archived = true;
    const kickedFrom = state.guilds.get(elsewhere)!;
    state.guilds.delete(elsewhere);
    await tell('one', 3, all);
    await tell('two', 1, all);
    await deliver();

    expect(await reason(at.hidden)).toContain('View Channel');
    expect(await reason(at.silenced)).toContain('Send Messages');
    expect(await reason(at.gone)).toBe('the channel was deleted');
    expect(await reason(at.kicked)).toContain('removed from the server');
    for (const one of [at.well, at.rootless, at.threadless, at.locked, at.archived])
      expect(await reason(one)).toBeUndefined();
    const whole = [['one 3', 'reply 2', 'reply 3'], ['two 1']];
    expect(seen(channels.well)).toEqual(whole);
    expect(seen(channels.archived)).toEqual(whole);
    // A thread that takes nothing any more, or is gone: below the root, in the channel.
    expect(seen(channels.locked)).toEqual([['one 3', 'reply 2'], ['reply 3'], ['two 1']]);
    expect(seen(channels.threadless)).toEqual([['one 3', 'reply 2'], ['reply 3'], ['two 1']]);
    expect(seen(channels.rootless)).toEqual([['two 1']]);

    const direct = directTo(owner);
    expect(await tellOwners()).toEqual(Array.from({ length: 4 }, () => direct.id));
    await deliver([direct.id]);
    const conversation = [...state.channels.values()].find(({ recipient }) => recipient === owner.id)!;
    const notices = seen(conversation).join('\n');
    for (const name of ['#hidden', '#silenced', '#gone', '#kicked']) expect(notices).toContain(name);

    const { doctor, desk } = await said({ DISCORD_TOKEN: TOKEN, DISCORD_API: fake.rest.api });
    expect(doctor).toMatch(/discord #hidden: .*View Channel/u);
    expect(doctor).toMatch(/discord #silenced: .*Send Messages/u);
    expect(doctor).toMatch(/discord #gone: .*the channel was deleted/u);
    expect(doctor).toMatch(/discord #kicked: .*removed from the server/u);
    for (const words of ['#hidden', 'lacks View Channel', '#kicked']) expect(desk).toContain(words);

    channels.hidden.overwrites = [];
    state.guilds.set(elsewhere, kickedFrom);
    for (const { id } of [at.hidden, at.kicked]) await opened.store.enableDestination(id);
    await deliver();
    expect(seen(channels.hidden)).toEqual(whole);
    expect(seen(channels.kicked)).toEqual(whole);
  });
});
