import type { Destination, MessageHandle } from '../../model/telling.ts';
import type { ChatPort, Edit, Find, PortCall, Post, SendVerdict } from '../port.ts';
import type { DiscordApi } from './api.ts';
import { editMessage, Revisions } from './edit.ts';
import { ReadBack } from './find.ts';
import type { Look } from './payload.ts';
import { Places } from './places.ts';
import { Attempt } from './send.ts';

/** A whole attempt, all its calls together: less than the delivery stage waits for one (`PATIENCE`). Milliseconds. */
const ATTEMPT_MS = 14_000;

const CALLS: Readonly<Record<PortCall, readonly ['POST' | 'PATCH' | 'GET', string]>> = {
  send: ['POST', '/messages'],
  edit: ['PATCH', '/messages/00000'],
  find: ['GET', '/messages'],
};

export interface DiscordChatParts {
  readonly api: DiscordApi;
  readonly look: Look;
}

/** Discord as a chat platform. Deliveries go over REST alone, whether or not a gateway is connected, and by how many shards. */
export function discordChat({ api, look }: DiscordChatParts): ChatPort {
  const places = new Places(api);
  const revisions = new Revisions();
  const sending = { api, places, look };
  const signal = (): AbortSignal => AbortSignal.timeout(ATTEMPT_MS);

  const pause = (destination: Destination, call: PortCall): number => {
    const channel = places.known(destination)?.channel ?? destination.channel;
    const [method, path] = CALLS[call];
    return api.waitMs(method, `/channels/${channel}${path}`);
  };

  return {
    platform: 'discord',
    pause,
    send: (post: Post): Promise<SendVerdict> => new Attempt(sending, post, signal()).send(),
    edit: (edit: Edit): Promise<SendVerdict> => editMessage({ api, look, revisions }, edit, signal()),
    find: (find: Find): Promise<MessageHandle | undefined> => new ReadBack(sending, find, signal()).look(),
  };
}
