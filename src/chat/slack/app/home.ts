import type { HomeView, KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { label } from '../../../render/strings.ts';
import { LIMITS } from '../limits.ts';
import type { Answers } from './answers.ts';
import type { Where } from './asker.ts';
import { plain } from './forms.ts';

export const OPEN_FORM = 'form:';
export const PICK_CHANNEL = 'home:channel';

/** A button that opens a command's form, about a channel or about oneself. */
const formButton = (command: string, text: string, where: Where) =>
  ({
    type: 'button',
    action_id: `${OPEN_FORM}${command}`,
    text: plain(text),
    value: JSON.stringify(where.channel ?? null),
  }) as const;

async function subscriptions(
  answers: Answers,
  where: Where,
  client: WebClient,
): Promise<readonly KnownBlock[]> {
  const { strings } = answers.parts.context;
  const message = await answers.line('/subscriptions', where, client);
  return [
    ...answers.said({ ...message, blocks: message.blocks.filter(({ kind }) => kind !== 'paragraph') }).blocks,
    {
      type: 'actions',
      block_id: where.channel ? 'channel' : 'own',
      elements: [
        formButton('subscribe', label(strings, 'slack.subscribe', {}), where),
        formButton('unsubscribe', label(strings, 'action.unsubscribe', {}), where),
        ...(where.channel || !answers.command('report')
          ? []
          : [formButton('report', label(strings, 'slack.report', {}), where)]),
      ],
    },
  ];
}

/** The App Home: what the person hears, what a channel of their choice hears, and forms to change it. */
export async function publishHome(answers: Answers, where: Where, client: WebClient): Promise<void> {
  const { strings } = answers.parts.context;
  const { channel, ...person } = where;
  const view: HomeView = {
    type: 'home',
    blocks: [
      ...(await subscriptions(answers, person, client)),
      { type: 'divider' },
      {
        type: 'section',
        text: plain(label(strings, 'slack.home_channel', {}), LIMITS.text),
        accessory: {
          type: 'conversations_select',
          action_id: PICK_CHANNEL,
          filter: { include: ['public', 'private'], exclude_bot_users: true },
          ...(channel && { initial_conversation: channel.id }),
        },
      },
      ...(channel ? await subscriptions(answers, where, client) : []),
    ],
  };
  await client.views.publish({ user_id: where.user.id, view });
}
