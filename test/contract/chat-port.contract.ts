import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ChatPort, Post, SendVerdict } from '../../src/chat/port.ts';
import { deliveryId, type DeliveryId } from '../../src/model/ids.ts';
import type { Message } from '../../src/model/message.ts';
import type { Destination, MessageHandle } from '../../src/model/telling.ts';
import { instant } from '../../src/model/time.ts';

/** A message as a reader of the platform sees it. */
interface SeenMessage {
  readonly headline: string;
  readonly replies: readonly string[];
}

/** A chat platform that the contract is run over. */
export interface ChatUnderTest {
  readonly port: ChatPort;
  /** A channel that takes messages. */
  readonly channel: Destination;
  /** A channel that the platform does not have. */
  readonly missing: Destination;
  /** A handle that names no message, in the platform's own form. */
  readonly stray: MessageHandle;
  /** Roots of the channel as a reader sees them, oldest first. */
  seen(): Promise<readonly SeenMessage[]>;
}

const message = (headline: string): Message => ({
  headline,
  tone: 'alert',
  blocks: [{ kind: 'paragraph', line: [{ kind: 'text', text: headline }] }],
});

const freshDelivery = (): DeliveryId => deliveryId(`d_${randomUUID().replaceAll('-', '')}`);
const since = instant(Date.now() - 60_000);

function handleOf(verdict: SendVerdict): MessageHandle {
  if (verdict.kind !== 'sent') throw new Error(`expected it to be sent, got ${JSON.stringify(verdict)}`);
  return verdict.handle;
}

/** What every chat platform keeps to. `open` gives a platform whose channel is empty. */
export function chatPortContract(name: string, open: () => Promise<ChatUnderTest>): void {
  describe(`${name} as a chat platform`, () => {
    let chat: ChatUnderTest;
    const post = (headline: string, more: Partial<Post> = {}): Post => ({
      delivery: freshDelivery(),
      destination: chat.channel,
      message: message(headline),
      broadcast: false,
      ...more,
    });
    const send = (one: Post) => chat.port.send(one);

    beforeEach(async () => {
      chat = await open();
    });

    it('posts a root, which is found again by its delivery', async () => {
      const root = post('one');
      const handle = handleOf(await send(root));
      expect(await chat.seen()).toEqual([{ headline: 'one', replies: [] }]);
      const found = await chat.port.find({ delivery: root.delivery, destination: chat.channel, since });
      expect(found).toEqual(handle);
    });

    it('finds nothing of what was never sent', async () => {
      const found = await chat.port.find({ delivery: freshDelivery(), destination: chat.channel, since });
      expect(found).toBeUndefined();
    });

    it('does not say a thing twice when a read-back precedes the second try', async () => {
      const root = post('one');
      await send(root);
      const found = await chat.port.find({ delivery: root.delivery, destination: chat.channel, since });
      if (!found) await send(root);
      expect(await chat.seen()).toHaveLength(1);
    });

    it('replies below the root, in order', async () => {
      const thread = handleOf(await send(post('root')));
      await send(post('first', { thread }));
      await send(post('second', { thread, broadcast: true }));
      expect(await chat.seen()).toEqual([{ headline: 'root', replies: ['first', 'second'] }]);
    });

    it('finds a reply in its thread, with a handle that can be edited', async () => {
      const thread = handleOf(await send(post('root')));
      const reply = post('reply', { thread });
      await send(reply);
      const handle = await chat.port.find({
        delivery: reply.delivery,
        destination: chat.channel,
        thread,
        since,
      });
      if (!handle) throw new Error('the reply was not found');
      const edit = { delivery: freshDelivery(), destination: chat.channel, handle, revision: 2 };
      expect((await chat.port.edit({ ...edit, message: message('mended') })).kind).toBe('sent');
      expect(await chat.seen()).toEqual([{ headline: 'root', replies: ['mended'] }]);
    });

    it('edits a root to the newest revision, whatever order edits come in', async () => {
      const handle = handleOf(await send(post('as posted')));
      for (const revision of [2, 4, 3]) {
        const edit = { delivery: freshDelivery(), destination: chat.channel, handle, revision };
        expect((await chat.port.edit({ ...edit, message: message(`revision ${revision}`) })).kind).toBe(
          'sent',
        );
      }
      expect(await chat.seen()).toEqual([{ headline: 'revision 4', replies: [] }]);
    });

    it('refuses a reply to a thread that is not there, and leaves the channel as it was', async () => {
      const verdict = await send(post('lost', { thread: chat.stray }));
      expect(verdict).toMatchObject({ kind: 'refused', disable: false });
      expect(await chat.seen()).toEqual([]);
    });

    it('refuses an edit of a message that is not there', async () => {
      const verdict = await chat.port.edit({
        delivery: freshDelivery(),
        destination: chat.channel,
        handle: chat.stray,
        message: message('lost'),
        revision: 1,
      });
      expect(verdict).toMatchObject({ kind: 'refused', disable: false });
    });

    it('refuses a channel that is not there, for good', async () => {
      const verdict = await send(post('lost', { destination: chat.missing }));
      expect(verdict).toMatchObject({ kind: 'refused', disable: true });
    });
  });
}
