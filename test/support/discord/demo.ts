import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ApplicationCommandOptionType as OptionType,
  ApplicationCommandType as CommandType,
} from 'discord.js';
import { startBot, type Bot } from '../../../src/app/bot.ts';
import { openLog } from '../../../src/app/log.ts';
import { loadSamples } from '../../../src/app/samples.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { systemClock } from '../../../src/model/time.ts';
import { acceptReport } from '../../../src/sources/accept/accept.ts';
import { sourceBook } from '../../../src/sources/accept/book.ts';
import type { Rate } from './buckets.ts';
import { startFake, type FakeDiscord } from './fake.ts';
import type { FakeChannel } from './state.ts';

const root = join(import.meta.dirname, '..', '..', '..');
/** In the form of a real one. */
const TOKEN = 'fake.bot.token';

export interface DiscordDemo {
  readonly fake: FakeDiscord;
  readonly bot: Bot;
  /** A text channel that hears of Syria. */
  readonly channel: FakeChannel;
  /** A slash command in the channel. */
  ask(
    name: string,
    values: Readonly<Record<string, string>>,
    permissions?: bigint,
  ): ReturnType<FakeDiscord['interact']>;
  /** Hands in a report, and resolves when nothing waits any more. */
  hear(report: object): Promise<void>;
  quiet(): Promise<void>;
  stop(): Promise<void>;
}

export interface DemoOptions {
  /** Shorter windows. */
  readonly rates?: Readonly<Record<string, Rate>>;
  /** A server to use instead of an embedded database. */
  readonly databaseUrl?: string;
}

/** The whole bot on a Discord of its own, with a channel. */
export async function discordDemo({ rates, databaseUrl }: DemoOptions = {}): Promise<DiscordDemo> {
  const fake = await startFake(rates);
  fake.rest.token = TOKEN;
  const dataDir = mkdtempSync(join(tmpdir(), 'sitrep-discord-'));
  const env = {
    SITREP_DATA: dataDir,
    SITREP_DESK_PORT: '0',
    SITREP_DESK_URL: 'https://desk.example',
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
    DISCORD_TOKEN: TOKEN,
    DISCORD_API: fake.rest.api,
  };
  const config = loadConfig({ root, env });
  const ready = fake.gateway.ready();
  const channels = [
    { name: 'syria', subscriptions: [{ place: 'Syria', standing: 'claimed', mode: 'live' }] },
  ] as const;
  const bot = await startBot({
    root,
    config: { ...config, channels },
    role: 'all',
    clock: systemClock,
    log: openLog('error'),
    onProgress: () => undefined,
  });
  await ready;
  const channel = fake.addText('syria');
  const ask: DiscordDemo['ask'] = (name, values, permissions) =>
    fake.interact({
      channel,
      ...(permissions !== undefined && { permissions }),
      data: {
        id: '1',
        name,
        type: CommandType.ChatInput,
        options: Object.entries(values).map(([key, value]) => ({
          name: key,
          type: OptionType.String,
          value,
        })),
      },
    });
  const quiet = async (): Promise<void> => {
    for (;;) {
      const { waiting } = await bot.store.health();
      if (Object.values(waiting).every(({ count }) => count === 0)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  return {
    fake,
    bot,
    channel,
    ask,
    quiet,
    hear: async (report) => {
      const result = await acceptReport(report, 'demo', {
        book: sourceBook([]),
        clock: systemClock,
        reports: bot.doors,
      });
      if (!result.ok) throw new Error(JSON.stringify(result.problems));
      await quiet();
    },
    stop: async () => {
      await bot.stop();
      await fake.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The demo's samples, told to a channel that subscribed to Syria. */
export async function playSamples(demo: DiscordDemo): Promise<void> {
  await demo.ask('subscribe', { place: 'Syria' });
  for (const { value } of await loadSamples(root)) await demo.hear(value as object);
}
