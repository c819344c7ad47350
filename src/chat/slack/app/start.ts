import { hkdfSync } from 'node:crypto';
import { App, HTTPReceiver, SocketModeReceiver, type Authorize, type Receiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { label } from '../../../render/strings.ts';
import { clientOptions, clientPool, libraryLog } from '../client.ts';
import { BOT_SCOPES, missingScopes } from '../manifest.ts';
import { authoritiesOf, type Authorities } from '../oauth/authorities.ts';
import type { Installations } from '../oauth/installations.ts';
import { SlackChat } from '../port.ts';
import type { SlackContext } from '../ports.ts';
import { slackCode } from '../verdict.ts';
import { Answers } from './answers.ts';
import { listen } from './listeners.ts';
import { eachOnce } from './each-once.ts';
import type { Installed, SlackSettings } from './settings.ts';
import { watchWhereabouts } from './whereabouts.ts';

export interface SlackParts extends SlackContext {
  readonly settings: SlackSettings;
  /** Where readers open the desk; absent: messages have no links to it. */
  readonly desk?: string;
  /** Milliseconds that never go back. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

export interface Slack {
  /** Where alerts go out; needs no connection that Slack opens. */
  readonly port: SlackChat;
  /** Lets people's commands come in. Resolves when Slack is connected; never throws for Slack's sake. */
  listen(): Promise<void>;
  stop(): Promise<void>;
}

const RENEW_EVERY_MS = 600_000;
const RECONNECT_MS = [5_000, 15_000, 60_000] as const;
/** What no second try mends: somebody has to change the settings or the app. */
const HOPELESS = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'missing_scope',
  'not_allowed_token_type',
  'app_socket_mode_disabled',
]);

/** Slack, built and not yet connected. */
export function openSlack(parts: SlackParts): Slack {
  const { settings, log, strings } = parts;
  const options = clientOptions(log, settings);
  const authorities = authoritiesOf(parts);
  const around = {
    ...(parts.desk !== undefined && { desk: parts.desk }),
    more: label(strings, 'slack.more', {}),
  };
  const port = new SlackChat({
    tokenOf: async (workspace) => (await authorities.of(workspace))?.token,
    clientOf: clientPool(options),
    around,
    distributed: settings.installed.kind === 'many',
    now: parts.now,
    sleep: parts.sleep,
    log,
  });
  const answers = new Answers({
    context: parts,
    around,
    say: (destination, client, message) => port.say(destination, client, message),
    ...(settings.managers !== undefined && { managers: settings.managers }),
  });
  const connection = new Connection(parts, authorities, answers);
  return { port, listen: () => connection.open(), stop: () => connection.close() };
}

/** What Slack opens to us. */
class Connection {
  readonly #parts: SlackParts;
  readonly #authorities: Authorities;
  readonly #app: App;
  #bot: { readonly user?: string; readonly id?: string } = {};
  #renewal: NodeJS.Timeout | undefined;
  #closed = false;
  #open = false;

