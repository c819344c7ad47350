import { ChannelType, InteractionType, PermissionFlagsBits as Can } from 'discord.js';
import type { Rate } from './buckets.ts';
import type { Json } from './forms.ts';
import { startGateway, type FakeGateway } from './gateway.ts';
import type { Answered } from './interactions.ts';
import { startRest, type FakeRest } from './server.ts';
import type { FakeChannel, FakeMessage } from './state.ts';

/** Discord on loopback, strict: see `breaches`. */
export interface FakeDiscord {
  readonly rest: FakeRest;
  readonly gateway: FakeGateway;
  readonly guild: string;
  addText(name: string, more?: Partial<FakeChannel>): FakeChannel;
  addForum(name: string, tags: readonly string[], more?: Partial<FakeChannel>): FakeChannel;
  /** Takes a permission from the bot in a channel. */
  deny(channel: FakeChannel, permission: bigint): void;
  /** Messages of a channel and of the threads made from them, oldest first. */
  seen(channel: string): readonly { readonly root: FakeMessage; readonly replies: readonly FakeMessage[] }[];
  /** The JSON of an interaction, as the gateway and the webhook bring it, and what comes of it. */
  interaction(more: InteractionSketch): { readonly json: Json; readonly answered: Promise<Answered> };
  /** By the gateway. */
  interact(more: InteractionSketch): Promise<Answered>;
  close(): Promise<void>;
}

export interface InteractionSketch {
  readonly type?: InteractionType;
  readonly data: Json;
  /** Absent: direct messages with the bot. */
  readonly channel?: FakeChannel;
  readonly user?: { readonly id: string; readonly name: string };
  /** What the person may in the channel. */
  readonly permissions?: bigint;
  readonly message?: Json;
}

/** `perSecond`: calls of all routes together; many clients of one test are not one bot. */
export async function startFake(
  rates?: Readonly<Record<string, Rate>>,
  perSecond?: number,
): Promise<FakeDiscord> {
  const rest = await startRest(rates, perSecond);
  const { state } = rest;
  const gateway = await startGateway({ state, token: () => rest.token, breaches: rest.breaches });
  rest.gatewayUrl = gateway.url;
  const guild = state.addGuild('Sample guild');

  const interaction: FakeDiscord['interaction'] = ({
    type = InteractionType.ApplicationCommand,
    data,
    channel,
    user,
    permissions,
    message,
  }) => {
    const { id, token, answered } = rest.interactions.start();
    const who = user ?? { id: '700000000000000001', name: 'reader' };
    state.users.add(who.id);
    const person = {
      id: who.id,
      username: who.name,
      global_name: who.name,
      discriminator: '0',
      avatar: null,
    };
    const place =
      channel ??
      [...state.channels.values()].find((one) => one.recipient === who.id) ??
      state.addChannel({ type: ChannelType.DM, name: '', recipient: who.id });
    const json: Json = {
      id,
      application_id: state.application,
      type,
      token,
      version: 1,
      data,
      locale: 'en-GB',
      app_permissions: String(Can.ViewChannel | Can.SendMessages | Can.EmbedLinks),
      authorizing_integration_owners: { 0: channel?.guild ?? '0' },
      context: channel ? 0 : 1,
      channel_id: place.id,
      channel: {
        id: place.id,
        type: place.type,
        name: place.name,
        ...(place.parent !== undefined && { parent_id: place.parent }),
      },
      entitlements: [],
      attachment_size_limit: 10_000_000,
      ...(message && { message }),
      ...(channel
        ? {
            guild_id: channel.guild,
            guild_locale: 'en-GB',
            member: {
              user: person,
              roles: [],
              joined_at: new Date().toISOString(),
              deaf: false,
              mute: false,
              flags: 0,
              permissions: String(permissions ?? Can.ManageChannels),
            },
          }
        : { user: person }),
    };
    return { json, answered };
  };

  return {
    rest,
    gateway,
    guild,
    addText: (name, more) => state.addChannel({ type: ChannelType.GuildText, name, guild, ...more }),
    addForum: (name, tags, more) =>
      state.addChannel({
        type: ChannelType.GuildForum,
        name,
        guild,
        tags: tags.map((tag) => ({ id: state.id(), name: tag })),
        ...more,
      }),
    deny: (channel, permission) => {
      channel.overwrites.push({ id: state.bot, type: 1, allow: '0', deny: String(permission) });
    },
    seen: (channel) => {
      const forum = state.channels.get(channel)?.type === ChannelType.GuildForum;
      const threads = [...state.channels.values()].filter((one) => one.parent === channel);
      const roots = forum
        ? threads.flatMap(({ id }) => state.messages.get(id) ?? [])
        : state.messagesOf(channel);
      return roots.map((root) => ({
        root,
        replies: state.messagesOf(root.id).filter((one) => one.id !== root.id),
      }));
    },
    interaction,
    interact: (more) => {
      const { json, answered } = interaction(more);
      gateway.dispatch('INTERACTION_CREATE', json, more.channel?.guild);
      return answered;
    },
    close: async () => {
      await gateway.close();
      await rest.close();
    },
  };
}
