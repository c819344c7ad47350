import type { InputBlock, KnownBlock, ModalView, PlainTextElement } from '@slack/types';
import type { ChatCommand, ChatParameter } from '../../app-ports.ts';
import { cutText } from '../../cut.ts';
import { LIMITS } from '../limits.ts';
import type { Where } from './asker.ts';

/** Longest text of a field (docs.slack.dev, plain-text input). */
const FIELD = 3_000;
const TITLE = 24;
/** Longest label and hint of an input block. */
const LABEL = 2_000;
const HINT = 2_000;

export const FORM = 'form:';
export const CHOOSE = 'choose:';

export const plain = (text: string, most: number = LIMITS.buttonText): PlainTextElement => ({
  type: 'plain_text',
  text: cutText(text, most),
  emoji: false,
});

/** What a field is filled in with: words and places are chosen, everything else is typed. */
function elementOf(
  command: ChatCommand,
  { name, completion, long }: ChatParameter,
  filled: string | undefined,
): InputBlock['element'] {
  if (completion?.kind === 'words')
    return {
      type: completion.several ? 'multi_static_select' : 'static_select',
      action_id: name,
      options: completion.words
        .slice(0, LIMITS.options)
        .map((word) => ({ text: plain(word.replaceAll('_', ' ')), value: word })),
    };
  if (completion)
    return { type: 'external_select', action_id: `${CHOOSE}${command.name}:${name}`, min_query_length: 1 };
  return {
    type: 'plain_text_input',
    action_id: name,
    ...(long && { multiline: true }),
    ...(filled !== undefined && filled !== '' && { initial_value: cutText(filled, FIELD) }),
  };
}

const field = (command: ChatCommand, parameter: ChatParameter, filled: string | undefined): InputBlock => ({
  type: 'input',
  block_id: parameter.name,
  label: plain(titled(parameter.name), LABEL),
  hint: plain(parameter.summary, HINT),
  optional: !parameter.required,
  element: elementOf(command, parameter, filled),
});

const titled = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ');

/** What a form says beside its fields. */
export interface FormWords {
  readonly send: string;
  readonly close: string;
}

/** A command as a form: a field for each parameter. `filled`: text that is there already, by parameter. */
export const formOf = (
  command: ChatCommand,
  where: Where,
  words: FormWords,
  filled: Readonly<Record<string, string>> = {},
): ModalView => ({
  type: 'modal',
  callback_id: `${FORM}${command.name}`,
  private_metadata: JSON.stringify(where.channel ?? null),
  title: plain(`Sitrep: ${command.name}`, TITLE),
  submit: plain(words.send, TITLE),
  close: plain(words.close, TITLE),
  blocks: command.parameters.map((parameter) => field(command, parameter, filled[parameter.name])),
});

/** The form, once it was sent and answered. */
export const answered = (command: string, blocks: readonly KnownBlock[], words: FormWords): ModalView => ({
  type: 'modal',
  title: plain(`Sitrep: ${command}`, TITLE),
  close: plain(words.close, TITLE),
  blocks: [...blocks],
});

interface Filled {
  readonly value?: string | null;
  readonly selected_option?: { readonly value: string } | null;
  readonly selected_options?: readonly { readonly value: string }[];
}

/** What was filled in, by parameter. Fields that were left empty are left out. */
export function valuesOf(
  state: Readonly<Record<string, Readonly<Record<string, object>>>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(state).flatMap(([name, actions]) => {
      const [filled] = Object.values(actions) as readonly Filled[];
      const several = filled?.selected_options?.map((one) => one.value).join(', ');
      const value = several ?? filled?.selected_option?.value ?? filled?.value ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );
}

/** Where a form was opened, as it carries it. */
export function channelOf(metadata: string): Where['channel'] {
  const channel = JSON.parse(metadata === '' ? 'null' : metadata) as Where['channel'] | null;
  return channel ?? undefined;
}
