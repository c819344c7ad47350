import { WebAPIHTTPError, WebClient } from '@slack/web-api';
import type { ChatLog } from '../app-ports.ts';
import type { PlatformFinding } from '../port.ts';
import type { SlackSettings } from './app/settings.ts';
import { clientOptions } from './client.ts';
import { BOT_SCOPES } from './manifest.ts';
import { slackCode, verdictOf } from './verdict.ts';

interface Checked {
  readonly settings: SlackSettings;
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
  if (granted === undefined) return { what, verdict: 'note', found: 'Slack did not name them' };
  const missing = BOT_SCOPES.filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return { what, verdict: 'ok', found: `all ${BOT_SCOPES.length}` };
  return {
    what,
    verdict: 'failure',
    found: `missing: ${missing.join(', ')}`,
    remedy:
      'put what `sitrep slack manifest` prints into the app at api.slack.com/apps, "App Manifest", then install it in the workspace again; docs/slack.md says what each scope is for',
  };
}

async function botToken(token: string, { settings, log }: Checked): Promise<readonly PlatformFinding[]> {
  const what = 'Slack bot token (SLACK_BOT_TOKEN)';
  try {
    const { team, user, response_metadata } = await new WebClient(
      token,
      clientOptions(log, settings),
    ).auth.test();
    return [
      { what, verdict: 'ok', found: `${user ?? ''} in ${team ?? ''}` },
      scopes(response_metadata?.scopes),
    ];
  } catch (error) {
    return [failure(what, error)];
  }
}

async function appToken(token: string, { settings, log }: Checked): Promise<PlatformFinding> {
  const what = 'Slack app-level token (SLACK_APP_TOKEN)';
  try {
    await new WebClient(token, clientOptions(log, settings)).apps.connections.open({});
    return { what, verdict: 'ok', found: 'Socket Mode connects' };
  } catch (error) {
    return failure(what, error);
  }
}

/** What `doctor` says of Slack: tokens, scopes, whether it can be reached; each with what to do. Changes nothing. */
export async function checkSlack(checked: Checked): Promise<readonly PlatformFinding[]> {
  const { installed, reached } = checked.settings;
  const findings: PlatformFinding[] = [];
  if (installed.kind === 'one') findings.push(...(await botToken(installed.botToken.reveal(), checked)));
  else
    findings.push({
      what: 'Slack',
      verdict: 'note',
      found: `people install it at ${new URL('slack/install', installed.publicUrl).href}`,
    });
  if (reached.kind === 'socket') findings.push(await appToken(reached.appToken.reveal(), checked));
  else
    findings.push({
      what: 'Slack requests',
      verdict: 'note',
      found: `listened for at http://${reached.host}:${reached.port}/slack/events`,
    });
  return findings;
}
