import { perSpelling, type Spelling } from '../../model/spelling.ts';
import type { EffectEntry, FrameEntry, GrammarFile, NounFile, WordClass } from './entries.ts';
import { inflect, plural, type VerbForm } from './inflect.ts';
import {
  Needs,
  type NounClasses,
  nounTrigger,
  type NumberedTrigger,
  type Trigger,
  verbTrigger,
} from './triggers.ts';

/** What one spelling can be as a verb. */
export interface VerbReading {
  readonly lemma: string;
  readonly forms: ReadonlySet<VerbForm>;
}

type Phrase = readonly [words: readonly string[], is: WordClass, text: string];

/** All that the lexicon knows of one spelling, so that a token is looked up once. */
export interface Word {
  readonly classes: ReadonlySet<WordClass>;
  /** What it is between phrases, where it is something. */
  readonly link: WordClass | undefined;
  /** Whether a verb group may begin with it: a verb, an auxiliary, a negation or an adverb. */
  readonly opensVerb: boolean;
  readonly nouns: ReadonlySet<string>;
  readonly verb: VerbReading | undefined;
  /** Noun that can also be a verb ("attack"), or the other way round. */
  readonly nounish: boolean;
  /** Preposition and conjunction phrases of several words that it opens, longest first. */
  readonly phrases: readonly Phrase[];
  /** Patterns that a verb or noun of this spelling may trigger. */
  readonly triggers: readonly NumberedTrigger[];
  /** Numbers of the needs of patterns that it meets. */
  readonly meets: readonly number[];
}

/** The files of one language, indexed by the words that they need. Immutable; made once. */
export interface Lexicon {
  readonly language: string;
  word(norm: string): Word;
  /** `word` of a token, by how it is written. */
  wordOf(spelling: Spelling): Word;
  /** How many different needs the patterns have: they are numbered from 0. */
  readonly needs: number;
  wordClasses(norm: string): ReadonlySet<WordClass>;
  verb(norm: string): VerbReading | undefined;
  /** Noun that can also be a verb ("attack"), or the other way round. */
  nounish(norm: string): boolean;
  nounClasses(norm: string): ReadonlySet<string>;
  phrases(first: string): readonly Phrase[];
  /** Particles that a verb takes into its group: "over" of "take over". */
  particles(lemma: string): ReadonlySet<string>;
  verbEffect(verb: string): EffectEntry | undefined;
  nounEffect(noun: string): EffectEntry | undefined;
  adjectiveEffect(adjective: string): EffectEntry | undefined;
  verbFrames(verb: string): readonly FrameEntry[];
  nounFrames(noun: string): readonly FrameEntry[];
  /** The frame of this id. */
  frame(id: string): FrameEntry | undefined;
  readonly frames: readonly FrameEntry[];
  readonly effects: readonly EffectEntry[];
}

export interface LexiconFiles {
  readonly language: string;
  readonly grammar: GrammarFile;
  readonly nouns: NounFile;
  readonly effects: readonly EffectEntry[];
  readonly frames: readonly FrameEntry[];
}

const NONE: ReadonlySet<never> = new Set<never>();
const ADVERB: ReadonlySet<WordClass> = new Set<WordClass>(['adverb']);
/** Regular adverbs need no list; these look like some and are none. */
const LY = /^[a-z]{3,}ly$/;
const NOT_ADVERBS =
  /^(?:.*(?:family|italy|july|assembly|anomaly|monopoly|butterfly)|daily|weekly|monthly|yearly|hourly|friendly|unfriendly|deadly|elderly|likely|unlikely|lovely|lonely|ugly|costly|orderly|scholarly|heavenly|holy|ally|supply|reply|rally|tally|bully|belly|jelly|lively|deathly|early|only|silly|worldly|motherly|brotherly|sickly|kindly|timely|untimely|steely|burly|curly|hilly|woolly|chilly|folly|molly|sally|emily|sicily|thessaly)$/;

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const bucket = map.get(key);
  if (bucket) bucket.push(value);
  else map.set(key, [value]);
}

function add<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const bucket = map.get(key);
  if (bucket) bucket.add(value);
  else map.set(key, new Set([value]));
}

/** "take over" → take + over. */
function splitVerb(verb: string): readonly [lemma: string, particle: string | undefined] {
  const space = verb.indexOf(' ');
  return space < 0 ? [verb, undefined] : [verb.slice(0, space), verb.slice(space + 1)];
}

