import type { ActorMention } from '../../model/actor.ts';
import type { PlaceMention } from '../../model/place.ts';
import type { Reading } from '../../model/reading.ts';
import type { ActorLexicon } from '../actors.ts';
import type { FrameEntry, Role, RoleField } from '../lexicon/entries.ts';
import type { Proposal } from '../propose/proposal.ts';
import { speakerAt, type Attribution } from '../speakers.ts';
import { clauseAt, type Clause } from './clause.ts';
import type { Item } from './items.ts';
import { isOwned, nounKeys } from './morphology.ts';
import {
  figureOf,
  fill,
  fits,
  isForce,
  phraseEnd,
  placesAt,
  type Filled,
  type Provisional,
  type Where,
} from './roles.ts';
import { verdictOf } from './verdict.ts';

/** A sentence with its items, as the proposers see it. */
export interface Scene {
  readonly reading: Reading;
  readonly items: readonly Item[];
  readonly sentence: number;
  /** A title: its present tells what has happened. */
  readonly headline: boolean;
  readonly attributions: readonly Attribution[];
  readonly actors: Pick<ActorLexicon, 'get'>;
  readonly provisional: Provisional;
}

export interface ArabicProposal extends Proposal {
  /** "had taken", "used to hold". */
  readonly former: boolean;
}

/** Who does what the trigger tells, where it was found. */
interface Subject {
  readonly items: readonly Item[];
  readonly where?: Where;
  readonly mention?: ActorMention;
  /** Index behind it, when it stands behind the trigger. */
  readonly behind?: number;
}

const SUBJECT_REACH = 7;
const ADJECTIVES = 3;

/** Every pattern of a sentence that finds its roles, in order. */
export function proposeArabic(scene: Scene): ArabicProposal[] {
  const found: ArabicProposal[] = [];
  let previous: Subject | undefined;
  scene.items.forEach((item, at) => {
    if (item.frames.length === 0) {
      previous = item.kind === 'verb' ? (ownSubject(scene, at) ?? previous) : previous;
      return;
    }
    for (const frame of framesFor(scene, item)) {
      const proposal = tryFrame(scene, at, frame, previous);
      if (proposal === undefined) continue;
      found.push(proposal.proposal);
      previous = proposal.subject ?? previous;
      break;
    }
  });
  return found;
}

/** A verb in the present may hold or, in a title, take: "قسد تسيطر على هجين". */
function framesFor(scene: Scene, item: Item): readonly FrameEntry[] {
  const held = item.frames.filter((frame) => frame.type === 'held');
  if (held.length === 0 || item.kind !== 'verb') return item.frames;
  const others = item.frames.filter((frame) => frame.type !== 'held');
  return scene.headline && others.length > 0 ? others : held;
}

/** The force that another verb has behind it: who goes on in "and …". */
function ownSubject(scene: Scene, at: number): Subject | undefined {
  const end = Math.min(phraseEnd(scene.items, at + 1, scene.items.length), at + 1 + SUBJECT_REACH);
  const item = scene.items.slice(at + 1, end).find(isForce);
  return item && { items: [item] };
}

const isSpot = (role: Role): boolean => role.is === 'place' || role.is === 'spot';

/** Nouns that do what forces do in other stories: a team, a company, a convoy. */
const isOther = (item: Item): boolean =>
  (item.kind === 'noun' &&
    item.classes.size > 0 &&
    !item.classes.has('troops') &&
    !item.classes.has('vehicle')) ||
  item.mark?.kind === 'place';

