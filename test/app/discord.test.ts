import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { InteractionType } from 'discord.js';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deskDestination } from '../../src/chat/desk/channel.ts';
import { destinationAt } from '../../src/model/telling.ts';
import { standingAlone, twiceTold } from '../support/happenings.ts';
import { discordDemo, playSamples, type DiscordDemo } from '../support/discord/demo.ts';
import { freshDatabase } from '../support/postgres.ts';

const QUICK = {
  'POST /channels/:id/messages': { limit: 5, windowMs: 400 },
  'PATCH /channels/:id/messages/:id': { limit: 5, windowMs: 400 },
};
const seed = join(import.meta.dirname, '..', '..', '..', 'shared', 'seed', 'evacuation-2018-05-20.txt');
const there = existsSync(seed);
if (!there) console.log(`skipped: the acceptance report is not at ${seed}`);

describe('the whole bot on Discord', () => {
  let demo: DiscordDemo;
  beforeAll(async () => {
    demo = await discordDemo({ rates: QUICK });
    await playSamples(demo);
  });
  afterAll(() => demo.stop());

  /** As letters, whatever Discord needs to show them. */
  const shown = (text: unknown): string =>
    String(text)
      .replace(/\\([^\p{L}\p{N}\s])/gu, '$1')
      .replace(/[\u200B\u2068\u2069]/gu, '');
  const titles = () =>
    demo.fake
      .seen(demo.channel.id)
      .filter(({ root }) => !JSON.stringify(root.components).includes('Read it in its thread'))
      .map(({ root, replies }) => ({
        root: shown(root.embeds[0]?.['title']),
        replies: replies.map(({ embeds }) => shown(embeds[0]?.['title'])),
      }));
  const onTheDesk = async () =>
    (await demo.bot.store.threads(deskDestination('syria').id, { limit: 100 })).map(({ root, replies }) => ({
      root: shown(root.message.headline),
      replies: replies.map(({ message }) => shown(message.headline)),
    }));

  it('tells the demo’s reports as the desk does: the same threads with the same replies', async () => {
    expect(titles().length).toBeGreaterThan(3);
    expect(titles()).toEqual(await onTheDesk());
  });

  it.skipIf(!there)(
    'tells the acceptance report as the desk does',
    async () => {
      await demo.hear({
        text: readFileSync(seed, 'utf8'),
        published: '2018-05-20',
        source: 'Asharq Al-Awsat',
      });
      expect(titles()).toEqual(await onTheDesk());
    },
    60_000,
  );

  it('answers by the ledger, and lists what the channel hears', async () => {
    const status = await demo.ask('status', { place: 'baghuz' });
    expect(status.ephemeral).toBe(true);
    expect(JSON.stringify(status.data['embeds'])).toContain('Baghuz');
    const list = await demo.ask('subscriptions', {});
    expect(JSON.stringify(list.data['embeds'])).toContain('Syria');
  });

  it('hears of the past where it asks for it', async () => {
    const answer = await demo.ask('subscribe', { place: 'hajin', past: 'yes' });
    expect(JSON.stringify(answer.data['embeds'])).toContain('newly learned about the past');
  });

  const oldest = () => demo.fake.seen(demo.channel.id)[0]!.root;
  const buttons = () =>
    oldest().components.flatMap(
      ({ components }) => components as readonly { label: string; custom_id?: string; url?: string }[],
    );
  const press = (wanted: string) =>
    demo.fake.interact({
      channel: demo.channel,
      type: InteractionType.MessageComponent,
      data: { component_type: 2, custom_id: buttons().find(({ label }) => label === wanted)?.custom_id },
      message: { id: oldest().id, channel_id: demo.channel.id, content: '', embeds: [] },
    });

  it('has below an alert what people do with it, and the way to its page', () => {
    expect(buttons().map(({ label }) => label)).toEqual([
      'Status',
      'Evidence',
      'Subscribe here',
      'Mute',
      'Incident page',
    ]);
    expect(buttons().at(-1)?.url).toMatch(/^https:\/\/desk\.example\/incidents\/i_/u);
  });

  it('shows what an alert stands on, and mutes it, by the buttons below it', async () => {
    const evidence = await press('Evidence');
    expect(evidence.ephemeral).toBe(true);
    expect(JSON.stringify(evidence.data['embeds'])).toContain('What it stands on');
    expect(JSON.stringify((await press('Mute')).data['embeds'])).toMatch(/mute|no more replies/iu);
  });

  it('knows a happening by the reference in the small print of its message, there and nowhere else', async () => {
    const { text: small } = oldest().embeds[0]?.['footer'] as { text: string };
    const [reference = ''] = /ref [a-z2-7]{12}/u.exec(small) ?? [];
    for (const incident of [small, reference, reference.slice(4), reference.toUpperCase()])
      expect(JSON.stringify((await demo.ask('evidence', { incident })).data['embeds'])).toContain(
        'What it stands on',
      );
    const elsewhere = await demo.fake.interact({
      channel: demo.fake.addText('elsewhere'),
      data: {
        id: '1',
        name: 'evidence',
        type: 1,
        options: [{ name: 'incident', type: 3, value: reference }],
      },
    });
    expect(JSON.stringify(elsewhere.data['embeds'])).toContain('No happening is called');
  });

  it('parts a happening, puts it together again and discloses it, for those who may', async () => {
    const { name: incident, report: part } = await twiceTold(demo);
    const said = async (command: string, values: Readonly<Record<string, string>>, permissions?: bigint) =>
      shown(JSON.stringify((await demo.ask(command, values, permissions)).data));
    for (const [command, more] of [
      ['split', { part }],
      ['disclose', { reason: 'all are safe' }],
    ] as const)
      expect(await said(command, { incident, ...more }, 0n)).toContain('You may not use');
    const which = await said('split', { incident });
    expect(which).toContain('is another happening?');
    expect(which).toContain(`/split ${incident} ${part}`);
    expect(await said('split', { incident, part, reason: 'two villages' })).toContain(
      'told by itself from now on',
    );
    await demo.quiet();
    expect(shown(JSON.stringify(demo.fake.seen(demo.channel.id)))).toContain('two villages');
    const other = await standingAlone(demo, part);
    expect(await said('merge', { incident, other })).toContain('told as one happening from now on');
    await demo.quiet();
    expect(await said('merge', { incident, other })).toContain('one happening already');
    expect(await said('disclose', { incident, reason: 'all are safe' })).toMatch(/told in full/u);
  });

  it('never does what Discord forbids, and calls nothing before its limits allow it', () => {
    expect(demo.fake.rest.breaches).toEqual([]);
  });
});