function verbTable(
  files: LexiconFiles,
  formsOf: typeof inflect,
): {
  readonly readings: ReadonlyMap<string, VerbReading>;
  readonly particles: ReadonlyMap<string, ReadonlySet<string>>;
} {
  const lemmas = new Set<string>(files.grammar.verbs);
  const particles = new Map<string, Set<string>>();
  for (const verb of [...files.frames, ...files.effects].flatMap((entry) => entry.verbs)) {
    const [lemma, particle] = splitVerb(verb);
    lemmas.add(lemma);
    if (particle !== undefined) add(particles, lemma, particle);
  }
  const readings = new Map<string, { lemma: string; forms: Set<VerbForm> }>();
  for (const lemma of lemmas)
    for (const [form, is] of formsOf(lemma, files.grammar.irregular[lemma])) {
      const known = readings.get(form);
      if (known?.lemma === lemma) known.forms.add(is);
      else if (known === undefined) readings.set(form, { lemma, forms: new Set([is]) });
    }
  return { readings, particles };
}

function nounTable(nouns: NounFile): Map<string, Set<string>> {
  const table = new Map<string, Set<string>>();
  for (const [name, words] of Object.entries(nouns))
    for (const word of words) {
      // "man/men": singular and irregular plural.
      const [one = word, many] = word.split('/');
      add(table, one, name);
      add(table, many ?? plural(one), name);
    }
  return table;
}

/** Auxiliaries stand for a verb of their own where no other follows. */
const AUXILIARIES = ['be', 'have', 'do'] as const;

/** The patterns that each spelling may trigger. */
function triggerTable(
  frames: readonly FrameEntry[],
  readings: ReadonlyMap<string, VerbReading>,
  classes: ReadonlyMap<string, ReadonlySet<WordClass>>,
  nouns: NounClasses,
): Map<string, Set<Trigger>> {
  const byLemma = new Map<string, Set<Trigger>>();
  const triggers = new Map<string, Set<Trigger>>();
  for (const frame of frames) {
    const [asVerb, asNoun] = [verbTrigger(frame, nouns), nounTrigger(frame, nouns)];
    for (const verb of frame.verbs) add(byLemma, splitVerb(verb)[0], asVerb);
    for (const noun of frame.nouns) for (const form of [noun, plural(noun)]) add(triggers, form, asNoun);
  }
  const spell = (word: string, lemma: string): void => {
    for (const trigger of byLemma.get(lemma) ?? []) add(triggers, word, trigger);
  };
  for (const [word, { lemma }] of readings) spell(word, lemma);
  for (const [word, is] of classes) for (const lemma of AUXILIARIES) if (is.has(lemma)) spell(word, lemma);
  return triggers;
}

/** Every spelling that the files have, with all that they say of it. */
function wordTable(
  classes: ReadonlyMap<string, ReadonlySet<WordClass>>,
  nouns: ReadonlyMap<string, ReadonlySet<string>>,
  readings: ReadonlyMap<string, VerbReading>,
  nounish: ReadonlySet<string>,
  phrases: ReadonlyMap<string, readonly Phrase[]>,
  triggers: ReadonlyMap<string, ReadonlySet<Trigger>>,
  isAdverb: (norm: string) => boolean,
): { readonly words: Map<string, Word>; readonly needs: number } {
  const needs = new Needs([...triggers.values()].flatMap((each) => [...each]));
  const tables = [classes, nouns, readings, nounish, phrases, triggers];
  const spellings = new Set([...tables.flatMap((table) => [...table.keys()]), ...needs.words()]);
  const words = new Map<string, Word>();
  for (const norm of spellings) {
    const [is, verb] = [classes.get(norm) ?? (isAdverb(norm) ? ADVERB : NONE), readings.get(norm)];
    words.set(norm, {
      classes: is,
      link: LINKS.find((link) => is.has(link)),
      opensVerb: verb !== undefined || norm === 'to' || VERBAL.some((name) => is.has(name)),
      nouns: nouns.get(norm) ?? NONE,
      verb,
      nounish: nounish.has(norm),
      phrases: phrases.get(norm) ?? [],
      triggers: [...(triggers.get(norm) ?? [])].map((trigger) => needs.numbered(trigger)),
      meets: needs.metBy(norm, verb?.lemma, nouns.get(norm) ?? NONE),
    });
  }
  return { words, needs: needs.size };
}

