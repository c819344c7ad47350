import {
  missingScope,
  channelProblem,
  messageProblem,
  viewProblem,
  words,
  type Body,
  type Refusal,
} from './rules.ts';
import type { Workspace } from './workspace.ts';

/** A message as the emulator keeps it. */
export interface Kept {
  readonly ts: string;
  readonly text: string;
  readonly thread_ts?: string;
  readonly blocks?: readonly Body[];
  readonly metadata?: { readonly event_type: string; readonly event_payload: Body };
  readonly reply_broadcast?: boolean;
  readonly edited?: unknown;
}

interface Answer {
  readonly ok: boolean;
  readonly [key: string]: unknown;
}

const refused = (refusal: Refusal): Answer => ({ ok: false, ...refusal });
const truthy = (value: unknown): boolean => ['true', '1'].includes(words(value));

/** Roots of a channel, newest first. */
async function rootsOf(workspace: Workspace, channel: string): Promise<readonly Kept[]> {
  const roots: Kept[] = [];
  let cursor: unknown = '';
  do {
    const page = await workspace.call('conversations.history', { channel, limit: 1000, cursor });
    roots.push(...((page['messages'] as readonly Kept[] | undefined) ?? []));
    cursor = (page['response_metadata'] as { next_cursor?: unknown } | undefined)?.next_cursor ?? '';
  } while (cursor !== '');
  return roots;
}

/** A root and its replies, oldest first. */
async function threadOf(workspace: Workspace, channel: string, ts: string): Promise<readonly Kept[]> {
  return (await workspace.call('conversations.replies', { channel, ts }))['messages'] as readonly Kept[];
}

/** All messages of a channel, oldest thread first, each with its replies. */
export async function threadsOf(
  workspace: Workspace,
  channel: string,
): Promise<readonly (readonly Kept[])[]> {
  const roots = (await rootsOf(workspace, channel)).toReversed();
  return Promise.all(roots.map(({ ts }) => threadOf(workspace, channel, ts)));
}

const asRead = ({ metadata, ...message }: Kept, all: boolean): Kept =>
  all && metadata ? { ...message, metadata } : message;

/** Reads as Slack does: newest first in a channel, oldest first in a thread, only what lies between `oldest` and `latest`. */
async function read(workspace: Workspace, method: string, body: Body, distributed: boolean): Promise<Answer> {
  const channel = words(body['channel']);
  const root = words(body['ts']);
  const replies = method === 'conversations.replies';
  const all = replies ? await threadOf(workspace, channel, root) : await rootsOf(workspace, channel);
  if (replies && all[0]?.ts !== root) return refused({ error: 'thread_not_found' });
  const ordered = all.filter(
    ({ ts }) =>
      (replies && ts === root) ||
      ((body['oldest'] === undefined || Number(ts) >= Number(body['oldest'])) &&
        (body['latest'] === undefined || Number(ts) <= Number(body['latest']))),
  );
  const most = distributed ? 15 : 999;
  const limit = Math.min(Number(body['limit'] ?? 100) || 100, most);
  const start = Number(body['cursor'] ?? 0) || 0;
  const next = start + limit < ordered.length ? String(start + limit) : '';
  return {
    ok: true,
    messages: ordered
      .slice(start, start + limit)
      .map((message) => asRead(message, truthy(body['include_all_metadata']))),
    has_more: next !== '',
    response_metadata: { next_cursor: next },
  };
}

/** Slack posts a reply whose root is gone into the channel, without `thread_ts` (slack-go/slack issue 1571). */
async function post(workspace: Workspace, body: Body): Promise<Answer> {
  const { thread_ts, ...rest } = body;
  if (thread_ts === undefined) {
    if (truthy(body['reply_broadcast'])) return refused({ error: 'invalid_arguments' });
    return workspace.call('chat.postMessage', rest);
  }
  const [root] = await threadOf(workspace, words(body['channel']), words(thread_ts));
  if (root?.thread_ts !== undefined && root.thread_ts !== root.ts)
    return refused({ error: 'cannot_reply_to_message' });
  return workspace.call('chat.postMessage', root?.ts === thread_ts ? body : rest);
}

async function open(workspace: Workspace, body: Body): Promise<Answer> {
  const answer = await workspace.call('conversations.open', body);
  const { id } = (answer['channel'] ?? {}) as { id?: string };
  if (id !== undefined && !workspace.channels.has(id))
    workspace.channels.set(id, {
      id,
      name: words(body['users']),
      kind: 'im',
      member: true,
      archived: false,
      locked: false,
    });
  return answer;
}

const SIMPLE: Readonly<Record<string, (workspace: Workspace, body: Body) => Answer>> = {
  'auth.test': ({ id, bot }) => ({
    ok: true,
    url: `https://${id.toLowerCase()}.slack.example/`,
    team: id,
    team_id: id,
    user: 'sitrep',
    user_id: bot,
    bot_id: 'B0SITREP',
  }),
  'usergroups.users.list': ({ groups }, body) => {
    const users = groups.get(words(body['usergroup']));
    return users ? { ok: true, users } : refused({ error: 'no_such_subteam' });
  },
  'conversations.info': ({ channels, people }, body) => {
    const channel = channels.get(words(body['channel']));
    if (!channel) return refused({ error: 'channel_not_found' });
    return {
      ok: true,
      channel: {
        id: channel.id,
        name: channel.name,
        creator: channel.kind === 'im' ? undefined : people.get('founder'),
        is_channel: channel.kind === 'public',
        is_im: channel.kind === 'im',
        is_private: channel.kind !== 'public',
        is_archived: channel.archived,
        is_member: channel.member,
      },
    };
  },
};

/** What the API answers to a call of a token that may make it, at a time at which it may. */
export async function answerOf(
  workspace: Workspace,
  method: string,
  body: Body,
  scopes: readonly string[],
  distributed: boolean,
): Promise<Answer> {
  const channel = workspace.channels.get(words(body['channel']));
  const refusal =
    missingScope(method, channel, scopes) ??
    channelProblem(method, channel) ??
    messageProblem(method, body) ??
    viewProblem(method, body);
  if (refusal) return refused(refusal);
  if (method === 'chat.postMessage' && channel?.locked && body['thread_ts'] !== undefined)
    return refused({ error: 'restricted_action_thread_locked' });
  if (method === 'conversations.history' || method === 'conversations.replies')
    return read(workspace, method, body, distributed);
  if (method === 'chat.postMessage') return post(workspace, body);
  if (method === 'conversations.open') return open(workspace, body);
  const simple = SIMPLE[method];
  return simple ? simple(workspace, body) : workspace.call(method, body);
}
