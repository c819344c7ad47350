import { perSpelling } from '../../model/spelling.ts';
import type { VerbForm } from '../lexicon/inflect.ts';
import type { VerbGroup } from './chunk.ts';
import { classesAt, type Ground, joins } from './ground.ts';
import { actsAsVerb, type Before, verbReading } from './verbal.ts';

export type { Before } from './verbal.ts';

/** Nothing that matters stands before the group. */
export const IDLE: Before = {
  open: undefined,
  governed: false,
  afterVerb: false,
  acts: false,
  verbal: false,
  struck: false,
};

interface Chain {
  modal: string | undefined;
  negated: boolean;
  have: string | undefined;
  be: string | undefined;
  been: boolean;
  /** "are being evacuated" */
  being: boolean;
  doing: boolean;
  to: boolean;
  adverbs: string[];
}

const FORM_OF_BE: Readonly<Record<string, 'past' | 'present' | 'base' | 'participle' | 'gerund'>> = {
  was: 'past',
  were: 'past',
  wasnt: 'past',
  werent: 'past',
  is: 'present',
  are: 'present',
  isnt: 'present',
  arent: 'present',
  be: 'base',
  been: 'participle',
  being: 'gerund',
};

/** Reads auxiliaries, negation and adverbs from `at` on; returns where the main verb should be. */
function readChain(ground: Ground, at: number, last: number): readonly [Chain, number] {
  const { tokens, lexicon } = ground;
  const chain: Chain = {
    modal: undefined,
    negated: false,
    have: undefined,
    be: undefined,
    been: false,
    being: false,
    doing: false,
    to: false,
    adverbs: [],
  };
  let i = at;
  // "ordered not to enter the town"
  if (tokens[i]?.norm === 'not' && tokens[i + 1]?.norm === 'to') {
    chain.negated = true;
    i += 1;
  }
  if (tokens[i]?.norm === 'to') {
    chain.to = true;
    i += 1;
  }
  for (; i < last; i += 1) {
    const norm = tokens[i]?.norm ?? '';
    const is = classesAt(ground, i);
    const stays = chain.be === undefined && !chain.been ? stillBeing(ground, i, last) : undefined;
    if (stays !== undefined) {
      chain.be = stays;
      chain.adverbs.push('still');
    } else if (is.has('modal')) chain.modal = norm;
    else if (is.has('have')) chain.have = norm;
    else if (is.has('be')) {
      if (norm === 'been') chain.been = true;
      else if (norm === 'being' && (chain.be !== undefined || chain.been)) chain.being = true;
      else chain.be ??= norm;
    } else if (is.has('do')) chain.doing = true;
    else if (is.has('negation')) chain.negated = true;
    else if (norm === 'no' && tokens[i + 1]?.norm === 'longer' && tensed(chain)) {
      chain.negated = true;
      chain.adverbs.push('no longer');
      i += 1;
    } else if (
      is.has('adverb') ||
      isManner(ground, i) ||
      (norm === 'either' && tensed(chain)) ||
      (norm === 'since' && chain.have !== undefined && isParticiple(lexicon, tokens[i + 1]?.norm)) ||
      (norm === 'yet' && chain.negated)
    )
      chain.adverbs.push(norm);
    else {
      // "was 'fully liberated'": the quotation opens within the group.
      if (tensed(chain) && isQuote(tokens[i]?.text) && continuesGroup(ground, i + 1)) continue;
      const behind = chain.have === undefined ? -1 : behindTime(ground, i);
      if (behind < 0) break;
      i = behind - 1;
    }
    if (norm.endsWith('nt') && (is.has('be') || is.has('have') || is.has('do') || is.has('modal')))
      chain.negated = true;
  }
  return [chain, i];
}

const STAYS: ReadonlyMap<string, string> = new Map([
  ['remain', 'are'],
  ['remains', 'is'],
  ['remained', 'was'],
  ['stay', 'are'],
  ['stays', 'is'],
  ['stayed', 'was'],
]);
const staysAs = perSpelling(({ norm }) => STAYS.get(norm) ?? null);

