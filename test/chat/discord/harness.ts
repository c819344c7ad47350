import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { DiscordApi } from '../../../src/chat/discord/api.ts';
import type { Look } from '../../../src/chat/discord/payload.ts';
import { discordChat } from '../../../src/chat/discord/port.ts';
import type { ChatPort, Post, SendVerdict } from '../../../src/chat/port.ts';
import { readStrings } from '../../../src/config/locales.ts';
import { deliveryId, type DeliveryId } from '../../../src/model/ids.ts';
import type { Message } from '../../../src/model/message.ts';
import { destinationAt, type Destination, type MessageHandle } from '../../../src/model/telling.ts';
import { startFake, type FakeDiscord } from '../../support/discord/fake.ts';
import type { FakeChannel, FakeMessage } from '../../support/discord/state.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const strings = readStrings(root);
export const look: Look = { strings, desk: new URL('https://desk.example') };

/** So short that tests do not wait, and as strict as the real ones. */
const QUICK = {
  'POST /channels/:id/messages': { limit: 5, windowMs: 150 },
  'PATCH /channels/:id/messages/:id': { limit: 5, windowMs: 150 },
};

/** One Discord for a test file. What a correct client never does fails the test in which it was done. */
export function aDiscord(): {
  readonly fake: FakeDiscord;
  readonly breaches: (expected: readonly RegExp[]) => void;
} {
  const held = {} as { fake: FakeDiscord };
  let expected: readonly RegExp[] = [];
  beforeAll(async () => {
    held.fake = await startFake(QUICK, 10_000);
  });
  afterEach(() => {
    const { rest } = held.fake;
    rest.fault = undefined;
    rest.token = 'fake-token';
    const breaches = rest.breaches.splice(0).filter((breach) => !expected.some((one) => one.test(breach)));
    expected = [];
    rest.calls.length = 0;
    expect(breaches).toEqual([]);
  });
  afterAll(() => held.fake.close());
  return {
    get fake() {
      return held.fake;
    },
    breaches: (patterns) => {
      expected = patterns;
    },
  };
}

export const apiOf = (
  fake: FakeDiscord,
  more: { timeoutMs?: number; cautionMs?: number; token?: string } = {},
): DiscordApi =>
  new DiscordApi({ token: 'fake-token', api: fake.rest.api, timeoutMs: 2000, cautionMs: 0, ...more });

export const portOf = (fake: FakeDiscord, more: Parameters<typeof apiOf>[1] = {}): ChatPort =>
  discordChat({ api: apiOf(fake, more), look });

export const destinationOf = ({ id, guild, name }: FakeChannel): Destination =>
  destinationAt('discord', guild ?? '', id, `#${name}`);

export const freshDelivery = (): DeliveryId => deliveryId(`d_${randomUUID().replaceAll('-', '')}`);

export const saying = (headline: string, more: Partial<Message> = {}): Message => ({
  headline,
  tone: 'alert',
  blocks: [{ kind: 'paragraph', line: [{ kind: 'text', text: headline }] }],
  ...more,
});

export const postTo = (destination: Destination, headline: string, more: Partial<Post> = {}): Post => ({
  delivery: freshDelivery(),
  destination,
  message: saying(headline),
  broadcast: false,
  ...more,
});

/** Sends when the limits allow, as the delivery stage does. */
export async function sendPaced(port: ChatPort, post: Post): Promise<SendVerdict> {
  for (;;) {
    const verdict = await paced(port, post.destination, () => port.send(post));
    if (verdict.kind !== 'retry') return verdict;
    await new Promise((resolve) => setTimeout(resolve, verdict.afterMs));
  }
}

async function paced<T>(port: ChatPort, destination: Destination, call: () => Promise<T>): Promise<T> {
  for (let ms = port.pause?.(destination, 'send') ?? 0; ms > 0; ms = port.pause?.(destination, 'send') ?? 0)
    await new Promise((resolve) => setTimeout(resolve, ms));
  return call();
}

export async function sent(port: ChatPort, post: Post): Promise<MessageHandle> {
  const verdict = await sendPaced(port, post);
  if (verdict.kind !== 'sent') throw new Error(`not sent: ${JSON.stringify(verdict)}`);
  return verdict.handle;
}

/** The headline as a reader sees it. */
export const titleOf = ({ embeds }: FakeMessage): string =>
  ((embeds[0]?.['title'] as string | undefined) ?? '').replace(/\\([^\p{L}\p{N}\s])/gu, '$1');
