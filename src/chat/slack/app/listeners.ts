import { setTimeout as sleep } from 'node:timers/promises';
import type {
  AllMiddlewareArgs,
  App,
  BlockAction,
  ButtonAction,
  SlackActionMiddlewareArgs,
  SlackEventMiddlewareArgs,
  SlackShortcutMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewOutput,
} from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Message } from '../../../model/message.ts';
import { directTo } from '../../../model/telling.ts';
import { LIMITS } from '../limits.ts';
import type { Answers } from './answers.ts';
import { destinationOf, personAt, type Where } from './asker.ts';
import { answered, channelOf, CHOOSE, FORM, formOf, plain, valuesOf } from './forms.ts';
import { OPEN_FORM, PICK_CHANNEL, publishHome } from './home.ts';
import { SHORTCUTS } from './shortcuts.ts';
import { SLASH } from './words.ts';

/** Before a command whose answer everybody in the channel is to see. */
const PUBLIC = /^public\s+/iu;

/** Slack escapes three signs in what people type. */
const typedText = (text = ''): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').trim();

const withoutMention = (text: string): string => text.replace(/^\s*<@\w+(?:\|[^>]*)?>\s*/u, '');

interface Named {
  readonly id: string;
  readonly name?: string;
  readonly username?: string;
}

const whereOf = (team: string, user: Named, channel?: { id: string; name?: string } | null): Where => ({
  team,
  user: { id: user.id, name: user.username ?? user.name ?? user.id },
  ...(channel && { channel: { id: channel.id, name: channel.name ?? '' } }),
});

/** Everything that people do in Slack, as commands of ours. */
export function listen(app: App, answers: Answers): void {
  slashCommand(app, answers);
  conversations(app, answers);
  buttons(app, answers);
  forms(app, answers);
  shortcuts(app, answers);
  home(app, answers);
}

function slashCommand(app: App, answers: Answers): void {
  app.command(SLASH, async ({ command, ack, respond, client }) => {
    await ack();
    const where = whereOf(
      command.team_id,
      { id: command.user_id, name: command.user_name },
      { id: command.channel_id, name: command.channel_name },
    );
    const text = typedText(command.text);
    const asked = text.replace(PUBLIC, '');
    const form = answers.formFor(asked);
    if (form) {
      await client.views.open({
        trigger_id: command.trigger_id,
        view: formOf(form, where, answers.words),
      });
      return;
    }
    const answer = answers.said(await answers.line(asked, where, client));
    await respond({ response_type: asked === text ? 'ephemeral' : 'in_channel', ...answer });
  });
}

/** Mentions are answered for who asked alone; direct messages as messages. */
function conversations(app: App, answers: Answers): void {
  app.event('app_mention', async ({ event, client, context }) => {
    if (event.user === undefined) return;
    const user = { id: event.user, name: await nameOf(client, event.user) };
    const where = whereOf(teamOf(context), user, { id: event.channel });
    const text = typedText(withoutMention(event.text));
    const asked = text.replace(PUBLIC, '');
    const answer = answers.said(await answers.line(asked, where, client));
    const thread = event.thread_ts === undefined ? {} : { thread_ts: event.thread_ts };
    if (asked === text)
      await client.chat.postEphemeral({ channel: event.channel, user: event.user, ...thread, ...answer });
    else await answers.parts.say(destinationOf(where), client, { channel: event.channel, ...answer });
  });

  app.message(async ({ message, client, context }: MessageArgs) => {
    if (message.channel_type !== 'im' || message.subtype !== undefined || 'bot_id' in message) return;
    const where = whereOf(teamOf(context), { id: message.user, name: await nameOf(client, message.user) });
    const answer = answers.said(await answers.line(typedText(message.text), where, client));
    await answers.parts.say(directTo(personAt(where)), client, { channel: message.channel, ...answer });
  });
}
type MessageArgs = AllMiddlewareArgs & SlackEventMiddlewareArgs<'message'>;

const teamOf = ({ teamId }: { teamId?: string | undefined }): string => teamId ?? '';

/** Events name people by id only. */
async function nameOf(client: WebClient, user: string): Promise<string> {
  try {
    return (await client.users.info({ user })).user?.name ?? user;
  } catch {
    return user;
  }
}

type ButtonArgs = AllMiddlewareArgs & SlackActionMiddlewareArgs<BlockAction<ButtonAction>>;

const whereActed = ({ body, context }: Pick<ButtonArgs, 'body' | 'context'>): Where =>
  whereOf(body.team?.id ?? teamOf(context), body.user, body.channel);

function buttons(app: App, answers: Answers): void {
  app.action(/^run:/u, async ({ ack, action, body, client, context, respond }: ButtonArgs) => {
    await ack();
    const answer = answers.said(
      await answers.line(action.value ?? '', whereActed({ body, context }), client),
    );
    const { view } = body;
    if (!view) {
      const { message } = body as { message?: { thread_ts?: string } };
      const thread = message?.thread_ts === undefined ? {} : { thread_ts: message.thread_ts };
      await respond({ response_type: 'ephemeral', replace_original: false, ...thread, ...answer });
      return;
    }
    const shown = answered('answer', answer.blocks, answers.words);
    if (view.type === 'modal') await client.views.update({ view_id: view.id, view: shown });
    else await client.views.open({ trigger_id: body.trigger_id, view: shown });
  });
  // A link button opens its page by itself, and is reported all the same.
  app.action(/^open:/u, ({ ack }) => ack());
}

