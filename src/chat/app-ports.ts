import type { Message } from '../model/message.ts';
import type { Destination, Person } from '../model/telling.ts';
import type { Instant } from '../model/time.ts';

// What the app of a chat platform needs of the rest of Sitrep, the same for every platform.

/** Who asks, where, and what the platform lets them do. */
export interface ChatAsker {
  readonly destination: Destination;
  readonly person: Person;
  readonly manages: boolean;
}

export interface ChatParameter {
  readonly name: string;
  readonly summary: string;
  readonly required: boolean;
  readonly completion?:
    | { readonly kind: 'places' | 'subscribed' | 'incidents' }
    | { readonly kind: 'words'; readonly words: readonly string[]; readonly several?: true };
  readonly long?: true;
}

/** A command as options, forms, rights and registrations need it. */
export interface ChatCommand {
  readonly name: string;
  readonly summary: string;
  readonly access: 'anyone' | 'manager';
  readonly parameters: readonly ChatParameter[];
}

/** Commands, as an app gives them what people typed or filled in. */
export interface ChatCommands {
  /** A typed line, which is what a button runs too. */
  answer(line: string, from: ChatAsker): Promise<Message>;
  run(name: string, raw: Readonly<Record<string, string>>, from: ChatAsker): Promise<Message>;
  choices(
    command: string,
    parameter: string,
    typed: string,
    from: ChatAsker,
    limit: number,
  ): Promise<readonly { readonly label: string; readonly value: string }[]>;
}

/** What a platform sent, each with one effect however often it is sent. Each write is durable when it resolves. */
export interface EventBook {
  claimChatEvent(id: string, stale: Instant): Promise<'first' | 'underway' | 'done'>;
  finishChatEvent(id: string): Promise<void>;
  releaseChatEvent(id: string): Promise<void>;
}

/** The little of a logger that is needed (pino's shape). */
export interface ChatLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
