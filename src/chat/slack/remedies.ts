/** What Slack's codes mean to people; the code stays in front, for whoever looks it up. */
const WORDS: Readonly<Record<string, string>> = {
  account_inactive: 'the app was taken out of the workspace',
  cannot_dm_bot: 'that is a bot, which takes no direct messages',
  channel_not_found: 'the channel is gone, or it is private and Sitrep is not in it',
  invalid_auth: 'Slack does not take the token; `sitrep doctor` says what to do',
  is_archived: 'the channel is archived',
  message_not_found: 'somebody deleted the message',
  not_allowed_token_type: 'Slack does not take a token of this kind',
  not_authed: 'Slack was given no token',
  not_in_channel: 'Sitrep is not in the channel',
  not_installed: 'the app is not installed in the workspace',
  restricted_action: 'only some people may post there',
  restricted_action_read_only_channel: 'only some people may post there',
  restricted_action_thread_locked: 'somebody locked the thread',
  thread_not_found: 'somebody deleted the message that the thread begins with',
  token_revoked: 'the token was revoked',
  user_not_found: 'there is no such person any more',
};

/** `not_in_channel` → `not_in_channel: Sitrep is not in the channel`. */
export const worded = (code: string): string => {
  const words = WORDS[code];
  return words === undefined ? code : `${code}: ${words}`;
};

/** What to do about a channel that is closed to us, by Slack's own code. */
const CHANNEL_REMEDIES: Readonly<Record<string, string>> = {
  not_in_channel: 'invite the bot: /invite @Sitrep in the channel; what waits is told then',
  channel_not_found: 'invite the bot, if the channel is private; if it was deleted, unsubscribe it',
  is_archived: 'unarchive the channel, and invite the bot again',
  not_installed: 'install the app in the workspace again; what waits is told then',
  missing_scope: 'add the scope to the app (`sitrep slack manifest`) and install it in the workspace again',
};

/** @param why the reason of a refusal, which begins with Slack's code */
export const slackRemedy = (why: string): string | undefined => CHANNEL_REMEDIES[why.split(':')[0] ?? ''];