function forms(app: App, answers: Answers): void {
  app.options(new RegExp(`^${CHOOSE}`, 'u'), async ({ ack, payload, body, context }) => {
    const [, command = '', parameter = ''] = payload.action_id.split(':');
    const channel = channelOf(body.view?.private_metadata ?? '');
    const where = whereOf(body.team?.id ?? teamOf(context), body.user, channel);
    // Asked with every letter that is typed: out of memory, without a call to Slack.
    const asker = { destination: destinationOf(where), person: personAt(where), manages: false };
    const { commands } = answers.parts.context;
    const choices = await commands.choices(command, parameter, payload.value, asker, LIMITS.options / 4);
    await ack({
      options: choices.map((choice) => ({ text: plain(choice.label, LIMITS.option), value: choice.value })),
    });
  });

  app.action(new RegExp(`^${OPEN_FORM}`, 'u'), async ({ ack, action, body, client, context }: ButtonArgs) => {
    await ack();
    const command = answers.command(action.action_id.slice(OPEN_FORM.length));
    if (!command) return;
    const channel = channelOf(action.value ?? '');
    const { team, user } = whereActed({ body, context });
    const view = formOf(command, { team, user, ...(channel && { channel }) }, answers.words);
    await client.views.open({ trigger_id: body.trigger_id, view });
  });

  app.view(
    { type: 'view_submission', callback_id: new RegExp(`^${FORM}`, 'u') },
    async ({ ack, view, body, client, context }: AllMiddlewareArgs & SlackViewMiddlewareArgs) => {
      const command = view.callback_id.slice(FORM.length);
      const channel = channelOf(view.private_metadata);
      const where = whereOf(body.team?.id ?? teamOf(context), body.user, channel);
      const shown = (message: Message) => answered(command, answers.said(message).blocks, answers.words);
      // What was sent is kept before Slack is told that it arrived, unless that takes too long.
      const running = run(answers, command, view, where, client);
      const message = await Promise.race([running, sleep(ANSWER_MS, undefined, { ref: false })]);
      const [first] = Object.keys(view.state.values);
      if (message === undefined) {
        await ack({ response_action: 'update', view: shown(answers.working()) });
        await client.views.update({ view_id: view.id, view: shown(await running) });
      } else if (message.tone === 'error' && first !== undefined) {
        await ack({ response_action: 'errors', errors: { [first]: answers.said(message).text } });
        return;
      } else await ack({ response_action: 'update', view: shown(message) });
      if (answers.command(command)?.access === 'manager') await publishHome(answers, where, client);
    },
  );
}

/** Slack waits three seconds for what becomes of a form; what takes longer than this is shown afterwards. */
const ANSWER_MS = 2_000;

async function run(
  answers: Answers,
  command: string,
  view: ViewOutput,
  where: Where,
  client: WebClient,
): Promise<Message> {
  const asker = await answers.asker(where, command, client);
  return answers.parts.context.commands.run(command, valuesOf(view.state.values), asker);
}

function shortcuts(app: App, answers: Answers): void {
  const open = async (
    { shortcut, client, context }: AllMiddlewareArgs & SlackShortcutMiddlewareArgs,
    channel: { id: string; name: string } | undefined,
    filled: Readonly<Record<string, string>>,
  ): Promise<void> => {
    const report = answers.command('report');
    if (!report) return;
    const where = whereOf(shortcut.team?.id ?? teamOf(context), shortcut.user, channel);
    await client.views.open({
      trigger_id: shortcut.trigger_id,
      view: formOf(report, where, answers.words, filled),
    });
  };
  app.shortcut({ type: 'shortcut', callback_id: SHORTCUTS.anywhere }, async (args) => {
    await args.ack();
    await open(args, undefined, {});
  });
  app.shortcut({ type: 'message_action', callback_id: SHORTCUTS.message }, async (args) => {
    await args.ack();
    const { channel, message } = args.shortcut;
    const link = await linkTo(args.client, channel.id, message.ts);
    await open(args, channel, { text: typedText(message.text), ...(link !== undefined && { link }) });
  });
}

/** A form must be opened within three seconds of the click, with or without the message's address. */
const LINK_MS = 1_000;

/** The address at which a message is read; undefined where the bot is not, or when Slack does not say it in time. */
async function linkTo(client: WebClient, channel: string, message_ts: string): Promise<string | undefined> {
  const asked = client.chat.getPermalink({ channel, message_ts }).then(
    ({ permalink }) => permalink,
    () => undefined,
  );
  return Promise.race([asked, sleep(LINK_MS, undefined, { ref: false })]);
}

function home(app: App, answers: Answers): void {
  app.event('app_home_opened', async ({ event, client, context }) => {
    if (event.tab !== 'home') return;
    const user = { id: event.user, name: await nameOf(client, event.user) };
    await publishHome(answers, whereOf(teamOf(context), user), client);
  });
  app.action(PICK_CHANNEL, async ({ ack, action, body, client, context }) => {
    await ack();
    if (action.type !== 'conversations_select' || body.type !== 'block_actions') return;
    const team = body.team?.id ?? teamOf(context);
    const channel = { id: action.selected_conversation, name: '' };
    await publishHome(answers, whereOf(team, body.user, channel), client);
  });
}
