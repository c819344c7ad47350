import {
  PermissionFlagsBits as Can,
  type APIApplication,
  type APIChannel,
  type APIGuild,
  type APIGuildMember,
  type APIOverwrite,
  type RESTPostAPIApplicationCommandsJSONBody as Definition,
} from 'discord.js';
import { personOf, type Destination } from '../../model/telling.ts';
import type { PlatformFinding } from '../port.ts';
import type { DiscordApi, NotOk, Snowflake } from './api.ts';
import { drift, registered } from './registration.ts';
import { lacking } from './rights.ts';

export interface Checked {
  readonly api: DiscordApi;
  readonly definitions: readonly Definition[];
  /** Discord's destinations that are known. */
  readonly destinations: readonly Destination[];
}

const CALL = { patientMs: 10_000 };

const TOKEN: PlatformFinding = {
  what: 'discord token',
  verdict: 'failure',
  found: 'Discord refuses it',
  remedy: 'in the developer portal, “Bot”, reset the token and set DISCORD_TOKEN to the new one',
};

const unreachable = (outcome: NotOk): PlatformFinding => ({
  what: 'discord',
  verdict: 'failure',
  found: outcome.why,
  remedy: 'see that this machine reaches https://discord.com; alerts wait, and are told when it does',
});

/** What of Discord is set up as it should be, and what to do about the rest. Changes nothing. */
export async function checkDiscord(parts: Checked): Promise<readonly PlatformFinding[]> {
  const me = await parts.api.get<APIApplication>('/applications/@me', CALL);
  if (me.kind === 'failed' && me.status === 401) return [TOKEN];
  if (me.kind !== 'ok') return [unreachable(me)];
  const token: PlatformFinding = { what: 'discord', verdict: 'ok', found: `connected as ${me.value.name}` };
  return [token, await commands(parts), ...(await channels(me.value.id, parts))];
}

async function commands({ api, definitions }: Checked): Promise<PlatformFinding> {
  const what = 'discord commands';
  const remedy = 'run `sitrep discord register`';
  const kept = await registered(api);
  if (kept.kind !== 'ok')
    return { what, verdict: 'warning', found: kept.why, remedy: 'run doctor again in a moment' };
  if (kept.value.length === 0)
    return { what, verdict: 'failure', found: 'none are registered, so nobody can use them', remedy };
  const other = drift(definitions, kept.value);
  if (other.length === 0)
    return { what, verdict: 'ok', found: `${kept.value.length} are registered as they should be` };
  return {
    what,
    verdict: 'warning',
    found: `registered otherwise than this version defines them: ${other.join(', ')}`,
    remedy,
  };
}

async function channels(bot: Snowflake, { api, destinations }: Checked): Promise<PlatformFinding[]> {
  const rights = new Rights(api, bot);
  const found: PlatformFinding[] = [];
  for (const destination of destinations.filter((one) => personOf(one) === undefined)) {
    const missing = await rights.missing(destination);
    if (missing !== undefined) found.push({ what: `discord ${destination.name}`, ...missing });
  }
  return found;
}

type Missing = Omit<PlatformFinding, 'what'>;

/** The bot's permissions, worked out as Discord does ("Permission Hierarchy"); servers are asked once. */
class Rights {
  readonly #api: DiscordApi;
  readonly #bot: Snowflake;
  readonly #guilds = new Map<
    Snowflake,
    Promise<{ readonly held: bigint; readonly roles: readonly Snowflake[] } | NotOk>
  >();

  constructor(api: DiscordApi, bot: Snowflake) {
    this.#api = api;
    this.#bot = bot;
  }

  async missing({ workspace, channel }: Destination): Promise<Missing | undefined> {
    const asked = await this.#api.get<APIChannel>(`/channels/${channel}`, CALL);
    if (asked.kind === 'failed' && asked.status === 404)
      return {
        verdict: 'failure',
        found: 'the channel was deleted',
        remedy: 'subscribe in another one; nothing can be told here',
      };
    if (asked.kind === 'failed' && asked.status === 403)
      return {
        verdict: 'failure',
        found: 'the bot cannot see it',
        remedy: 'invite the bot again, or give it View Channel there; then use /subscribe there once more',
      };
    const guild = await this.#guild(workspace);
    if (asked.kind !== 'ok' || 'kind' in guild) return undefined;
    const overwrites =
      'permission_overwrites' in asked.value ? (asked.value.permission_overwrites ?? []) : [];
    const rights = lacking(applied(guild, overwrites, workspace, this.#bot));
    if (rights.length === 0) return undefined;
    const remedy = `give the bot ${rights.join(', ')} there, in the channel’s settings under “Permissions”`;
    return { verdict: 'failure', found: `the bot lacks ${rights.join(', ')}`, remedy };
  }

  #guild(id: Snowflake) {
    const known = this.#guilds.get(id) ?? this.#ask(id);
    this.#guilds.set(id, known);
    return known;
  }

  async #ask(id: Snowflake) {
    const guild = await this.#api.get<APIGuild>(`/guilds/${id}`, CALL);
    if (guild.kind !== 'ok') return guild;
    const member = await this.#api.get<APIGuildMember>(`/guilds/${id}/members/${this.#bot}`, CALL);
    if (member.kind !== 'ok') return member;
    const roles = [id, ...member.value.roles];
    const held = guild.value.roles
      .filter((role) => roles.includes(role.id))
      .reduce((sum, { permissions }) => sum | BigInt(permissions), 0n);
    return { held, roles };
  }
}

/** Overwrites in Discord's order: of everybody, then of the roles together, then of the member. */
function applied(
  { held, roles }: { readonly held: bigint; readonly roles: readonly Snowflake[] },
  overwrites: readonly APIOverwrite[],
  everyone: Snowflake,
  bot: Snowflake,
): bigint {
  if ((held & Can.Administrator) !== 0n) return held;
  const layers = [
    overwrites.filter(({ id }) => id === everyone),
    overwrites.filter(({ id }) => id !== everyone && roles.includes(id)),
    overwrites.filter(({ id }) => id === bot),
  ];
  return layers.reduce((rights, layer) => {
    const deny = layer.reduce((sum, one) => sum | BigInt(one.deny), 0n);
    const allow = layer.reduce((sum, one) => sum | BigInt(one.allow), 0n);
    return (rights & ~deny) | allow;
  }, held);
}
