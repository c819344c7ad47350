import type { FigureSpan, Mark, Reading, Sentence, TokenSpan } from '../../model/reading.ts';
import type { EffectEntry, FrameEntry, WordClass } from '../lexicon/entries.ts';
import type { Lexicon, VerbReading } from '../lexicon/lexicon.ts';
import { classesOf, nounEffectOf, nounFramesOf } from './lexicon.ts';

/**
 * One word, mark or name of a sentence, by what the clause makes of it. `aux`: "was done" before a masdar. `sub`: after,
 * before, while. `rel`: which. `comp`: that. `break`: a colon, a semicolon.
 */
export type ItemKind =
  | 'verb'
  | 'aux'
  | 'be'
  | 'noun'
  | 'mark'
  | 'preposition'
  | 'conjunction'
  | 'sub'
  | 'rel'
  | 'comp'
  | 'condition'
  | 'negation'
  | 'modal'
  | 'adverb'
  | 'comma'
  | 'break'
  | 'word';

export interface Item extends TokenSpan {
  readonly kind: ItemKind;
  /** Words of a phrase joined by blanks. */
  readonly norm: string;
  readonly verb?: VerbReading;
  readonly mark?: Mark;
  /** "400 fighters of" before the party that the mark names. */
  readonly figure?: FigureSpan;
  /** Noun classes. */
  readonly classes: ReadonlySet<string>;
  /** Patterns that it triggers. */
  readonly frames: readonly FrameEntry[];
  readonly effect?: EffectEntry;
  /** A preposition with a pronoun: "on it". */
  readonly pronoun?: true;
}

const NONE: ReadonlySet<string> = new Set();
/** Verb of the phrases for "still": لا يزال, ما زالت. */
const STILL = 'زال';
const BREAK = /^[:؛;.؟!…]$/;
const COMMA = /^[،,–—()-]$/;

const BY_CLASS: readonly (readonly [WordClass, ItemKind])[] = [
  ['do', 'aux'],
  ['be', 'be'],
  ['negation', 'negation'],
  ['modal', 'modal'],
  ['condition', 'condition'],
  ['relative', 'rel'],
  ['complementizer', 'comp'],
  ['subordinator', 'sub'],
  ['preposition', 'preposition'],
  ['conjunction', 'conjunction'],
  ['adverb', 'adverb'],
];

/** "عليها", "منها": the preposition, and that a pronoun stands for the place. */
const WITH_PRONOUN: ReadonlyMap<string, string> = new Map(
  (
    [
      ['علي', 'عليه عليها عليهما عليهم'],
      ['من', 'منه منها منهما'],
      ['الي', 'اليه اليها اليهما'],
      ['في', 'فيه فيها فيهما'],
    ] as const
  ).flatMap(([preposition, forms]) => forms.split(' ').map((form) => [form, preposition] as const)),
);

function kindOf(lexicon: Lexicon, norm: string): ItemKind | undefined {
  const classes = lexicon.wordClasses(norm);
  return BY_CLASS.find(([name]) => classes.has(name))?.[1];
}

/** A phrase of several words at `at`: of the grammar, or a noun such as "وقف إطلاق النار". */
function phraseAt(
  reading: Reading,
  lexicon: Lexicon,
  at: number,
  last: number,
): Pick<Item, 'kind' | 'norm' | 'last'> | undefined {
  for (const [words, is] of lexicon.phrases(reading.tokens[at]?.norm ?? '')) {
    if (at + words.length > last) continue;
    if (!words.every((word, offset) => reading.tokens[at + offset]?.norm === word)) continue;
    const kind = is === 'have' ? 'verb' : BY_CLASS.find(([name]) => name === is)?.[1];
    return { kind: kind ?? 'noun', norm: words.join(' '), last: at + words.length };
  }
  return undefined;
}

/** A sentence's items, in order. `marks` are those that lie in it, in text order. */
export function itemsOf(
  reading: Reading,
  lexicon: Lexicon,
  sentence: Sentence,
  marks: readonly Mark[],
): Item[] {
  const items: Item[] = [];
  let next = 0;
  for (let at = sentence.first; at < sentence.last;) {
    while ((marks[next]?.first ?? Infinity) < at) next += 1;
    const mark = marks[next];
    if (mark?.first === at) {
      const members = membersAt(reading, marks, next);
      if (members !== undefined) {
        items.push(members);
        at = members.last;
        continue;
      }
      items.push({ kind: 'mark', norm: '', first: at, last: mark.last, mark, classes: NONE, frames: [] });
      at = mark.last;
      continue;
    }
    const item =
      unitOf(reading, lexicon, at, marks, next) ?? itemAt(reading, lexicon, at, sentence.last, items);
    if (item !== undefined) items.push(item);
    at = item?.last ?? at + 1;
  }
  return items;
}

