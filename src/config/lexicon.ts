import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { z } from 'zod';
import type {
  EffectEntry,
  FrameEntry,
  GrammarFile,
  NounFile,
  Role,
  WordClass,
} from '../extract/lexicon/entries.ts';
import { compileArabic } from '../extract/arabic/lexicon.ts';
import { WORD_CLASSES } from '../extract/lexicon/entries.ts';
import { compileLexicon, type Lexicon, type LexiconFiles } from '../extract/lexicon/lexicon.ts';
import { STATEMENT_TYPES, STATUSES } from '../model/statement.ts';
import { check } from './check.ts';
import { knownLayer, parseLayer } from './layer.ts';
import type { Problem } from './problem.ts';
import { ConfigError } from './problem.ts';
import type { YamlValues } from './yaml-values.ts';

const word = z.string().min(1);
const words = z.array(word);
/** A word list, written as one string. */
const wordList = z.string().transform((text) => text.split(/\s+/).filter(Boolean));
/** Words and phrases, as one string with commas between them. */
const phraseList = z.string().transform((text) =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean),
);
const id = z
  .string()
  .regex(/^[a-z][a-z0-9-]*$/, 'must be lower case letters, digits and hyphens, for example take-control');
const example = z.strictObject({ text: word, is: word });
const tested = {
  examples: z.array(example).min(1, 'needs at least one sentence in which it is found'),
  counter: words.min(1, 'needs at least one sentence in which it is not found'),
};

const FIELDS = ['to', 'from', 'parties', 'places', 'toPlaces', 'viaPlaces', 'people', ''] as const;
const ROLE = /^((?:to|from|parties|places|toPlaces|viaPlaces|people)?):([a-z-]+)(\?)?$/;
const role = z
  .string()
  .regex(
    ROLE,
    `must be FIELD:CLASS, with ? when it may be absent; FIELD is one of ${FIELDS.join(', ')} or nothing`,
  )
  .transform((text): Role => {
    const [, field = '', is = '', optional] = ROLE.exec(text) ?? [];
    return { field: (field === '' ? 'none' : field) as Role['field'], is, optional: optional !== undefined };
  });

const frameSchema = z.strictObject({
  id,
  type: z.enum(STATEMENT_TYPES),
  phase: z
    .enum([
      'imposed',
      'standing',
      'eased',
      'broken',
      'proposed',
      'reached',
      'in_force',
      'extended',
      'suspended',
      'violated',
      'ended',
    ])
    .optional(),
  status: z.enum(STATUSES).optional(),
  part: z.literal(true).optional(),
  only: z.literal('failed').optional(),
  verbs: phraseList.default([]),
  nouns: phraseList.default([]),
  subject: role.optional(),
  object: role.optional(),
  with: z.record(word, role).default({}),
  unless: phraseList.default([]),
  passive: z.boolean().default(true),
  governed: phraseList.default([]),
  then: phraseList.default([]),
  confidence: z.number().min(0).max(1),
  ...tested,
});

const effectSchema = z.strictObject({
  id,
  effect: z.enum(['real', 'begun', 'say', 'open', 'failed', 'denied', 'void']),
  verbs: phraseList.default([]),
  nouns: phraseList.default([]),
  adjectives: phraseList.default([]),
  ...tested,
});

const grammarSchema = z.strictObject({
  words: z.record(z.enum(WORD_CLASSES), wordList),
  phrases: z.record(word, z.enum(WORD_CLASSES)),
  irregular: z.record(word, z.tuple([word, word])),
  verbs: wordList,
  nounish: wordList,
});

const nounsSchema = z.record(z.string().regex(/^[a-z]+$/, 'must be lower case letters'), wordList);

/** What makes an index of a language's files: by the forms that its words take. English where nothing else is said. */
const COMPILERS: Readonly<Record<string, (files: LexiconFiles) => Lexicon>> = { ar: compileArabic };

const FRAME_FILES = ['control', 'held', 'front', 'movement', 'agreement', 'aid'] as const;

/** Reads and validates one file; what is wrong is added to `problems` with file, line and key. */
async function readFileAs<S extends z.ZodType>(
  root: string,
  path: string,
  schema: S,
  problems: Problem[],
  values: YamlValues | undefined,
): Promise<z.output<S> | undefined> {
  const file = relative(root, path);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    const code = (error as NodeJS.ErrnoException).code;
    problems.push({
      file,
      key: '',
      message:
        code === 'ENOENT'
          ? 'there is no such file; restore it from the distribution'
          : `cannot be read (${String(code)})`,
    });
    return '';
  });
  if (text === '') return undefined;
  const known = values?.get(file);
  const { layer, problems: syntax } =
    known === undefined ? parseLayer(file, text) : { layer: knownLayer(file, text, known), problems: [] };
  problems.push(...syntax);
  const checked = check(schema, [layer], layer.value);
  problems.push(...checked.problems);
  return checked.value;
}

/**
 * Loads `config/lexicon/<language>/`: grammar, nouns, status and the frame files.
 * @param values what the files are known to say, so that they need not be parsed
 * @throws ConfigError naming file, line and key of all that is wrong
 */
export async function loadLexicon(root: string, language: string, values?: YamlValues): Promise<Lexicon> {
  const folder = join(root, 'config', 'lexicon', language);
  const problems: Problem[] = [];
  const grammar = await readFileAs(root, join(folder, 'grammar.yaml'), grammarSchema, problems, values);
  const nouns = await readFileAs(root, join(folder, 'nouns.yaml'), nounsSchema, problems, values);
  const effects = await readFileAs(
    root,
    join(folder, 'status.yaml'),
    z.strictObject({ entries: z.array(effectSchema) }),
    problems,
    values,
  );
  const frames: FrameEntry[] = [];
  for (const name of FRAME_FILES) {
    const file = await readFileAs(
      root,
      join(folder, `${name}.yaml`),
      z.strictObject({ entries: z.array(frameSchema) }),
      problems,
      values,
    );
    for (const { with: adjuncts, phase, status, part, only, subject, object, ...entry } of file?.entries ??
      [])
      frames.push({
        ...entry,
        ...(phase !== undefined && { phase }),
        ...(status !== undefined && { status }),
        ...(part !== undefined && { part }),
        ...(only !== undefined && { only }),
        ...(subject !== undefined && { subject }),
        ...(object !== undefined && { object }),
        with: new Map(Object.entries(adjuncts)),
      });
  }
  if (problems.length > 0 || grammar === undefined || nouns === undefined || effects === undefined)
    throw new ConfigError(problems);
  const empty = Object.fromEntries(WORD_CLASSES.map((name) => [name, []])) as unknown as Record<
    WordClass,
    string[]
  >;
  const compile = COMPILERS[language] ?? compileLexicon;
  return compile({
    language,
    grammar: { ...grammar, words: { ...empty, ...grammar.words } } satisfies GrammarFile,
    nouns: nouns satisfies NounFile,
    effects: effects.entries satisfies EffectEntry[],
    frames,
  });
}

/** The languages that have a folder with a grammar. */
export async function lexiconLanguages(root: string): Promise<string[]> {
  const folder = join(root, 'config', 'lexicon');
  const names = await readdir(folder, { withFileTypes: true });
  return names.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}