/** "remains largely cut off", "stayed divided": as "is still"; the form of "be" that it stands for. */
function stillBeing(ground: Ground, at: number, last: number): string | undefined {
  const { tokens, lexicon } = ground;
  const stays = tokens[at];
  const form = stays && staysAs(stays.spelling);
  if (stays === undefined || form === null || form === undefined) return undefined;
  const { norm } = stays;
  let i = at + 1;
  while (i < last && (classesAt(ground, i).has('adverb') || isManner(ground, i))) i += 1;
  const participle = tokens[i]?.norm ?? '';
  // "remain displaced" is a verb of its own.
  const own = lexicon.verb(norm)?.lemma ?? norm;
  return i < last && isParticiple(lexicon, participle) && !lexicon.particles(own).has(participle)
    ? form
    : undefined;
}

const isQuote = (text = ''): boolean => /^["“”„«»]$/.test(text);

/** A participle, with or without an adverb before it. */
function continuesGroup(ground: Ground, at: number): boolean {
  const { tokens, lexicon } = ground;
  const adverb = classesAt(ground, at).has('adverb') || isManner(ground, at);
  return isParticiple(lexicon, tokens[adverb ? at + 1 : at]?.norm);
}

/** "medically", "internally": an adverb that no list has. */
function isManner({ tokens, wordAt }: Ground, at: number): boolean {
  const [token, word] = [tokens[at], wordAt[at]];
  return (
    token !== undefined && word?.verb === undefined && word?.nouns.size === 0 && endsAsManner(token.spelling)
  );
}

const endsAsManner = perSpelling(({ norm }) => /^\p{Ll}{4,}ly$/u.test(norm));

const LEADS_TIME = /^(?:the|these|recent|past|last|few|several)$/;
const SPAN_OF_TIME = /^(?:hours|days|weeks|months|years)$/;

/** "have in recent days captured", "had on Sunday left": index of the participle behind a time; -1 where none stands there. */
function behindTime({ tokens, lexicon, dateAt }: Ground, at: number): number {
  if (!/^(?:in|on|over|during|by|for)$/.test(tokens[at]?.norm ?? '')) return -1;
  let i = at + 1;
  const skipWhile = (is: (at: number) => boolean): void => {
    while (is(i)) i += 1;
  };
  skipWhile((word) => dateAt[word] === undefined && LEADS_TIME.test(tokens[word]?.norm ?? ''));
  if (dateAt[i] === undefined && !SPAN_OF_TIME.test(tokens[i]?.norm ?? '')) return -1;
  skipWhile((word) => dateAt[word] !== undefined || SPAN_OF_TIME.test(tokens[word]?.norm ?? ''));
  return isParticiple(lexicon, tokens[i]?.norm) ? i : -1;
}

/** "has since been retaken", "have since left", but not "have since March left". */
const isParticiple = (lexicon: Ground['lexicon'], norm = ''): boolean =>
  norm === 'been' || lexicon.verb(norm)?.forms.has('participle') === true;

const tensed = (chain: Chain): boolean =>
  chain.modal !== undefined ||
  chain.have !== undefined ||
  chain.be !== undefined ||
  chain.been ||
  chain.doing;

function formOf(chain: Chain, forms: ReadonlySet<VerbForm>, verbal: boolean): VerbGroup['form'] {
  if (chain.to) return 'infinitive';
  if (chain.modal !== undefined || chain.doing) return 'present';
  if (chain.have !== undefined)
    return chain.have === 'having' ? 'gerund' : chain.have === 'had' ? 'past' : 'present';
  if (chain.be !== undefined) {
    const form = FORM_OF_BE[chain.be] ?? 'present';
    return form === 'past' ? 'past' : form === 'gerund' ? 'gerund' : 'present';
  }
  if (chain.been) return 'participle';
  if (forms.has('gerund')) return 'gerund';
  if (forms.has('past')) return 'past';
  if (forms.has('participle') && !verbal) return 'participle';
  return forms.has('participle') ? 'participle' : 'present';
}

/** Endings of unlisted adverbs and of verbs that trigger nothing. */
const endsVerbally = perSpelling(({ norm }) => /(?:ly|ed|ing)$/.test(norm));

/** Whether a verb group may begin at `at` at all: most words can tell it by themselves. */
export function mayOpenVerb({ tokens, wordAt }: Ground, at: number): boolean {
  const token = tokens[at];
  return wordAt[at]?.opensVerb === true || (token !== undefined && endsVerbally(token.spelling));
}

/** The verb group that starts at `at`, or nothing when none does. */
export function verbGroup(ground: Ground, at: number, last: number, before: Before): VerbGroup | undefined {
  const { tokens, lexicon } = ground;
  const [chain, head] = readChain(ground, at, last);
  // "helped evacuate the wounded"
  const helped = head === at && /^help(?:s|ed|ing)?$/.test(tokens[at - 1]?.norm ?? '');
  if (helped && lexicon.verb(tokens[head]?.norm ?? '')?.forms.has('base') === true) chain.to = true;
  const aux = tensed(chain);
  const covered = ground.placeAt[head] !== undefined || ground.dateAt[head] !== undefined;
  const reading = head < last && !covered && !ground.actorAt[head] ? verbReading(ground, head) : undefined;
  const group = (
    main: number,
    lemma: string,
    forms: ReadonlySet<VerbForm>,
    end: number,
    passive: boolean,
  ): VerbGroup => {
    const particle = particleAt(ground, lemma, end, last);
    return {
      kind: 'vg',
      first: at,
      last: particle === undefined ? end : end + 1,
      head: main,
      lemma,
      particle,
      form: formOf(chain, forms, before.verbal),
      passive,
      perfect: chain.have !== undefined,
      anterior: chain.have === 'had' || chain.have === 'hadnt',
      progressive: (chain.be !== undefined || chain.been) && (forms.has('gerund') || chain.being),
      modal: chain.modal,
      negated: chain.negated,
      participial: forms.has('participle'),
      adverbs: chain.adverbs,
    };
  };
  if (chain.to) {
    const ok =
      reading !== undefined &&
      (reading.forms.has('base') || chain.be !== undefined || chain.have !== undefined);
    if (ok)
      return group(
        head,
        reading.lemma,
        reading.forms,
        head + 1,
        chain.be !== undefined && reading.forms.has('participle'),
      );
    if (chain.be !== undefined) return group(head - 1, 'be', new Set(['base']), head, false);
    return undefined;
  }
  if (!aux) {
    if (reading === undefined) return undefined;
    if (head > at && !classesAt(ground, at).has('negation')) {
      // Adverbs alone do not make a group: they belong to it only right before a verb.
      return actsAsVerb(ground, head, reading, { ...before, verbal: before.verbal || before.acts })
        ? group(head, reading.lemma, reading.forms, head + 1, false)
        : undefined;
    }
    if (!actsAsVerb(ground, head, reading, before)) return undefined;
    return group(head, reading.lemma, reading.forms, head + 1, false);
  }
  if (reading !== undefined) {
    const be = chain.be !== undefined || chain.been;
    const { forms } = reading;
    if (be && forms.has('participle') && !joins(ground, head + 1))
      return group(head, reading.lemma, forms, head + 1, true);
    if (be && forms.has('gerund')) return group(head, reading.lemma, forms, head + 1, false);
    if (!be && chain.have !== undefined && (forms.has('participle') || forms.has('past')))
      return group(head, reading.lemma, forms, head + 1, false);
    if (!be && (chain.modal !== undefined || chain.doing) && forms.has('base'))
      return group(head, reading.lemma, forms, head + 1, false);
  }
  const lemma =
    chain.be !== undefined || chain.been
      ? 'be'
      : chain.have !== undefined
        ? 'have'
        : chain.doing
          ? 'do'
          : undefined;
  return lemma === undefined ? undefined : group(head - 1, lemma, new Set<VerbForm>(['base']), head, false);
}

function particleAt(
  { tokens, lexicon }: Ground,
  lemma: string,
  at: number,
  last: number,
): string | undefined {
  const norm = at < last ? tokens[at]?.norm : undefined;
  // "out of the town" is a preposition, whatever the verb.
  if (norm === 'out' && tokens[at + 1]?.norm === 'of') return undefined;
  return norm !== undefined && lexicon.particles(lemma).has(norm) ? norm : undefined;
}
