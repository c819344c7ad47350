import type { ActionsBlock, Button, ContextBlock, KnownBlock } from '@slack/types';
import type { Action, Block, Line, Message } from '../../../model/message.ts';
import { cutLine, cutText, lineLength } from '../../cut.ts';
import { LIMITS } from '../limits.ts';
import { entities, mrkdwn, ownWords, plainWords } from './mrkdwn.ts';
import { bullets, quote, richText, section } from './rich-text.ts';

/** What is told of a message that had to be cut, and where the desk is for its readers. */
export interface Surroundings {
  /** Address that people's browsers find the desk at; absent: links to its pages are left out. */
  readonly desk?: string;
  /** "More on the incident page" */
  readonly more: string;
}

/** How a message is headed: a root's headline is a header block, everything else a bold line. */
export type Heading = 'header' | 'line';

/** Longest single line. */
const MOST_LINE = 1_200;
const MOST_LINES = 60;
/** An entity is five characters long at most, so that a line of small print fits into its text object. */
const MOST_SMALL_LINE = LIMITS.text / 5 - 50;
/** Characters that readers see of small print. */
const SMALL_ROOM = 1_500;
/** Characters that readers see of the rest, most first: a message of many short pieces has less room for words. */
const ROOMS = [6_500, 4_000, 2_000, 800, 200] as const;

/** Cuts what does not fit, and remembers that it did. */
class Room {
  readonly #mostLine: number;
  #left: number;
  cut = false;

  constructor(room: number, mostLine: number = MOST_LINE) {
    this.#left = room;
    this.#mostLine = mostLine;
  }

