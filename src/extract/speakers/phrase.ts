import type { ActorId } from '../../model/ids.ts';
import type { ActorSpan, TokenSpan } from '../../model/reading.ts';
import { WEEKDAYS } from '../dates/calendar.ts';
import { PHRASE_REACH, type Ground } from './ground.ts';
import { decapitalised, properName, singular } from './naming.ts';

/** Who speaks, as the words show it before "he" and "the source" are resolved. */
export interface Phrase extends TokenSpan {
  readonly kind: 'actor' | 'person' | 'noun' | 'pronoun';
  readonly name: string;
  readonly id?: ActorId;
  /** The party that a person speaks for: "YPG spokesman". */
  readonly speaksFor?: ActorId;
  /** The noun of "a military source", or the pronoun. */
  readonly head?: string;
  readonly definite?: true;
  /** An actor by a generic word: "the coalition" may be the one that spoke before. */
  readonly generic?: true;
}

const PREPOSITIONS = new Set('in at from of for near inside within with on'.split(' '));
const PLACE_PREPOSITIONS = new Set('in at from near inside on'.split(' '));
export const PRONOUNS = new Set('he she it they'.split(' '));
const RELATIVES = new Set('who which that'.split(' '));
/** Behind these, "of" counts: "a number of activists". */
const QUANTITIES = new Set('number group groups'.split(' '));
/** Nouns that describe no named person: what stands before "a local source" is no name of it. */
const IMPERSONAL = new Set(
  'source sources statement report reports media monitor group agency channel bulletin'.split(' '),
);
const DEFINITE = /^(?:the|this|that|these)$/;

const side = (speaksFor: ActorId | undefined): { readonly speaksFor?: ActorId } =>
  speaksFor === undefined ? {} : { speaksFor };

/** The phrase that ends before `end` and does not start before `floor`. "X and Y said" is one phrase. */
export function phraseBefore(ground: Ground, end: number, floor: number): Phrase | undefined {
  const phrase = endingAt(ground, skipBack(ground, end, floor), floor);
  if (phrase === undefined || ground.norm(phrase.first - 1) !== 'and' || phrase.kind === 'pronoun')
    return phrase;
  const other = endingAt(ground, phrase.first - 1, Math.max(floor, phrase.first - PHRASE_REACH));
  if (other === undefined || other.kind === 'pronoun') return phrase;
  // A person and a known monitor stand for themselves; of parties and nameless sources both are named.
  const monitor = other.id !== undefined && ground.lexicon.get(other.id)?.kind === 'speaker';
  const name = monitor || other.kind === 'person' ? other.name : `${other.name} and ${phrase.name}`;
  const { first, kind, id, speaksFor } = other;
  return { first, last: phrase.last, kind, name, ...(id === undefined ? {} : { id }), ...side(speaksFor) };
}

/** Over adverbs, "on Sunday" and a bracket between a speaker and its verb. */
function skipBack(ground: Ground, end: number, floor: number): number {
  let at = end;
  while (at - 1 >= floor) {
    const norm = ground.norm(at - 1);
    if (ground.words.adverbs.has(norm) || WEEKDAYS.has(norm)) at -= 1;
    else if (norm === 'on' && WEEKDAYS.has(ground.norm(at))) at -= 1;
    else if (norm === ',' && ground.tokens[at - 2]?.kind === 'word') at -= 1;
    else if (isDash(ground, at - 1)) {
      const open = dashBefore(ground, at - 1, floor);
      if (open < 0) return at;
      at = open;
    } else if (norm === ')') {
      let open = at - 2;
      while (open > at - 8 && open > floor && ground.norm(open) !== '(') open -= 1;
      if (ground.norm(open) !== '(') return at;
      at = open;
    } else return at;
  }
  return at;
}

const isDash = (ground: Ground, at: number): boolean =>
  /^(?:[-–—]|-{2,})$/.test(ground.tokens[at]?.text ?? '') &&
  ground.tokens[at]?.start !== ground.tokens[at - 1]?.end;

