import { fileURLToPath } from 'node:url';
import {
  Client,
  type ClientOptions,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayDispatchEvents,
  GatewayIntentBits,
  Options,
  ShardingManager,
} from 'discord.js';
import type { ChatLog } from '../../app-ports.ts';
import { isForwarded } from './shard-message.ts';

/** The events that Sitrep acts on. All come with the intent `Guilds`, or need none. */
export const HEARD = [
  GatewayDispatchEvents.InteractionCreate,
  GatewayDispatchEvents.GuildDelete,
  GatewayDispatchEvents.ChannelDelete,
] as const;

export type Hear = (event: string, data: unknown) => void;

/** One shard holds at most 2,500 servers; Discord proposes one for each thousand. Up to here one process holds them all. */
const SHARDS_IN_PROCESS = 2;
const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 300_000;
/** "max_concurrency": one identification in five seconds, with a margin. */
const SPAWN_DELAY_MS = 5_500;

/** A client that hears of servers and interactions and keeps nothing of messages, members or presences. */
export const gatewayClient = (api: string, more: Pick<ClientOptions, 'shardCount'> = {}): Client =>
  new Client({
    ...more,
    intents: [GatewayIntentBits.Guilds],
    rest: { version: '10', api, retries: 0 },
    makeCache: Options.cacheWithLimits({
      ...Options.DefaultMakeCacheSettings,
      MessageManager: 0,
      ThreadManager: 0,
      GuildMemberManager: 1,
    }),
  });

export interface GatewayParts {
  readonly token: string;
  readonly api: string;
  /** Shards that Discord proposes. */
  readonly shards: number;
  readonly hear: Hear;
  readonly log: ChatLog;
  readonly spawnDelayMs?: number;
}

export interface Gateway {
  close(): Promise<void>;
}

/**
 * Connects to the gateway and stays connected: discord.js resumes and identifies anew by itself. It only hears: what is
 * told goes over REST, so that neither a lost connection nor a shard's end holds up a delivery.
 */
export const openGateway = (parts: GatewayParts): Gateway =>
  parts.shards > SHARDS_IN_PROCESS ? inProcesses(parts) : inThisProcess(parts);

/** Frames of discord.js' side of the gateway. */
const GATEWAY_FRAME = /discord\.js[\\/]src[\\/]client[\\/]websocket|@discordjs[\\/]ws[\\/]/;

/**
 * discord.js 14 fails on some events of a session that ended meanwhile (RESUMED followed at once by op 9), where nobody
 * can catch it, and goes on well. Its failures are logged; all others still end the process.
 */
function survive(log: ChatLog): () => void {
  const rejected = (reason: unknown): void => {
    if (!(reason instanceof Error && GATEWAY_FRAME.test(reason.stack ?? ''))) throw reason;
    log.warn({ err: reason }, 'the connection to Discord has trouble');
  };
  process.on('unhandledRejection', rejected);
  return () => process.off('unhandledRejection', rejected);
}

function inThisProcess({ token, api, shards, hear, log }: GatewayParts): Gateway {
  const client = gatewayClient(api, { shardCount: shards });
  const end = survive(log);
  for (const event of HEARD) client.ws.on(event, (data: unknown) => hear(event, data));
  client.on(Events.Error, (error) => log.warn({ err: error }, 'the connection to Discord has trouble'));
  client.on(Events.ShardDisconnect, ({ code }, shard) =>
    log.error({ code, shard }, 'Discord closed the connection for good; `sitrep doctor` says what to do'),
  );
  client.on(Events.ShardResume, (shard, replayed) =>
    log.info({ shard, replayed }, 'the connection to Discord goes on'),
  );
  client.on(Events.ClientReady, () => log.info({ shards }, 'connected to Discord'));
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const connect = async (pauseMs: number): Promise<void> => {
    try {
      await client.login(token);
    } catch (error) {
      if (closed) return;
      if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) {
        log.error(
          {},
          'Discord refuses the token: set DISCORD_TOKEN to the one of the developer portal, “Bot”, and start again',
        );
        return;
      }
      log.warn({ err: error, againInMs: pauseMs }, 'Discord cannot be reached; trying again');
      timer = setTimeout(() => void connect(Math.min(pauseMs * 2, LONGEST_RETRY_MS)), pauseMs);
    }
  };
  const connecting = connect(FIRST_RETRY_MS);
  return {
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await client.destroy();
      await connecting;
      end();
    },
  };
}

/** discord.js' ShardingManager: a process a shard, which forwards what it hears. One that ends is started again. */
function inProcesses({
  token,
  api,
  shards,
  hear,
  log,
  spawnDelayMs = SPAWN_DELAY_MS,
}: GatewayParts): Gateway {
  const manager = new ShardingManager(fileURLToPath(new URL('shard.ts', import.meta.url)), {
    token,
    totalShards: shards,
    shardArgs: [api],
  });
  manager.on('shardCreate', (shard) => {
    shard.on('message', (message: unknown) => {
      if (isForwarded(message)) hear(message.event, message.data);
    });
    shard.on('death', () => log.warn({ shard: shard.id }, 'a shard ended; it is started again'));
    shard.on('ready', () => log.info({ shard: shard.id }, 'a shard is connected to Discord'));
  });
  const spawning = manager
    .spawn({ amount: shards, delay: spawnDelayMs })
    .catch((error: unknown) => log.error({ err: error }, 'shards could not be started'));
  return {
    close: async () => {
      manager.respawn = false;
      const end = (): void => {
        for (const shard of manager.shards.values()) if (shard.process) shard.kill();
      };
      end();
      await spawning;
      end();
    },
  };
}
