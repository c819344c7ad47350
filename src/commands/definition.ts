import type { z } from 'zod';
import type { Incident } from '../model/incident.ts';
import type { Message } from '../model/message.ts';
import type { Destination, Person } from '../model/telling.ts';
import type { Instant } from '../model/time.ts';
import type { Mistake } from '../render/answers.ts';
import type { Wording } from '../render/names.ts';
import type { CommandStore, PlaceFinder, ReportDoor, SourceList } from './ports.ts';

/** Where the values that a person may choose come from while typing. */
export type Completion =
  | { readonly kind: 'places' }
  /** Places that the channel has a subscription to. */
  | { readonly kind: 'subscribed' }
  /** Happenings, by their short names. */
  | { readonly kind: 'incidents' }
  /** `several`: any number of them, between commas. */
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly several?: true };

/** One thing that a command takes. Platforms with forms make a field or an option of it. */
export interface Parameter {
  readonly name: string;
  readonly summary: string;
  readonly required: boolean;
  /** As usages show it: `PLACE`, `DATE`. */
  readonly shown: string;
  /** In a typed line, the word before the value; absent: all words before the first such word. */
  readonly keyword?: string;
  readonly completion?: Completion;
  /** A text of several lines: forms give it a large field. */
  readonly long?: true;
}

/** Who asks, where, and what the platform lets them do. */
export interface Asker {
  /** The channel in which it was asked; in direct messages the person's own. */
  readonly destination: Destination;
  /** Absent on the desk, which has no log-in, and at the terminal. */
  readonly person?: Person;
  /** May change what the channel hears, by the platform's own rights. In one's own direct messages always true. */
  readonly manages: boolean;
}

/** What a command works with, for one question of one channel. */
export interface CommandContext extends Asker {
  readonly store: CommandStore;
  readonly reports: ReportDoor;
  readonly sources: SourceList;
  /** An incident as it may be shown where it was asked. */
  readonly show: (incident: Incident) => Promise<Incident>;
  readonly places: PlaceFinder;
  readonly wording: Wording;
  readonly now: Instant;
}

/** The part of it that a question about what is known needs. */
export type Question = Pick<CommandContext, 'store' | 'places' | 'wording' | 'destination' | 'now' | 'show'>;

/** `manager`: only who may change what the channel hears. */
export type Access = 'anyone' | 'manager';

/** Values by parameter name, as typed. */
export type RawInput = Readonly<Record<string, string>>;

export interface CommandDefinition<Input> {
  /** Without a slash; small letters. */
  readonly name: string;
  readonly summary: string;
  readonly access: Access;
  readonly parameters: readonly Parameter[];
  /** Reads `RawInput`. Its issues carry a `Mistake` (inputs.ts). */
  readonly input: z.ZodType<Input>;
  readonly run: (input: Input, context: CommandContext) => Promise<Message>;
}

/** A definition whose input type nobody outside needs to know. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly access: Access;
  readonly parameters: readonly Parameter[];
  /** `/status PLACE [at DATE]` */
  readonly usage: string;
  readonly execute: (
    raw: RawInput,
    context: CommandContext,
  ) => Promise<Message> | { readonly mistake: InputMistake };
}

/** A mistake in one value; the usage is added by who knows the command. */
export type InputMistake =
  | Omit<Extract<Mistake, { kind: 'missing_place' }>, 'usage'>
  | Omit<Extract<Mistake, { kind: 'missing_value' }>, 'usage'>
  | Omit<Extract<Mistake, { kind: 'bad_date' }>, 'usage'>
  | Omit<Extract<Mistake, { kind: 'bad_option' }>, 'usage'>;

function usageOf(name: string, parameters: readonly Parameter[]): string {
  const words = parameters.map(({ keyword, shown, required }) => {
    const word = keyword === undefined ? shown : `${keyword} ${shown}`;
    return required ? word : `[${word}]`;
  });
  return [`/${name}`, ...words].join(' ');
}

export function defineCommand<Input>(definition: CommandDefinition<Input>): Command {
  const { name, summary, access, parameters, input, run } = definition;
  return {
    name,
    summary,
    access,
    parameters,
    usage: usageOf(name, parameters),
    execute: (raw, context) => {
      const read = input.safeParse(raw);
      return read.success ? run(read.data, context) : { mistake: mistakeOf(read.error) };
    },
  };
}

/** The first thing wrong. @throws the error itself when it is no mistake of the person who typed. */
function mistakeOf(error: z.ZodError): InputMistake {
  for (const issue of error.issues) {
    const mistake = issue.code === 'custom' ? (issue.params?.['mistake'] as unknown) : undefined;
    if (mistake !== undefined) return mistake as InputMistake;
  }
  throw error;
}
