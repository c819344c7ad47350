// What Slack's Web API refuses, with its own error codes, where the emulator takes it.
import { ALL_BLOCKS, blockProblems, optionProblems, viewProblems } from './blocks.ts';

export type Body = Readonly<Record<string, unknown>>;

/** A parameter as words; forms send everything as such. */
export const words = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'public' | 'private' | 'im';
  /** Whether the bot is in it. */
  member: boolean;
  archived: boolean;
  locked: boolean;
}

export interface Refusal {
  readonly error: string;
  readonly [more: string]: unknown;
}

const SCOPES: Readonly<Record<string, string>> = {
  'apps.connections.open': 'connections:write',
  'chat.delete': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.postMessage': 'chat:write',
  'chat.update': 'chat:write',
  'conversations.open': 'im:write',
  'usergroups.users.list': 'usergroups:read',
  'users.info': 'users:read',
};
const KINDS = { public: 'channels', private: 'groups', im: 'im' } as const;

/** The scope that a call needs; those of conversations depend on the conversation. */
function neededScope(method: string, channel: Channel | undefined): string | undefined {
  const kind = KINDS[channel?.kind ?? 'public'];
  if (method === 'conversations.history' || method === 'conversations.replies') return `${kind}:history`;
  if (method === 'conversations.info') return `${kind}:read`;
  return SCOPES[method];
}

/** Every scope that calls of this project need of a bot, over all kinds of conversation that it is in. */
export const SCOPE_OF = {
  calls: [
    ...Object.entries(SCOPES).flatMap(([method, scope]) => (method.startsWith('apps.') ? [] : [scope])),
    ...Object.values(KINDS).flatMap((kind) => [`${kind}:history`, `${kind}:read`]),
  ],
};

export function missingScope(
  method: string,
  channel: Channel | undefined,
  scopes: readonly string[],
): Refusal | undefined {
  const needed = neededScope(method, channel);
  if (needed === undefined || scopes.includes(needed)) return undefined;
  return { error: 'missing_scope', needed, provided: scopes.join(',') };
}

const isChannelMethod = (method: string): boolean =>
  /^chat\.(?!delete)/u.test(method) || /^conversations\.(?:history|replies|info)$/u.test(method);

export function channelProblem(method: string, channel: Channel | undefined): Refusal | undefined {
  if (!isChannelMethod(method)) return undefined;
  if (!channel) return { error: 'channel_not_found' };
  // Nothing of a private channel is told to who is not in it.
  if (channel.kind === 'private' && !channel.member) return { error: 'channel_not_found' };
  if (method === 'conversations.info') return undefined;
  if (channel.archived && method.startsWith('chat.') && method !== 'chat.getPermalink')
    return { error: 'is_archived' };
  if (!channel.member) return { error: 'not_in_channel' };
  return undefined;
}

const parsed = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
};

function metadataProblem(value: unknown): Refusal | undefined {
  if (value === undefined) return undefined;
  const metadata = parsed(value) as { event_type?: unknown; event_payload?: unknown } | undefined;
  if (typeof metadata !== 'object') return { error: 'invalid_metadata_format' };
  if (typeof metadata.event_type !== 'string' || typeof metadata.event_payload !== 'object')
    return { error: 'invalid_metadata_schema' };
  return JSON.stringify(metadata).length > 8_000 ? { error: 'metadata_too_large' } : undefined;
}

/** A message as it is posted or edited. */
export function messageProblem(method: string, body: Body): Refusal | undefined {
  if (!['chat.postMessage', 'chat.update', 'chat.postEphemeral'].includes(method)) return undefined;
  const text = typeof body['text'] === 'string' ? body['text'] : '';
  if (text === '' && body['blocks'] === undefined) return { error: 'no_text' };
  // Slack truncates past 40,000 and advises 4,000; what must be cut is cut by who sends it.
  if (text.length > 4_000) return { error: 'msg_too_long' };
  if (/<!(?:channel|here|everyone)|<@|<!subteam/u.test(text)) return { error: 'sitrep_mentions_somebody' };
  if (body['link_names'] !== undefined) return { error: 'sitrep_links_names' };
  if (
    method === 'chat.postMessage' &&
    (words(body['unfurl_links']) !== 'false' || words(body['unfurl_media']) !== 'false')
  )
    return { error: 'sitrep_unfurls' };
  const blocks = parsed(body['blocks']);
  if (body['blocks'] !== undefined) {
    const problems = blockProblems(blocks);
    if (problems.length > 0)
      return {
        error: 'invalid_blocks',
        response_metadata: { messages: problems.map((one) => `[ERROR] ${one}`) },
      };
    if (JSON.stringify(blocks).length > ALL_BLOCKS) return { error: 'msg_blocks_too_long' };
  }
  return metadataProblem(body['metadata']);
}

export function viewProblem(method: string, body: Body): Refusal | undefined {
  if (!method.startsWith('views.')) return undefined;
  const view = parsed(body['view']) as { type?: unknown } | undefined;
  const problems = viewProblems(view, method === 'views.publish' ? 'home' : 'modal');
  if (problems.length === 0) return undefined;
  return {
    error: 'invalid_arguments',
    response_metadata: { messages: problems.map((one) => `[ERROR] ${one}`) },
  };
}

/** What Slack does not take as the answer to what it sent: choices of an external select, what becomes of a form. */
export function acknowledgementProblems(sent: Body, answer: Body | undefined): readonly string[] {
  const wrong = (what: string): string => `acknowledgement of ${words(sent['type'])}: ${what}`;
  if (answer === undefined || Object.keys(answer).length === 0) return [];
  if (sent['type'] === 'block_suggestion') return optionProblems(answer['options']).map(wrong);
  if (sent['type'] !== 'view_submission') return [wrong('takes no payload')];
  const { blocks = [] } = sent['view'] as { blocks?: readonly Body[] };
  const fields = blocks.map((block) => block['block_id']);
  switch (answer['response_action']) {
    case 'errors':
      return Object.entries((answer['errors'] ?? {}) as Body)
        .filter(([field, error]) => !fields.includes(field) || words(error) === '')
        .map(([field]) => wrong(`no error of a field: ${field}`));
    case 'update':
    case 'push':
      return viewProblems(answer['view'], 'modal').map(wrong);
    case 'clear':
      return [];
    default:
      return [wrong('no response_action')];
  }
}
