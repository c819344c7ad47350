import { ChannelType, PermissionFlagsBits as Can } from 'discord.js';
import { checkDefinitions } from './definitions.ts';
import * as refusals from './errors.ts';
import { checkMessage, Form, type Json } from './forms.ts';
import { isThread, type FakeChannel, type State } from './state.ts';
import { channelJson, guildJson, messageJson } from './wire.ts';

export interface Call {
  readonly params: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Json;
  readonly state: State;
}

export interface Answer {
  readonly status: number;
  readonly json?: unknown;
}

type Handler = (call: Call) => Answer;

const ok = (json: unknown, status = 200): Answer => ({ status, json });
const FORUMS: readonly ChannelType[] = [ChannelType.GuildForum, ChannelType.GuildMedia];

const need = (state: State, channel: FakeChannel, permission: bigint): void => {
  if (!state.may(channel, permission)) throw refusals.missingPermissions();
};

/** What a writer needs in a channel. */
function mayWrite(state: State, channel: FakeChannel, body: Json): void {
  if (channel.recipient !== undefined) {
    if (state.closedTo.has(channel.recipient)) throw refusals.cannotMessageUser();
    return;
  }
  if (isThread(channel)) {
    if (channel.locked && !state.may(channel, Can.ManageThreads)) throw refusals.threadLocked();
    need(state, channel, Can.SendMessagesInThreads);
  } else need(state, channel, Can.SendMessages);
  if (Array.isArray(body['embeds']) && body['embeds'].length > 0) need(state, channel, Can.EmbedLinks);
}

const contentOf = (body: Json) => ({
  content: (body['content'] as string | undefined) ?? '',
  embeds: (body['embeds'] as Json[] | undefined) ?? [],
  components: (body['components'] as Json[] | undefined) ?? [],
});

const postMessage: Handler = ({ params: [id = ''], body, state }) => {
  const channel = state.channel(id);
  if (FORUMS.includes(channel.type)) throw refusals.notATextChannel();
  checkMessage(body, 'post');
  mayWrite(state, channel, body);
  const reference = body['message_reference'] as
    { message_id: string; fail_if_not_exists?: boolean } | undefined;
  if (reference && !state.may(channel, Can.ReadMessageHistory)) throw refusals.noHistoryForReply();
  if (reference && reference.fail_if_not_exists !== false && !state.messages.has(reference.message_id))
    throw refusals.invalidForm({ message_reference: 'Unknown message' });
  const nonce = body['nonce'] as string;
  const posted = state.post(
    { channel: id, author: state.bot, ...contentOf(body), ...(reference && { reference }) },
    nonce,
  );
  return ok({ ...messageJson(posted, state), nonce });
};

const editMessage: Handler = ({ params: [id = '', messageId = ''], body, state }) => {
  const channel = state.channel(id);
  const message = state.message(id, messageId);
  if (message.author !== state.bot) throw refusals.notYourMessage();
  checkMessage(body, 'edit');
  if (isThread(channel) && channel.locked && !state.may(channel, Can.ManageThreads))
    throw refusals.threadLocked();
  if (isThread(channel) && channel.archived) throw refusals.threadArchived();
  Object.assign(message, contentOf(body), { edits: message.edits + 1 });
  return ok(messageJson(message, state));
};

const listMessages: Handler = ({ params: [id = ''], query, state }) => {
  const channel = state.channel(id);
  const limit = Number(query.get('limit') ?? 50);
  if (!(limit >= 1 && limit <= 100))
    throw refusals.invalidForm({ limit: 'int value should be between 1 and 100.' });
  // "If the current user is missing READ_MESSAGE_HISTORY, then no messages will be returned."
  if (!state.may(channel, Can.ReadMessageHistory)) return ok([]);
  const [before, after] = [query.get('before'), query.get('after')];
  const found = state
    .messagesOf(id)
    .filter(
      (one) =>
        (before === null || BigInt(one.id) < BigInt(before)) &&
        (after === null || BigInt(one.id) > BigInt(after)),
    );
  const page = after === null ? found.slice(-limit) : found.slice(0, limit);
  return ok(page.toReversed().map((one) => messageJson(one, state)));
};

function threadForm(body: Json): Form {
  const form = new Form();
  form.text('name', body['name'], { max: 100, required: true });
  const archive = body['auto_archive_duration'];
  if (archive !== undefined && ![60, 1440, 4320, 10_080].includes(archive as number))
    form.wrong('auto_archive_duration', 'Value must be one of {60, 1440, 4320, 10080}.');
  return form;
}

const threadFromMessage: Handler = ({ params: [id = '', messageId = ''], body, state }) => {
  const parent = state.channel(id);
  threadForm(body).done();
  if (parent.type !== ChannelType.GuildText && parent.type !== ChannelType.GuildAnnouncement)
    throw refusals.wrongChannelType();
  need(state, parent, Can.CreatePublicThreads);
  state.message(id, messageId);
  if (state.threaded.has(messageId)) throw refusals.threadExists();
  const active = [...state.channels.values()].filter(
    (one) => one.guild === parent.guild && isThread(one) && !one.archived,
  );
  if (active.length >= state.mostThreads) throw refusals.tooManyThreads();
  state.threaded.add(messageId);
  const type =
    parent.type === ChannelType.GuildText ? ChannelType.PublicThread : ChannelType.AnnouncementThread;
  const thread = state.addChannel({
    id: messageId,
    type,
    name: body['name'] as string,
    parent: id,
    guild: parent.guild!,
  });
  return ok(channelJson(thread, state), 201);
};