/** Behind the trigger (VSO), before it (SVO), or carried on from the verb before. */
function subjectOf(
  scene: Scene,
  at: number,
  clause: Clause,
  role: Role,
  previous: Subject | undefined,
): Subject | undefined {
  const { items } = scene;
  const wanted = fits(role);
  const end = Math.min(phraseEnd(items, at + 1, clause.right), at + 1 + SUBJECT_REACH);
  for (let next = at + 1; next < end; next += 1) {
    const item = items[next];
    if (item === undefined) break;
    if (isSpot(role)) {
      const where = placesAt(items, next, clause.right, scene.provisional);
      if (where !== undefined)
        return { items: items.slice(next, where.last).filter(wanted), where, behind: where.last };
    } else if (wanted(item)) {
      const filled = fill(items, next, clause.right, role, scene.provisional);
      const all = filled !== undefined && filled.items.length > 0 ? filled.items : [item];
      return { items: all, behind: next + (role.field === 'people' ? 1 : 2 * all.length - 1) };
    }
    if (isOther(item) && !(isSpot(role) && isKind(item))) break;
  }
  return before(scene, at, clause, wanted) ?? carried(scene, at, clause, wanted, previous);
}

function before(
  scene: Scene,
  at: number,
  clause: Clause,
  wanted: (item: Item) => boolean,
): Subject | undefined {
  const { items } = scene;
  const masdar = items[at]?.kind === 'noun';
  const floor = masdar ? governedFrom(items, at) : clause.left;
  for (let back = at - 1; back >= floor; back -= 1) {
    const item = items[back];
    if (item === undefined) break;
    if (wanted(item)) {
      if (items[back - 1]?.kind === 'preposition' || item.kind === 'preposition') continue;
      const other = items[back - 1]?.kind === 'conjunction' ? items[back - 2] : undefined;
      return { items: other !== undefined && wanted(other) ? [other, item] : [item] };
    }
    if (!masdar && (item.kind === 'preposition' || isOther(item))) break;
  }
  return undefined;
}

/** A masdar's doer may stand with the verb that governs it: "تمكن الجيش من السيطرة". */
function governedFrom(items: readonly Item[], at: number): number {
  for (let back = at - 1; back >= 0; back -= 1) {
    const item = items[back];
    if (item?.kind === 'break' || item?.kind === 'rel' || item?.kind === 'sub' || item?.kind === 'aux')
      return back + 1;
    if (item?.kind === 'verb') {
      if (item.effect === undefined) return at;
      const svo = items.slice(Math.max(0, back - 2), back).findLastIndex(isForce);
      return svo < 0 ? back : Math.max(0, back - 2);
    }
  }
  return isOwned(items[at]?.norm ?? '') ? 0 : at;
}

function carried(
  scene: Scene,
  at: number,
  clause: Clause,
  wanted: (item: Item) => boolean,
  previous: Subject | undefined,
): Subject | undefined {
  const { items } = scene;
  const opener = items[clause.left - 1];
  if (opener?.kind === 'rel') {
    const antecedent = items.slice(Math.max(0, clause.left - 4), clause.left - 1).findLast(wanted);
    return antecedent && { items: [antecedent] };
  }
  const says = opener?.kind === 'comp' || isOwned(items[at]?.norm ?? '');
  const speaker = says && items[at] !== undefined ? ownWord(scene, items[at]) : undefined;
  if (speaker !== undefined) return { items: [], mention: speaker };
  const goesOn = items[at - 1]?.kind === 'conjunction' || items[clause.left]?.kind === 'conjunction';
  return goesOn && previous?.items.every(wanted) === true
    ? { items: previous.items, ...(previous.mention && { mention: previous.mention }) }
    : undefined;
}

/** The party whose word the item is: who "it" and "its" mean. */
function ownWord(scene: Scene, item: Item): ActorMention | undefined {
  const speaker = speakerAt(scene.attributions, item.first);
  const actor = speaker?.id === undefined ? undefined : scene.actors.get(speaker.id);
  if (speaker === undefined || actor === undefined || actor.kind === 'speaker') return undefined;
  return { text: speaker.text, id: actor.id, name: actor.name };
}

interface Tried {
  readonly proposal: ArabicProposal;
  readonly subject: Subject | undefined;
}

