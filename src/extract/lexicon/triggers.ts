import type { FrameEntry, Role } from './entries.ts';

/** What one of must be in a sentence: a noun class by its name, a word with `=`, or any form of a verb with `~` before it. */
export type Need = readonly string[];

/** A pattern that a word may trigger, with what else its sentence must have for the pattern to apply. */
export interface Trigger {
  readonly frame: FrameEntry;
  /** Whether the word triggers it as a verb, or as a noun. */
  readonly as: 'verb' | 'noun';
  readonly needs: readonly Need[];
}

/** Names of noun classes. */
export type NounClasses = ReadonlySet<string>;

/** `Role.is` that names, pronouns and counts fill beside the nouns of the class of that name. */
const FREELY_FILLED = new Set(['people']);

/** What is not a class of nouns ("force", "place") is filled by what the report names: it needs no certain word. */
const nounsFor =
  (classes: NounClasses) =>
  (role: Role | undefined): Need[] => {
    if (role === undefined || role.optional || FREELY_FILLED.has(role.is)) return [];
    const names = role.is.split('/');
    return names.every((name) => classes.has(name)) ? [names] : [];
  };

const asWord = (word: string): string => `=${word}`;
const asVerb = (lemma: string): string => `~${lemma}`;

/** The word of a preposition phrase that says most: "outskirts" of "on the outskirts of". */
const longest = (phrase: string): string =>
  phrase.split(' ').reduce((best, word) => (word.length > best.length ? word : best));

/** Prepositions, or the infinitive that takes their place. */
function linksOf(frame: FrameEntry): Need[] {
  // The object of the infinitive needs no preposition: "forced them to leave the town".
  if (frame.then.length > 0) return [frame.then.map((verb) => asVerb(verb.split(' ')[0] ?? verb))];
  return [...frame.with]
    .filter(([, role]) => !role.optional)
    .map(([prepositions]) => {
      const words = prepositions.split('|').map((phrase) => asWord(longest(phrase)));
      // "the province where they advance": in it.
      return words.includes(asWord('in')) ? [...words, asWord('where')] : words;
    });
}

/** The pattern as a verb triggers it: subject, object and what hangs on prepositions must be there. */
export const verbTrigger = (frame: FrameEntry, classes: NounClasses): Trigger => ({
  frame,
  as: 'verb',
  needs: [
    ...[frame.subject, frame.object, ...frame.with.values()].flatMap(nounsFor(classes)),
    ...linksOf(frame),
  ],
});

/** The pattern as a noun triggers it: who and what may go without saying. */
export const nounTrigger = (frame: FrameEntry, classes: NounClasses): Trigger => ({
  frame,
  as: 'noun',
  needs: [...[...frame.with.values()].flatMap(nounsFor(classes)), ...linksOf(frame)],
});

/** A pattern with the numbers of its needs. */
export interface NumberedTrigger {
  readonly frame: FrameEntry;
  readonly as: Trigger['as'];
  readonly needs: readonly number[];
}

/** The needs of all patterns, each different one with a number from 0: asked for each word of every sentence. */
export class Needs {
  private readonly numbers = new Map<string, number>();
  /** What a need names → the needs that name it. */
  private readonly naming = new Map<string, number[]>();

  constructor(triggers: Iterable<Trigger>) {
    for (const { needs } of triggers) for (const need of needs) this.add(need);
  }

  private add(need: Need): void {
    const key = need.join('|');
    if (this.numbers.has(key)) return;
    const number = this.numbers.size;
    this.numbers.set(key, number);
    for (const one of new Set(need)) {
      const bucket = this.naming.get(one);
      if (bucket === undefined) this.naming.set(one, [number]);
      else bucket.push(number);
    }
  }

  get size(): number {
    return this.numbers.size;
  }

  numbered({ frame, as, needs }: Trigger): NumberedTrigger {
    return { frame, as, needs: needs.map((need) => this.numbers.get(need.join('|')) ?? -1) };
  }

  /** The needs that a word of this spelling meets. */
  metBy(norm: string, lemma: string | undefined, nouns: ReadonlySet<string>): readonly number[] {
    // "the people there" are in it.
    const place = norm === 'there' ? [asWord('in')] : [];
    const given = [...nouns, asWord(norm), ...place, ...(lemma === undefined ? [] : [asVerb(lemma)])];
    return [...new Set(given.flatMap((one) => this.naming.get(one) ?? []))];
  }

  /** The words that patterns need for themselves. */
  words(): string[] {
    return [...this.naming.keys()].filter((one) => one.startsWith('=')).map((one) => one.slice(1));
  }
}
