import type { MessageHandle } from '../../model/telling.ts';
import type { ChatPort, Edit, Find, Post, SendVerdict } from '../port.ts';
import type { DeskMessages } from './ports.ts';

/** Handles of the desk: the message's id, and for a reply the root's. */
const handleOf = (id: string, thread?: string): MessageHandle => ({
  message: id,
  ...(thread !== undefined && { thread }),
});

const gone = (why: string, disable: boolean): SendVerdict => ({ kind: 'refused', why, disable });

/** A write that fails may have been committed before its answer was lost, so it is looked for before a second try. */
async function attempt(work: () => Promise<SendVerdict>): Promise<SendVerdict> {
  try {
    return await work();
  } catch (error) {
    return { kind: 'uncertain', why: error instanceof Error ? error.message : String(error) };
  }
}

async function send(messages: DeskMessages, post: Post): Promise<SendVerdict> {
  const thread = post.thread?.['message'];
  if (post.thread && thread === undefined) return gone('The thread is not one of the desk', false);
  const inserted = await messages.insertMessage({
    delivery: post.delivery,
    destination: post.destination.id,
    ...(thread !== undefined && { thread }),
    broadcast: post.broadcast,
    message: post.message,
  });
  if (inserted.kind === 'unknown_channel')
    return gone(`The desk has no channel ${post.destination.name}`, true);
  if (inserted.kind === 'unknown_thread') return gone(`${post.destination.name} has no such thread`, false);
  return { kind: 'sent', handle: handleOf(inserted.id, thread) };
}

async function edit(messages: DeskMessages, { handle, message, revision }: Edit): Promise<SendVerdict> {
  const id = handle['message'];
  const outcome = id === undefined ? 'unknown' : await messages.editMessage({ id, message, revision });
  // An older edit is done: what it would have said is already said, and more.
  return outcome === 'unknown'
    ? gone('The message to edit is not on the desk', false)
    : { kind: 'sent', handle };
}

async function find(messages: DeskMessages, { delivery, thread }: Find): Promise<MessageHandle | undefined> {
  const id = await messages.messageOf(delivery);
  return id === undefined ? undefined : handleOf(id, thread?.['message']);
}

/** The desk as a chat platform: its messages are rows, unique by delivery id, so a second send finds the first. */
export function deskChat(messages: DeskMessages): ChatPort {
  return {
    platform: 'desk',
    send: (post) => attempt(() => send(messages, post)),
    edit: (change) => attempt(() => edit(messages, change)),
    find: (question) => find(messages, question),
  };
}