function tryFrame(
  scene: Scene,
  at: number,
  frame: FrameEntry,
  previous: Subject | undefined,
): Tried | undefined {
  const { items } = scene;
  const trigger = items[at];
  if (trigger === undefined) return undefined;
  const clause = clauseAt(items, at);
  if (items.some((item) => isUnless(frame, item))) return undefined;
  if (frame.governed.length > 0 && !frame.governed.includes(items[at - 1]?.norm ?? '')) return undefined;
  const subject = frame.subject && subjectOf(scene, at, clause, frame.subject, previous);
  if (
    frame.subject !== undefined &&
    subject === undefined &&
    !frame.subject.optional &&
    !dropped(scene, at, clause)
  )
    return undefined;
  const filled: Filled[] = [];
  if (frame.object !== undefined) {
    const start = behindWords(items, subject?.behind ?? at + 1);
    const object = fill(items, start, clause.right, frame.object, scene.provisional);
    if (object === undefined && !frame.object.optional) return undefined;
    if (object !== undefined) filled.push(object);
  }
  const adjuncts = adjunctsOf(scene, at, clause, frame);
  if (adjuncts === undefined) return undefined;
  // What the verb has for its object it does not have behind a preposition too.
  const placed = filled.some(({ role }) => role.field === 'places');
  filled.push(...adjuncts.filter(({ role }) => !(placed && role.field === 'places')));
  // Of the things that only have to be there, one is: "announced a truce", "announced … of a truce".
  const either = [frame.object, ...frame.with.values()].filter(
    (role) => role?.field === 'none' && role.optional,
  );
  if (either.length > 0 && !filled.some(({ role }) => either.includes(role))) return undefined;
  return { proposal: proposalOf(scene, at, frame, subject, filled), subject };
}

/** Words nobody knows that go with the subject: "قوات حفظ السلام". */
function behindWords(items: readonly Item[], first: number): number {
  let at = first;
  while (at < first + ADJECTIVES && items[at]?.kind === 'word') at += 1;
  return at;
}

const isUnless = (frame: FrameEntry, item: Item): boolean =>
  frame.unless.length > 0 &&
  item.norm !== '' &&
  nounKeys(item.norm).some((key) => frame.unless.includes(key));

/** No subject is named and none is needed: a passive, "تم", or a verb whose doer was named before. */
function dropped(scene: Scene, at: number, clause: Clause): boolean {
  const { items } = scene;
  const item = items[at];
  if (item?.verb?.forms.has('passive') === true) return true;
  const next = items[at + 1];
  const bare =
    next === undefined || next.kind === 'preposition' || isKind(next) || next.mark?.kind === 'place';
  if (item?.kind === 'noun') return bare;
  const opener = items[clause.left - 1]?.kind;
  return bare && (items[at - 1]?.kind === 'conjunction' || opener === 'comp' || opener === 'rel');
}

const isKind = (item: Item): boolean =>
  item.classes.has('settlement') || item.classes.has('site') || item.classes.has('fraction');

/** What the prepositions behind the trigger lead to; nothing when one that must be there is not. */
function adjunctsOf(scene: Scene, at: number, clause: Clause, frame: FrameEntry): Filled[] | undefined {
  const { items } = scene;
  const filled = new Map<Role, Filled>();
  for (let next = at + 1; next < clause.right; next += 1) {
    const item = items[next];
    const role = item?.kind === 'preposition' ? frame.with.get(item.norm) : undefined;
    if (item === undefined || role === undefined || (filled.has(role) && !isWide(filled.get(role)))) continue;
    const one = item.pronoun
      ? anaphor(scene, next, role)
      : fill(items, next + 1, clause.right, role, scene.provisional);
    if (one !== undefined && !(filled.has(role) && isWide(one))) filled.set(role, one);
  }
  const fields = new Set([...filled.keys()].map((role) => role.field));
  const missing = [...frame.with.values()].some(
    (role) => !role.optional && !filled.has(role) && (role.field === 'none' || !fields.has(role.field)),
  );
  return missing ? undefined : [...filled.values()];
}

