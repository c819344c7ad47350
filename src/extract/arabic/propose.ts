import type { ActorMention } from '../../model/actor.ts';
import type { PlaceMention } from '../../model/place.ts';
import type { FrameEntry, Role, RoleField } from '../lexicon/entries.ts';
import type { Proposal } from '../propose/proposal.ts';
import { clauseAt, type Clause } from './clause.ts';
import type { Item } from './items.ts';
import { isOwned, nounKeys } from './morphology.ts';
import { figureOf, fill, type Filled, type Where } from './roles.ts';
import { dropped, ownSubject, ownWord, subjectOf, type Scene, type Subject } from './subject.ts';
import { verdictOf } from './verdict.ts';

const ADJECTIVES = 3;

export interface ArabicProposal extends Proposal {
  /** "had taken", "used to hold". */
  readonly former: boolean;
}

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
