import {
  ApplicationCommandOptionType as OptionType,
  ApplicationCommandType as CommandType,
  ApplicationIntegrationType as Installed,
  InteractionContextType as Context,
  PermissionFlagsBits,
  type APIApplicationCommandBasicOption,
  type RESTPostAPIApplicationCommandsJSONBody as Definition,
} from 'discord.js';
import { label, type Strings } from '../../render/strings.ts';
import type { ChatCommand, ChatParameter } from '../app-ports.ts';
import { cutText } from '../cut.ts';

/** "1-100 character description" */
const MAX_DESCRIPTION = 100;
/** "max of 25" */
const MAX_OPTIONS = 25;

/** The option by which an answer is shown to the whole channel. */
export const PUBLIC = 'public';
/** The command that a message's menu offers. */
export const SENDS = 'report';

/** Commands with a text of several lines, which no option can hold, open a form. */
export const asksByForm = ({ parameters }: ChatCommand): boolean =>
  parameters.some(({ long }) => long === true);

function option(
  { name, summary, required, completion }: ChatParameter,
  inForm: boolean,
): APIApplicationCommandBasicOption {
  return {
    type: OptionType.String,
    name,
    description: cutText(summary, MAX_DESCRIPTION),
    required: required && !inForm,
    ...(completion && { autocomplete: true }),
  };
}

function slashCommand(command: ChatCommand, strings: Strings): Definition {
  const inForm = asksByForm(command);
  const given = command.parameters.filter(({ long }) => long !== true).map((one) => option(one, inForm));
  const shown: APIApplicationCommandBasicOption = {
    type: OptionType.Boolean,
    name: PUBLIC,
    description: cutText(label(strings, 'discord.public', {}), MAX_DESCRIPTION),
  };
  // Discord wants what is required first.
  const options = [
    ...given.filter(({ required }) => required),
    ...given.filter(({ required }) => !required),
    ...(inForm ? [] : [shown]),
  ];
  return {
    type: CommandType.ChatInput,
    name: command.name,
    description: cutText(command.summary, MAX_DESCRIPTION),
    options: options.slice(0, MAX_OPTIONS),
    // Hides it from others in a server; whether somebody may is decided anew with each call.
    ...(command.access === 'manager' && {
      default_member_permissions: String(PermissionFlagsBits.ManageChannels),
    }),
  };
}

/** Where commands can be used: in servers and by people who installed the app for themselves, anywhere. */
const ANYWHERE = {
  integration_types: [Installed.GuildInstall, Installed.UserInstall],
  contexts: [Context.Guild, Context.BotDM, Context.PrivateChannel],
};

/**
 * What is registered with Discord, made from the commands. `guild`: for one server alone, where Discord knows no contexts.
 *
 * Descriptions are in one language: Discord takes translations for the languages of its own app only, and Arabic is none.
 */
export function definitionsOf(
  commands: readonly ChatCommand[],
  strings: Strings,
  scope: 'global' | 'guild',
): readonly Definition[] {
  const all: Definition[] = commands.map((command) => slashCommand(command, strings));
  if (commands.some(({ name }) => name === SENDS))
    all.push({ type: CommandType.Message, name: cutText(label(strings, 'discord.send', {}), 32) });
  return scope === 'guild' ? all : all.map((one) => ({ ...one, ...ANYWHERE }));
}
