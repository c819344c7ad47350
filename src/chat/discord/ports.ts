import type { DestinationId } from '../../model/ids.ts';
import type { Message } from '../../model/message.ts';
import type { Destination, Person } from '../../model/telling.ts';

/** Who asks, where, and what Discord lets them do. */
export interface DiscordAsker {
  readonly destination: Destination;
  readonly person: Person;
  readonly manages: boolean;
}

export interface DiscordParameter {
  readonly name: string;
  readonly summary: string;
  readonly required: boolean;
  readonly completion?:
    | { readonly kind: 'places' | 'subscribed' | 'incidents' }
    | { readonly kind: 'words'; readonly words: readonly string[] };
  readonly long?: true;
}

/** A command, as options, forms and rights need it. */
export interface DiscordCommand {
  readonly name: string;
  readonly summary: string;
  readonly access: 'anyone' | 'manager';
  readonly parameters: readonly DiscordParameter[];
}

export interface DiscordCommands {
  /** A typed line: what a button runs. */
  answer(line: string, from: DiscordAsker): Promise<Message>;
  run(name: string, raw: Readonly<Record<string, string>>, from: DiscordAsker): Promise<Message>;
  choices(
    command: string,
    parameter: string,
    typed: string,
    from: DiscordAsker,
    limit: number,
  ): Promise<readonly { readonly label: string; readonly value: string }[]>;
}

export interface DiscordStore {
  /** True for the first call with an id; see `ChatEventRepository`. */
  takeChatEvent(id: string): Promise<boolean>;
  disableDestinations(
    where: { readonly platform: 'discord'; readonly workspace: string; readonly channel?: string },
    why: string,
  ): Promise<readonly DestinationId[]>;
}

/** The little of a logger that is needed (pino's shape). */
export interface DiscordLog {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
