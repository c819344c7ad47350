import type { KnownBlock } from '@slack/types';
import type { Block, Inline, Line, Message } from '../../../model/message.ts';
import { fallbackText, renderBlocks, type Surroundings } from '../blocks/blocks.ts';

/** Slack keeps `/status` for itself, so that all of ours are words after one command. */
export const SLASH = '/sitrep';

const here = (text: string, names: readonly string[]): string =>
  text.replace(/(^|[\s“"(])\/([a-z][a-z-]*)/gu, (whole, before: string, name: string) =>
    names.includes(name) ? `${before}${SLASH} ${name}` : whole,
  );

const inline = (one: Inline, names: readonly string[]): Inline =>
  one.kind === 'text' || one.kind === 'strong' ? { ...one, text: here(one.text, names) } : one;

function inBlock(block: Block, names: readonly string[]): Block {
  const spoken = (line: Line): Line => line.map((one) => inline(one, names));
  if (block.kind === 'paragraph') return { ...block, line: spoken(block.line) };
  if (block.kind === 'list' || block.kind === 'context') return { ...block, lines: block.lines.map(spoken) };
  return block;
}

export interface Said {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** An answer as Slack shows it, with its commands called as they are called here. */
export function said(message: Message, names: readonly string[], around: Surroundings): Said {
  const spoken = {
    ...message,
    headline: here(message.headline, names),
    blocks: message.blocks.map((block) => inBlock(block, names)),
  };
  return { text: fallbackText(spoken), blocks: [...renderBlocks(spoken, 'line', around)] };
}