  constructor(parts: SlackParts, authorities: Authorities, answers: Answers) {
    this.#parts = parts;
    this.#authorities = authorities;
    const { settings, log } = parts;
    this.#app = new App({
      receiver: eachOnce(receiverOf(parts, authorities.installations), parts),
      authorize: this.#authorize,
      clientOptions: clientOptions(log, settings),
      logger: libraryLog(log),
      convoStore: false,
    });
    this.#app.error((error) => {
      log.error({ err: error }, 'what Slack sent could not be answered');
      return Promise.reject(error);
    });
    listen(this.#app, answers);
    watchWhereabouts(this.#app, parts, authorities.installations);
  }

  readonly #authorize: Authorize<boolean> = async (source) => {
    const { enterpriseId, isEnterpriseInstall } = source;
    // What concerns an organisation as a whole names no workspace, or null.
    const teamId = (source.teamId as string | null | undefined) ?? undefined;
    if (isEnterpriseInstall && teamId !== undefined && enterpriseId !== undefined)
      await this.#parts.store.joinOrganisation('slack', teamId, enterpriseId);
    const authority = await this.#authorities.of(teamId ?? enterpriseId ?? '');
    if (!authority) throw new Error('Sitrep is not installed there');
    const botUserId = authority.botUser ?? this.#bot.user;
    const botId = authority.bot ?? this.#bot.id;
    return {
      botToken: authority.token,
      ...(botUserId !== undefined && { botUserId }),
      ...(botId !== undefined && { botId }),
      ...(teamId !== undefined && { teamId }),
      ...(enterpriseId !== undefined && { enterpriseId }),
    };
  };

  /** Connects, and tries again for as long as trying may help. */
  async open(): Promise<void> {
    const { log, sleep } = this.#parts;
    for (let tries = 0; !this.#closed; tries += 1) {
      try {
        await this.#connect();
        return;
      } catch (error) {
        const code = slackCode(error);
        if (code !== undefined && HOPELESS.has(code)) {
          log.error(
            { err: error },
            'Slack does not let Sitrep in; `sitrep doctor` says what to mend. The rest of Sitrep goes on',
          );
          return;
        }
        log.warn({ err: error }, 'Slack cannot be reached; trying again');
        await sleep(RECONNECT_MS[Math.min(tries, RECONNECT_MS.length - 1)] ?? 0);
      }
    }
  }

  async #connect(): Promise<void> {
    const { settings, log } = this.#parts;
    const { installed } = settings;
    if (installed.kind === 'one') this.#bot = await identify(installed, this.#parts);
    await this.#app.start();
    this.#open = true;
    const { installations } = this.#authorities;
    if (installations) {
      await installations.renewEnding();
      this.#renewal = setInterval(() => void installations.renewEnding(), RENEW_EVERY_MS);
    }
    log.info({ reached: settings.reached.kind, installed: installed.kind }, 'Slack is connected');
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#renewal);
    if (this.#open) await this.#app.stop();
  }
}

/** Who the bot is in the one workspace. What was closed there for want of a scope is told when no scope is missing any more. */
async function identify(
  installed: Extract<Installed, { kind: 'one' }>,
  { settings, store, log }: SlackParts,
): Promise<{ readonly user?: string; readonly id?: string }> {
  const client = new WebClient(installed.botToken.reveal(), clientOptions(log, settings));
  const { user_id: user, bot_id: id, team_id: team, response_metadata } = await client.auth.test();
  if (team !== undefined && missingScopes(response_metadata?.scopes)?.length === 0)
    await store.enableWorkspace('slack', team, 'missing_scope');
  return { ...(user !== undefined && { user }), ...(id !== undefined && { id }) };
}

const EVENTS_PATH = '/slack/events';

function receiverOf(parts: SlackParts, installations: Installations | undefined): Receiver {
  const { settings, log, store } = parts;
  const logger = libraryLog(log);
  const options = clientOptions(log, settings);
  const { reached, installed } = settings;
  if (reached.kind === 'socket')
    return new SocketModeReceiver({
      appToken: reached.appToken.reveal(),
      logger,
      installerOptions: { clientOptions: options },
    });
  const receiver = new HTTPReceiver({
    signingSecret: reached.signingSecret.reveal(),
    endpoints: EVENTS_PATH,
    logger,
    ...(installed.kind === 'many' &&
      installations && {
        clientId: installed.clientId,
        clientSecret: installed.clientSecret.reveal(),
        // One key from the environment; what signs the state of OAuth is derived from it.
        stateSecret: Buffer.from(
          hkdfSync('sha256', installed.tokenKey, '', 'slack oauth state', 32),
        ).toString('hex'),
        scopes: [...BOT_SCOPES],
        redirectUri: new URL('slack/oauth_redirect', installed.publicUrl).href,
        installationStore: {
          storeInstallation: async (installation) => {
            const workspace = await installations.keep(installation);
            await store.enableWorkspace('slack', workspace);
            log.info({ workspace }, 'Sitrep was installed in a Slack workspace');
          },
          fetchInstallation: () => Promise.reject(new Error('tokens are not read this way')),
          deleteInstallation: ({ isEnterpriseInstall, teamId, enterpriseId }) =>
            installations.forget((isEnterpriseInstall ? enterpriseId : teamId) ?? ''),
        },
        installerOptions: {
          redirectUriPath: '/slack/oauth_redirect',
          clientOptions: options,
          directInstall: true,
          ...(settings.apiUrl !== undefined && {
            authorizationUrl: new URL('/oauth/v2/authorize', settings.apiUrl).href,
          }),
        },
      }),
  });
  return {
    init: (app) => receiver.init(app),
    start: () => receiver.start({ host: reached.host, port: reached.port }),
    stop: () => receiver.stop(),
  };
}
