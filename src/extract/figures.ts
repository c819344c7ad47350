import type { FigureSpan, Token } from '../model/reading.ts';
import { isCapitalised } from '../model/letters.ts';
import { MONTHS } from './dates/calendar.ts';
import { numberAt, type NumberSpan } from './figures/numbers.ts';
import { qualifierAfter, qualifierBefore } from './figures/qualifiers.ts';
import { BETWEEN, MOVES, PLACE_UNITS, UNITS } from './figures/units.ts';
import { isHyphen } from './phrases.ts';

/** Words that may lie between a number and what it counts. */
const UNIT_REACH = 5;
const VERB_REACH = 5;
const AUXILIARIES = new Set(
  'have has had were was are been being be to who that also still already being left made reported of which whom took taken them been all'.split(
    ' ',
  ),
);
const YEAR_LEADS = new Set(
  'in since by until till during of from before after for mid late early year'.split(' '),
);

interface Counted {
  readonly unit: string;
  readonly last: number;
}

/**
 * Finds how many people, fighters, families, buses, houses … a text counts: digits, words, vague plurals, ranges, with
 * IDMC's qualifiers. "about 1,500" has low = high, "more than 500" no high, "up to 300" no low, "hundreds" low 100.
 * Years, dates, distances, percentages, money and ages are no figures. In text order, without overlap.
 */
export function findFigures(body: string, tokens: readonly Token[]): FigureSpan[] {
  const spans: FigureSpan[] = [];
  for (let i = 0; i < tokens.length;) {
    const number = numberAt(tokens, i);
    const span = number && figureOf(body, tokens, number, spans.at(-1)?.last ?? 0);
    if (span !== undefined) spans.push(span);
    i = Math.max(i + 1, (span ?? number)?.last ?? 0);
  }
  return spans;
}

/** What the number counts; the words of the figure begin at `free` or behind it. */
function figureOf(
  body: string,
  tokens: readonly Token[],
  number: NumberSpan,
  free: number,
): FigureSpan | undefined {
  if (isOtherNumber(tokens, number)) return undefined;
  const at = number.first;
  const before = qualifierBefore(tokens, at);
  const range = rangeEnd(tokens, number);
  const after = qualifierAfter(tokens, (range ?? number).last);
  const counted = countedAfter(tokens, after.last, number) ?? countedBefore(tokens, before.first, after.last);
  if (counted === undefined) return undefined;
  const qualifier = range === undefined ? (before.qualifier ?? after.qualifier) : 'range';
  const first = Math.max(
    free,
    range !== undefined && tokens[at - 1]?.norm === 'between' ? at - 1 : before.first,
  );
  const text = body.slice(tokens[first]?.start ?? 0, tokens[counted.last - 1]?.end ?? 0);
  return {
    kind: 'figure',
    first,
    last: counted.last,
    figure: { ...bounds(number, range, qualifier), unit: counted.unit, text },
    ...(qualifier === undefined ? {} : { qualifier }),
  };
}

function bounds(
  number: NumberSpan,
  range: NumberSpan | undefined,
  qualifier: FigureSpan['qualifier'],
): { readonly low?: number; readonly high?: number } {
  if (range !== undefined) return { low: number.value, high: range.value };
  if (qualifier === 'up_to') return { high: number.value };
  if (number.vague || qualifier === 'more_than' || qualifier === 'at_least') return { low: number.value };
  return { low: number.value, high: number.value };
}

/** "between 250 and 300", "20 to 30", "20-30". */
function rangeEnd(tokens: readonly Token[], number: NumberSpan): NumberSpan | undefined {
  const link = tokens[number.last];
  const joined =
    isHyphen(link) ||
    link?.text === '–' ||
    link?.norm === 'to' ||
    link?.norm === 'or' ||
    (link?.norm === 'and' && tokens[number.first - 1]?.norm === 'between');
  if (!joined || number.vague) return undefined;
  const end = numberAt(tokens, number.last + 1);
  if (end === undefined || end.vague || end.value <= number.value) return undefined;
  // "04-2016" is the tail of a date.
  return isYear(end) && number.value <= 31 ? undefined : end;
}