/** "in the Sudan", where a narrower place may follow. */
const isWide = (filled: Filled | undefined): boolean =>
  filled?.where?.places.every((place) => place.kind === 'country') === true;

/** "منها": the last place before it. */
function anaphor(scene: Scene, at: number, role: Role): Filled | undefined {
  if (role.is !== 'place' && role.is !== 'spot') return undefined;
  for (let back = at - 1; back >= 0; back -= 1) {
    const mark = scene.items[back]?.mark;
    if (mark?.kind !== 'place' || mark.mention.kind === 'governorate' || mark.mention.kind === 'country')
      continue;
    return { role, items: [], where: { places: [mark.mention], part: false, how: 'anaphor', last: at + 1 } };
  }
  return undefined;
}

function mentionOf(scene: Scene, item: Item): ActorMention {
  // "إسرائيل تعلن انسحاب قواتها": the speaker's own.
  const owner = item.kind === 'noun' && isOwned(item.norm) ? ownWord(scene, item) : undefined;
  if (owner !== undefined) return owner;
  const { tokens, body } = scene.reading;
  const text = body.slice(tokens[item.first]?.start ?? 0, tokens[item.last - 1]?.end ?? 0);
  const id = item.mark?.kind === 'actor' ? item.mark.id : undefined;
  const name = id === undefined ? undefined : scene.actors.get(id)?.name;
  return { text, ...(id !== undefined && { id }), ...(name !== undefined && { name }) };
}

function proposalOf(
  scene: Scene,
  at: number,
  frame: FrameEntry,
  subject: Subject | undefined,
  filled: readonly Filled[],
): ArabicProposal {
  const { items } = scene;
  const all: Filled[] = [...filled];
  if (frame.subject !== undefined && subject !== undefined)
    all.push({ role: frame.subject, items: subject.items, ...placesOf(frame.subject, subject) });
  const actors = (field: RoleField): ActorMention[] => [
    ...(frame.subject?.field === field && subject?.mention !== undefined ? [subject.mention] : []),
    ...all
      .filter((one) => one.role.field === field)
      .flatMap((one) => one.items.map((item) => mentionOf(scene, item))),
  ];
  const where = (field: RoleField): Where[] =>
    all.flatMap((one) => (one.role.field === field && one.where !== undefined ? [one.where] : []));
  const places = (field: RoleField): PlaceMention[] => where(field).flatMap((one) => one.places);
  const people =
    figureOf(all.filter((one) => one.role.field === 'people').flatMap((one) => one.items)) ??
    figureOf(all.filter((one) => one.role.field === 'from').flatMap((one) => one.items));
  const verdict = verdictOf(items, at, frame.type, scene.headline);
  const stated = where('places');
  const covered = [at, ...all.flatMap((one) => one.items.map((item) => items.indexOf(item)))];
  const first = Math.min(...covered.filter((index) => index >= 0));
  const last = Math.max(...covered, ...[...stated, ...where('toPlaces')].map((one) => one.last - 1));
  return {
    rule: frame.id,
    type: frame.type,
    ...(frame.phase !== undefined && { phase: frame.phase }),
    verdict,
    part: frame.part === true || stated.some((one) => one.part),
    how: stated[0]?.how ?? 'named',
    places: places('places'),
    toPlaces: places('toPlaces'),
    viaPlaces: places('viaPlaces'),
    to: actors('to'),
    from: actors('from'),
    parties: actors('parties'),
    ...(people !== undefined && { people: people.figure }),
    span: { first: items[first]?.first ?? 0, last: items[last]?.last ?? 0 },
    sentence: scene.sentence,
    at,
    confidence: frame.confidence,
    former: verdict.former,
  };
}

const placesOf = (role: Role, subject: Subject): { readonly where?: Where } => {
  if (role.field !== 'places') return {};
  if (subject.where !== undefined) return { where: subject.where };
  const places = subject.items.flatMap((item) => (item.mark?.kind === 'place' ? [item.mark.mention] : []));
  return { where: { places, part: false, how: 'named', last: 0 } };
};
