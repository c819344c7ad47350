import { ButtonStyle, ComponentType, type APIActionRowComponent, type APIButtonComponent } from 'discord.js';
import type { Action, Message } from '../../model/message.ts';
import { plainText } from './text.ts';

/** Rows in a message, buttons in a row, characters of a label, of a custom id and of an address. */
const LIMITS = { rows: 5, inRow: 5, label: 80, customId: 100, url: 512 } as const;

/** A custom id that runs a command: `run:/status sy-deir-ez-zor`. */
const RUN = 'run:';

/** The command line that a button's custom id stands for. */
export const commandIn = (customId: string): string | undefined =>
  customId.startsWith(RUN) ? customId.slice(RUN.length) : undefined;

type Row = APIActionRowComponent<APIButtonComponent>;

function button(action: Action, desk: URL | undefined): APIButtonComponent | undefined {
  const label = plainText(action.label, LIMITS.label);
  if (label === '') return undefined;
  if (action.kind === 'command') {
    const custom_id = `${RUN}${action.command}`;
    if (custom_id.length > LIMITS.customId || !custom_id.isWellFormed()) return undefined;
    return { type: ComponentType.Button, style: ButtonStyle.Secondary, label, custom_id };
  }
  const url = desk === undefined ? null : URL.parse(action.path, desk.href);
  if (url === null || url.origin !== desk?.origin || url.href.length > LIMITS.url) return undefined;
  return { type: ComponentType.Button, style: ButtonStyle.Link, label, url: url.href };
}

/**
 * The actions of a message as buttons. An action that does not fit one is left out: its command can be typed. Links need
 * `desk`, the address at which readers open the desk.
 */
export function buttonsOf({ blocks }: Message, desk: URL | undefined): Row[] {
  const buttons = new Map<string, APIButtonComponent>();
  for (const action of blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []))) {
    const one = button(action, desk);
    // Two of one custom id are refused.
    if (one) buttons.set('custom_id' in one ? one.custom_id : 'url' in one ? one.url : '', one);
  }
  const all = [...buttons.values()].slice(0, LIMITS.rows * LIMITS.inRow);
  return Array.from({ length: Math.ceil(all.length / LIMITS.inRow) }, (_, i) => ({
    type: ComponentType.ActionRow,
    components: all.slice(i * LIMITS.inRow, (i + 1) * LIMITS.inRow),
  }));
}
