import {
  InteractionResponseType as Reply,
  MessageFlags,
  REST,
  Routes,
  type APIInteraction,
} from 'discord.js';
import type { Payload } from '../payload.ts';

type Answerable = Pick<APIInteraction, 'id' | 'token' | 'application_id'>;

/**
 * How interactions are answered: by their token, not the bot's, outside its limits, and on connections of their own, so that
 * no delivery is ever in front of an answer.
 */
export class Answers {
  readonly #rest: REST;

  constructor(api: string, timeoutMs: number) {
    this.#rest = new REST({
      version: '10',
      api,
      retries: 0,
      timeout: timeoutMs,
      rejectOnRateLimit: () => true,
    });
  }

  message(to: Answerable, payload: Payload, hidden: boolean): Promise<void> {
    return this.#first(to, Reply.ChannelMessageWithSource, {
      ...payload,
      ...(hidden && { flags: MessageFlags.Ephemeral }),
    });
  }

  /** "Sitrep is thinking": the answer follows within 15 minutes, by `follow`. */
  thinking(to: Answerable, hidden: boolean): Promise<void> {
    return this.#first(
      to,
      Reply.DeferredChannelMessageWithSource,
      hidden ? { flags: MessageFlags.Ephemeral } : {},
    );
  }

  choices(
    to: Answerable,
    choices: readonly { readonly name: string; readonly value: string }[],
  ): Promise<void> {
    return this.#first(to, Reply.ApplicationCommandAutocompleteResult, { choices });
  }

  form(to: Answerable, modal: object): Promise<void> {
    return this.#first(to, Reply.Modal, modal);
  }

  async follow({ application_id, token }: Answerable, payload: Payload): Promise<void> {
    await this.#rest.patch(Routes.webhookMessage(application_id, token, '@original'), {
      body: payload,
      auth: false,
    });
  }

  async #first({ id, token }: Answerable, type: Reply, data: object): Promise<void> {
    await this.#rest.post(Routes.interactionCallback(id, token), { body: { type, data }, auth: false });
  }
}
