import type { Inline, Line } from '../model/message.ts';

/** Ends of sentences in the scripts that reports come in, before a space or the end. */
const SENTENCE_END = /[.!?…؟۔。！？]["”’»)\]]*(?=\s|$)/gu;
const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A sentence that ends before this part of the room would leave too little of the text. */
const LEAST_SHARE = 0.4;

/** As many whole letters as have room; for one word that is longer than all the room there is. */
function letters(text: string, most: number): string {
  let end = 0;
  for (const { index, segment } of GRAPHEMES.segment(text.slice(0, most + 1))) {
    if (index + segment.length > most) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/**
 * At most `most` UTF-16 units of `text`: whole when it fits, else up to the end of a sentence, else up to the end of a word
 * with an ellipsis. Never inside a word, unless one word is longer than the whole room.
 */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  if (most < 1) return '';
  const room = text.slice(0, most);
  const sentence = [...room.matchAll(SENTENCE_END)]
    .map((end) => end.index + end[0].length)
    .filter((end) => end >= most * LEAST_SHARE && (end < most || /^\s/u.test(text.slice(end))))
    .at(-1);
  if (sentence !== undefined) return room.slice(0, sentence);
  const word = text.slice(0, most).search(/\s\S*$/u);
  const kept = word > 0 ? room.slice(0, word) : letters(text, most - 1);
  return `${kept.trimEnd()}…`;
}

const lengthOf = (inline: Inline): number => (inline.kind === 'time' ? TIME_LENGTH : inline.text.length);
/** A moment as a reader sees it: "20 May 2018, 14:05 UTC". */
const TIME_LENGTH = 24;

/** At most `most` characters of a line, cut like `cutText`; `cut` when something was left out. */
export function cutLine(line: Line, most: number): { readonly line: Line; readonly cut: boolean } {
  const kept: Inline[] = [];
  let room = most;
  for (const inline of line) {
    const length = lengthOf(inline);
    if (length > room) {
      if (inline.kind !== 'time' && room > 1) kept.push({ ...inline, text: cutText(inline.text, room) });
      return { line: kept, cut: true };
    }
    kept.push(inline);
    room -= length;
  }
  return { line: kept, cut: false };
}

/** Characters of a line as a reader sees them. */
export const lineLength = (line: Line): number => line.reduce((sum, inline) => sum + lengthOf(inline), 0);