/** The dash that opens what a dash at `close` ends: "the Brigades - one of its parts - said". */
function dashBefore(ground: Ground, close: number, floor: number): number {
  for (let at = close - 2; at > Math.max(floor, close - PHRASE_REACH); at -= 1)
    if (isDash(ground, at)) return at;
  return -1;
}

/** The phrase that ends right before `end`. */
export function endingAt(ground: Ground, end: number, floor: number): Phrase | undefined {
  const at = end - 1;
  if (at < floor) return undefined;
  const norm = ground.norm(at);
  if (PRONOUNS.has(norm)) return { first: at, last: end, kind: 'pronoun', name: norm, head: norm };
  const actor = ground.byLast.get(end);
  const phrase =
    actor !== undefined && actor.first >= floor
      ? actorPhrase(ground, actor, floor)
      : ground.isSpeaker(at)
        ? nounPhrase(ground, at, end, floor)
        : ground.isCapital(at)
          ? personPhrase(ground, end, floor)
          : undefined;
  if (phrase === undefined) return behindPreposition(ground, end, floor);
  const owner = ownerOf(ground, phrase, floor);
  if (owner !== undefined) return owner;
  // "… in Aleppo said", "… the town of Suran said": a place, not a person.
  const before = ground.norm(phrase.first - 1);
  const place = PLACE_PREPOSITIONS.has(before) || (before === 'of' && phrase.last - phrase.first === 1);
  return phrase.kind === 'person' && place && phrase.first > floor
    ? behindPreposition(ground, end, floor)
    : phrase;
}

/** "a spokesman for the SDF", "a source at the police command": the noun before the preposition speaks. */
function ownerOf(ground: Ground, owned: Phrase, floor: number): Phrase | undefined {
  const at = owned.first - 1;
  const head = ground.norm(at - 1);
  if (at - 1 < floor || !PREPOSITIONS.has(ground.norm(at)) || ground.words.verbs.has(head)) return undefined;
  // "Karim Saleh of the Hama Media Center said", at a sentence's head.
  if (ground.norm(at) === 'of' && ground.isCapital(at - 1)) {
    const run = ground.nameStart(at, floor);
    if (run === floor && at - run >= 2)
      return { first: run, last: owned.last, kind: 'person', name: ground.text(run, at) };
  }
  if (!ground.isSpeaker(at - 1) || QUANTITIES.has(head)) return undefined;
  if (ground.words.mouthpieces.has(head) && owned.kind === 'actor')
    return { ...owned, first: ground.widen(at - 1, floor) };
  const phrase = nounPhrase(ground, at - 1, at, floor);
  const speaksFor = phrase.speaksFor ?? (owned.id === undefined ? undefined : ground.sideOf(owned.id));
  // "a spokesman for the Transitional Council": without whom he speaks for he is nobody.
  const named =
    phrase.kind === 'noun' && owned.kind === 'actor' && /^(?:for|of)$/.test(ground.norm(at))
      ? { name: decapitalised(ground, phrase.first, owned.last) }
      : {};
  return { ...phrase, ...named, last: owned.last, ...side(speaksFor) };
}

/** An actor that speaks, with what stands before its name. */
export function actorPhrase(ground: Ground, actor: ActorSpan, floor: number): Phrase {
  // "the Syrian Observatory for Human Rights monitor", "…, a Britain-based monitoring group": the first names it.
  const speaker = (last: number): ActorSpan | undefined => {
    const before = ground.byLast.get(last);
    return before?.role === 'speaker' && before.first >= floor ? before : undefined;
  };
  const start = ground.widen(actor.first, floor);
  const named = speaker(actor.first) ?? speaker(ground.norm(start - 1) === ',' ? start - 1 : start);
  const first = named === undefined ? start : ground.widen(named.first, floor);
  const chosen = named ?? actor;
  const known = chosen.id === undefined ? undefined : ground.lexicon.get(chosen.id);
  // A bloc by a generic word keeps its words: "opposition fighters said".
  const own = known === undefined || (chosen.generic && known.kind === 'bloc');
  const name = own ? ground.text(chosen.first, chosen.last) : known.name;
  const id = chosen.id;
  return {
    first,
    last: actor.last,
    kind: 'actor',
    name,
    ...(id === undefined ? { definite: true as const } : { id }),
    ...(id === undefined || chosen.generic ? { head: ground.norm(actor.last - 1) } : {}),
    ...(chosen.generic ? { generic: true as const } : {}),
  };
}

