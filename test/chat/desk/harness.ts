import { join } from 'node:path';
import { beyondRowsOf } from '../../../src/app/commands.ts';
import { openCommands } from '../../../src/commands/commands.ts';
import { deskDestination } from '../../../src/chat/desk/channel.ts';
import { deskChat } from '../../../src/chat/desk/port.ts';
import { startDesk, type Desk, type DeskOptions } from '../../../src/chat/desk/server.ts';
import type { ChatPort } from '../../../src/chat/port.ts';
import { readStrings } from '../../../src/config/locales.ts';
import { deliveryId } from '../../../src/model/ids.ts';
import type { Message } from '../../../src/model/message.ts';
import type { Destination, MessageHandle } from '../../../src/model/telling.ts';
import { systemClock } from '../../../src/model/time.ts';
import type { Store } from '../../../src/store/store.ts';
import { actors, finder } from '../../commands/places.ts';
import { freshStore, others } from '../../commands/store.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const strings = readStrings(join(import.meta.dirname, '..', '..', '..'));
const wording = { strings, places: finder, actors };

export const alert = (headline: string, more: Partial<Message> = {}): Message => ({
  headline,
  tone: 'alert',
  blocks: [{ kind: 'paragraph', line: [{ kind: 'untrusted', text: headline }] }],
  ...more,
});

export interface TestDesk {
  readonly store: Store;
  readonly chat: ChatPort;
  readonly desk: Desk;
  readonly url: (path: string) => string;
  /** A channel of its own for a test. */
  channel(name: string): Promise<Destination>;
  /** Posts as the delivery stage does; a reply when `thread` is given. */
  post(
    channel: Destination,
    message: Message,
    more?: { readonly thread?: MessageHandle; readonly broadcast?: boolean },
  ): Promise<MessageHandle>;
  edit(channel: Destination, handle: MessageHandle, message: Message, revision: number): Promise<void>;
  close(): Promise<void>;
}

/** The parts of a desk over a store, but for the address. */
export function deskParts(store: Store): Omit<DeskOptions, 'host' | 'port'> {
  const commands = openCommands({
    shown: (incident) => Promise.resolve(incident),
    store,
    ...others(store),
    places: finder,
    wording,
    clock: systemClock,
    log: silent,
  });
  return {
    store,
    commands,
    wording,
    clock: systemClock,
    log: silent,
    exposed: false,
    shown: (incident) => Promise.resolve(incident),
    beyondRows: beyondRowsOf({ store, learnt: { places: finder, wording }, clock: systemClock }, (incident) =>
      Promise.resolve(incident),
    ),
    firstSteps: { inbox: 'data/inbox' },
  };
}

let deliveries = 0;

/** A running desk over a real store. `changed`: parts that the test wants otherwise. */
export async function openDesk(changed: Partial<DeskOptions> = {}): Promise<TestDesk> {
  const store = await freshStore(systemClock);
  const chat = deskChat(store);
  const desk = await startDesk({ ...deskParts(store), host: '127.0.0.1', port: 0, ...changed });
  const next = () => deliveryId(`d_${(deliveries += 1)}`);
  return {
    store,
    chat,
    desk,
    url: (path) => `${desk.address}${path}`,
    channel: async (name) => {
      const destination = deskDestination(name);
      await store.addChannel(destination);
      return destination;
    },
    post: async (destination, message, { thread, broadcast = false } = {}) => {
      const verdict = await chat.send({
        delivery: next(),
        destination,
        message,
        broadcast,
        ...(thread && { thread }),
      });
      if (verdict.kind !== 'sent') throw new Error(`not sent: ${JSON.stringify(verdict)}`);
      return verdict.handle;
    },
    edit: async (destination, handle, message, revision) => {
      const verdict = await chat.edit({ delivery: next(), destination, handle, message, revision });
      if (verdict.kind !== 'sent') throw new Error(`not edited: ${JSON.stringify(verdict)}`);
    },
    close: async () => {
      await desk.close();
      await store.close();
    },
  };
}
