import {
  ApplicationCommandOptionType as OptionType,
  type APIApplicationCommandAutocompleteInteraction as Typing,
} from 'discord.js';
import type { ChatAsker, ChatCommand, ChatCommands } from '../../app-ports.ts';
import { plainText } from '../text.ts';

/** "max of 25 choices", and characters of a choice's name and value. */
const LIMITS = { choices: 25, text: 100 } as const;

export interface DiscordChoice {
  readonly name: string;
  readonly value: string;
}

/** What was typed of a list of words: those that stand, and the one that is being typed. */
function lastWord(typed: string): { readonly before: string; readonly word: string } {
  const before = /^.*[,،]\s*/u.exec(typed)?.[0] ?? '';
  return { before, word: typed.slice(before.length) };
}

/** What an option that is being typed could become, best first, out of what is in memory. */
export async function choicesFor(
  { data }: Typing,
  asker: ChatAsker,
  commands: ChatCommands,
  definitions: readonly ChatCommand[],
): Promise<readonly DiscordChoice[]> {
  const option = data.options.find((one) => 'focused' in one && one.focused);
  if (option?.type !== OptionType.String) return [];
  const parameter = definitions
    .find(({ name }) => name === data.name)
    ?.parameters.find(({ name }) => name === option.name);
  const { completion } = parameter ?? {};
  const { before, word } =
    completion?.kind === 'words' && completion.several
      ? lastWord(option.value)
      : { before: '', word: option.value };
  const found = await commands.choices(data.name, option.name, word, asker, LIMITS.choices);
  return found.flatMap(({ label, value }) => {
    const choice = { name: plainText(`${before}${label}`, LIMITS.text), value: `${before}${value}` };
    return choice.name === '' || choice.value === '' || choice.value.length > LIMITS.text ? [] : [choice];
  });
}