/** "a well-informed military source", "Jayrud activists"; a name or a body inside it speaks instead. */
function nounPhrase(ground: Ground, head: number, end: number, floor: number): Phrase {
  const first = nounStart(ground, head, end, floor);
  const body = bodyIn(ground, first, head, end);
  if (body !== undefined) return body;
  const determiner = first - 1 >= floor && ground.isDeterminer(first - 1);
  const person = determiner
    ? apposed(ground, first - 1, head, end, floor)
    : (nameBeforeTitle(ground, first, head, end) ?? nameBeforeComma(ground, first, head, end, floor));
  if (person !== undefined) return person;
  const definite = determiner && DEFINITE.test(ground.norm(first - 1));
  const start = determiner ? first - 1 : first;
  return {
    first: start,
    last: end,
    kind: 'noun',
    name: properName(ground, first, head) ?? decapitalised(ground, definite ? first : start, end),
    head: singular(ground.norm(head)),
    ...(definite ? { definite: true as const } : {}),
    ...side(ground.partyIn(first, head)),
  };
}

function nounStart(ground: Ground, head: number, end: number, floor: number): number {
  let first = head;
  while (first > floor && first > head - PHRASE_REACH) {
    const at = first - 1;
    const actor = ground.actorWithin(at, floor, end);
    // "… or Turkey informed sources said": a country stands in a list, its adjective would stand here.
    const state = actor?.id !== undefined && ground.lexicon.get(actor.id)?.tags.has('state') === true;
    // "Moscow's defence ministry", "Kyiv's general staff"
    const owner = ground.isPossessive(at) && ground.isCapital(at);
    if (actor !== undefined && actor.role !== 'bloc' && (!state || owner)) first = actor.first;
    else if (owner) first = at;
    else if (state && first < head) break;
    else if (ground.isDeterminer(at)) break;
    else if (
      ground.isArticle(at) ||
      ground.words.modifiers.has(ground.norm(at)) ||
      ground.isSpeaker(at) ||
      ground.isHyphen(at) ||
      ground.describes(at, first === head)
    )
      first = at;
    else break;
  }
  while (first < head && ground.isHyphen(first)) first += 1;
  return first;
}

/** "the Observatory report", "SANA reporter": a mouthpiece speaks as the body before it. */
function bodyIn(ground: Ground, first: number, head: number, end: number): Phrase | undefined {
  for (let at = first; at < head; at += 1) {
    const actor = ground.byFirst.get(at);
    if (actor?.id === undefined || actor.last > end) continue;
    const known = ground.lexicon.get(actor.id);
    const mouthpiece = !actor.generic && ground.words.mouthpieces.has(ground.norm(head));
    if (known !== undefined && (known.kind === 'speaker' || mouthpiece))
      return { first: ground.widen(first, 0), last: end, kind: 'actor', name: known.name, id: actor.id };
  }
  return undefined;
}

/** "Karim Saleh spokesman for …": two capitalised words and no determiner before a title are a name. */
function nameBeforeTitle(ground: Ground, first: number, head: number, end: number): Phrase | undefined {
  if (!ground.words.titles.has(ground.norm(head))) return undefined;
  const run = ground.nameStart(head, first);
  if (
    head - run < 2 ||
    ground.words.modifiers.has(ground.norm(run)) ||
    ground.partyIn(run, head) !== undefined
  )
    return undefined;
  return { first: run, last: end, kind: 'person', name: ground.text(run, head) };
}

/** "Karim Saleh, head of the council" */
const nameBeforeComma = (
  ground: Ground,
  first: number,
  head: number,
  end: number,
  floor: number,
): Phrase | undefined =>
  first === head && ground.norm(first - 1) === ',' && ground.words.titles.has(ground.norm(head))
    ? apposed(ground, first, head, end, floor)
    : undefined;

