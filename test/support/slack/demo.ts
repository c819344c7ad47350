import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBot, type Bot } from '../../../src/app/bot.ts';
import { openLog } from '../../../src/app/log.ts';
import { loadSamples } from '../../../src/app/samples.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { systemClock } from '../../../src/model/time.ts';
import { acceptReport } from '../../../src/sources/accept/accept.ts';
import { sourceBook } from '../../../src/sources/accept/book.ts';
import { FakeSlack, type Responded } from './fake.ts';
import type { Channel } from './rules.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const TEAM = 'T0SITREP01';

export interface SlackDemo {
  readonly fake: FakeSlack;
  readonly bot: Bot;
  /** The first of the channels. */
  readonly channel: Channel;
  /** `/sitrep …` in the channel, by an administrator or another; undefined when it was acknowledged too late. */
  ask(text: string, person?: string): Promise<Responded | undefined>;
  /** Hands in a report, and resolves when nothing waits any more. */
  hear(report: object): Promise<void>;
  quiet(): Promise<void>;
  stop(): Promise<void>;
}

interface DemoOptions {
  /** Names of the workspace's channels. */
  readonly channels?: readonly string[];
  /** A server to use instead of an embedded database. */
  readonly databaseUrl?: string;
}

/** The whole bot, over Socket Mode, on a Slack of its own. */
export async function slackDemo({ channels = ['syria'], databaseUrl }: DemoOptions = {}): Promise<SlackDemo> {
  const fake = await FakeSlack.start({
    workspaces: [
      {
        id: TEAM,
        channels: channels.map((name) => ({ name })),
        people: [{ name: 'founder' }, { name: 'boss', admin: true }, { name: 'reader' }],
      },
    ],
  });
  const dataDir = mkdtempSync(join(tmpdir(), 'sitrep-slack-'));
  const env = {
    SITREP_DATA: dataDir,
    SITREP_DESK_PORT: '0',
    SITREP_DESK_URL: 'https://desk.example',
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
    SLACK_BOT_TOKEN: `xoxb-${TEAM}`,
    SLACK_APP_TOKEN: 'xapp-1-test',
    SLACK_API: fake.api,
  };
  const bot = await startBot({
    root,
    config: {
      ...loadConfig({ root, env }),
      channels: [
        { name: 'syria', subscriptions: [{ place: 'Syria', standing: 'claimed', mode: 'live' }] },
      ] as const,
    },
    role: 'all',
    clock: systemClock,
    log: openLog('error'),
    onProgress: () => undefined,
  });
  await fake.sockets.connected();
  const workspace = fake.workspace();
  const channel = workspace.channel(channels[0] ?? '');
  return {
    fake,
    bot,
    channel,
    ask: async (text, person = 'boss') => {
      const { id, url } = fake.responseUrl();
      const acknowledged = await fake.sockets.send('slash_commands', {
        command: '/sitrep',
        text,
        team_id: TEAM,
        channel_id: channel.id,
        channel_name: channel.name,
        user_id: workspace.person(person),
        user_name: person,
        api_app_id: 'A0SITREP',
        response_url: url,
        trigger_id: id,
      });
      return acknowledged && fake.until(() => fake.responses.find((one) => one.id === id)?.body);
    },
    hear: async (report) => {
      const book = sourceBook([]);
      const result = await acceptReport(report, 'demo', { book, clock: systemClock, reports: bot.doors });
      if (!result.ok) throw new Error(JSON.stringify(result.problems));
      await quiet(bot);
    },
    quiet: () => quiet(bot),
    stop: async () => {
      await bot.stop();
      await fake.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function quiet({ store }: Bot): Promise<void> {
  for (;;) {
    const { waiting } = await store.health();
    if (Object.values(waiting).every(({ count }) => count === 0)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The demo's samples, told to a channel that subscribed to Syria. */
export async function playSamples(demo: SlackDemo): Promise<void> {
  await demo.ask('subscribe Syria');
  for (const { value } of await loadSamples(root)) await demo.hear(value as object);
}
