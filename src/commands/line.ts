import type { Parameter, RawInput } from './definition.ts';

interface Word {
  readonly text: string;
  /** Between quotes: never a keyword. */
  readonly quoted: boolean;
}

/** Quotes of several languages. Apostrophes are none: names have them (Sha'afah). An open quote ends with the line. */
const WORDS = /["“”„«»]([^"“”„«»]*)(?:["“”„«»]|$)|[^\s"“”„«»]+/gu;

function words(text: string): readonly Word[] {
  return [...text.matchAll(WORDS)].map((match) =>
    match[1] === undefined ? { text: match[0], quoted: false } : { text: match[1], quoted: true },
  );
}

export interface Line {
  /** Without the slash, in small letters; empty when nothing was typed. */
  readonly name: string;
  readonly rest: string;
}

/** `/Status  deir-ezzor` → `status` and `deir-ezzor`. The slash may be left out. */
export function splitLine(line: string): Line {
  const typed = line.trim().replace(/^\/\s*/u, '');
  const end = typed.search(/\s/u);
  if (end < 0) return { name: typed.toLowerCase(), rest: '' };
  return { name: typed.slice(0, end).toLowerCase(), rest: typed.slice(end).trim() };
}

/**
 * The values of a typed line by parameter: words before the first keyword belong to the parameter without one, words
 * after a keyword to its parameter. `/status "Dayr az Zawr" at 2018-05-20` → `{ place: 'Dayr az Zawr', at: '2018-05-20' }`.
 * Of several parameters without a keyword each takes one word, and the last the rest. A parameter without a word is left out.
 */
export function readLine(rest: string, parameters: readonly Parameter[]): RawInput {
  const byKeyword = new Map(parameters.flatMap(({ keyword, name }) => (keyword ? [[keyword, name]] : [])));
  const unnamed = parameters.filter(({ keyword }) => keyword === undefined).map(({ name }) => name);
  let current = unnamed.shift();
  const values = new Map<string, string[]>();
  for (const { text, quoted } of words(rest)) {
    const named = quoted ? undefined : byKeyword.get(text.toLowerCase());
    if (named !== undefined) {
      current = named;
      values.set(named, []);
      unnamed.length = 0;
    } else if (current !== undefined) {
      values.set(current, [...(values.get(current) ?? []), text]);
      current = unnamed.shift() ?? current;
    }
  }
  return Object.fromEntries([...values].map(([name, typed]) => [name, typed.join(' ')]));
}