/** Years, days of a month, parts of a date, percentages, money, numbered things. */
function isOtherNumber(tokens: readonly Token[], number: NumberSpan): boolean {
  const before = tokens[number.first - 1];
  const after = tokens[number.last];
  if ((MONTHS.has(after?.norm ?? '') && after?.text !== 'may') || after?.norm === 'percent') return true;
  if (MONTHS.has(before?.norm ?? '') && isCapitalised(before?.text ?? '') && number.bare) return true;
  if (
    /^[$€£]$/.test(before?.text ?? '') ||
    /^(?:no|nos|aged|age|number|resolution)$/.test(before?.norm ?? '')
  )
    return true;
  // "10-11-2014": a date in digits.
  if (isHyphen(after) && isHyphen(tokens[number.last + 2]) && tokens[number.last + 1]?.kind === 'number')
    return true;
  if (!isYear(number))
    return isHyphen(before) && tokens[number.first - 2]?.kind === 'number' && number.value <= 31;
  // A count of that size comes before a small letter and has no preposition of time before it: "2016 Terrorists", "in 2016".
  if (YEAR_LEADS.has(before?.norm ?? '') || isHyphen(before)) return true;
  return !isSmall(after) && !(isSmall(before) && countsPeople(after, tokens[number.last + 1]));
}

const isSmall = (token: Token | undefined): boolean => /^\p{Ll}/u.test(token?.text ?? '');

/** "in exchange 2000 Sunni residents were bussed out": a people's adjective, then whom it describes. */
const countsPeople = (adjective: Token | undefined, noun: Token | undefined): boolean =>
  BETWEEN.has(adjective?.norm ?? '') && isSmall(noun) && UNITS.has(noun?.norm ?? '');

const isYear = (number: NumberSpan): boolean => number.bare && number.value >= 1900 && number.value <= 2100;

/** What is counted, behind the number: "six buses", "500 displaced Syrian families", "hundreds of civilians". */
function countedAfter(tokens: readonly Token[], at: number, number: NumberSpan): Counted | undefined {
  let position = at;
  if (tokens[position]?.norm === 'of')
    position += /^(?:the|its|his|their|these)$/.test(tokens[position + 1]?.norm ?? '') ? 2 : 1;
  if (tokens[position - 1]?.norm === 'of' && tokens[position]?.norm === 'them')
    return { unit: 'people', last: position + 1 };
  // "only 21,000 of the 48,000 inhabitants"
  const whole = position > at && !number.vague ? numberAt(tokens, position) : undefined;
  if (whole !== undefined && whole.value > number.value) position = whole.last;
  for (let step = 0; step <= UNIT_REACH; step += 1) {
    const token = tokens[position];
    if (token === undefined) break;
    const unit = token.text === 'IS' ? undefined : UNITS.get(token.norm);
    // "5,000 displaced as clashes resume": how they are, told as a verb.
    if (unit === 'displaced' && step === 0 && token.norm === 'displaced' && !isModifier(tokens, position))
      return { unit: 'people', last: at };
    if (unit !== undefined && !isModifier(tokens, position)) return { unit, last: position + 1 };
    const passes =
      unit !== undefined ||
      isHyphen(token) ||
      isHyphen(tokens[position - 1]) ||
      BETWEEN.has(token.norm) ||
      isName(token, step);
    if (!passes || PLACE_UNITS.has(token.norm)) break;
    position += 1;
  }
  return peopleOf(tokens, at, number) ?? bareCount(tokens, at, number);
}

/** "500 Yazidis fled": a people's name in the plural. */
function peopleOf(tokens: readonly Token[], at: number, number: NumberSpan): Counted | undefined {
  // "tens of thousands of Muslims"
  const of = number.vague && tokens[at]?.norm === 'of' ? 1 : 0;
  const name = tokens[at + of];
  if (!/^\p{Lu}\p{Ll}+s$/u.test(name?.text ?? '')) return undefined;
  if (of === 1)
    return number.value >= 24 && !PLACE_UNITS.has(name?.norm ?? '')
      ? { unit: 'people', last: at + 2 }
      : undefined;
  if (number.vague || number.value < 10) return undefined;
  const next = tokens[at + 1]?.norm ?? '';
  const goesOn = MOVES.has(next) || /^(?:have|had|were|was|who|from|of)$/.test(next);
  return goesOn && !PLACE_UNITS.has(name?.norm ?? '') ? { unit: 'people', last: at + 1 } : undefined;
}

/** Nouns that stand before another noun as adjectives: "30 rebel fighters". "30 people wounded" counts people. */
const ADJECTIVAL = new Set(
  'rebel militant fighter civilian terrorist jihadist family household refugee displaced troop guard officer police person wounded injured bus truck house home men women child'.split(
    ' ',
  ),
);

function isModifier(tokens: readonly Token[], at: number): boolean {
  if (!ADJECTIVAL.has(tokens[at]?.norm ?? '')) return false;
  const next = tokens[at + 1]?.norm ?? '';
  return UNITS.has(next) || (BETWEEN.has(next) && UNITS.has(tokens[at + 2]?.norm ?? ''));
}

/** A capitalised word may be a party's or people's name: "45 Fatah al-Sham fighters". Not at a sentence's start. */
const isName = (token: Token, step: number): boolean => step < UNIT_REACH && isCapitalised(token.text);

