import { ChannelType } from 'discord.js';
import { isThread, type FakeChannel, type FakeMessage, type State } from './state.ts';

/** A message as it goes over the wire. Its nonce does not: that is in the answer to its posting alone. */
export const messageJson = (message: FakeMessage, state: State) => ({
  id: message.id,
  channel_id: message.channel,
  author: {
    id: message.author,
    username: 'Sitrep',
    discriminator: '0',
    global_name: null,
    avatar: null,
    bot: message.author === state.bot,
  },
  content: message.content,
  embeds: message.embeds.map((embed) => ({ type: 'rich', ...embed })),
  components: message.components,
  timestamp: new Date().toISOString(),
  edited_timestamp: null,
  tts: false,
  mention_everyone: false,
  mentions: [],
  mention_roles: [],
  attachments: [],
  pinned: false,
  type: message.reference ? 19 : 0,
  ...(message.reference && { message_reference: message.reference }),
});

export const channelJson = (channel: FakeChannel, state: State) => ({
  id: channel.id,
  type: channel.type,
  name: channel.name,
  ...(channel.guild !== undefined && { guild_id: channel.guild }),
  ...(channel.parent !== undefined && { parent_id: channel.parent }),
  ...(channel.recipient !== undefined && { recipients: [{ id: channel.recipient, username: 'someone' }] }),
  last_message_id: state.messagesOf(channel.id).at(-1)?.id ?? null,
  permission_overwrites: channel.overwrites,
  ...(isThread(channel) && {
    owner_id: state.bot,
    thread_metadata: {
      archived: channel.archived,
      locked: channel.locked,
      auto_archive_duration: 10_080,
      archive_timestamp: new Date().toISOString(),
    },
    applied_tags: channel.appliedTags,
  }),
  ...((channel.type === ChannelType.GuildForum || channel.type === ChannelType.GuildMedia) && {
    available_tags: channel.tags.map((tag) => ({
      ...tag,
      moderated: false,
      emoji_id: null,
      emoji_name: null,
    })),
    flags: channel.requiresTag ? 1 << 4 : 0,
  }),
});

/** The guild, with the default role, whose id is the guild's. */
export const guildJson = (id: string, state: State) => {
  const guild = state.guilds.get(id);
  return (
    guild && {
      id,
      name: guild.name,
      owner_id: '1',
      roles: [{ id, name: '@everyone', permissions: String(guild.permissions), position: 0 }],
      channels: [...state.channels.values()]
        .filter((one) => one.guild === id && !isThread(one))
        .map((one) => channelJson(one, state)),
      threads: [],
      members: [],
      emojis: [],
      unavailable: false,
    }
  );
};
