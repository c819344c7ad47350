import {
  ApplicationCommandOptionType as OptionType,
  ApplicationCommandType as CommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Locale,
} from 'discord.js';
import { Form, type Json } from './forms.ts';

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const LOCALES: ReadonlySet<string> = new Set(Object.values(Locale));
/** Name, description and values of a command, its options and choices, in all. */
const CHARACTERS = 8000;

function named(form: Form, path: string, value: unknown): number {
  const length = form.text(`${path}.name`, value, { max: 32, required: true });
  if (typeof value === 'string' && (!NAME.test(value) || value !== value.toLowerCase()))
    form.wrong(`${path}.name`, 'Command name is invalid');
  return length;
}

function localised(form: Form, path: string, value: unknown): void {
  if (value === undefined || value === null) return;
  for (const [locale, text] of Object.entries(value as Json)) {
    if (!LOCALES.has(locale)) form.wrong(`${path}.${locale}`, 'Is not a locale of Discord');
    form.text(`${path}.${locale}`, text, { max: 100, required: true });
  }
}

function option(form: Form, path: string, value: Json): number {
  form.only(path, value, [
    'type',
    'name',
    'name_localizations',
    'description',
    'description_localizations',
    'required',
    'choices',
    'autocomplete',
    'min_length',
    'max_length',
  ]);
  if (!Object.values(OptionType).includes(value['type'] as OptionType))
    form.wrong(`${path}.type`, 'Is no type of option');
  localised(form, `${path}.description_localizations`, value['description_localizations']);
  const choices = form.list(`${path}.choices`, value['choices'], 25);
  if (choices.length > 0 && value['autocomplete'] === true)
    form.wrong(`${path}.autocomplete`, 'May not be set to true if choices are present');
  return (
    named(form, path, value['name']) +
    form.text(`${path}.description`, value['description'], { max: 100, required: true }) +
    choices.reduce(
      (sum, choice, index) =>
        sum +
        form.text(`${path}.choices.${index}.name`, choice['name'], { max: 100, required: true }) +
        form.text(`${path}.choices.${index}.value`, choice['value'], { max: 100, required: true }),
      0,
    )
  );
}

function slashCommand(form: Form, path: string, value: Json): number {
  localised(form, `${path}.description_localizations`, value['description_localizations']);
  const options = form.list(`${path}.options`, value['options'], 25);
  const firstOptional = options.findIndex((one) => one['required'] !== true);
  if (firstOptional >= 0 && options.slice(firstOptional).some((one) => one['required'] === true))
    form.wrong(`${path}.options`, 'Required options must be placed before non-required options');
  const names = options.map((one) => one['name']);
  if (new Set(names).size < names.length)
    form.wrong(`${path}.options`, 'Option name already exists in these options');
  return (
    named(form, path, value['name']) +
    form.text(`${path}.description`, value['description'], { max: 100, required: true }) +
    options.reduce((sum, one, index) => sum + option(form, `${path}.options.${index}`, one), 0)
  );
}

function subset(form: Form, path: string, value: unknown, of: object): void {
  if (value === undefined) return;
  const known = Object.values(of) as unknown[];
  if (!Array.isArray(value) || value.some((one) => !known.includes(one)))
    form.wrong(path, 'Is not one of the values');
}

/** All commands of an application at once. @throws Refusal */
export function checkDefinitions(commands: readonly Json[], scope: 'global' | 'guild'): void {
  const form = new Form();
  const ofType = (type: CommandType) =>
    commands.filter((one) => (one['type'] ?? CommandType.ChatInput) === type);
  if (ofType(CommandType.ChatInput).length > 100)
    form.wrong('commands', 'Maximum number of application commands reached (100).');
  if (ofType(CommandType.Message).length > 5)
    form.wrong('commands', 'Maximum number of message commands reached (5).');
  for (const [index, command] of commands.entries()) {
    const path = String(index);
    form.only(path, command, [
      'type',
      'name',
      'description',
      'description_localizations',
      'options',
      'default_member_permissions',
      ...(scope === 'global' ? ['integration_types', 'contexts'] : []),
    ]);
    subset(form, `${path}.integration_types`, command['integration_types'], ApplicationIntegrationType);
    subset(form, `${path}.contexts`, command['contexts'], InteractionContextType);
    const type = command['type'] ?? CommandType.ChatInput;
    if (
      commands.findIndex(
        (one) => one['name'] === command['name'] && (one['type'] ?? CommandType.ChatInput) === type,
      ) !== index
    )
      form.wrong(`${path}.name`, 'Application command names must be unique');
    if (type === CommandType.ChatInput) {
      if (slashCommand(form, path, command) > CHARACTERS)
        form.wrong(path, 'Command exceeds maximum size (8000)');
    } else {
      form.text(`${path}.name`, command['name'], { max: 32, required: true });
      if ((command['description'] ?? '') !== '') form.wrong(`${path}.description`, 'Must be empty');
    }
  }
  form.done();
}
