import type { Hono } from 'hono';
import type { ChatPort, PlatformFinding } from '../chat/port.ts';
import { COMMANDS, type Commands } from '../commands/commands.ts';
import type { Config } from '../config/load.ts';
import type { Destination } from '../model/telling.ts';
import type { Clock } from '../model/time.ts';
import type { Strings } from '../render/strings.ts';
import type { Store } from '../store/store.ts';
import type { Log } from './log.ts';

/** A call of a delivery that has not answered by then is given up. The delivery stage waits a little longer for all of it. */
const CALL_MS = 10_000;
/** What a process before this one used of Discord's limits is not known: the windows of message routes are over by then. */
const CAUTION_MS = 5_000;

interface DiscordParts {
  readonly config: Config;
  readonly store: Store;
  readonly commands: Commands;
  readonly strings: Strings;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Discord {
  readonly port: ChatPort;
  /** Answers `POST /discord/interactions`, where that way is set. */
  readonly routes?: Hono;
  /** Connects to the gateway, unless interactions come by HTTP. */
  listen(): Promise<{ close(): Promise<void> } | undefined>;
}

/** `https://discord.com/api` */
const apiUrl = ({ discord }: Pick<Config, 'discord'>): string => discord.api.replace(/\/$/, '');

/** Discord, where it is set up; not yet connected. The library is loaded only then. */
export async function openDiscord({ config, ...parts }: DiscordParts): Promise<Discord | undefined> {
  const { token, interactions, publicKey } = config.discord;
  if (token === undefined) return undefined;
  const [{ DiscordApi }, { discordChat }, { startDiscordGateway, discordRoutes }] = await Promise.all([
    import('../chat/discord/api.ts'),
    import('../chat/discord/port.ts'),
    import('../chat/discord/app/start.ts'),
  ]);
  const secret = token.reveal();
  const api = new DiscordApi({
    token: secret,
    api: apiUrl(config),
    timeoutMs: CALL_MS,
    cautionMs: CAUTION_MS,
  });
  const { publicUrl } = config.desk;
  const look = { strings: parts.strings, ...(publicUrl !== undefined && { desk: new URL(publicUrl) }) };
  const app = { ...parts, token: secret, apiUrl: apiUrl(config), api, look, definitions: COMMANDS };
  const byHttp = interactions === 'http' && publicKey !== undefined;
  return {
    port: discordChat({ api, look }),
    ...(byHttp && { routes: discordRoutes(app, publicKey) }),
    listen: async () => (byHttp ? undefined : startDiscordGateway(app)),
  };
}

/** What of Discord is set up as it should be. */
export async function examineDiscord(
  config: Pick<Config, 'discord'>,
  destinations: readonly Destination[],
  strings: Strings,
): Promise<readonly PlatformFinding[]> {
  const { token } = config.discord;
  if (token === undefined)
    return [
      { what: 'discord', verdict: 'note', found: 'not set up', remedy: 'docs/discord.md takes ten minutes' },
    ];
  const { DiscordApi } = await import('../chat/discord/api.ts');
  const { checkDiscord } = await import('../chat/discord/checks.ts');
  const { definitionsOf } = await import('../chat/discord/definitions.ts');
  return checkDiscord({
    api: new DiscordApi({ token: token.reveal(), api: apiUrl(config), timeoutMs: CALL_MS, cautionMs: 0 }),
    definitions: definitionsOf(COMMANDS, strings, 'global'),
    destinations: destinations.filter(({ platform }) => platform === 'discord'),
  });
}
