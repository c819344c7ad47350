import type { DestinationId } from '../model/ids.ts';
import type { Incident } from '../model/incident.ts';
import type { Message } from '../model/message.ts';
import type { Clock } from '../model/time.ts';
import { renderMistake } from '../render/answers.ts';
import type { Wording } from '../render/names.ts';
import { choicesOf, completeLine, type Choice } from './complete.ts';
import type { Asker, Command, CommandContext, RawInput } from './definition.ts';
import { helpOn } from './help.ts';
import { readLine, splitLine } from './line.ts';
import { nearest } from './nearest.ts';
import { merge } from './merge.ts';
import { mute, unmute } from './mute.ts';
import { split } from './split.ts';
import type { CommandStore, PlaceFinder, ReportDoor, SourceList } from './ports.ts';
import { report } from './report.ts';
import { sources } from './sources.ts';
import { disclose } from './disclose.ts';
import { evidence } from './evidence.ts';
import { status } from './status.ts';
import { timeline } from './timeline.ts';
import { why } from './why.ts';
import { whyNot } from './why-not.ts';
import { subscribe } from './subscribe.ts';
import { subscriptions } from './subscriptions.ts';
import { unsubscribe } from './unsubscribe.ts';

const asked: readonly Command[] = [
  status,
  timeline,
  evidence,
  why,
  whyNot,
  subscribe,
  unsubscribe,
  subscriptions,
  mute,
  unmute,
  report,
  merge,
  split,
  disclose,
  sources,
];

/** Every command, in the order in which help names them. Slack's manifest and Discord's registration are made from it. */
export const COMMANDS: readonly Command[] = [...asked, helpOn(asked)];

export interface CommandParts {
  readonly store: CommandStore;
  readonly reports: ReportDoor;
  readonly sources: SourceList;
  /** An incident as it may be shown in a channel. */
  readonly shown: (incident: Incident, destination: DestinationId) => Promise<Incident>;
  readonly places: PlaceFinder;
  readonly wording: Wording;
  readonly clock: Clock;
  readonly log: { error(fields: object, message: string): void };
}

export interface Commands {
  /** A typed line: `/status deir-ezzor at 2018-05-20`. What is wrong with it is answered, never thrown. */
  answer(line: string, from: Asker): Promise<Message>;
  /** A command given by a platform's own form: values by parameter name. */
  run(name: string, raw: RawInput, from: Asker): Promise<Message>;
  /** Values that a parameter of a command could take, by what was typed of it, best first. None for an unknown name. */
  choices(
    command: string,
    parameter: string,
    typed: string,
    from: Asker,
    limit: number,
  ): Promise<readonly Choice[]>;
  /** Lines that a half-typed line could become, best first. */
  complete(line: string, from: Asker, limit: number): Promise<readonly string[]>;
  readonly usages: readonly { readonly usage: string; readonly summary: string }[];
}

export function openCommands(parts: CommandParts): Commands {
  const { store, places, wording, clock, log } = parts;
  const contextOf = (asker: Asker): CommandContext => ({
    ...asker,
    store,
    reports: parts.reports,
    sources: parts.sources,
    show: (incident) => parts.shown(incident, asker.destination.id),
    places,
    wording,
    now: clock(),
  });

  const execute = async (command: Command, raw: RawInput, from: Asker): Promise<Message> => {
    if (command.access === 'manager' && !from.manages)
      return renderMistake({ kind: 'not_allowed', command: `/${command.name}` }, wording);
    try {
      const done = command.execute(raw, contextOf(from));
      if (!('mistake' in done)) return await done;
      return renderMistake({ ...done.mistake, usage: command.usage }, wording);
    } catch (error) {
      log.error({ err: error, command: command.name, destination: from.destination.id }, 'a command failed');
      return renderMistake({ kind: 'failed' }, wording);
    }
  };

  const unknown = (typed: string): Message => {
    const suggestion = nearest(
      typed,
      COMMANDS.map(({ name }) => name),
    );
    return renderMistake(
      { kind: 'unknown_command', typed, ...(suggestion !== undefined && { suggestion: `/${suggestion}` }) },
      wording,
    );
  };

  const named = (name: string): Command | undefined => COMMANDS.find((command) => command.name === name);

  return {
    answer: async (line, from) => {
      const { name, rest } = splitLine(line);
      const command = named(name === '' ? 'help' : name);
      return command ? execute(command, readLine(rest, command.parameters), from) : unknown(name);
    },
    run: async (name, raw, from) => {
      const command = named(name);
      return command ? execute(command, raw, from) : unknown(name);
    },
    choices: async (name, parameter, typed, from, limit) => {
      const wanted = named(name)?.parameters.find((one) => one.name === parameter);
      return wanted ? choicesOf(wanted, typed.trim(), contextOf(from), limit) : [];
    },
    complete: (line, from, limit) => completeLine(line, COMMANDS, contextOf(from), limit),
    usages: COMMANDS.map(({ usage, summary }) => ({ usage, summary })),
  };
}
