import {
  ApplicationIntegrationType as Installed,
  ChannelType,
  PermissionFlagsBits as Can,
  type APIInteraction,
  type APIUser,
} from 'discord.js';
import { destinationAt, directTo, type Destination } from '../../../model/telling.ts';
import type { ChatAsker } from '../../app-ports.ts';
import { plainText } from '../text.ts';

const THREADS: readonly ChannelType[] = [
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
];
const MAX_NAME = 100;

/** Accounts and direct messages belong to no server: a person is the same in all of them. */
const DIRECT = 'direct';

function userOf(interaction: APIInteraction): APIUser | undefined {
  return interaction.member?.user ?? interaction.user;
}

/** What a channel is called, for one that the interaction does not say. */
export type NameOf = (channel: string) => Promise<string>;

/** The channel itself; of a thread the channel that it is in, which is what alerts can be asked for. */
async function channelOf(
  interaction: APIInteraction,
  guild: string,
  nameOf: NameOf,
): Promise<Destination | undefined> {
  const { channel } = interaction;
  if (channel === undefined) return undefined;
  const inThread = THREADS.includes(channel.type);
  const parent = 'parent_id' in channel ? channel.parent_id : undefined;
  if (inThread && parent != null)
    return destinationAt('discord', guild, parent, `#${plainText(await nameOf(parent), MAX_NAME)}`);
  return destinationAt('discord', guild, channel.id, `#${plainText(channel.name ?? '', MAX_NAME)}`);
}

/**
 * Who asks, and for which destination. In a server that the bot is in: the channel, by the right Manage Channels. Anywhere
 * else, where somebody brought the app for themselves, and in direct messages: that person alone.
 */
export async function askerOf(interaction: APIInteraction, nameOf: NameOf): Promise<ChatAsker | undefined> {
  const user = userOf(interaction);
  if (user === undefined) return undefined;
  const { guild_id: guild, authorizing_integration_owners: owners } = interaction;
  const name = plainText(user.global_name ?? user.username, MAX_NAME);
  const person = { platform: 'discord', workspace: DIRECT, id: user.id, name } as const;
  const installed = owners[Installed.GuildInstall] !== undefined;
  if (guild === undefined || !installed) return { destination: directTo(person), person, manages: true };
  const destination = await channelOf(interaction, guild, nameOf);
  if (destination === undefined) return undefined;
  const rights = BigInt(interaction.member?.permissions ?? '0');
  return {
    destination,
    person,
    manages: (rights & (Can.ManageChannels | Can.Administrator)) !== 0n,
  };
}
