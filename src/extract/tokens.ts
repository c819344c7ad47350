import type { Token } from '../model/reading.ts';
import { Spellings } from './spellings.ts';

type Kind = Token['kind'];

/** A token of a text that is not yet cut into sentences: whoever cuts it writes into it which it is of. */
export type RawToken = Omit<Token, 'sentence'> & { sentence: number };

// "ï" and "â" are letters: a word stops before them where they are the head of a wrongly decoded mark.
// One pattern for each kind of token, tried at a position (sticky), first fit wins. None can backtrack without bound.
const SPACE = /[\s\p{Cc}\p{Cf}\p{Cs}]+/uy;
const MOJIBAKE = /(?:ï¿½|\uFFFD|â€[™˜œ\u009D\u0093\u0094“”¢¦]?)+/uy;
const URL = /(?:https?:\/\/|www\.)[^\s<>"”]+/uy;
const INITIALS = /(?:\p{L}\.){2,}/uy;
const NUMBER =
  /(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)*|[\u0660-\u0669\u06F0-\u06F9]+(?:[٫٬,.][\u0660-\u0669\u06F0-\u06F9]+)*)(?:(?:st|nd|rd|th)(?!\p{L}))?/iuy;
const WORD = /(?!ï¿½|â€)[\p{L}\p{M}\p{Nl}\p{No}](?:(?!ï¿½|â€)[\p{L}\p{M}\p{N}\p{Cf}])*/uy;
/** An apostrophe inside a word, the one that came through a wrong decoding included. */
const INNER_APOSTROPHE = /(?:['’‘ʼ`´ʿʾ\uFFFD]|â€[™˜]|ï¿½)(?=\p{L})/uy;
const SAME_MARKS = /([.\-–—*_=~!?])\1+/uy;
// A capital after a small letter or before one that follows capitals: "DeirEzzor", "SDFAdvance".
const HASHTAG_PART = /\p{N}+|\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{M}]+|\p{Lo}[\p{Lo}\p{M}]*|\p{L}/uy;

const BEFORE_WORDS: readonly (readonly [RegExp, Kind])[] = [
  [MOJIBAKE, 'mark'],
  [URL, 'mark'],
  [INITIALS, 'word'],
  [NUMBER, 'number'],
];

function at(pattern: RegExp, body: string, position: number): number {
  pattern.lastIndex = position;
  return pattern.test(body) ? pattern.lastIndex : position;
}

/** End of the word at `position`, with the apostrophes inside it: "Sha’afah", "Syria's", "don't". */
function wordEnd(body: string, position: number): number {
  let end = at(WORD, body, position);
  if (end === position) return position;
  for (;;) {
    const after = at(INNER_APOSTROPHE, body, end);
    if (after === end) return end;
    const next = at(WORD, body, after);
    if (next === after) return end;
    end = next;
  }
}

const ASCII = 0x80;
const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
/** The apostrophes among the ASCII marks, which a word may go on behind. */
const isApostrophe = (code: number): boolean => code === 39 || code === 96;

/** End of the word at `position` if it has ASCII letters alone and is no address and no initials, else `position`. */
function plainWordEnd(body: string, position: number): number {
  let end = position;
  while (isLetter(body.charCodeAt(end))) end += 1;
  if (end === position) return position;
  const next = body.charCodeAt(end);
  const ends = end === body.length || (next < ASCII && !isDigit(next) && !isApostrophe(next));
  if (!ends || (end === position + 1 && body[end] === '.')) return position;
  return body.startsWith('http', position) || body.startsWith('www', position) ? position : end;
}

const PERCENT = 37;

/** Most of a text is plain words and marks between blanks: they need no pattern. */
function plainToken(
  body: string,
  position: number,
): { readonly end: number; readonly kind: Kind } | undefined {
  const end = plainWordEnd(body, position);
  if (end > position) return { end, kind: 'word' };
  const code = body.charCodeAt(position);
  const repeated = body.charCodeAt(position + 1) === code;
  if (code === PERCENT) return { end: position + 1, kind: 'word' };
  return code < ASCII && !isLetter(code) && !isDigit(code) && !repeated
    ? { end: position + 1, kind: 'mark' }
    : undefined;
}

/** Where the blanks at `position` end. */
function blanksEnd(body: string, position: number): number {
  const code = body.charCodeAt(position);
  return code > 32 && code < ASCII - 1 ? position : at(SPACE, body, position);
}

function nextToken(body: string, position: number): { readonly end: number; readonly kind: Kind } {
  const plain = plainToken(body, position);
  if (plain !== undefined) return plain;
  for (const [pattern, kind] of BEFORE_WORDS) {
    const end = at(pattern, body, position);
    if (end > position) return { end, kind };
  }
  const word = wordEnd(body, position);
  if (word > position) return { end: word, kind: 'word' };
  const marks = at(SAME_MARKS, body, position);
  if (marks > position) return { end: marks, kind: 'mark' };
  return { end: position + ((body.codePointAt(position) ?? 0) > 0xffff ? 2 : 1), kind: 'mark' };
}

const spellings = new Spellings();

/**
 * Cuts a text into words, numbers and marks; white space, control and format characters lie between tokens. A hyphen
 * is a mark of its own ("al-Bab" is three tokens), an apostrophe inside a word is part of it, "U.S." and "1,500" are one
 * token each, "#DeirEzzor" is the mark "#" and two words, "%" is the word "percent". Linear in the text's length; any string will do.
 * `sentence` is 0 throughout: `numberTokens` fills it.
 */
export function tokenize(body: string): RawToken[] {
  const tokens: RawToken[] = [];
  const push = (start: number, end: number, kind: Kind): void => {
    const spelling = spellings.of(body, start, end, kind);
    const { text, norm } = spelling;
    tokens.push({ index: tokens.length, text, norm, start, end, kind, spelling, sentence: 0 });
  };
  let position = blanksEnd(body, 0);
  while (position < body.length) {
    if (body[position] === '#') {
      push(position, position + 1, 'mark');
      position = hashtag(body, position + 1, push);
    } else {
      const { end, kind } = nextToken(body, position);
      push(position, end, kind);
      position = end;
    }
    position = blanksEnd(body, body.charCodeAt(position) === 32 ? position + 1 : position);
  }
  return tokens;
}

function hashtag(
  body: string,
  position: number,
  push: (start: number, end: number, kind: Kind) => void,
): number {
  for (;;) {
    const part = at(HASHTAG_PART, body, position);
    if (part === position) return position;
    push(position, part, /^\p{N}/u.test(body.slice(position, part)) ? 'number' : 'word');
    position = body[part] === '_' ? part + 1 : part;
  }
}