/** "400 left the city", "70,000 have been left homeless": people, by what they do. Small numbers need no such guess. */
function bareCount(tokens: readonly Token[], at: number, number: NumberSpan): Counted | undefined {
  if (number.vague ? number.value < 24 : number.value < 5) return undefined;
  for (let position = at; position < at + VERB_REACH; position += 1) {
    const norm = tokens[position]?.norm ?? '';
    if (MOVES.has(norm)) return { unit: 'people', last: number.last };
    if (!AUXILIARIES.has(norm)) return undefined;
  }
  return undefined;
}

const COUNT_LINK =
  /^(?::|=|total|totals|totalling|totaling|numbered|number|reached|be|is|was|at|to|of|evacuated|displaced|relocated|homeless|evacuating|displacing|rescued)$/;
const COUNT_FILLER = /^(?:is|was|has|estimated|[a:,/]|the|nb|people|reached|reported|currently|shelter)$/;
/** "the number of people displaced … has risen to 40,000": verbs before the count, and how far back it starts. */
const COUNT_GROWS =
  /^(?:risen|rose|reached|grown|grew|climbed|increased|passed|topped|exceeded|surpassed|doubled|swelled|jumped|surged|stood|stands|totalled)$/;
/** "brought the number of people displaced from the town to 40,000" */
const COUNT_RAISED =
  /^(?:bring|brings|bringing|brought|takes|taking|took|raises|raised|raising|pushed|pushing)$/;
const COUNT_REACH = 16;
const TABLE_NUMBER = 1000;

/** "Population evacuated 116129", "IDPs: 122 387", "families is estimated to be 349", "destroyed housing: 146". */
function countedBefore(tokens: readonly Token[], at: number, last: number): Counted | undefined {
  const nearest = tokens[at - 1]?.norm ?? '';
  // "Number of people 58,926" in a table: only numbers that are no part of a sentence's own count.
  const table = UNITS.get(nearest) ?? (nearest === 'shelter' ? 'homes' : undefined);
  if (table !== undefined && Number(tokens[at]?.norm ?? 0) >= TABLE_NUMBER) return { unit: table, last };
  if (!COUNT_LINK.test(nearest)) return countOfNumber(tokens, at, last);
  const moved = MOVES.has(nearest) || (nearest === ':' && MOVES.has(tokens[at - 2]?.norm ?? ''));
  for (let position = at - 1; position >= Math.max(0, at - 6); position -= 1) {
    const norm = tokens[position]?.norm ?? '';
    const unit = UNITS.get(norm);
    if (unit !== undefined && !/^(?:displaced|men)$/.test(norm)) return { unit, last };
    if (!COUNT_LINK.test(norm) && !COUNT_FILLER.test(norm)) break;
  }
  return moved ? { unit: 'people', last } : countOfNumber(tokens, at, last);
}

/** "the number of displaced people in the province has risen to 40,000". */
function countOfNumber(tokens: readonly Token[], at: number, last: number): Counted | undefined {
  const verb = tokens[tokens[at - 1]?.norm === 'to' || tokens[at - 1]?.norm === 'at' ? at - 2 : at - 1];
  if (COUNT_RAISED.test(verb?.norm ?? '')) return numberBehind(tokens, last);
  const raised =
    tokens[at - 1]?.norm === 'to' &&
    tokens.slice(Math.max(0, at - COUNT_REACH), at).some(({ norm }) => COUNT_RAISED.test(norm));
  if (!raised && !COUNT_GROWS.test(verb?.norm ?? '')) return undefined;
  for (let position = at - 2; position >= Math.max(0, at - COUNT_REACH); position -= 1) {
    if (tokens[position]?.sentence !== tokens[at]?.sentence) return undefined;
    const unit = UNITS.get(tokens[position]?.norm ?? '');
    const of = tokens[position - 1]?.norm;
    const number = tokens
      .slice(Math.max(0, position - 4), position)
      .some(({ norm }) => norm === 'number' || norm === 'total');
    if (unit !== undefined && unit !== 'displaced' && of !== undefined && number) return { unit, last };
  }
  return undefined;
}

/** "brings to 41,000 the number of people who left" */
function numberBehind(tokens: readonly Token[], last: number): Counted | undefined {
  const [the, ...words] = tokens.slice(last, last + 5).map(({ norm }) => norm);
  const of = words.indexOf('of');
  const unit = UNITS.get(words[of + 1] ?? '');
  return the === 'the' && of > 0 && /^(?:number|total)$/.test(words[of - 1] ?? '') && unit !== undefined
    ? { unit, last }
    : undefined;
}
