import type { InputBlock, KnownBlock, ModalView, PlainTextElement } from '@slack/types';
import { cutText } from '../../cut.ts';
import { LIMITS } from '../limits.ts';
import type { SlackCommand, SlackParameter } from '../ports.ts';
import type { Where } from './asker.ts';

/** Longest text of a field (docs.slack.dev, plain-text input). */
const FIELD = 3_000;
const TITLE = 24;

export const FORM = 'form:';
export const CHOOSE = 'choose:';

export const plain = (text: string, most: number = LIMITS.buttonText): PlainTextElement => ({
  type: 'plain_text',
  text: cutText(text, most),
  emoji: false,
});

function field(command: SlackCommand, parameter: SlackParameter, filled: string | undefined): InputBlock {
  const { name, summary, required, completion, long } = parameter;
  const element: InputBlock['element'] =
    completion?.kind === 'words'
      ? {
          type: 'static_select',
          action_id: name,
          options: completion.words
            .slice(0, LIMITS.options)
            .map((word) => ({ text: plain(word), value: word })),
        }
      : completion
        ? { type: 'external_select', action_id: `${CHOOSE}${command.name}:${name}`, min_query_length: 1 }
        : {
            type: 'plain_text_input',
            action_id: name,
            ...(long && { multiline: true }),
            ...(filled !== undefined && filled !== '' && { initial_value: cutText(filled, FIELD) }),
          };
  return {
    type: 'input',
    block_id: name,
    label: plain(name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' '), FIELD),
    hint: plain(summary, 150),
    optional: !required,
    element,
  };
}

/** What a form says beside its fields. */
export interface FormWords {
  readonly send: string;
  readonly close: string;
}

/** A command as a form: a field for each parameter. `filled`: text that is there already, by parameter. */
export const formOf = (
  command: SlackCommand,
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
}

/** What was filled in, by parameter. Fields that were left empty are left out. */
export function valuesOf(
  state: Readonly<Record<string, Readonly<Record<string, object>>>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(state).flatMap(([name, actions]) => {
      const [filled] = Object.values(actions) as readonly Filled[];
      const value = filled?.selected_option?.value ?? filled?.value ?? '';
      return value === '' ? [] : [[name, value]];
    }),
  );
}

/** Where a form was opened, as it carries it. */
export function channelOf(metadata: string): Where['channel'] {
  const channel = JSON.parse(metadata === '' ? 'null' : metadata) as Where['channel'] | null;
  return channel ?? undefined;
}
