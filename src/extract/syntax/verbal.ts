import type { VerbForm } from '../lexicon/inflect.ts';
import type { VerbReading } from '../lexicon/lexicon.ts';
import { afterHyphen, capitalised, classesAt, type Ground, joins, nounsAt } from './ground.ts';

/** What stands before a word, as far as it decides whether the word is a verb. */
export interface Before {
  /** First token of the noun phrase that is open, if one is. */
  readonly open: number | undefined;
  /** A preposition governs the open phrase, or stands right before the word. */
  readonly governed: boolean;
  /** A verb group stands right before it. */
  readonly afterVerb: boolean;
  /** The open phrase ends in an actor or a plural that can act. */
  readonly acts: boolean;
  /** "who", "which", "they", "and" right before: a verb may follow. */
  readonly verbal: boolean;
  /** The open phrase is the object of a verb of defence, which only an attack can be. */
  readonly struck: boolean;
}

const PARTICIPLE_ONLY = new Set(['base', 'third']);

const UNKNOWN_ED = /^[a-z]{2,}[^aeu]ed$/;
const UNKNOWN_ING = /^[a-z]{3,}ing$/;

/** The verb that a spelling can be; unlisted regular past and -ing forms count as verbs that trigger nothing. */
export function verbReading(ground: Ground, at: number): VerbReading | undefined {
  const { wordAt, tokens } = ground;
  const [token, word] = [tokens[at], wordAt[at]];
  if (token?.kind !== 'word' || word === undefined) return undefined;
  // "in neighbouring Aleppo", "last week"
  if (word.classes.has('adjective') && nominal(ground, at + 1)) return undefined;
  // "Point 17", "Hill 105"
  const site = word.nouns.has('site');
  if (site && capitalised(token.text) && tokens[at + 1]?.kind === 'number') return undefined;
  if (word.verb !== undefined) return word.verb;
  if (capitalised(token.text) || word.nouns.size > 0 || word.classes.size > 0) return undefined;
  const forms: VerbForm[] | undefined = UNKNOWN_ED.test(token.norm)
    ? ['past', 'participle']
    : UNKNOWN_ING.test(token.norm)
      ? ['gerund']
      : undefined;
  return forms && { lemma: token.norm, forms: new Set(forms) };
}

/** A word that can follow an adjective inside a noun phrase. */
function nominal(ground: Ground, at: number): boolean {
  const { tokens, wordAt, placeAt, actorAt, dateAt } = ground;
  const word = wordAt[at];
  if (word === undefined || tokens[at]?.kind === 'mark') return false;
  // "last May": the month, no modal.
  if (placeAt[at] !== undefined || actorAt[at] !== undefined || dateAt[at] !== undefined) return true;
  if (word.classes.size > 0) return word.classes.has('adjective');
  return word.verb === undefined || word.nounish || word.nouns.size > 0;
}

const BROKERED = /^(?:brokered|mediated|sponsored|negotiated|monitored|guaranteed)$/;
const STATES =
  /^(?:held|controlled|occupied|run|ruled|dominated|backed|led|supported|allied|linked|affiliated|aligned)$/;

/** Words for some of those who were spoken of, which need no noun. */
const ALONE = /^(?:most|many|some|several|few|all|both)$/;

/** Whether an -ed or -ing form at `at` only describes the noun behind it: "the besieged town", "in captured areas". */
function describes(ground: Ground, at: number, before: Before): boolean {
  const { tokens } = ground;
  if (afterHyphen(ground, at)) return true;
  // "a US-Russian brokered ceasefire"
  if (
    BROKERED.test(tokens[at]?.norm ?? '') &&
    nominal(ground, at + 1) &&
    capitalised(tokens[at - 1]?.text ?? '')
  )
    return true;
  // "rebel held Idlib": the hyphen got lost.
  if (ground.actorAt[at - 1]?.epithet !== undefined && STATES.test(tokens[at]?.norm ?? '')) return true;
  const previous = tokens[at - 1];
  const classes = classesAt(ground, at - 1);
  // "which took the town": no determiner here.
  const afterDeterminer =
    !classes.has('relative') && (classes.has('determiner') || classes.has('possessive'));
  if (!nominal(ground, at + 1)) {
    // "most fled to the coast", but "many wounded"
    if (ALONE.test(previous?.norm ?? ''))
      return ground.lexicon.nounClasses(tokens[at]?.norm ?? '').has('people');
    // "the wounded", "the displaced"
    return afterDeterminer && !classes.has('pronoun');
  }
  if (afterDeterminer) return true;
  // "the newly liberated areas"
  if (before.open !== undefined)
    return previous !== undefined && (classes.has('adverb') || previous.norm.endsWith('ly')) && !before.acts;
  // "evacuated besieged Foua"
  return before.governed || before.afterVerb;
}

