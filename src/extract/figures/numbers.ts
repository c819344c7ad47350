import type { Token } from '../../model/reading.ts';
import { perSpelling } from '../../model/spelling.ts';
import { isHyphen } from '../phrases.ts';
import { MULTIPLIERS, SMALL_NUMBERS, TENS, VAGUE } from './units.ts';

/** A number in the text. `vague`: only a lower bound ("hundreds"). */
export interface NumberSpan {
  readonly first: number;
  readonly last: number;
  readonly value: number;
  readonly vague: boolean;
  /** Written in digits alone, without a thousands comma: could be a year. */
  readonly bare: boolean;
}

const DIGITS = /^\d+(?:\.\d+)?$/;

function multiplied(
  tokens: readonly Token[],
  value: number,
  at: number,
): { readonly value: number; readonly last: number } {
  let result = value;
  let last = at;
  for (let factor = MULTIPLIERS.get(tokens[last]?.norm ?? ''); factor !== undefined;) {
    result *= factor;
    last += 1;
    factor = MULTIPLIERS.get(tokens[last]?.norm ?? '');
  }
  return { value: result, last };
}

/** "10 000", "122 387", "61, 000": groups of three digits that a blank or comma parts. */
function grouped(tokens: readonly Token[], at: number): { readonly text: string; readonly last: number } {
  let text = tokens[at]?.norm ?? '';
  let last = at + 1;
  if (!/^[1-9]\d{0,2}$/.test(text)) return { text, last };
  for (;;) {
    const comma = tokens[last]?.text === ',' && tokens[last]?.start === tokens[last - 1]?.end ? 1 : 0;
    const group = tokens[last + comma];
    const before = tokens[last + comma - 1];
    if (group === undefined || before === undefined || !/^\d{3}$/.test(group.text)) return { text, last };
    if (group.start - before.end !== 1) return { text, last };
    text += group.text;
    last += comma + 1;
  }
}

function fromDigits(tokens: readonly Token[], at: number): NumberSpan | undefined {
  const token = tokens[at];
  if (token?.kind !== 'number' || !DIGITS.test(token.norm)) return undefined;
  const { text, last } = grouped(tokens, at);
  // "20k": thousands.
  const thousand = tokens[last]?.text.toLowerCase() === 'k' && tokens[last].start === tokens[last - 1]?.end;
  const product = thousand
    ? { value: Number(text) * 1000, last: last + 1 }
    : multiplied(tokens, Number(text), last);
  const bare = product.last === at + 1 && token.text === token.norm;
  return { first: at, last: product.last, value: Math.round(product.value), vague: false, bare };
}

/** "twenty-five", "two hundred and fifty", "half a million", "a dozen", "several hundred". */
function fromWords(tokens: readonly Token[], at: number): NumberSpan | undefined {
  const norm = (position: number): string => tokens[position]?.norm ?? '';
  let position = at;
  let total = 0;
  let current = 0;
  let seen = false;
  if (norm(at) === 'half' && norm(at + 1) === 'a' && MULTIPLIERS.has(norm(at + 2)))
    return {
      first: at,
      last: at + 3,
      value: (MULTIPLIERS.get(norm(at + 2)) ?? 0) / 2,
      vague: false,
      bare: false,
    };
  if (/^(?:a|an)$/.test(norm(at)) && (MULTIPLIERS.has(norm(at + 1)) || norm(at + 1) === 'couple')) {
    current = 1;
    position += 1;
    if (norm(position) === 'couple')
      return { first: at, last: position + 1, value: 2, vague: false, bare: false };
  }
  if (/^(?:several|few)$/.test(norm(at)) && MULTIPLIERS.has(norm(at + 1))) {
    const last = at + 2;
    return { first: at, last, value: MULTIPLIERS.get(norm(at + 1)) ?? 0, vague: true, bare: false };
  }
  for (;;) {
    const word = norm(position);
    const small = SMALL_NUMBERS.get(word) ?? TENS.get(word);
    const factor = MULTIPLIERS.get(word);
    if (factor !== undefined && (seen || current > 0)) {
      if (factor === 100) current *= 100;
      else {
        total += current * factor;
        current = 0;
      }
    } else if (
      small !== undefined &&
      word !== 'dozen' &&
      (current % 100 === 0 || (current % 10 === 0 && small < 10))
    )
      current += small;
    else if (
      (word === 'and' || isHyphen(tokens[position])) &&
      seen &&
      (SMALL_NUMBERS.has(norm(position + 1)) || TENS.has(norm(position + 1))) &&
      (current % 10 === 0 || current === 0) &&
      joins(tokens, position)
    ) {
      position += 1;
      continue;
    } else break;
    seen = true;
    position += 1;
  }
  return seen ? { first: at, last: position, value: total + current, vague: false, bare: false } : undefined;
}

/** "and" joins only behind a hundred, a hyphen only behind a ten. */
function joins(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.norm ?? '';
  return tokens[at]?.norm === 'and' ? MULTIPLIERS.has(before) : TENS.has(before);
}

function fromVague(tokens: readonly Token[], at: number): NumberSpan | undefined {
  const norm = (position: number): string => tokens[position]?.norm ?? '';
  if (/^(?:tens|عشرات)$/.test(norm(at)) && /^(?:of|الاف|الالاف)$/.test(norm(at + 1))) {
    const last = norm(at + 1) === 'of' ? at + 3 : at + 2;
    return norm(at + 1) === 'of' && norm(at + 2) !== 'thousands'
      ? undefined
      : { first: at, last, value: 10_000, vague: true, bare: false };
  }
  const value = VAGUE.get(norm(at));
  if (value === undefined) return undefined;
  if (value === 100 && norm(at + 1) === 'of' && norm(at + 2) === 'thousands')
    return { first: at, last: at + 3, value: 100_000, vague: true, bare: false };
  return { first: at, last: at + 1, value, vague: true, bare: false };
}

const WORDS = new Set([
  ...SMALL_NUMBERS.keys(),
  ...TENS.keys(),
  ...VAGUE.keys(),
  ...'a an half several few tens'.split(' '),
]);

const mayStart = perSpelling(({ norm }) => WORDS.has(norm));

/** The number at `at`, in digits, words or as a vague plural. */
export function numberAt(tokens: readonly Token[], at: number): NumberSpan | undefined {
  const token = tokens[at];
  if (token?.kind === 'number') return fromDigits(tokens, at);
  if (token === undefined || !mayStart(token.spelling)) return undefined;
  return fromVague(tokens, at) ?? fromWords(tokens, at);
}