/** Word classes that end a noun phrase, in the order in which a word of several classes is read. */
const LINKS = [
  'relative',
  'complementizer',
  'condition',
  'subordinator',
  'conjunction',
  'preposition',
] as const satisfies readonly WordClass[];

/** Word classes that a verb group may begin with. */
const VERBAL = ['modal', 'have', 'be', 'do', 'negation', 'adverb'] as const satisfies readonly WordClass[];

const UNKNOWN: Word = {
  classes: NONE,
  link: undefined,
  opensVerb: false,
  nouns: NONE,
  verb: undefined,
  nounish: false,
  phrases: [],
  triggers: [],
  meets: [],
};

const UNKNOWN_ADVERB: Word = { ...UNKNOWN, classes: ADVERB, opensVerb: true };

/** Indexes a language's files; `formsOf` makes a verb's forms. Pure: reading and validating them is `config/`'s. */
export function compileLexicon(files: LexiconFiles, formsOf: typeof inflect = inflect): Lexicon {
  const { readings, particles } = verbTable(files, formsOf);
  const nouns = nounTable(files.nouns);
  const classes = new Map<string, Set<WordClass>>();
  for (const [name, words] of Object.entries(files.grammar.words))
    for (const word of words) add(classes, word, name as WordClass);
  const phrases = new Map<string, [string[], WordClass, string][]>();
  for (const [phrase, is] of Object.entries(files.grammar.phrases)) {
    const words = phrase.split(' ');
    push(phrases, words[0] ?? '', [words, is, phrase]);
  }
  for (const bucket of phrases.values()) bucket.sort((a, b) => b[0].length - a[0].length);
  const verbFrames = new Map<string, FrameEntry[]>();
  const nounFrames = new Map<string, FrameEntry[]>();
  for (const frame of files.frames) {
    for (const verb of frame.verbs) push(verbFrames, verb, frame);
    for (const noun of frame.nouns) for (const form of [noun, plural(noun)]) push(nounFrames, form, frame);
  }
  const framesById = new Map(files.frames.map((frame) => [frame.id, frame]));
  const verbEffects = new Map(
    files.effects.flatMap((entry) => entry.verbs.map((verb) => [verb, entry] as const)),
  );
  const nounEffects = new Map(
    files.effects.flatMap((entry) =>
      entry.nouns.flatMap((noun) => [[noun, entry] as const, [plural(noun), entry] as const]),
    ),
  );
  const adjectiveEffects = new Map(
    files.effects.flatMap((entry) => entry.adjectives.map((word) => [word, entry] as const)),
  );
  const nounish = new Set(files.grammar.nounish);
  const isAdverb = (norm: string): boolean =>
    norm.endsWith('ly') &&
    LY.test(norm) &&
    !NOT_ADVERBS.test(norm) &&
    !nouns.has(norm) &&
    !readings.has(norm);
  const triggers = triggerTable(files.frames, readings, classes, new Set(Object.keys(files.nouns)));
  const { words, needs } = wordTable(classes, nouns, readings, nounish, phrases, triggers, isAdverb);
  const word = (norm: string): Word => words.get(norm) ?? (isAdverb(norm) ? UNKNOWN_ADVERB : UNKNOWN);
  return {
    language: files.language,
    word,
    wordOf: perSpelling(({ norm }) => word(norm)),
    needs,
    wordClasses: (norm) => word(norm).classes,
    verb: (norm) => word(norm).verb,
    nounish: (norm) => word(norm).nounish,
    nounClasses: (norm) => word(norm).nouns,
    phrases: (first) => word(first).phrases,
    particles: (lemma) => particles.get(lemma) ?? NONE,
    verbEffect: (verb) => verbEffects.get(verb),
    nounEffect: (noun) => nounEffects.get(noun),
    adjectiveEffect: (word) => adjectiveEffects.get(word),
    verbFrames: (verb) => verbFrames.get(verb) ?? [],
    nounFrames: (noun) => nounFrames.get(noun) ?? [],
    frame: (id) => framesById.get(id),
    frames: files.frames,
    effects: files.effects,
  };
}