/** Whether the word at `at`, which may be a verb, is one here. */
export function actsAsVerb(ground: Ground, at: number, reading: VerbReading, before: Before): boolean {
  const { tokens, lexicon, placeAt } = ground;
  const { forms } = reading;
  const norm = tokens[at]?.norm ?? '';
  if (joins(ground, at + 1) || afterHyphen(ground, at)) return false;
  const nounish = ground.wordAt[at]?.nounish === true;
  // "Russia's advance", "repelled a Houthi attack"
  if (nounish && before.open !== undefined && (/['’‘]s?$/.test(tokens[at - 1]?.text ?? '') || before.struck))
    return false;
  if (forms.has('gerund')) {
    if (nounish)
      return (ground.actorAt[at - 1] !== undefined && !before.governed) || opensParticiple(ground, at);
    // "the oil pumping station"
    if (
      ground.wordAt[at]?.verb === undefined &&
      before.open !== undefined &&
      !before.acts &&
      nominal(ground, at + 1)
    )
      return false;
    return !describesGerund(ground, at, before);
  }
  if (forms.has('past') || forms.has('participle'))
    if (![...forms].every((form) => PARTICIPLE_ONLY.has(form)))
      return (
        !describes(ground, at, before) &&
        (!nounish || before.acts || before.verbal || betweenNames(ground, at, before))
      );
  // "Floods seized the road": an -s that opens a sentence right before a past form is a plural.
  const behind = ground.wordAt[at + 1]?.verb?.forms;
  if (forms.has('third') && before.open === undefined && !before.verbal && behind?.has('past') === true)
    return false;
  // "no longer controls the town"
  if (before.verbal || (tokens[at - 1]?.norm === 'longer' && tokens[at - 2]?.norm === 'no')) return true;
  const classes = classesAt(ground, at - 1);
  if (classes.has('determiner') || classes.has('possessive') || classes.has('preposition')) return false;
  if (!nounish)
    return before.open !== undefined || at === 0 || tokens[at - 1]?.kind === 'mark' || classes.has('adverb');
  if (norm === 'remains')
    return (
      before.open !== undefined &&
      !before.governed &&
      tokens[at + 1]?.norm !== 'of' &&
      !OWNS_REMAINS.test(tokens[at - 1]?.norm ?? '')
    );
  if (nominalised(ground, at, forms)) return false;
  // "the SAF base in Nyala": soldiers have bases more often than they base anything.
  if (nounsAt(ground, at).has('site')) return false;
  // "rebels control the east", "IS advances in the north" – but not "under rebel control", "rebel control of".
  if (forms.has('base') && isLet(ground, at)) return true;
  if (!before.acts || before.governed) return false;
  // "#SDF captures #Hajin"
  const behindIt = tokens[at + 1]?.text === '#' ? at + 2 : at + 1;
  const next = tokens[behindIt];
  if (next === undefined) return false;
  const follows = classesAt(ground, behindIt);
  if (placeAt[behindIt] !== undefined || follows.has('determiner') || next.kind === 'number') return true;
  // "controls more than half", "holds large parts": an -s behind a party is rarely a plural.
  if (forms.has('third') && /^(?:controls|holds)$/.test(norm)) return !/^(?:of|over|on|by)$/.test(next.norm);
  // "Russia orders evacuation of"
  if (forms.has('third') && /^(?:orders|demands|plans|calls|offers)$/.test(norm))
    return ['evacuation', 'truce', 'agreement', 'people'].some((is) =>
      lexicon.nounClasses(next.norm).has(is),
    );
  if (follows.has('preposition'))
    return !/^(?:of|over|by|against)$/.test(next.norm) && !(forms.has('base') && isOne(ground, at - 1));
  // "claims full control"
  const object = WHOLE.test(next.norm) ? (tokens[behindIt + 1]?.norm ?? '') : next.norm;
  return (
    follows.has('adverb') ||
    lexicon.nounClasses(object).has('fraction') ||
    lexicon.nounClasses(object).has('custody')
  );
}

const WHOLE = /^(?:full|total|complete|partial|effective)$/;
const OWNS_REMAINS = /^(?:human|mortal|charred|skeletal)$/;
const STOPS = /^(?:relative|complementizer|conjunction|subordinator|condition|modal)$/;
/** How far behind a noun its verb may stand. */
const REACH = 7;

/** "rebel attack on the town thwarted", "army push towards the city stalled": the verb follows, so this was a noun. */
function nominalised(ground: Ground, at: number, forms: ReadonlySet<string>): boolean {
  const { tokens, lexicon, placeAt } = ground;
  if (!forms.has('base') || !classesAt(ground, at + 1).has('preposition')) return false;
  for (let i = at + 2; i < at + REACH; i += 1) {
    const token = tokens[i];
    if (token === undefined || token.kind === 'mark') return false;
    if (placeAt[i] !== undefined) continue;
    if ([...lexicon.wordClasses(token.norm)].some((name) => STOPS.test(name))) return false;
    const verb = lexicon.verb(token.norm);
    if (verb !== undefined && verb.forms.has('past') && !lexicon.nounish(token.norm))
      return placeAt[i - 1] !== undefined;
  }
  return false;
}

/** "an RSF attack on", "the SAF advance in": one party does not "attack", it attacks. */
function isOne({ tokens, actorAt }: Ground, at: number): boolean {
  const { first = at } = actorAt[at] ?? {};
  return /^an?$/.test(tokens[first - 1]?.norm ?? '') || /^\p{Lu}{2,}$/u.test(tokens[at]?.text ?? '');
}

/** "the last buses left Homs", "families left the camp": a plural before it, a place or a determiner behind it. */
function betweenNames(ground: Ground, at: number, before: Before): boolean {
  const { tokens, placeAt } = ground;
  const people = nounsAt(ground, at - 1);
  // "Six buses, carrying fighters, left the camp"
  const aside = before.open === undefined && tokens[at - 1]?.text === ',' && tokens[at]?.norm === 'left';
  const acts =
    aside ||
    (before.open !== undefined && (people.has('people') || people.has('troops') || people.has('vehicle')));
  const next = classesAt(ground, at + 1);
  return acts && (placeAt[at + 1] !== undefined || next.has('determiner') || next.has('possessive'));
}

function describesGerund(ground: Ground, at: number, before: Before): boolean {
  const classes = classesAt(ground, at - 1);
  if (classes.has('determiner') || classes.has('possessive')) return true;
  if (before.open === undefined || before.acts) return false;
  const opener = classesAt(ground, before.open);
  return opener.has('determiner') && before.open === at - 1 && nominal(ground, at + 1);
}

/** "…, ending a two-day raid": a participle with its object behind a comma. */
const opensParticiple = ({ tokens, lexicon }: Ground, at: number): boolean => {
  const classes = lexicon.wordClasses(tokens[at + 1]?.norm ?? '');
  return tokens[at - 1]?.text === ',' && (classes.has('determiner') || classes.has('possessive'));
};

const LET_REACH = 6;

/** "let 250 families return": what those who are let do. */
function isLet({ tokens, lexicon }: Ground, at: number): boolean {
  const { norm = '', sentence } = tokens[at - 1] ?? {};
  if (!norm.endsWith('s') || !lexicon.nounClasses(norm).has('people')) return false;
  const before = tokens.slice(Math.max(0, at - LET_REACH), at - 1);
  return before.some((token) => /^(?:let|lets|letting)$/.test(token.norm) && token.sentence === sentence);
}
