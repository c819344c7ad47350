import { z } from 'zod';

const words = z.array(z.string().min(1));
/** A list of words, written as one string. */
const wordList = z.string().transform((text) => text.split(/\s+/).filter(Boolean));
const id = z
  .string()
  .regex(/^[a-z0-9-]+$/, 'must be lower case letters, digits and hyphens, for example jaish-al-islam');
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day, for example 2016-07-28');
const tested = {
  examples: words.min(1, 'needs at least one sentence in which it is found'),
  counter: words.min(1, 'needs at least one sentence in which it is not found'),
};

const actorSchema = z.strictObject({
  id,
  name: z.string().min(1),
  kind: z.enum(['party', 'speaker', 'bloc']).default('party'),
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code, for example SY'))
    .default([]),
  theatres: z
    .array(z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code, for example UA'))
    .default([]),
  tags: z.array(z.string()).default([]),
  aliases: words.default([]),
  local: words.default([]),
  echoes: words.default([]),
  demonyms: words.default([]),
  leaders: words.default([]),
  voices: words.default([]),
  seats: words.default([]),
  valid: z.strictObject({ from: day.optional(), to: day.optional() }).default({}),
  becomes: id.optional(),
  parents: z.array(id).default([]),
  allies: z.array(id).default([]),
  alignment: id.optional(),
  reliability: z.enum(['A', 'B', 'C', 'D', 'E', 'F']).optional(),
  /** The name ACLED codes it by, where it has one. */
  code: z.string().optional(),
  ...tested,
});

const actorFileSchema = z.strictObject({
  actors: z.array(actorSchema),
  roles: z.record(z.string(), z.record(z.string(), id)).default({}),
});

const genericSchema = z.strictObject({
  id,
  name: z.string().min(1),
  /** The bloc that it is counted as; its own id when absent. */
  bloc: id.optional(),
  role: z.string(),
  tags: z.array(z.string()),
  modifiers: words,
  words,
  not_before: words.default([]),
  not_after: words.default([]),
  ...tested,
});

const actorWordsSchema = z.strictObject({
  armies: wordList,
  heads: wordList,
  tails: wordList,
  fillers: wordList,
  holders: wordList,
  backers: wordList,
  compounds: wordList,
  generics: z.array(genericSchema),
});

/** One party, speaker or bloc of `config/lexicon/actors.yaml`. */
export type ActorEntry = z.infer<typeof actorSchema>;
/** `config/lexicon/actors.yaml`. */
export type ActorFile = z.infer<typeof actorFileSchema>;
/** One generic word for actors. */
export type GenericEntry = z.infer<typeof genericSchema>;
/** `config/lexicon/<language>/actors.yaml`. */
export type ActorWords = z.infer<typeof actorWordsSchema>;

/** The first thing that is wrong with a lexicon file, for whoever edits it. */
export class LexiconError extends Error {
  readonly file: string;
  constructor(file: string, problem: string) {
    super(`${file}: ${problem}`);
    this.name = 'LexiconError';
    this.file = file;
  }
}

function check<T>(schema: z.ZodType<T>, document: unknown, file: string): T {
  const result = schema.safeParse(document);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new LexiconError(file, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'cannot be read'}`);
}

/** @throws LexiconError that names the file, the key and what would be right; also on a double or unknown id. */
export function parseActors(document: unknown, file: string): ActorFile {
  const parsed = check(actorFileSchema, document, file);
  const ids = new Set<string>();
  for (const actor of parsed.actors) {
    if (ids.has(actor.id))
      throw new LexiconError(file, `actors: the id ${actor.id} stands twice; rename one`);
    ids.add(actor.id);
  }
  const known = (from: string, ...named: readonly (string | undefined)[]): void => {
    for (const name of named)
      if (name !== undefined && !ids.has(name))
        throw new LexiconError(
          file,
          `${from} names the actor ${name}, which has no entry; add one or correct the id`,
        );
  };
  for (const actor of parsed.actors)
    known(`actors.${actor.id}`, ...actor.parents, ...actor.allies, actor.alignment, actor.becomes);
  for (const [country, roles] of Object.entries(parsed.roles))
    known(`roles.${country}`, ...Object.values(roles));
  return parsed;
}

/** @throws LexiconError that names the file, the key and what would be right. */
export const parseActorWords = (document: unknown, file: string): ActorWords =>
  check(actorWordsSchema, document, file);

export { check as checkLexicon };
