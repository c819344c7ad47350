import type { Action, Block, Message } from '../model/message.ts';
import { plain, type Locale } from './strings.ts';

const indented = (words: string): string => `  ${words}`;

const actionText = (action: Action): readonly string[] => (action.kind === 'command' ? [action.command] : []);

const BLOCKS: {
  readonly [K in Block['kind']]: (block: Extract<Block, { kind: K }>, locale: Locale) => readonly string[];
} = {
  paragraph: ({ line }, locale) => [plain(line, locale)],
  list: ({ lines }, locale) => lines.map((line) => `• ${plain(line, locale)}`),
  fields: ({ fields }, locale) => fields.map(({ label, value }) => `${label}: ${plain(value, locale)}`),
  quote: ({ text, source }, locale) => [`“${text}”`, indented(`— ${plain(source, locale)}`)],
  context: ({ lines }, locale) => lines.map((line) => plain(line, locale)),
  actions: ({ actions }) => {
    const commands = actions.flatMap(actionText);
    return commands.length > 0 ? [commands.join('   ')] : [];
  },
};

function blockText(block: Block, locale: Locale): readonly string[] {
  const write = BLOCKS[block.kind] as (block: Block, locale: Locale) => readonly string[];
  return write(block, locale);
}

/** How times are written where nobody says otherwise. */
const DEFAULT_LOCALE: Locale = { locale: 'en-GB' };

/** A message as plain text, lines separated by `\n`: for terminals, transcripts and notifications. */
export const toText = (message: Message, locale: Locale = DEFAULT_LOCALE): string =>
  [message.headline, ...message.blocks.flatMap((block) => blockText(block, locale))].join('\n');
