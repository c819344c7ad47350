import type { ActorIndex, ActorMention } from '../model/actor.ts';
import type { ActorId } from '../model/ids.ts';
import { slug } from './id.ts';

/** The bodies that an actor belongs to at any depth, and its allies. */
function belongsTo(id: ActorId, actors: ActorIndex): ReadonlySet<ActorId> {
  const found = new Set<ActorId>([id]);
  for (const one of found) for (const parent of actors.get(one)?.parents ?? []) found.add(parent);
  for (const ally of actors.get(id)?.allies ?? []) found.add(ally);
  return found;
}

/** Does what one gains count as the other's gain: the same, one part of the other, or allies? */
const sameSide = (a: ActorId, b: ActorId, actors: ActorIndex): boolean =>
  belongsTo(a, actors).has(b) || belongsTo(b, actors).has(a);

/** The same for actors as reports name them; those that the lexicon does not know by their names. */
export function alike(a: ActorMention, b: ActorMention, actors: ActorIndex): boolean {
  if (a.id !== undefined && b.id !== undefined) return sameSide(a.id, b.id, actors);
  return slug(a.name ?? a.text) === slug(b.name ?? b.text);
}

export const overlap = (
  a: readonly ActorMention[],
  b: readonly ActorMention[],
  actors: ActorIndex,
): boolean => a.some((one) => b.some((other) => alike(one, other, actors)));

/** Of several sides: what they hold, they hold together or each a part of. */
export const isMixed = (holders: readonly ActorMention[], actors: ActorIndex): boolean =>
  holders.some((one, i) => holders.slice(i + 1).some((other) => !alike(one, other, actors)));

/** "Militants", "the fighters": says of nobody who it is. */
const isNamed = ({ id, text }: ActorMention): boolean => id !== undefined || /\p{Lu}/u.test(text);

/** "Militants" may be ISIS, or the rebels. */
const mayBe = ({ id }: ActorMention, { id: other }: ActorMention, actors: ActorIndex): boolean => {
  const [a, b] = [id && actors.get(id), other && actors.get(other)];
  if (!a?.tags || !b?.tags || !(a.generic || b.generic)) return false;
  return !a.tags.isDisjointFrom(b.tags);
};

/** `unknown` when one of the two names nobody, or by a word that may stand for one of the other. */
export function compared(
  a: readonly ActorMention[],
  b: readonly ActorMention[],
  actors: ActorIndex,
): 'same' | 'different' | 'unknown' {
  if (overlap(a, b, actors)) return 'same';
  const [named, others] = [a.filter(isNamed), b.filter(isNamed)];
  const known = named.length > 0 && others.length > 0;
  return known && !named.some((one) => others.some((other) => mayBe(one, other, actors)))
    ? 'different'
    : 'unknown';
}

/** Those of `more` that are not in `known` yet are added; a word that may stand for one of them says nothing beside him. */
export function joinedActors(
  known: readonly ActorMention[],
  more: readonly ActorMention[],
  actors: ActorIndex,
): readonly ActorMention[] {
  const keys = new Set(known.map((actor) => actor.id ?? slug(actor.text)));
  const all = [...known, ...more.filter((actor) => !keys.has(actor.id ?? slug(actor.text)))];
  const isGeneric = ({ id }: ActorMention): boolean => id !== undefined && actors.get(id)?.generic === true;
  return all.filter(
    (one) => !isGeneric(one) || !all.some((other) => !isGeneric(other) && mayBe(one, other, actors)),
  );
}
