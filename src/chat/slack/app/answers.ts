import type { WebClient } from '@slack/web-api';
import type { Message } from '../../../model/message.ts';
import type { Destination } from '../../../model/telling.ts';
import { label } from '../../../render/strings.ts';
import type { ChatAsker, ChatCommand } from '../../app-ports.ts';
import type { Surroundings } from '../blocks/blocks.ts';
import type { SlackContext } from '../ports.ts';
import { askerOf, commandIn, type Where } from './asker.ts';
import type { FormWords } from './forms.ts';
import { said, type Said } from './words.ts';

export interface AnswerParts {
  readonly context: SlackContext;
  readonly around: Surroundings;
  /** User group whose members may change what any channel hears. */
  readonly managers?: string;
  /** Posts as alerts are posted: never earlier than the channel's limit allows. */
  readonly say: (
    destination: Destination,
    client: WebClient,
    message: { readonly channel: string } & Said,
  ) => Promise<void>;
}

/** Gives typed lines and filled forms to the commands, and their answers in Slack's form. */
export class Answers {
  readonly parts: AnswerParts;
  readonly words: FormWords;

  constructor(parts: AnswerParts) {
    this.parts = parts;
    const { strings } = parts.context;
    this.words = { send: label(strings, 'slack.send', {}), close: label(strings, 'slack.close', {}) };
  }

  command(name: string): ChatCommand | undefined {
    return this.parts.context.definitions.find((one) => one.name === name);
  }

  asker(where: Where, command: string, client: WebClient): Promise<ChatAsker> {
    const { context, managers } = this.parts;
    return askerOf(where, command, { client, context, ...(managers !== undefined && { managers }) });
  }

  async line(typed: string, where: Where, client: WebClient): Promise<Message> {
    return this.parts.context.commands.answer(typed, await this.asker(where, commandIn(typed), client));
  }

  /** What is shown of a form while its answer takes long. */
  working(): Message {
    return { tone: 'answer', headline: label(this.parts.context.strings, 'slack.working', {}), blocks: [] };
  }

  said(message: Message): Said {
    const { context, around } = this.parts;
    return said(
      message,
      context.definitions.map(({ name }) => name),
      around,
    );
  }

  /** A command that was named and given nothing, though it needs something: it is asked for by a form. */
  formFor(typed: string): ChatCommand | undefined {
    const [name = '', ...rest] = typed.trim().replace(/^\//u, '').split(/\s+/u);
    const command = rest.length > 0 ? undefined : this.command(name.toLowerCase());
    return command?.parameters.some(({ required }) => required) ? command : undefined;
  }
}
