import type { Action, Block, Message } from '../model/message.ts';
import { plain, type Strings } from './strings.ts';

const indented = (words: string): string => `  ${words}`;

const actionText = (action: Action): readonly string[] => (action.kind === 'command' ? [action.command] : []);

const BLOCKS: {
  readonly [K in Block['kind']]: (block: Extract<Block, { kind: K }>, strings: Strings) => readonly string[];
} = {
  paragraph: ({ line }, strings) => [plain(line, strings)],
  list: ({ lines }, strings) => lines.map((line) => `• ${plain(line, strings)}`),
  fields: ({ fields }, strings) => fields.map(({ label, value }) => `${label}: ${plain(value, strings)}`),
  quote: ({ text, source }, strings) => [`“${text}”`, indented(`— ${plain(source, strings)}`)],
  context: ({ lines }, strings) => lines.map((line) => plain(line, strings)),
  actions: ({ actions }) => {
    const commands = actions.flatMap(actionText);
    return commands.length > 0 ? [commands.join('   ')] : [];
  },
};

function blockText<K extends Block['kind']>(
  block: Extract<Block, { kind: K }>,
  strings: Strings,
): readonly string[] {
  const write = BLOCKS[block.kind as K] as (
    block: Extract<Block, { kind: K }>,
    strings: Strings,
  ) => readonly string[];
  return write(block, strings);
}

/** A message as plain text, lines separated by `\n`: for terminals, transcripts and notifications. */
export const toText = (message: Message, strings: Strings): string =>
  [message.headline, ...message.blocks.flatMap((block) => blockText(block, strings))].join('\n');
