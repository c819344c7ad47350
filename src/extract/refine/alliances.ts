import type { Actor } from '../../model/actor.ts';
import type { ActorId } from '../../model/ids.ts';
import type { LexiconActor } from '../actors/lexicon.ts';

/** What asks of the lexicon who stands with whom. */
export interface Actors {
  get(id: ActorId): LexiconActor | undefined;
}

/** Tags that make a nameless bloc one of a camp: "militants" are no foe of a jihadist group. */
const CAMPS = ['government', 'rebel', 'jihadist', 'kurdish', 'separatist', 'paramilitary', 'militia'];

/** The actor and all larger bodies that it belongs to. */
function lineage(actors: Actors, id: ActorId): Actor[] {
  const found: Actor[] = [];
  const open: ActorId[] = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const actor = actors.get(next);
    if (actor === undefined || found.includes(actor)) continue;
    found.push(actor);
    open.push(...actor.parents);
  }
  return found;
}

/** Whether two parties belong together or are allied, by the lexicon. */
export function allied(actors: Actors, a: ActorId, b: ActorId): boolean {
  const left = lineage(actors, a);
  const right = lineage(actors, b);
  const linked = (from: readonly Actor[], to: readonly Actor[]): boolean =>
    from.some((one) => to.some((other) => one.id === other.id || one.allies.includes(other.id)));
  return linked(left, right) || linked(right, left);
}

/**
 * Whether two parties may be taken to fight on one side where the report does not say otherwise: they are allied, both
 * are rebels of one country, or one is a nameless bloc of the other's camp.
 */
export const sameSide = (actors: Actors, a: ActorId, b: ActorId): boolean =>
  allied(actors, a, b) || sameCamp(actors, a, b);

function sameCamp(actors: Actors, a: ActorId, b: ActorId): boolean {
  const x = actors.get(a);
  const y = actors.get(b);
  if (x === undefined || y === undefined) return false;
  if (x.countries.length === 0 || y.countries.length === 0)
    return CAMPS.some((camp) => x.tags.has(camp) && y.tags.has(camp));
  const neighbours = x.countries.some((country) => y.countries.includes(country));
  return neighbours && x.tags.has('rebel') && y.tags.has('rebel');
}

/** Whether an actor is a nameless bloc that may belong to any camp: "fighters". */
export const isAnybodys = (actors: Actors, id: ActorId): boolean =>
  CAMPS.filter((camp) => actors.get(id)?.tags.has(camp) === true).length > 2;

/** Whether an actor is a state, which turns up in everybody's war. */
export const isState = (actors: Actors, id: ActorId): boolean => actors.get(id)?.tags.has('state') === true;

/** Two governments in wars of their own, Syria's and Iraq's: a report that names both tells of two fronts. */
export function apart(actors: Actors, a: ActorId, b: ActorId): boolean {
  const [x, y] = [actors.get(a), actors.get(b)];
  const atHome = (actor: LexiconActor | undefined): boolean =>
    actor !== undefined && actor.tags.has('government') && !actor.tags.has('state');
  return atHome(x) && atHome(y) && x?.countries.every((one) => y?.countries.includes(one) !== true) === true;
}
