import { setTimeout as sleep } from 'node:timers/promises';
import type { PlatformFinding } from '../chat/port.ts';
import type { SlackSettings } from '../chat/slack/app/settings.ts';
import type { Slack } from '../chat/slack/app/start.ts';
import type { SlackStore } from '../chat/slack/ports.ts';
import { COMMANDS, type Commands } from '../commands/commands.ts';
import type { Config } from '../config/load.ts';
import type { Destination } from '../model/telling.ts';
import { systemClock, type Clock } from '../model/time.ts';
import type { Strings } from '../render/strings.ts';
import type { Log } from './log.ts';

/** How Slack is set up; undefined when it is not used. */
function slackSettings({ slack }: Pick<Config, 'slack'>): SlackSettings | undefined {
  const shared = { apiUrl: slack.api, ...(slack.managers !== undefined && { managers: slack.managers }) };
  const http = slack.signingSecret && {
    kind: 'http' as const,
    signingSecret: slack.signingSecret,
    host: slack.host,
    port: slack.port,
  };
  const { clientId, clientSecret, tokenKey, publicUrl, botToken, appToken } = slack;
  if (clientId !== undefined && clientSecret && tokenKey && publicUrl !== undefined && http)
    return {
      reached: http,
      installed: {
        kind: 'many',
        clientId,
        clientSecret,
        tokenKey: Buffer.from(tokenKey.reveal(), 'base64'),
        publicUrl,
      },
      ...shared,
    };
  const reached = appToken ? ({ kind: 'socket', appToken } as const) : http;
  if (!botToken || !reached) return undefined;
  return { reached, installed: { kind: 'one', botToken }, ...shared };
}

interface SlackAppParts {
  readonly config: Config;
  readonly store: SlackStore;
  readonly commands: Commands;
  readonly strings: Strings;
  readonly clock: Clock;
  readonly log: Log;
}

/** Slack, where it is set up; not yet connected. The library is loaded only then. */
export async function slackApp({ config, ...parts }: SlackAppParts): Promise<Slack | undefined> {
  const settings = slackSettings(config);
  if (!settings) return undefined;
  const { openSlack } = await import('../chat/slack/app/start.ts');
  return openSlack({
    ...parts,
    settings,
    definitions: COMMANDS,
    now: () => performance.now(),
    sleep: (ms) => sleep(ms),
    ...(config.desk.publicUrl !== undefined && { desk: config.desk.publicUrl }),
  });
}

const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** What `doctor` finds of Slack. */
export async function examineSlack(
  config: Config,
  { store, destinations }: { readonly store: SlackStore; readonly destinations: readonly Destination[] },
): Promise<readonly PlatformFinding[]> {
  const settings = slackSettings(config);
  if (!settings)
    return [
      { what: 'Slack', verdict: 'note', found: 'not set up', remedy: 'docs/slack.md takes you through it' },
    ];
  const { checkSlack } = await import('../chat/slack/checks.ts');
  const { authoritiesOf } = await import('../chat/slack/oauth/authorities.ts');
  const authorities = authoritiesOf({ settings, store, clock: systemClock, log: quiet });
  return checkSlack({
    settings,
    tokenOf: async (workspace) => (await authorities.of(workspace))?.token,
    destinations: destinations.filter(({ platform }) => platform === 'slack'),
    log: quiet,
  });
}
