import type { ChatCommand } from '../app-ports.ts';
import { cutText } from '../cut.ts';
import { SHORTCUTS } from './app/shortcuts.ts';
import { SLASH } from './app/words.ts';

/** What the app may do, each with why it must. docs/slack.md says the same to administrators; a test holds it to that. */
export const SCOPES = {
  'app_mentions:read': 'to answer when it is mentioned',
  'channels:history': 'to look whether an alert arrived before it is sent a second time',
  'channels:read': 'to know a channel’s name and who created it, who may change what it hears',
  'chat:write': 'to post alerts, replies and answers, and to bring alerts up to date',
  commands: 'for /sitrep and the shortcuts',
  'groups:history': 'as channels:history, in private channels that it was invited to',
  'groups:read': 'as channels:read, in private channels that it was invited to',
  'im:history': 'to read what is asked in direct messages to it, and to look for alerts there',
  'im:read': 'to know its own direct messages',
  'im:write': 'to open a direct message with somebody who subscribed alone',
  'usergroups:read': 'to know who is in the group that may change what channels hear',
  'users:read': 'to know who administers the workspace, who may change what channels hear',
} as const;

export const BOT_SCOPES = Object.keys(SCOPES);

/** Scopes that a token lacks; undefined when Slack does not name what it has. */
export const missingScopes = (granted: readonly string[] | undefined): readonly string[] | undefined =>
  granted && BOT_SCOPES.filter((scope) => !granted.includes(scope));

/** Of an app that organisations install: workspaces of theirs that come and go. */
const ORGANISATION_EVENTS = ['team_access_granted', 'team_access_revoked'];

const EVENTS = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'member_joined_channel',
  'message.im',
  'tokens_revoked',
];

export interface ManifestOptions {
  readonly commands: readonly ChatCommand[];
  /** Where Slack sends requests to; absent: Socket Mode. */
  readonly publicUrl?: string;
}

/** Slack cuts a usage hint at this length in its own pages. */
const HINT = 100;

/** The app as Slack's "create from manifest" takes it, made from the commands. */
export function manifestOf({ commands, publicUrl }: ManifestOptions): object {
  const requests = publicUrl === undefined ? undefined : new URL('slack/events', publicUrl).href;
  const url = requests === undefined ? {} : { url: requests };
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: 'Sitrep',
      description: 'Who controls which place, who left from where, told in threads with the evidence.',
      background_color: '#1d2733',
    },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'Sitrep', always_online: true },
      slash_commands: [
        {
          command: SLASH,
          ...url,
          description: 'Who holds a place, alerts on it, and what they stand on',
          usage_hint: cutText(commands.map(({ name }) => name).join(' | '), HINT),
          should_escape: false,
        },
      ],
      ...(commands.some(({ name }) => name === 'report') && {
        shortcuts: [
          {
            name: 'Send to Sitrep',
            type: 'global',
            callback_id: SHORTCUTS.anywhere,
            description: 'Send a report that Sitrep reads like any other',
          },
          {
            name: 'Send to Sitrep',
            type: 'message',
            callback_id: SHORTCUTS.message,
            description: 'Send this message as a report',
          },
        ],
      }),
    },
    oauth_config: {
      ...(publicUrl !== undefined && { redirect_urls: [new URL('slack/oauth_redirect', publicUrl).href] }),
      scopes: { bot: BOT_SCOPES },
    },
    settings: {
      event_subscriptions: {
        ...(requests !== undefined && { request_url: requests }),
        bot_events: requests === undefined ? EVENTS : [...EVENTS, ...ORGANISATION_EVENTS],
      },
      interactivity: {
        is_enabled: true,
        ...(requests !== undefined && { request_url: requests, message_menu_options_url: requests }),
      },
      org_deploy_enabled: publicUrl !== undefined,
      socket_mode_enabled: publicUrl === undefined,
      token_rotation_enabled: publicUrl !== undefined,
    },
  };
}
