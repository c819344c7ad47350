import type { EffectEntry, FrameEntry, NounFile, WordClass } from '../lexicon/entries.ts';
import { compileLexicon, type Lexicon, type LexiconFiles } from '../lexicon/lexicon.ts';
import { normalise } from '../norm.ts';
import { inflectArabic, nounKeys } from './morphology.ts';

/** Verbs and nouns are written in the files as people write them; they are matched in normalised letters. */
const words = (list: readonly string[]): readonly string[] => list.map(normalise);

const keys = <T>(record: Readonly<Record<string, T>>, value: (one: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(record).map(([key, one]) => [normalise(key), value(one)]));

const effectOf = (entry: EffectEntry): EffectEntry => ({
  ...entry,
  verbs: words(entry.verbs),
  nouns: words(entry.nouns),
  adjectives: words(entry.adjectives),
});

const frameOf = (entry: FrameEntry): FrameEntry => ({
  ...entry,
  verbs: words(entry.verbs),
  nouns: words(entry.nouns),
  unless: words(entry.unless),
  governed: words(entry.governed),
  with: new Map(
    [...entry.with].flatMap(([prepositions, role]) =>
      prepositions.split('|').map((one) => [normalise(one), role] as const),
    ),
  ),
});

/** Nouns of several words, written with `_`: phrases that are one noun. */
const compounds = (nouns: NounFile): Record<string, WordClass> =>
  Object.fromEntries(
    Object.values(nouns)
      .flat()
      .filter((word) => word.includes('_'))
      .map((word) => [normalise(word.replaceAll('_', ' ')), 'particle'] as const),
  );

/** Indexes the files of `config/lexicon/ar`: as `compileLexicon`, with Arabic letters and forms. */
export function compileArabic(files: LexiconFiles): Lexicon {
  const { grammar, nouns, effects, frames } = files;
  const list = frames.map(frameOf);
  // The present alone before the verb that has it among its forms: the first lemma keeps a spelling.
  const present = list.flatMap((frame) => frame.verbs).filter((verb) => /^ي..../.test(verb));
  return compileLexicon(
    {
      language: files.language,
      grammar: {
        words: Object.fromEntries(
          Object.entries(grammar.words).map(([name, one]) => [name, words(one)]),
        ) as Record<WordClass, readonly string[]>,
        phrases: { ...compounds(nouns), ...keys(grammar.phrases, (is) => is) },
        irregular: keys(grammar.irregular, ([a, b]) => [normalise(a), normalise(b)] as const),
        verbs: [...present, ...words(grammar.verbs)],
        nounish: words(grammar.nounish),
      },
      nouns: Object.fromEntries(
        Object.entries(nouns).map(([name, one]) => [
          name,
          words(one.map((word) => word.replaceAll('_', ' '))),
        ]),
      ),
      effects: effects.map(effectOf),
      frames: list,
    },
    inflectArabic,
  );
}

const NONE: ReadonlySet<string> = new Set();

/** Noun classes of a word, whatever article or ending it has. */
export function classesOf(lexicon: Lexicon, norm: string): ReadonlySet<string> {
  for (const key of nounKeys(norm)) {
    const classes = lexicon.nounClasses(key);
    if (classes.size > 0) return classes;
  }
  return NONE;
}

export function nounFramesOf(lexicon: Lexicon, norm: string): readonly FrameEntry[] {
  for (const key of nounKeys(norm)) {
    const frames = lexicon.nounFrames(key);
    if (frames.length > 0) return frames;
  }
  return [];
}

export function nounEffectOf(lexicon: Lexicon, norm: string): EffectEntry | undefined {
  for (const key of nounKeys(norm)) {
    const effect = lexicon.nounEffect(key) ?? lexicon.adjectiveEffect(key);
    if (effect !== undefined) return effect;
  }
  return undefined;
}

/** Does the lexicon have the word, in any form? */
export const isKnown = (lexicon: Lexicon, norm: string): boolean =>
  lexicon.wordClasses(norm).size > 0 ||
  lexicon.verb(norm) !== undefined ||
  lexicon.phrases(norm).length > 0 ||
  classesOf(lexicon, norm).size > 0 ||
  nounFramesOf(lexicon, norm).length > 0 ||
  nounEffectOf(lexicon, norm) !== undefined;
