import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deskDestination } from '../../src/chat/desk/channel.ts';
import { destinationAt } from '../../src/model/telling.ts';
import { freshDatabase } from '../support/postgres.ts';
import { threadsOf } from '../support/slack/api.ts';
import { standingAlone, twiceTold } from '../support/happenings.ts';
import { playSamples, slackDemo, type SlackDemo } from '../support/slack/demo.ts';

/** As letters, whatever Slack needs to show them. */
const shown = (text: string): string => text.replace(/[\u200B\u2066-\u2069]/gu, '');

describe('the whole bot on Slack', () => {
  let demo: SlackDemo;
  beforeAll(async () => {
    demo = await slackDemo();
    await playSamples(demo);
  });
  afterAll(() => demo.stop());

  it('tells the demo’s reports as the desk does: the same threads with the same replies', async () => {
    const onSlack = await threadsOf(demo.fake.workspace(), demo.channel.id);
    const onTheDesk = await demo.bot.store.threads(deskDestination('syria').id, { limit: 100 });
    expect(onTheDesk.length).toBeGreaterThan(3);
    expect(onSlack.map((thread) => thread.map(({ text }) => shown(text)))).toEqual(
      onTheDesk.map(({ root, replies }) =>
        [root, ...replies].map(({ message }) => expect.stringContaining(shown(message.headline)) as string),
      ),
    );
  });

  it('has below an alert what people do with it, and the way to its page', async () => {
    const [[root] = []] = await threadsOf(demo.fake.workspace(), demo.channel.id);
    const { elements } = root?.blocks?.at(-1) as {
      elements: readonly { text: { text: string }; value?: string; url?: string }[];
    };
    expect(elements.map(({ text }) => text.text)).toEqual([
      'Status',
      'Evidence',
      'Subscribe here',
      'Mute',
      'Incident page',
    ]);
    const [, evidence, , , page] = elements;
    expect(page?.url).toMatch(/^https:\/\/desk\.example\/incidents\/i_/u);
    expect(JSON.stringify(await demo.ask(evidence?.value?.slice(1) ?? ''))).toContain('What it stands on');
  });

  it('answers by the ledger, and lists what the channel hears', async () => {
    expect(JSON.stringify(await demo.ask('status baghuz'))).toContain('Baghuz');
    expect(JSON.stringify(await demo.ask('subscriptions'))).toContain('Syria');
  });

  it('hears of the past where it asks for it', async () => {
    const answer = await demo.ask('subscribe hajin past yes');
    expect(JSON.stringify(answer)).toContain('newly learned about the past');
  });

  it('parts a happening, puts it together again and discloses it, for those who may', async () => {
    const { name, report } = await twiceTold(demo);
    const said = async (line: string, person?: string) => JSON.stringify(await demo.ask(line, person));
    for (const line of [`split ${name} ${report}`, `disclose ${name} because all are safe`])
      expect(await said(line, 'reader')).toContain('You may not use');
    const which = await said(`split ${name}`);
    expect(which).toContain(`Which part of #${name} is another happening?`);
    expect(which).toContain(`/split ${name} ${report}`);
    expect(await said(`split ${name} ${report} because two villages`)).toContain(
      'told by itself from now on',
    );
    await demo.quiet();
    const told = await threadsOf(demo.fake.workspace(), demo.channel.id);
    expect(told.filter((thread) => JSON.stringify(thread).includes('two villages'))).not.toEqual([]);
    const other = await standingAlone(demo, report);
    expect(await said(`merge ${name} ${other}`)).toContain('told as one happening from now on');
    await demo.quiet();
    expect(await said(`merge ${name} ${other}`)).toContain('one happening already');
    expect(await said(`disclose ${name} because all are safe`)).toMatch(/told in full/u);
    expect(await said(`disclose ${name}`)).toContain('The reason is missing');
  });

  it('never does what Slack forbids, and calls nothing before its limits allow it', () => {
    expect(demo.fake.breaches).toEqual([]);
  });
});

describe('a bot with ten thousand messages to tell', () => {
  const CHANNELS = Array.from({ length: 40 }, (_, i) => `busy-${i}`);
  const MESSAGES = 10_000;
  let demo: SlackDemo;
  let channels: readonly string[];
  beforeAll(async () => {
    const { connectionString } = await freshDatabase({ empty: true });
    demo = await slackDemo({ databaseUrl: connectionString, channels: CHANNELS });
    const workspace = demo.fake.workspace();
    channels = CHANNELS.map((name) => workspace.channel(name).id);
    for (const [i, channel] of channels.entries())
      await demo.bot.store.addDestination(destinationAt('slack', workspace.id, channel, `#busy-${i}`));
    const database = new pg.Client({ connectionString });
    await database.connect();
    await database.query(
      `insert into deliveries (id, destination, op, revision, broadcast, message, state, created)
       select 'd_' || i, 'slack:' || $1 || ':' || ($2::text[])[1 + i % $3], 'post', 1, false,
         jsonb_build_object('headline', 'message ' || i, 'tone', 'answer', 'blocks', '[]'::jsonb), 'pending', now()
       from generate_series(0, $4 - 1) as i`,
      [workspace.id, channels, CHANNELS.length, MESSAGES],
    );
    await database.end();
  });
  afterAll(() => demo.stop());

  it('lets no channel wait for another, keeps each one’s order, and answers commands meanwhile', async () => {
    const told = (channel: string): readonly number[] =>
      demo.fake.calls
        .filter(({ method, body }) => method === 'chat.postMessage' && body['channel'] === channel)
        .map(({ body }) => Number(/\d+/u.exec(String(body['text']))?.[0]));
    await demo.fake.until(() => channels.every((channel) => told(channel).length > 0) || undefined);
    // What is acknowledged later than after three seconds the fake gives up, and then there is no answer.
    for (const place of ['damascus', 'دير الزور', 'hajin'])
      expect(await demo.ask(`status ${place}`)).toMatchObject({ blocks: expect.any(Array) as unknown });
    expect((await demo.bot.store.health()).waiting.deliver.count).toBeGreaterThan(MESSAGES / 2);
    for (const channel of channels) expect(told(channel)).toEqual(told(channel).toSorted((a, b) => a - b));
    expect(demo.fake.breaches).toEqual([]);
  });
});
