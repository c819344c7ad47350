import { WebAPIHTTPError, WebClient } from '@slack/web-api';
import { personOf, type Destination } from '../../model/telling.ts';
import type { ChatLog } from '../app-ports.ts';
import type { PlatformFinding } from '../port.ts';
import type { SlackSettings } from './app/settings.ts';
import { clientOptions } from './client.ts';
import { BOT_SCOPES, missingScopes } from './manifest.ts';
import { slackRemedy, worded } from './remedies.ts';
import { slackCode, verdictOf } from './verdict.ts';

interface Checked {
  readonly settings: SlackSettings;
  /** The bot's token in a workspace; undefined where the app is not installed. */
  readonly tokenOf: (workspace: string) => Promise<string | undefined>;
  /** Channels and people that are to be told. */
  readonly destinations: readonly Destination[];
  readonly log: ChatLog;
}

/** What Slack answers to a token that it does not take, and what mends it. */
const REMEDIES: Readonly<Record<string, string>> = {
  invalid_auth:
    'copy it again from the app at api.slack.com/apps; it may belong to another app or have a part cut off',
  not_authed: 'copy it again from the app at api.slack.com/apps',
  account_inactive: 'the app was taken out of the workspace: install it again and copy the new token',
  token_revoked: 'install the app in the workspace again and copy the new token',
  token_expired: 'install the app in the workspace again and copy the new token',
  not_allowed_token_type:
    'an app-level token begins with xapp-, a bot’s with xoxb-; see whether the two were mixed up',
  missing_scope: 'give the app-level token the scope connections:write',
};

function failure(what: string, error: unknown): PlatformFinding {
  const code = slackCode(error);
  if (code !== undefined)
    return {
      what,
      verdict: 'failure',
      found: `Slack says ${code}`,
      remedy: REMEDIES[code] ?? 'see what this code means at docs.slack.dev, for the method auth.test',
    };
  return {
    what,
    verdict: 'failure',
    found: error instanceof WebAPIHTTPError ? `Slack answers HTTP ${error.statusCode}` : verdictOf(error).why,
    remedy:
      'see whether this machine reaches https://slack.com, and status.slack.com; alerts wait and are told then',
  };
}

/** Scopes that the token lacks, as Slack names what it has in a header of every answer. */
function scopes(granted: readonly string[] | undefined): PlatformFinding {
  const what = 'Slack scopes';
  const missing = missingScopes(granted);
  if (missing === undefined) return { what, verdict: 'note', found: 'Slack did not name them' };
  if (missing.length === 0) return { what, verdict: 'ok', found: `all ${BOT_SCOPES.length}` };
  return {
    what,
    verdict: 'failure',
    found: `missing: ${missing.join(', ')}`,
    remedy:
      'put what `sitrep slack manifest` prints into the app at api.slack.com/apps, "App Manifest", then install it in the workspace again; docs/slack.md says what each scope is for',
  };
}

const clientOf = ({ settings, log }: Checked, token?: string): WebClient =>
  new WebClient(token, clientOptions(log, settings));

async function botToken(token: string, what: string, checked: Checked): Promise<readonly PlatformFinding[]> {
  try {
    const { team, user, response_metadata } = await clientOf(checked, token).auth.test();
    return [
      { what, verdict: 'ok', found: `${user ?? ''} in ${team ?? ''}` },
      scopes(response_metadata?.scopes),
    ];
  } catch (error) {
    return [failure(what, error)];
  }
}

/** A workspace where people installed the app: its token, unless there is none any more. */
async function installedIn(workspace: string, checked: Checked): Promise<readonly PlatformFinding[]> {
  const what = `Slack workspace ${workspace}`;
  const token = await checked.tokenOf(workspace);
  if (token !== undefined) return botToken(token, what, checked);
  const remedy = slackRemedy('not_installed') ?? '';
  return [{ what, verdict: 'failure', found: worded('not_installed'), remedy }];
}

/** Each channel is one call, of which a minute has fifty. */
const MOST_CHANNELS = 40;

/** A channel that takes nothing from us, as far as can be known without a word said there. */
async function channel(destination: Destination, checked: Checked): Promise<readonly PlatformFinding[]> {
  const token = await checked.tokenOf(destination.workspace);
  if (token === undefined) return [];
  const closed = (why: string): readonly PlatformFinding[] => [
    {
      what: `Slack ${destination.name}`,
      verdict: 'failure',
      found: worded(why),
      remedy: slackRemedy(why) ?? 'see what this code means at docs.slack.dev',
    },
  ];
  try {
    const { channel: known } = await clientOf(checked, token).conversations.info({
      channel: destination.channel,
    });
    if (known?.is_archived === true) return closed('is_archived');
    return known?.is_member === false ? closed('not_in_channel') : [];
  } catch (error) {
    const code = slackCode(error);
    return code === 'channel_not_found' ? closed(code) : [];
  }
}

/** Whether Slack is there at all, where no workspace is known that could be asked about. */
async function reachable(checked: Checked): Promise<PlatformFinding> {
  const what = 'Slack';
  try {
    await clientOf(checked).api.test();
    return { what, verdict: 'ok', found: 'answers; no workspace hears anything yet' };
  } catch (error) {
    return failure(what, error);
  }
}

async function bots(checked: Checked): Promise<readonly PlatformFinding[]> {
  const { installed } = checked.settings;
  if (installed.kind === 'one')
    return botToken(installed.botToken.reveal(), 'Slack bot token (SLACK_BOT_TOKEN)', checked);
  const workspaces = [...new Set(checked.destinations.map(({ workspace }) => workspace))];
  const found: PlatformFinding[] = [
    {
      what: 'Slack',
      verdict: 'note',
      found: `people install it at ${new URL('slack/install', installed.publicUrl).href}`,
    },
  ];
  for (const workspace of workspaces) found.push(...(await installedIn(workspace, checked)));
  return workspaces.length === 0 ? [...found, await reachable(checked)] : found;
}

async function appToken(token: string, checked: Checked): Promise<PlatformFinding> {
  const what = 'Slack app-level token (SLACK_APP_TOKEN)';
  try {
    await clientOf(checked, token).apps.connections.open({});
    return { what, verdict: 'ok', found: 'Socket Mode connects' };
  } catch (error) {
    return failure(what, error);
  }
}

/** What `doctor` says of Slack: tokens, scopes, channels, whether it can be reached; each with what to do. Says nothing there. */
export async function checkSlack(checked: Checked): Promise<readonly PlatformFinding[]> {
  const { reached } = checked.settings;
  const found = [...(await bots(checked))];
  if (reached.kind === 'socket') found.push(await appToken(reached.appToken.reveal(), checked));
  else
    found.push({
      what: 'Slack requests',
      verdict: 'note',
      found: `listened for at http://${reached.host}:${reached.port}/slack/events`,
    });
  // With a token that is wrong, every channel would only say so once more.
  if (found.some(({ verdict }) => verdict === 'failure')) return found;
  const channels = checked.destinations.filter((one) => personOf(one) === undefined);
  for (const one of channels.slice(0, MOST_CHANNELS)) found.push(...(await channel(one, checked)));
  return found;
}
