import type { ActorMention } from '../../model/actor.ts';
import type { Reading } from '../../model/reading.ts';
import type { ActorLexicon } from '../actors.ts';
import type { Role } from '../lexicon/entries.ts';
import { speakerAt, type Attribution } from '../speakers.ts';
import type { Clause } from './clause.ts';
import type { Item } from './items.ts';
import { isOwned } from './morphology.ts';
import { fill, fits, isForce, phraseEnd, placesAt, type Provisional, type Where } from './roles.ts';

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

/** Who does what the trigger tells, where it was found. */
export interface Subject {
  readonly items: readonly Item[];
  readonly where?: Where;
  readonly mention?: ActorMention;
  /** Index behind it, when it stands behind the trigger. */
  readonly behind?: number;
}

const SUBJECT_REACH = 7;

/** The force that another verb has behind it: who goes on in "and …". */
export function ownSubject(scene: Scene, at: number): Subject | undefined {
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
export function subjectOf(
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
export function ownWord(scene: Scene, item: Item): ActorMention | undefined {
  const speaker = speakerAt(scene.attributions, item.first);
  const actor = speaker?.id === undefined ? undefined : scene.actors.get(speaker.id);
  if (speaker === undefined || actor === undefined || actor.kind === 'speaker') return undefined;
  return { text: speaker.text, id: actor.id, name: actor.name };
}

/** No subject is named and none is needed: a passive, "تم", or a verb whose doer was named before. */
export function dropped(scene: Scene, at: number, clause: Clause): boolean {
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
