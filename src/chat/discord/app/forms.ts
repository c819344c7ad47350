import {
  ComponentType,
  TextInputStyle,
  type APIModalInteractionResponseCallbackData as Modal,
} from 'discord.js';
import type { ChatCommand, ChatParameter } from '../../app-ports.ts';
import { cutText } from '../../cut.ts';
import { plainText } from '../text.ts';

/** Rows of a form, characters of its title and of a field's label, placeholder and value. */
const LIMITS = { rows: 5, title: 45, label: 45, placeholder: 100, value: 4000 } as const;

/** A custom id that names the command whose form it is: `form:report`. */
const FORM = 'form:';

export const formCommand = (customId: string): string | undefined =>
  customId.startsWith(FORM) ? customId.slice(FORM.length) : undefined;

const capital = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;

function field({ name, summary, required, long }: ChatParameter, given: string | undefined) {
  const value = cutText(given?.trim() ?? '', LIMITS.value);
  return {
    type: ComponentType.ActionRow as const,
    components: [
      {
        type: ComponentType.TextInput as const,
        custom_id: name,
        style: long ? TextInputStyle.Paragraph : TextInputStyle.Short,
        label: plainText(capital(name), LIMITS.label),
        placeholder: plainText(summary, LIMITS.placeholder),
        required,
        max_length: LIMITS.value,
        ...(value !== '' && { value }),
      },
    ],
  };
}

/** A command as a form; `given`: what is known already, by parameter. */
export function formOf(command: ChatCommand, given: Readonly<Record<string, string>>): Modal {
  const first = [...command.parameters].sort((a, b) => Number(b.required) - Number(a.required));
  return {
    custom_id: `${FORM}${command.name}`,
    title: plainText(command.summary, LIMITS.title),
    components: first.slice(0, LIMITS.rows).map((one) => field(one, given[one.name])),
  };
}