  /** As much of a line as has room; nothing when no room is left. */
  line(line: Line): Line {
    const fitting = cutLine(line, Math.min(this.#left, this.#mostLine));
    this.#left -= lineLength(fitting.line);
    this.cut ||= fitting.cut;
    return fitting.line;
  }

  lines(lines: readonly Line[]): readonly Line[] {
    if (lines.length > MOST_LINES) this.cut = true;
    return lines
      .slice(0, MOST_LINES)
      .map((line) => this.line(line))
      .filter((line) => line.length > 0);
  }

  text(words: string): string {
    const kept = cutText(words, Math.min(this.#left, this.#mostLine));
    this.#left -= kept.length;
    this.cut ||= kept !== words;
    return kept;
  }
}

type Body = Exclude<Block, { kind: 'context' | 'actions' }>;

const BODIES: {
  readonly [K in Body['kind']]: (block: Extract<Body, { kind: K }>, room: Room) => readonly KnownBlock[];
} = {
  paragraph: ({ line }, room) => sectionOf([room.line(line)]),
  fields: ({ fields }, room) =>
    sectionOf(
      room.lines(
        fields.map(({ label, value }): Line => [{ kind: 'strong', text: `${label}:` }, space, ...value]),
      ),
    ),
  list: ({ lines }, room) => {
    const kept = room.lines(lines).filter(seen);
    return kept.length === 0 ? [] : [richText(bullets(kept))];
  },
  quote: ({ text, source }, room) => {
    const words = room.text(text);
    return plainWords(words).trim() === '' ? [] : [richText(quote(`“${words}”`, room.line(source)))];
  },
};

const space = { kind: 'text', text: ' ' } as const;
const lineBreak = { type: 'text', text: '\n' } as const;

/** Slack refuses a section without anything in it. */
const seen = (line: Line): boolean => section(line).elements.length > 0;

/** Lines below each other in one section. */
function sectionOf(lines: readonly Line[]): readonly KnownBlock[] {
  const elements = lines
    .filter(seen)
    .flatMap((line, i) => (i === 0 ? section(line).elements : [lineBreak, ...section(line).elements]));
  return elements.length === 0 ? [] : [richText({ type: 'rich_text_section', elements })];
}

/** Lines of small print, in as few blocks as hold them. */
function smallPrint(lines: readonly Line[]): readonly ContextBlock[] {
  const texts: string[] = [];
  for (const line of lines.map(mrkdwn).filter((written) => written.trim() !== '')) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + line.length < LIMITS.text)
      texts[texts.length - 1] = `${last}\n${line}`;
    else texts.push(line);
  }
  return texts.map((text) => ({ type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] }));
}

/** A button's words: plain, on one line. */
const label = (words: string, most: number = LIMITS.buttonText): string =>
  cutText(plainWords(words).trim() || '…', most);

function button(action: Action, index: number, { desk }: Surroundings): readonly Button[] {
  const text = { type: 'plain_text', text: label(action.label), emoji: false } as const;
  if (action.kind === 'command')
    return action.command.length > LIMITS.buttonValue
      ? []
      : [{ type: 'button', text, action_id: `run:${index}`, value: action.command }];
  if (desk === undefined) return [];
  return [
    { type: 'button', text, action_id: `open:${index}`, url: new URL(action.path.slice(1), desk).href },
  ];
}

function buttons(message: Message, around: Surroundings): readonly ActionsBlock[] {
  const actions = message.blocks.flatMap((block) => (block.kind === 'actions' ? block.actions : []));
  const elements = actions
    .flatMap((action, index) => button(action, index, around))
    .slice(0, LIMITS.actionElements);
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

/** Before what is disputed or went wrong: a reader sees it without reading. */
const SIGNS: Readonly<Partial<Record<Message['tone'], string>>> = { warning: '⚠️ ', error: '⚠️ ' };

const headed = (message: Message): string =>
  `${SIGNS[message.tone] ?? ''}${ownWords(message.headline, plainWords).trim() || '—'}`;

function heading(message: Message, as: Heading): KnownBlock {
  const words = headed(message);
  // A headline that a header does not hold is told whole, in bold.
  if (as === 'header' && words.length <= LIMITS.header)
    return { type: 'header', text: { type: 'plain_text', text: words, emoji: false } };
  return richText({
    type: 'rich_text_section',
    elements: [{ type: 'text', text: cutText(words, MOST_LINE), style: { bold: true } }],
  });
}

/** Where the rest of a message that was cut is to be read. */
function moreLine(message: Message, { desk, more }: Surroundings): Line {
  const page = message.blocks
    .flatMap((block) => (block.kind === 'actions' ? block.actions : []))
    .find((action) => action.kind === 'open');
  if (desk === undefined || !page) return [{ kind: 'text', text: more }];
  return [{ kind: 'link', text: more, url: new URL(page.path.slice(1), desk).href }];
}

function renderWithin(
  room: Room,
  message: Message,
  as: Heading,
  around: Surroundings,
): readonly KnownBlock[] {
  const small = new Room(SMALL_ROOM, MOST_SMALL_LINE);
  const body = message.blocks.flatMap((block) =>
    block.kind === 'context' || block.kind === 'actions'
      ? []
      : (BODIES[block.kind] as (block: Body, room: Room) => readonly KnownBlock[])(block, room),
  );
  const context = smallPrint(
    small.lines(message.blocks.flatMap((block) => (block.kind === 'context' ? block.lines : []))),
  );
  const kept = body.slice(0, MOST_BODY_BLOCKS);
  const cut = room.cut || small.cut || kept.length < body.length;
  return [
    heading(message, as),
    ...kept,
    ...context.slice(0, MOST_CONTEXT_BLOCKS),
    ...(cut ? smallPrint([moreLine(message, around)]) : []),
    ...buttons(message, around),
  ];
}

/** A message in Block Kit, within all limits; what had no room is cut at a sentence, and said to be elsewhere. */
export function renderBlocks(message: Message, as: Heading, around: Surroundings): readonly KnownBlock[] {
  const fits = (blocks: readonly KnownBlock[]): boolean => JSON.stringify(blocks).length <= LIMITS.allBlocks;
  for (const room of ROOMS) {
    const blocks = renderWithin(new Room(room), message, as, around);
    if (fits(blocks)) return blocks;
  }
  return [heading(message, as), ...smallPrint([moreLine(message, around)])];
}

const MOST_CONTEXT_BLOCKS = 5;
/** Beside them: the heading, "more", the buttons. */
const MOST_BODY_BLOCKS = LIMITS.blocks - MOST_CONTEXT_BLOCKS - 3;

/** What notifications and screen readers get. */
export const fallbackText = (message: Message): string =>
  entities(cutText(headed(message), LIMITS.fallback / 5));
