import type { Installation } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { instant, type Instant } from '../../../model/time.ts';
import type { ChatLog } from '../../app-ports.ts';
import type { InstallationBook } from '../ports.ts';
import { slackCode } from '../verdict.ts';
import { seal, unseal } from './seal.ts';

/** What is kept of an installation, sealed. */
interface Kept {
  readonly botToken: string;
  readonly botUser?: string;
  readonly bot?: string;
  readonly refreshToken?: string;
  readonly expires?: Instant;
  readonly scopes: readonly string[];
}

/** A bot's token in a workspace, with who the bot is there. */
export interface Authority {
  readonly token: string;
  readonly botUser?: string;
  readonly bot?: string;
}

export interface InstallationParts {
  readonly store: InstallationBook;
  readonly key: Buffer;
  readonly clientId: string;
  readonly clientSecret: () => string;
  /** A client without a token, for OAuth's own calls. */
  readonly client: WebClient;
  readonly clock: () => Instant;
  readonly log: ChatLog;
}

/** Slack's tokens live twelve hours; each is renewed when it has less than this left, whether anything comes in or not. */
const RENEW_BEFORE_MS = 2 * 3_600_000;

const after = (at: Instant, ms: number): Instant => instant(Date.parse(at) + ms);

/** Tokens of every workspace and organisation where the app is installed, encrypted at rest and renewed in time. */
export class Installations {
  readonly #parts: InstallationParts;

  constructor(parts: InstallationParts) {
    this.#parts = parts;
  }

  /** Keeps what OAuth gave: of a workspace, or of an organisation for all its workspaces. Returns under which id. */
  async keep(installation: Installation): Promise<string> {
    const { store, clock } = this.#parts;
    const workspace = installation.isEnterpriseInstall ? installation.enterprise?.id : installation.team?.id;
    const { bot } = installation;
    if (workspace === undefined || !bot) throw new Error('Slack gave no bot token for a workspace');
    const kept: Kept = {
      botToken: bot.token,
      botUser: bot.userId,
      bot: bot.id,
      scopes: bot.scopes,
      ...(bot.refreshToken !== undefined && { refreshToken: bot.refreshToken }),
      ...(bot.expiresAt !== undefined && { expires: instant(bot.expiresAt * 1_000) }),
    };
    await store.saveInstallation('slack', this.#sealed(workspace, kept), clock());
    return workspace;
  }

  async forget(workspace: string): Promise<void> {
    await this.#parts.store.deleteInstallation('slack', workspace);
  }

  /** The bot's token there, renewed when it is about to end; undefined when the app is not installed. */
  async authority(workspace: string): Promise<Authority | undefined> {
    const row = await this.#parts.store.installation('slack', workspace);
    if (!row) return undefined;
    const kept = this.#opened(row);
    const { botToken, botUser, bot } = this.#isEnding(kept) ? await this.#renew(row.workspace, kept) : kept;
    return {
      token: botToken,
      ...(botUser !== undefined && { botUser }),
      ...(bot !== undefined && { bot }),
    };
  }

  /** Renews every token that is about to end, so that a quiet workspace's is good when an alert comes. */
  async renewEnding(): Promise<void> {
    const { store, clock, log } = this.#parts;
    for (const row of await store.installationsEnding('slack', after(clock(), RENEW_BEFORE_MS)))
      try {
        await this.#renew(row.workspace, this.#opened(row));
      } catch (error) {
        log.warn({ err: error, workspace: row.workspace }, 'a token of Slack could not be renewed');
      }
  }

  #isEnding({ expires }: Kept): boolean {
    return expires !== undefined && expires <= after(this.#parts.clock(), RENEW_BEFORE_MS);
  }

  /** One process renews at a time: a refresh token is good once. */
  async #renew(workspace: string, known: Kept): Promise<Kept> {
    let current = known;
    await this.#parts.store.changeInstallation('slack', workspace, async (row) => {
      current = this.#opened(row);
      if (!this.#isEnding(current) || current.refreshToken === undefined) return undefined;
      const renewed = await this.#asked(workspace, current, current.refreshToken);
      if (!renewed) return undefined;
      current = renewed;
      return this.#sealed(workspace, renewed);
    });
    return current;
  }

  async #asked(workspace: string, kept: Kept, refreshToken: string): Promise<Kept | undefined> {
    const { client, clientId, clientSecret, clock, log } = this.#parts;
    try {
      const answer = await client.oauth.v2.access({
        client_id: clientId,
        client_secret: clientSecret(),
        grant_type: 'refresh_token',
        refresh_token: refreshToken,
      });
      if (answer.access_token === undefined) return undefined;
      return {
        ...kept,
        botToken: answer.access_token,
        ...(answer.refresh_token !== undefined && { refreshToken: answer.refresh_token }),
        ...(answer.expires_in !== undefined && { expires: after(clock(), answer.expires_in * 1_000) }),
      };
    } catch (error) {
      const remedy =
        slackCode(error) === undefined ? 'it is tried again' : 'have the app installed there again';
      log.warn({ err: error, workspace }, `a token of Slack could not be renewed; ${remedy}`);
      return undefined;
    }
  }

  #sealed(workspace: string, kept: Kept) {
    return {
      workspace,
      sealed: seal(JSON.stringify(kept), owner(workspace), this.#parts.key),
      ...(kept.expires !== undefined && { expires: kept.expires }),
    };
  }

  #opened({ workspace, sealed }: { readonly workspace: string; readonly sealed: string }): Kept {
    return JSON.parse(unseal(sealed, owner(workspace), this.#parts.key)) as Kept;
  }
}

const owner = (workspace: string): string => `slack ${workspace}`;
