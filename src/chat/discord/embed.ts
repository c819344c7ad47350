import type { APIEmbed, APIEmbedField } from 'discord.js';
import type { Block, Message } from '../../model/message.ts';
import { fillRows, fitLine, type Row } from './lines.ts';

/** "Embed Limits", in characters; counted here in UTF-16 units, which are never fewer. */
const LIMITS = {
  title: 256,
  description: 4096,
  fields: 25,
  name: 256,
  value: 1024,
  footer: 2048,
  all: 6000,
} as const;

const COLOURS: Readonly<Record<Message['tone'], number>> = {
  alert: 0xc0392b,
  update: 0x2f6fb0,
  warning: 0xd68910,
  answer: 0x5d6d7e,
  error: 0x7b241c,
};

/** Seems empty and is taken as a name. */
const NAMELESS = '\u200B';
/** Fields beside each other hold so much each. */
const SHORT = 40;

type Field = Extract<Block, { kind: 'fields' }>['fields'][number];

interface Parts {
  readonly before: readonly Row[];
  readonly fields: readonly Field[];
  readonly after: readonly Row[];
}

const row = (before: string, line: Row['line']): Row => ({ before, line });

const ROWS: { readonly [K in Block['kind']]: (block: Extract<Block, { kind: K }>) => readonly Row[] } = {
  paragraph: ({ line }) => [row('', line)],
  list: ({ lines }) => lines.map((line) => row('• ', line)),
  fields: ({ fields }) =>
    fields.map(({ label, value }) =>
      row('', [{ kind: 'strong', text: label }, { kind: 'text', text: ' ' }, ...value]),
    ),
  quote: ({ text, source }) => [
    row('> ', [
      { kind: 'text', text: '“' },
      { kind: 'untrusted', text },
      { kind: 'text', text: '”' },
    ]),
    row('> — ', source),
  ],
  // After an empty line. Discord has no smaller letters in a field (its headings and subtext end there).
  context: ({ lines }) => lines.map((line, i) => row(i === 0 ? '\n' : '', line)),
  actions: () => [],
};

const rowsOf = (blocks: readonly Block[]): readonly Row[] =>
  blocks.flatMap((block) => (ROWS[block.kind] as (block: Block) => readonly Row[])(block));

/** The first fields become the embed's own; what stands before them its description, what follows them nameless fields. */
function partsOf(blocks: readonly Block[]): Parts {
  const at = blocks.findIndex(({ kind }) => kind === 'fields');
  const fields = blocks[at];
  if (fields?.kind !== 'fields') return { before: rowsOf(blocks), fields: [], after: [] };
  return { before: rowsOf(blocks.slice(0, at)), fields: fields.fields, after: rowsOf(blocks.slice(at + 1)) };
}

/** Fills an embed piece by piece, and remembers when something had no room. */
class Filling {
  readonly fields: APIEmbedField[] = [];
  cut = false;
  #left: number;

  constructor(left: number) {
    this.#left = left;
  }

  description(rows: readonly Row[]): string {
    const { text, lost, rest } = fillRows(rows, Math.min(LIMITS.description, this.#left));
    this.cut ||= lost || rest.length > 0;
    this.#left -= text.length;
    return text;
  }

  field({ label, value }: Field): void {
    const name = fitLine([{ kind: 'text', text: label }], LIMITS.name).text || NAMELESS;
    const { text, cut } = fitLine(value, Math.min(LIMITS.value, this.#left - name.length));
    this.cut ||= cut;
    this.#add({ name, value: text, inline: text.length <= SHORT });
  }

  rows(rows: readonly Row[]): void {
    let rest = rows;
    while (rest.length > 0) {
      const filled = fillRows(rest, Math.min(LIMITS.value, this.#left - NAMELESS.length));
      // What goes on in the next field is not missing.
      this.cut ||= filled.lost;
      if (!this.#add({ name: NAMELESS, value: filled.text })) return;
      rest = filled.rest;
    }
  }

  /** False when there was nothing to add, or no room for it. */
  #add(field: APIEmbedField): boolean {
    if (field.value === '') return false;
    if (this.fields.length >= LIMITS.fields) {
      this.cut = true;
      return false;
    }
    this.fields.push(field);
    this.#left -= field.name.length + field.value.length;
    return true;
  }
}

export interface EmbedWords {
  /** Said where something had no room: "more on the incident page". */
  readonly more: string;
  /** The small print at the end; by it a message is found again. */
  readonly reference?: string;
}

/** A message as one embed, within all limits: nothing is refused for its length, and what is cut is cut at a sentence. */
export function embedOf(message: Message, { more, reference }: EmbedWords): APIEmbed {
  const title = fitLine([{ kind: 'untrusted', text: message.headline }], LIMITS.title);
  const small = [more, reference ?? ''].join(' · ');
  const filling = new Filling(LIMITS.all - title.text.length - small.length);
  const { before, fields, after } = partsOf(message.blocks);
  const description = filling.description(before);
  for (const field of fields) filling.field(field);
  filling.rows(after);
  const footer = [
    ...(filling.cut || title.cut ? [more] : []),
    ...(reference === undefined ? [] : [reference]),
  ].join(' · ');
  return {
    ...(title.text !== '' && { title: title.text }),
    ...(description !== '' && { description }),
    color: COLOURS[message.tone],
    ...(filling.fields.length > 0 && { fields: filling.fields }),
    ...(footer !== '' && { footer: { text: footer } }),
  };
}