describe('a bot with ten thousand messages to tell', () => {
  const CHANNELS = 50;
  const MESSAGES = 10_000;
  let demo: DiscordDemo;
  let channels: readonly string[];
  beforeAll(async () => {
    const { connectionString } = await freshDatabase({ empty: true });
    demo = await discordDemo({ databaseUrl: connectionString });
    channels = Array.from({ length: CHANNELS }, (_, i) => demo.fake.addText(`busy-${i}`).id);
    for (const [i, channel] of channels.entries())
      await demo.bot.store.addDestination(destinationAt('discord', demo.fake.guild, channel, `#busy-${i}`));
    const database = new pg.Client({ connectionString });
    await database.connect();
    await database.query(
      `insert into deliveries (id, destination, op, revision, broadcast, message, state, created)
       select 'd_' || i, 'discord:' || $1 || ':' || ($2::text[])[1 + i % $3], 'post', 1, false,
         jsonb_build_object('headline', 'message ' || i, 'tone', 'answer', 'blocks', '[]'::jsonb), 'pending', now()
       from generate_series(0, $4 - 1) as i`,
      [demo.fake.guild, channels, CHANNELS, MESSAGES],
    );
    await database.end();
  });
  afterAll(() => demo.stop());

  it('lets no channel wait for another, keeps each one’s order, and answers commands meanwhile', async () => {
    const told = (channel: string) =>
      demo.fake.seen(channel).map(({ root }) => Number(String(root.embeds[0]?.['title']).slice(8)));
    await expect
      .poll(() => channels.every((channel) => told(channel).length > 0), { timeout: 60_000 })
      .toBe(true);
    // A later answer than after three seconds the fake refuses, and then none comes.
    for (const place of ['damascus', 'دير الزور', 'hajin'])
      expect(await demo.ask('status', { place })).toMatchObject({ ephemeral: true });
    expect((await demo.bot.store.health()).waiting.deliver.count).toBeGreaterThan(MESSAGES / 2);
    for (const channel of channels) expect(told(channel)).toEqual(told(channel).toSorted((a, b) => a - b));
    expect(demo.fake.rest.breaches).toEqual([]);
  });
});
