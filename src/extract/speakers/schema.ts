import { z } from 'zod';
import { perSpelling, type Spelling } from '../../model/spelling.ts';
import { checkLexicon } from '../actors/schema.ts';

const wordSet = z
  .string()
  .transform((text): ReadonlySet<string> => new Set(text.split(/\s+/).filter(Boolean)));

const speakerWordsSchema = z.strictObject({
  verbs: wordSet,
  calls: z.string().default('').pipe(wordSet),
  participles: wordSet,
  passive: wordSet,
  adverbs: wordSet,
  nouns: wordSet,
  titles: wordSet,
  modifiers: wordSet,
  determiners: wordSet,
  particles: wordSet,
  leads: wordSet,
  joins: wordSet,
  mouthpieces: wordSet,
  objects: wordSet,
  examples: z.array(z.strictObject({ text: z.string(), name: z.string(), covers: z.string() })).min(1),
  counter: z.array(z.string()).min(1),
});

/** `config/lexicon/<language>/speakers.yaml`. */
export interface SpeakerWords extends z.infer<typeof speakerWordsSchema> {
  /** Whether with such a word it may be told whose word something is: a verb of speech, "according", a colon. */
  mayTell(spelling: Spelling): boolean;
}

/** @throws LexiconError that names the file, the key and what would be right. */
export function parseSpeakers(document: unknown, file: string): SpeakerWords {
  const words = checkLexicon(speakerWordsSchema, document, file);
  return {
    ...words,
    mayTell: perSpelling(
      ({ norm }) => words.verbs.has(norm) || words.calls.has(norm) || norm === 'according' || norm === ':',
    ),
  };
}
