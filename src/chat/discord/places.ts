import { ChannelFlags, ChannelType, type APIChannel, type APIDMChannel } from 'discord.js';
import { personOf, type Destination } from '../../model/telling.ts';
import type { CallOptions, DiscordApi, Outcome, Snowflake } from './api.ts';

interface Tag {
  readonly id: Snowflake;
  readonly name: string;
}

/**
 * What a destination is on Discord. `threads`: a channel whose messages can have threads. `forum`: each incident is a
 * post. `flat`: no threads there (direct messages, a thread, the text of a voice channel): replies refer to the root.
 */
export type Place = { readonly channel: Snowflake } & (
  | { readonly style: 'threads' }
  | { readonly style: 'forum'; readonly tags: readonly Tag[]; readonly needsTag: boolean }
  | { readonly style: 'flat' }
);

/** Tags of a forum may be changed by people. */
const REMEMBERED_MS = 10 * 60_000;

const THREADED: readonly ChannelType[] = [ChannelType.GuildText, ChannelType.GuildAnnouncement];

function placeOf(channel: APIChannel): Place {
  if (THREADED.includes(channel.type)) return { style: 'threads', channel: channel.id };
  if (channel.type === ChannelType.GuildForum || channel.type === ChannelType.GuildMedia) {
    const needsTag = ((channel.flags ?? 0) & ChannelFlags.RequireTag) !== 0;
    return { style: 'forum', channel: channel.id, tags: channel.available_tags, needsTag };
  }
  return { style: 'flat', channel: channel.id };
}

/** What destinations are, asked once in a while. */
export class Places {
  readonly #api: DiscordApi;
  readonly #known = new Map<string, { readonly place: Place; readonly at: number }>();

  constructor(api: DiscordApi) {
    this.#api = api;
  }

  /** What is known without asking. */
  known({ id }: Destination): Place | undefined {
    return this.#known.get(id)?.place;
  }

  async find(destination: Destination, options: CallOptions): Promise<Outcome<Place>> {
    const known = this.#known.get(destination.id);
    if (known && performance.now() - known.at < REMEMBERED_MS) return { kind: 'ok', value: known.place };
    const asked = await this.#ask(destination, options);
    if (asked.kind === 'ok') this.#known.set(destination.id, { place: asked.value, at: performance.now() });
    else if (asked.kind === 'failed') this.#known.delete(destination.id);
    return asked;
  }

  async #ask(destination: Destination, options: CallOptions): Promise<Outcome<Place>> {
    const person = personOf(destination);
    if (person !== undefined) {
      const opened = await this.#api.post<APIDMChannel>(
        '/users/@me/channels',
        { recipient_id: person },
        options,
      );
      return opened.kind === 'ok'
        ? { kind: 'ok', value: { style: 'flat', channel: opened.value.id } }
        : opened;
    }
    const asked = await this.#api.get<APIChannel>(`/channels/${destination.channel}`, options);
    return asked.kind === 'ok' ? { kind: 'ok', value: placeOf(asked.value) } : asked;
  }
}
