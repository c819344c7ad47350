import {
  ComponentType,
  TextInputStyle,
  type APIModalInteractionResponseCallbackData as Modal,
  type APILabelComponent as Label,
  type APIModalSubmission,
} from 'discord.js';
import type { ChatCommand, ChatParameter } from '../../app-ports.ts';
import { cutText } from '../../cut.ts';
import { plainText } from '../text.ts';

/** Fields of a form, characters of its title and of a field's label, description and value, choices of one. */
const LIMITS = { fields: 5, title: 45, label: 45, description: 100, value: 4000, choices: 25 } as const;

/** A custom id that names the command whose form it is: `form:report`. */
const FORM = 'form:';

export const formCommand = (customId: string): string | undefined =>
  customId.startsWith(FORM) ? customId.slice(FORM.length) : undefined;

const capital = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;

/** Words are chosen; everything else is typed, since a form has no autocomplete. */
function inputOf(
  { name, required, long, completion }: ChatParameter,
  given: string | undefined,
): Label['component'] {
  const value = cutText(given?.trim() ?? '', LIMITS.value);
  if (completion?.kind === 'words') {
    const words = completion.words.slice(0, LIMITS.choices);
    return {
      type: ComponentType.StringSelect,
      custom_id: name,
      required,
      options: words.map((word) => ({
        label: word.replaceAll('_', ' '),
        value: word,
        ...(word === value && { default: true }),
      })),
      ...(completion.several && { max_values: words.length }),
    };
  }
  return {
    type: ComponentType.TextInput,
    custom_id: name,
    style: long ? TextInputStyle.Paragraph : TextInputStyle.Short,
    required,
    max_length: LIMITS.value,
    ...(value !== '' && { value }),
  };
}

const field = (parameter: ChatParameter, given: string | undefined): Label => ({
  type: ComponentType.Label,
  label: plainText(capital(parameter.name), LIMITS.label),
  description: plainText(parameter.summary, LIMITS.description),
  component: inputOf(parameter, given),
});

/** A command as a form; `given`: what is known already, by parameter. */
export function formOf(command: ChatCommand, given: Readonly<Record<string, string>>): Modal {
  const first = [...command.parameters].sort((a, b) => Number(b.required) - Number(a.required));
  return {
    custom_id: `${FORM}${command.name}`,
    title: plainText(command.summary, LIMITS.title),
    components: first.slice(0, LIMITS.fields).map((one) => field(one, given[one.name])),
  };
}

/** What was filled in, by parameter. Fields that were left empty are left out. */
export const valuesOf = (fields: APIModalSubmission['components']): Readonly<Record<string, string>> =>
  Object.fromEntries(
    fields.flatMap((one) => {
      const filled = 'component' in one ? one.component : undefined;
      if (filled === undefined) return [];
      const value = 'values' in filled ? filled.values.join(', ') : String(filled.value ?? '');
      return value.trim() === '' ? [] : [[filled.custom_id, value] as const];
    }),
  );
