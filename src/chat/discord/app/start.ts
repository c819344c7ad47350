import {
  GatewayDispatchEvents as Event,
  type APIChannel,
  type APIInteraction,
  type GatewayChannelDeleteDispatchData as ChannelDeleted,
  type GatewayGuildDeleteDispatchData as GuildDeleted,
  type RESTGetAPIGatewayBotResult,
} from 'discord.js';
import type { Hono } from 'hono';
import type { Clock } from '../../../model/time.ts';
import type { ChatCommand, ChatCommands, ChatLog } from '../../app-ports.ts';
import type { DiscordApi } from '../api.ts';
import type { Look } from '../payload.ts';
import type { DiscordStore } from '../ports.ts';
import { Answers } from './answers.ts';
import { openGateway, type Gateway } from './gateway.ts';
import { handleInteraction } from './handle.ts';
import { interactionRoutes, publicKey } from './webhook.ts';

/** Discord waits three seconds for a first answer; the answers after it may be slower. */
const ANSWER_TIMEOUT_MS = 10_000;
/** Of the three seconds for a first answer, so much for asking what a channel is called. */
const NAME_MS = 700;

export interface DiscordAppParts {
  readonly token: string;
  /** `https://discord.com/api` */
  readonly apiUrl: string;
  readonly api: DiscordApi;
  readonly look: Look;
  readonly store: DiscordStore;
  readonly commands: ChatCommands;
  readonly definitions: readonly ChatCommand[];
  readonly clock: Clock;
  readonly log: ChatLog;
  /** Milliseconds between the starts of two shards; Discord's pace if absent. */
  readonly spawnDelayMs?: number;
}

const INTERACTION: string = Event.InteractionCreate;
const GUILD_GONE: string = Event.GuildDelete;
const CHANNEL_GONE: string = Event.ChannelDelete;

type Reacting = Pick<DiscordAppParts, 'store' | 'log'> & {
  readonly interact: (interaction: APIInteraction) => Promise<void>;
};

/** What Sitrep does about what it hears. */
async function react({ store, log, interact }: Reacting, event: string, data: unknown): Promise<void> {
  const close = async (where: { workspace: string; channel?: string }, why: string): Promise<void> => {
    const closed = await store.disableDestinations({ platform: 'discord', ...where }, why);
    if (closed.length > 0) log.warn({ destinations: closed, why }, 'channels of Discord are closed');
  };
  if (event === INTERACTION) return interact(data as APIInteraction);
  if (event === GUILD_GONE) {
    const { id, unavailable } = data as GuildDeleted;
    // Unavailable: Discord has an outage there, and the bot is still in it.
    if (unavailable !== true) await close({ workspace: id }, 'the bot was removed from the server');
  } else if (event === CHANNEL_GONE) {
    const { id, guild_id } = data as ChannelDeleted;
    await close({ workspace: guild_id, channel: id }, 'the channel was deleted');
  }
}

/** Names of channels, asked once each. One that cannot be had in time is known by its id. */
function channelNames(api: DiscordApi): (channel: string) => Promise<string> {
  const names = new Map<string, string>();
  return async (channel) => {
    const known = names.get(channel);
    if (known !== undefined) return known;
    const asked = await api.get<APIChannel>(`/channels/${channel}`, { signal: AbortSignal.timeout(NAME_MS) });
    if (asked.kind !== 'ok') return channel;
    const name = asked.value.name ?? channel;
    names.set(channel, name);
    return name;
  };
}

const interacting = (parts: DiscordAppParts): ((interaction: APIInteraction) => Promise<void>) => {
  const answers = new Answers(parts.apiUrl, ANSWER_TIMEOUT_MS);
  const nameOf = channelNames(parts.api);
  return (interaction) => handleInteraction(interaction, { ...parts, answers, nameOf });
};

/** Commands, buttons and forms by the gateway. Answers at once: it connects, and stays connected, by itself. */
export async function startDiscordGateway(parts: DiscordAppParts): Promise<Gateway> {
  const { token, apiUrl, api, log, spawnDelayMs } = parts;
  const reacting = { ...parts, interact: interacting(parts) };
  // Not knowing is no reason to wait: discord.js asks again, and Discord refuses a shard too few.
  const asked = await api.get<RESTGetAPIGatewayBotResult>('/gateway/bot', { patientMs: 10_000 });
  const shards = asked.kind === 'ok' ? asked.value.shards : 1;
  return openGateway({
    token,
    api: apiUrl,
    shards,
    log,
    ...(spawnDelayMs !== undefined && { spawnDelayMs }),
    hear: (event, data) => {
      react(reacting, event, data).catch((error: unknown) =>
        log.error({ err: error, event }, 'an event of Discord was not dealt with'),
      );
    },
  });
}

/** The same by `POST /discord/interactions`. @throws RangeError when the public key is none */
export const discordRoutes = (parts: DiscordAppParts, key: string): Hono =>
  interactionRoutes({ key: publicKey(key), clock: parts.clock, handle: interacting(parts) });