/** "400 مقاتل من جيش الإسلام": the party, with how many of it. */
function membersAt(reading: Reading, marks: readonly Mark[], at: number): Item | undefined {
  const figure = marks[at];
  const actor = marks[at + 1];
  if (figure?.kind !== 'figure' || actor?.kind !== 'actor' || actor.role === 'speaker') return undefined;
  if (!/^(?:fighters|soldiers)$/.test(figure.figure.unit) || actor.first !== figure.last + 1)
    return undefined;
  if (reading.tokens[figure.last]?.norm !== 'من') return undefined;
  return {
    kind: 'mark',
    norm: '',
    first: figure.first,
    last: actor.last,
    mark: actor,
    figure,
    classes: NONE,
    frames: [],
  };
}

/** "وحدات من الجيش": the party, by its people. */
function unitOf(
  reading: Reading,
  lexicon: Lexicon,
  at: number,
  marks: readonly Mark[],
  next: number,
): Item | undefined {
  const actor = marks[next];
  if (actor?.kind !== 'actor' || actor.role === 'speaker' || actor.first !== at + 2) return undefined;
  if (reading.tokens[at + 1]?.norm !== 'من') return undefined;
  if (!classesOf(lexicon, reading.tokens[at]?.norm ?? '').has('troops')) return undefined;
  return { kind: 'mark', norm: '', first: at, last: actor.last, mark: actor, classes: NONE, frames: [] };
}

/** Behind these a spelling that is verb and noun alike ("خرق", "توصل") is the noun. */
const NOUN_BEHIND: ReadonlySet<ItemKind> = new Set(['aux', 'preposition', 'sub']);
const CLAUSE_HEAD: ReadonlySet<ItemKind> = new Set([
  'conjunction',
  'comma',
  'break',
  'rel',
  'comp',
  'negation',
]);

/** … and in a clause that has its verb: "أعلن الجيش خرق الهدنة". */
function isGoverned(items: readonly Item[]): boolean {
  const last = items.at(-1);
  if (last === undefined) return false;
  if (NOUN_BEHIND.has(last.kind)) return true;
  for (let at = items.length - 1; at >= Math.max(0, items.length - 8); at -= 1) {
    const kind = items[at]?.kind ?? 'break';
    if (kind === 'verb') return true;
    if (CLAUSE_HEAD.has(kind)) return false;
  }
  return false;
}

function itemAt(
  reading: Reading,
  lexicon: Lexicon,
  at: number,
  end: number,
  before: readonly Item[],
): Item | undefined {
  const token = reading.tokens[at];
  if (token === undefined) return undefined;
  const base = { first: at, last: at + 1, norm: token.norm, classes: NONE, frames: [] };
  if (token.kind === 'mark') {
    if (BREAK.test(token.text)) return { ...base, kind: 'break' };
    return COMMA.test(token.text) ? { ...base, kind: 'comma' } : undefined;
  }
  const phrase = phraseAt(reading, lexicon, at, end);
  const norm = phrase?.norm ?? token.norm;
  const last = phrase?.last ?? at + 1;
  if (phrase?.kind === 'verb') return { ...base, ...phrase, frames: lexicon.verbFrames(STILL) };
  if (phrase !== undefined && phrase.kind !== 'noun') return { ...base, ...phrase };
  const preposition = WITH_PRONOUN.get(norm);
  if (preposition !== undefined) return { ...base, kind: 'preposition', norm: preposition, pronoun: true };
  const kind = kindOf(lexicon, norm);
  if (kind !== undefined) return { ...base, kind };
  const verb = lexicon.verb(norm);
  const nounFrames = nounFramesOf(lexicon, norm);
  const classes = classesOf(lexicon, norm);
  const nominal = nounFrames.length > 0 || classes.size > 0;
  if (verb !== undefined && !(nominal && isGoverned(before))) {
    const effect = lexicon.verbEffect(verb.lemma);
    return { ...base, kind: 'verb', verb, frames: lexicon.verbFrames(verb.lemma), ...(effect && { effect }) };
  }
  const effect = nounEffectOf(lexicon, norm);
  if (nominal || effect !== undefined)
    return { ...base, norm, last, kind: 'noun', classes, frames: nounFrames, ...(effect && { effect }) };
  return { ...base, kind: 'word' };
}