/** A post in a forum: a thread and its first message at once; both have one id. */
const forumPost: Handler = ({ params: [id = ''], body, state }) => {
  const forum = state.channel(id);
  if (!FORUMS.includes(forum.type)) throw refusals.wrongChannelType();
  const form = threadForm(body);
  const tags = (body['applied_tags'] as string[] | undefined) ?? [];
  if (tags.length > 5) form.wrong('applied_tags', 'Must be 5 or fewer in length.');
  if (tags.some((tag) => !forum.tags.some((one) => one.id === tag)))
    form.wrong('applied_tags', 'Unknown tag');
  form.done();
  if (forum.requiresTag && tags.length === 0) throw refusals.tagRequired();
  const message = (body['message'] as Json | undefined) ?? {};
  checkMessage({ ...message, nonce: 'none', enforce_nonce: true }, 'post');
  if ('nonce' in message) throw refusals.invalidForm({ 'message.nonce': 'Is no field of this object' });
  mayWrite(state, forum, message);
  const thread = state.addChannel({
    type: ChannelType.PublicThread,
    name: body['name'] as string,
    parent: id,
    guild: forum.guild!,
    appliedTags: tags,
  });
  const posted = state.post({ id: thread.id, channel: thread.id, author: state.bot, ...contentOf(message) });
  return ok({ ...channelJson(thread, state), message: messageJson(posted, state) }, 201);
};

const editChannel: Handler = ({ params: [id = ''], body, state }) => {
  const channel = state.channel(id);
  if (!isThread(channel)) throw refusals.missingPermissions();
  if (channel.locked && !state.may(channel, Can.ManageThreads)) throw refusals.threadLocked();
  if (typeof body['archived'] === 'boolean') channel.archived = body['archived'];
  return ok(channelJson(channel, state));
};

const activeThreads: Handler = ({ params: [guild = ''], state }) => {
  if (!state.guilds.has(guild)) throw refusals.missingAccess();
  const threads = [...state.channels.values()].filter(
    (one) => one.guild === guild && isThread(one) && !one.archived,
  );
  return ok({ threads: threads.toReversed().map((one) => channelJson(one, state)), members: [] });
};

const archivedThreads: Handler = ({ params: [parent = ''], state }) => {
  const channel = state.channel(parent);
  if (!state.may(channel, Can.ReadMessageHistory)) throw refusals.missingPermissions();
  const threads = [...state.channels.values()].filter(
    (one) => one.parent === parent && isThread(one) && one.archived,
  );
  return ok({ threads: threads.map((one) => channelJson(one, state)), members: [], has_more: false });
};

const openDirect: Handler = ({ body, state }) => {
  const recipient = String(body['recipient_id']);
  if (!state.users.has(recipient)) throw refusals.invalidForm({ recipient_id: 'Unknown user' });
  const open = [...state.channels.values()].find((one) => one.recipient === recipient);
  return ok(channelJson(open ?? state.addChannel({ type: ChannelType.DM, name: '', recipient }), state));
};

const guild: Handler = ({ params: [id = ''], state }) => {
  const json = guildJson(id, state);
  if (json === undefined) throw refusals.unknownGuild();
  return ok(json);
};

const member: Handler = ({ params: [id = '', user = ''], state }) => {
  if (!state.guilds.has(id)) throw refusals.unknownGuild();
  return ok({ user: { id: user }, roles: [] });
};

const commandsOf = (scope: string): readonly [get: Handler, put: Handler] => {
  const key = ({ params }: Call) => params[1] ?? scope;
  return [
    (call) => ok(call.state.commands.get(key(call)) ?? []),
    (call) => {
      const list = call.body as unknown as readonly Json[];
      checkDefinitions(list, call.params[1] === undefined ? 'global' : 'guild');
      const { application } = call.state;
      const kept = list.map((one) => ({
        type: 1,
        ...one,
        id: call.state.id(),
        application_id: application,
        version: call.state.id(),
      }));
      call.state.commands.set(key(call), kept);
      return ok(kept);
    },
  ];
};
const [getCommands, putCommands] = commandsOf('global');

const me: Handler = ({ state }) =>
  ok({ id: state.bot, username: 'Sitrep', discriminator: '0', global_name: null, avatar: null, bot: true });

/** By method and path; `:id` stands for one part of it. */
export const ROUTES: Readonly<Record<string, Handler>> = {
  'POST /channels/:id/messages': postMessage,
  'GET /channels/:id/messages': listMessages,
  'GET /channels/:id/messages/:id': ({ params: [id = '', message = ''], state }) =>
    ok(messageJson(state.message(state.channel(id).id, message), state)),
  'PATCH /channels/:id/messages/:id': editMessage,
  'POST /channels/:id/messages/:id/threads': threadFromMessage,
  'POST /channels/:id/threads': forumPost,
  'GET /channels/:id/threads/archived/public': archivedThreads,
  'GET /channels/:id': ({ params: [id = ''], state }) => ok(channelJson(state.channel(id), state)),
  'PATCH /channels/:id': editChannel,
  'GET /guilds/:id': guild,
  'GET /guilds/:id/members/:id': member,
  'GET /guilds/:id/threads/active': activeThreads,
  'GET /users/@me': me,
  'GET /users/@me/guilds': ({ state }) =>
    ok([...state.guilds.values()].map(({ id, name }) => ({ id, name }))),
  'GET /applications/@me': ({ state }) =>
    ok({ id: state.application, name: 'Sitrep', approximate_guild_count: state.guilds.size }),
  'POST /users/@me/channels': openDirect,
  'GET /applications/:id/commands': getCommands,
  'PUT /applications/:id/commands': putCommands,
  'GET /applications/:id/guilds/:id/commands': getCommands,
  'PUT /applications/:id/guilds/:id/commands': putCommands,
};
