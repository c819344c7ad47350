import type { Inline, Line } from '../model/message.ts';

/** Longest stretch of a report's own words that goes into one line of a message. */
const MAX_UNTRUSTED = 160;

// Controls, bidi controls and invisible fillers: they can reorder, hide or break a line. ZWJ and ZWNJ stay: scripts need them.

const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]+/gu;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** One line of plain text without controls; Arabic and other right-to-left text isolated, so that it cannot reorder its line. */
export function clean(text: string, most = MAX_UNTRUSTED): string {
  const line = text.normalize('NFC').replace(UNSAFE, ' ').replace(/\s+/gu, ' ').trim();
  const short = line.length > most ? `${line.slice(0, most - 1).trimEnd()}…` : line;
  return RIGHT_TO_LEFT.test(short) ? `\u2068${short}\u2069` : short;
}

/** Words that come from our own files or from typed fields. */
export const text = (value: string): Inline => ({ kind: 'text', text: clean(value) });
export const strong = (value: string): Inline => ({ kind: 'strong', text: clean(value) });
/** Words that come from a report or from a person's typing. */
export const untrusted = (value: string): Inline => ({ kind: 'untrusted', text: clean(value) });

/** As it stands between other stretches: spaces at the ends kept. */
export const literal = (value: string): Inline => ({ kind: 'text', text: value });

/** Neighbouring plain stretches joined, empty ones dropped. */
export function joined(parts: readonly (Inline | Line)[]): Line {
  const line: Inline[] = [];
  for (const part of parts.flat()) {
    const last = line.at(-1);
    if (part.kind === 'text' && last?.kind === 'text')
      line[line.length - 1] = { kind: 'text', text: last.text + part.text };
    else if (part.kind === 'time' || part.text !== '') line.push(part);
  }
  return line;
}

/** Lines after one another with `between` in between; empty ones left out. */
export function separated(lines: readonly Line[], between: string): Line {
  return joined(
    lines
      .filter((line) => line.length > 0)
      .flatMap((line, i) => (i === 0 ? [line] : [literal(between), line])),
  );
}
