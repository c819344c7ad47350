import type { Inline, Line } from '../../model/message.ts';
import { cutLine, lineLength } from '../cut.ts';
import { linkText, ownText, untrustedText } from './text.ts';

const strong = (text: string): string => {
  const words = ownText(text).trim();
  return words === '' ? '' : `**${words}**`;
};

const INLINES: { readonly [K in Inline['kind']]: (inline: Extract<Inline, { kind: K }>) => string } = {
  text: ({ text }) => ownText(text),
  strong: ({ text }) => strong(text),
  untrusted: ({ text }) => untrustedText(text),
  link: ({ text, url }) => linkText(text, url),
  // Discord shows it in each reader's own zone and language.
  time: ({ at }) => `<t:${Math.floor(Date.parse(at) / 1000)}:f>`,
};

/** The writer of an inline's own kind, which the compiler cannot follow through the table. */
const written = (inline: Inline): string => (INLINES[inline.kind] as (inline: Inline) => string)(inline);

/** A line in Discord's markdown. */
const lineText = (line: Line): string => line.map(written).join('').trim();

export interface Fitted {
  readonly text: string;
  /** Something was left out. */
  readonly cut: boolean;
}

/** As much of a line as has room once its signs are escaped, cut at a sentence or a word. */
export function fitLine(line: Line, room: number): Fitted {
  const all = lineText(line);
  if (all.length <= room) return { text: all, cut: false };
  let [fits, tooMuch] = [0, Math.min(lineLength(line), room) + 1];
  while (tooMuch - fits > 1) {
    const middle = (fits + tooMuch) >> 1;
    if (lineText(cutLine(line, middle).line).length <= room) fits = middle;
    else tooMuch = middle;
  }
  return { text: fits === 0 ? '' : lineText(cutLine(line, fits).line), cut: true };
}

/** One row of a message: what stands before it is ours and formats it. */
export interface Row {
  readonly before: string;
  readonly line: Line;
}

/** A row with less room than this says nothing. */
const LEAST_ROOM = 40;

export interface Filled {
  readonly text: string;
  /** Rows that had no room and may follow elsewhere. */
  readonly rest: readonly Row[];
  /** A row was cut, or has room nowhere. */
  readonly lost: boolean;
}

/** Rows from the first on, as many as have room. A row is cut only if it would not fit this room alone. */
export function fillRows(rows: readonly Row[], room: number): Filled {
  let text = '';
  for (const [index, { before, line }] of rows.entries()) {
    const start = text === '' ? before : `\n${before}`;
    const left = room - text.length - start.length;
    const words = left < LEAST_ROOM ? undefined : fitLine(line, left);
    if (words?.cut === false) {
      if (words.text !== '') text += `${start}${words.text}`;
      continue;
    }
    const elsewhere = text !== '' && before.length + lineText(line).length <= room;
    if (elsewhere) return { text, rest: rows.slice(index), lost: false };
    const some = words?.text ?? '';
    return { text: some === '' ? text : `${text}${start}${some}`, rest: rows.slice(index + 1), lost: true };
  }
  return { text, rest: [], lost: false };
}
