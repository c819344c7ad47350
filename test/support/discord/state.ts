import { ChannelType, PermissionFlagsBits as Can } from 'discord.js';
import * as refusals from './errors.ts';
import type { Json } from './forms.ts';

export interface Overwrite {
  readonly id: string;
  /** 0: role, 1: member. */
  readonly type: 0 | 1;
  readonly allow: string;
  readonly deny: string;
}

export interface FakeChannel {
  readonly id: string;
  readonly type: ChannelType;
  readonly name: string;
  readonly guild?: string;
  /** Of a thread. */
  readonly parent?: string;
  overwrites: Overwrite[];
  readonly tags: readonly { readonly id: string; readonly name: string }[];
  readonly requiresTag: boolean;
  appliedTags: readonly string[];
  archived: boolean;
  locked: boolean;
  /** Of direct messages. */
  readonly recipient?: string;
}

export interface FakeMessage {
  readonly id: string;
  readonly channel: string;
  readonly author: string;
  content: string;
  embeds: readonly Json[];
  components: readonly Json[];
  readonly reference?: { readonly message_id: string };
  edits: number;
}

interface FakeGuild {
  readonly id: string;
  readonly name: string;
  /** What everybody may, as Discord's default role. */
  permissions: bigint;
}

const EPOCH = 1_420_070_400_000n;
const THREADS: readonly ChannelType[] = [ChannelType.PublicThread, ChannelType.AnnouncementThread];
export const isThread = ({ type }: FakeChannel): boolean => THREADS.includes(type);

/** How long a nonce is remembered: "the past few minutes". */
const NONCE_MS = 3 * 60_000;

/** What Discord keeps: guilds, channels, threads, messages, rights. */
export class State {
  readonly application = '900000000000000001';
  readonly bot = '900000000000000001';
  readonly guilds = new Map<string, FakeGuild>();
  readonly channels = new Map<string, FakeChannel>();
  readonly messages = new Map<string, FakeMessage>();
  /** Users who take no direct messages. */
  readonly closedTo = new Set<string>();
  readonly users = new Set<string>();
  /** Messages from which a thread was made, though it may be gone. */
  readonly threaded = new Set<string>();
  /** Active threads that a guild may have. */
  mostThreads = 1000;
  readonly commands = new Map<string, readonly Json[]>();
  readonly #nonces = new Map<string, { readonly message: string; readonly at: number }>();
  #count = 0n;

  id(at = Date.now()): string {
    this.#count += 1n;
    return String(((BigInt(at) - EPOCH) << 22n) | (this.#count & 0xfffn));
  }

  addGuild(name: string): string {
    const id = this.id();
    const all =
      Can.ViewChannel |
      Can.SendMessages |
      Can.SendMessagesInThreads |
      Can.CreatePublicThreads |
      Can.EmbedLinks |
      Can.ReadMessageHistory;
    this.guilds.set(id, { id, name, permissions: all });
    return id;
  }

  addChannel(channel: Partial<FakeChannel> & Pick<FakeChannel, 'type' | 'name'>): FakeChannel {
    const added: FakeChannel = {
      id: this.id(),
      overwrites: [],
      tags: [],
      requiresTag: false,
      appliedTags: [],
      archived: false,
      locked: false,
      ...channel,
    };
    this.channels.set(added.id, added);
    return added;
  }

  channel(id: string): FakeChannel {
    const channel = this.channels.get(id);
    if (channel === undefined) throw refusals.unknownChannel();
    if (channel.guild !== undefined && !this.guilds.has(channel.guild)) throw refusals.missingAccess();
    if (channel.guild !== undefined && !this.may(channel, Can.ViewChannel)) throw refusals.missingAccess();
    return channel;
  }

  message(channel: string, id: string): FakeMessage {
    const message = this.messages.get(id);
    if (message?.channel !== channel) throw refusals.unknownMessage();
    return message;
  }

  /** Oldest first. */
  messagesOf(channel: string): readonly FakeMessage[] {
    return [...this.messages.values()].filter((one) => one.channel === channel);
  }

  /** "Permission Hierarchy": the default role, then the channel's overwrites for it and for the bot; threads inherit. */
  may(channel: FakeChannel, wanted: bigint): boolean {
    if (channel.guild === undefined) return true;
    const place = channel.parent === undefined ? channel : this.channels.get(channel.parent);
    let held = this.guilds.get(channel.guild)?.permissions ?? 0n;
    for (const { allow, deny } of place?.overwrites ?? []) held = (held & ~BigInt(deny)) | BigInt(allow);
    return (held & wanted) === wanted;
  }

  post(message: Omit<FakeMessage, 'id' | 'edits'> & { readonly id?: string }, nonce?: string): FakeMessage {
    const known = nonce === undefined ? undefined : this.#nonces.get(nonce);
    if (known !== undefined && known.at > Date.now() - NONCE_MS) {
      const earlier = this.messages.get(known.message);
      // Seen with the real one: a message that was deleted since is not made again.
      if (earlier === undefined) throw refusals.unknownMessage();
      return earlier;
    }
    const posted: FakeMessage = { ...message, id: message.id ?? this.id(), edits: 0 };
    this.messages.set(posted.id, posted);
    if (nonce !== undefined) this.#nonces.set(nonce, { message: posted.id, at: Date.now() });
    const channel = this.channels.get(message.channel);
    if (channel?.archived === true) channel.archived = false;
    return posted;
  }

  /** Time passes: nonces are forgotten. */
  forgetNonces(): void {
    this.#nonces.clear();
  }
}
