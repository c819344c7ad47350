import { InteractionResponseType as Reply, MessageFlags } from 'discord.js';
import * as refusals from './errors.ts';
import { checkMessage, checkModal, checkChoices, type Json } from './forms.ts';
import type { Answer } from './routes.ts';
import type { State } from './state.ts';

/** "You must respond within 3 seconds", and then may follow up for 15 minutes. */
const FIRST_ANSWER_MS = 3000;
const TOKEN_MS = 15 * 60_000;

/** What an app answered to one interaction, as the person sees it. */
export interface Answered {
  readonly type: Reply;
  readonly data: Json;
  /** Only the person who asked sees it. */
  readonly ephemeral: boolean;
  /** The answer came after "is thinking". */
  readonly deferred: boolean;
  /** Milliseconds from the interaction to its first answer. */
  readonly afterMs: number;
}

interface Open {
  readonly id: string;
  readonly at: number;
  first?: { readonly type: Reply; readonly data: Json; readonly at: number };
  final?: Json;
  readonly waiting: ((answered: Answered) => void)[];
}

const DEFERS: readonly number[] = [Reply.DeferredChannelMessageWithSource, Reply.DeferredMessageUpdate];

/** The interactions that were handed out, by token. */
export class Interactions {
  readonly #open = new Map<string, Open>();
  readonly #state: State;

  constructor(state: State) {
    this.#state = state;
  }

  /** A new one. `answered` resolves when the person sees an answer. */
  start(): { readonly id: string; readonly token: string; readonly answered: Promise<Answered> } {
    const id = this.#state.id();
    const token = `token-${id}`;
    const open: Open = { id, at: performance.now(), waiting: [] };
    this.#open.set(token, open);
    const answered = new Promise<Answered>((resolve) => open.waiting.push(resolve));
    return { id, token, answered };
  }

  /** `POST /interactions/:id/:token/callback`, or the body of the answer to a webhook. */
  callback(id: string, token: string, body: Json): Answer {
    const open = this.#open.get(token);
    if (open?.id !== id) throw refusals.unknownInteraction();
    if (open.first) throw refusals.alreadyAcknowledged();
    if (performance.now() - open.at > FIRST_ANSWER_MS) throw refusals.unknownInteraction();
    const type = body['type'] as Reply;
    const data = (body['data'] as Json | undefined) ?? {};
    if (type === Reply.Modal) checkModal(data);
    else if (type === Reply.ApplicationCommandAutocompleteResult) checkChoices(data);
    else if (type === Reply.ChannelMessageWithSource) checkMessage(data, 'answer');
    open.first = { type, data, at: performance.now() };
    if (!DEFERS.includes(type)) this.#settle(open, data);
    return { status: 204 };
  }

  /** `PATCH /webhooks/:application/:token/messages/@original` and `POST /webhooks/:application/:token`. */
  followUp(token: string, body: Json): Answer {
    const open = this.#open.get(token);
    if (!open?.first) throw refusals.unknownWebhook();
    if (performance.now() - open.at > TOKEN_MS) throw refusals.invalidWebhookToken();
    checkMessage(body, 'answer');
    this.#settle(open, body);
    return { status: 200, json: { id: this.#state.id(), ...body } };
  }

  #settle(open: Open, data: Json): void {
    const { first } = open;
    if (!first) return;
    open.final = data;
    const flags = Number(first.data['flags'] ?? 0);
    for (const tell of open.waiting.splice(0))
      tell({
        type: first.type,
        data,
        ephemeral: (flags & MessageFlags.Ephemeral) !== 0,
        deferred: DEFERS.includes(first.type),
        afterMs: first.at - open.at,
      });
  }
}
