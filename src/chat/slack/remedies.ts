/** What to do about a channel that is closed to us, by Slack's own code. */
const CHANNEL_REMEDIES: Readonly<Record<string, string>> = {
  not_in_channel: 'invite the bot: /invite @Sitrep in the channel; what waits is told then',
  channel_not_found: 'invite the bot, if the channel is private; if it was deleted, unsubscribe it',
  is_archived: 'unarchive the channel, and invite the bot again',
  not_installed: 'install the app in the workspace again; what waits is told then',
};

export const slackRemedy = (code: string): string | undefined =>
  code.startsWith('missing_scope')
    ? 'add the scope to the app (`sitrep slack manifest`) and install it in the workspace again'
    : CHANNEL_REMEDIES[code];