/** "Karim Saleh, a volunteer", "Sample Watch, a charity": the name before its description. */
function apposed(
  ground: Ground,
  before: number,
  head: number,
  end: number,
  floor: number,
): Phrase | undefined {
  // "Karim Saleh, one of the spokesmen"
  const whole = ground.norm(before - 1) === 'of' && ground.norm(before - 2) === 'one' ? before - 2 : before;
  const last = ground.norm(whole - 1) === ',' ? whole - 1 : whole;
  const speaker = ground.byLast.get(last);
  if (speaker?.role === 'speaker' && speaker.first >= floor)
    return { ...actorPhrase(ground, speaker, floor), last: end };
  const first = ground.nameStart(last, Math.max(floor, last - PHRASE_REACH));
  if (last - first < 2 || IMPERSONAL.has(ground.norm(head)) || ground.isPlace(first, last)) return undefined;
  if (ground.partyIn(first, last) !== undefined) return undefined;
  return { first, last: end, kind: 'person', name: ground.text(first, last) };
}

/** "YPG spokesman Redur X", "Foreign Minister Y", a bare surname, or a capital: "Damascus said". */
function personPhrase(ground: Ground, end: number, floor: number): Phrase | undefined {
  const nameFirst = ground.nameStart(end, Math.max(floor, end - PHRASE_REACH));
  if (nameFirst >= end) return undefined;
  const values = ground.lexicon.names.match(ground.tokens, nameFirst)?.values ?? [];
  const seat = values.find((value) => value.use === 'seat');
  if (seat?.use === 'seat' && end - nameFirst <= 2 && !PLACE_PREPOSITIONS.has(ground.norm(nameFirst - 1)))
    return { first: nameFirst, last: end, kind: 'actor', name: seat.actor.name, id: seat.actor.id };
  if (ground.isPlace(nameFirst, end)) return undefined;
  const leader = values.find((value) => value.use === 'leader');
  const first = titleStart(ground, nameFirst, floor);
  const party = leader?.use === 'leader' ? leader.actor.id : ground.partyIn(first, nameFirst);
  return { first, last: end, kind: 'person', name: ground.text(nameFirst, end), ...side(party) };
}

/** Where the title before a name starts: "the Turkish Foreign Minister", "head of the relief office". */
function titleStart(ground: Ground, nameFirst: number, floor: number): number {
  let first = nameFirst;
  while (first > floor && first > nameFirst - PHRASE_REACH) {
    const norm = ground.norm(first - 1);
    if (ground.words.determiners.has(norm)) return first - 1;
    const title =
      ground.words.titles.has(norm) || ground.words.modifiers.has(norm) || ground.isHyphen(first - 1);
    const inTitle = first < nameFirst && (ground.isCapital(first - 1) || /^(?:for|of)$/.test(norm));
    if (!title && !inTitle) return first;
    first -= 1;
  }
  return first;
}

/** "a resident of Douma", "a relative who fled": the noun before a preposition or a relative. */
function behindPreposition(ground: Ground, end: number, floor: number): Phrase | undefined {
  for (let at = end - 1; at > Math.max(floor, end - PHRASE_REACH); at -= 1) {
    const norm = ground.norm(at);
    if (ground.words.verbs.has(norm) || /^[.;:"”“]$/.test(norm)) return undefined;
    if (
      ground.isSpeaker(at - 1) &&
      (PREPOSITIONS.has(norm) || RELATIVES.has(norm)) &&
      !(norm === 'of' && QUANTITIES.has(ground.norm(at - 1)))
    ) {
      const phrase = nounPhrase(ground, at - 1, at, floor);
      // "a monitor with sources on the ground": it is the monitor that speaks.
      const has = ground.norm(phrase.first - 1) === 'with' && ground.isSpeaker(phrase.first - 2);
      const who = has ? nounPhrase(ground, phrase.first - 2, phrase.first - 1, floor) : phrase;
      return { ...who, last: end };
    }
  }
  return undefined;
}
