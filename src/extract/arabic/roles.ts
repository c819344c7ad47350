import type { ActorSpan, FigureSpan, PlaceSpan, TokenSpan } from '../../model/reading.ts';
import type { PlaceMention } from '../../model/place.ts';
import type { Role } from '../lexicon/entries.ts';
import type { How } from '../propose/places.ts';
import type { Item } from './items.ts';

export interface Where {
  readonly places: readonly PlaceMention[];
  readonly part: boolean;
  readonly how: How;
  /** Index behind its last item. */
  readonly last: number;
}

/** A place for a name that only its kind word makes one. */
export type Provisional = (span: TokenSpan) => PlaceMention;

const INSIDE = new Set(['في', 'من', 'ب', 'ضمن', 'داخل', 'قرب']);
/** Words between a kind word and its name, and behind a name: adjectives. */
const isAdjective = (norm: string): boolean => norm.startsWith('ال') || /(?:يه|ي)$/.test(norm);
const ADJECTIVES = 3;

const placeOf = (item: Item | undefined): PlaceSpan | undefined =>
  item?.mark?.kind === 'place' ? item.mark : undefined;
const isKindWord = (item: Item | undefined): boolean =>
  item !== undefined && (item.classes.has('settlement') || item.classes.has('site'));

/** Reads one phrase that should be places: "معظم بلدة هجين", "قرى A وB وC", "ثلاث قرى في ريف حلب". */
export function placesAt(
  items: readonly Item[],
  first: number,
  end: number,
  provisional: Provisional,
): Where | undefined {
  const places: PlaceMention[] = [];
  let part = false;
  let kind = false;
  let contained = false;
  let adjectives = 0;
  /** A kind word that a name follows: "مدينة" of "مدينة كذا". */
  let names = false;
  let at = first;
  for (; at < end; at += 1) {
    const item = items[at];
    if (item === undefined) break;
    const place = placeOf(item);
    if (place !== undefined) {
      places.push(place.mention);
      part ||= place.part !== undefined;
      adjectives = 0;
      const next = nextInList(items, at + 1, end);
      if (next === undefined || contained) {
        at += 1;
        break;
      }
      at = next - 1;
      kind = false;
      continue;
    }
    if (isKindWord(item)) {
      kind = true;
      names = item.classes.has('named') && !item.norm.startsWith('ال');
    } else if (names && !contained && isName(item) && places.length === 0) {
      return unknown(items, at, end, part, provisional);
    } else if (item.classes.has('people') && at === first) continue;
    else if (item.classes.has('fraction')) part = true;
    else if (item.kind === 'preposition' && INSIDE.has(item.norm) && (part || kind)) {
      contained ||= kind && !(item.norm === 'من' && part);
      kind = false;
    } else if (item.mark?.kind === 'figure' || item.kind === 'adverb') continue;
    else if (item.kind === 'word' || item.kind === 'noun') {
      if (!(kind || part || /^\d+$/.test(item.norm) || adjectives === 0)) break;
      if (
        !isAdjective(item.norm) &&
        !/^\d+$/.test(item.norm) &&
        !COUNTED.test(item.norm) &&
        !item.classes.has('common')
      )
        break;
      adjectives += 1;
      if (adjectives > ADJECTIVES) break;
    } else break;
  }
  if (places.length === 0) return undefined;
  return { places, part: part || contained, how: contained ? 'container' : 'named', last: at };
}

/** A word that nobody knows, behind a kind word: its name, unless it is an adjective without an article. */
const isName = (item: Item): boolean =>
  item.kind === 'word' &&
  item.norm.length > 2 &&
  !/^\d/.test(item.norm) &&
  (item.norm.startsWith('ال') || !item.norm.endsWith('يه'));

/** Small numbers before a plural: "three villages". */
const COUNTED = /^(?:(?:ثلاث|اربع|خمس|ست|سبع|ثماني|تسع|عشر)ه?|عده|بضع|عدد|جميع|كل|كافه|هذه|تلك)$/;

/** "بلدة X" where nobody knows X. */
function unknown(
  items: readonly Item[],
  at: number,
  end: number,
  part: boolean,
  provisional: Provisional,
): Where | undefined {
  const item = items[at];
  if (item === undefined) return undefined;
  let last = at + 1;
  while (
    last < end &&
    last < at + 3 &&
    items[last]?.kind === 'word' &&
    items[last]?.norm.startsWith('ال') === true
  )
    last += 1;
  const behind = items[last - 1] ?? item;
  // A hill or a field is called by its kind: "تل كذا".
  const head = items[at - 1]?.classes.has('site') === true ? items[at - 1] : item;
  return {
    places: [provisional({ first: (head ?? item).first, last: behind.last })],
    part,
    how: 'provisional',
    last,
  };
}

/** Index of the next name of a list, over adjectives, a container and "and"; nothing when the list is at its end. */
function nextInList(items: readonly Item[], from: number, end: number): number | undefined {
  let at = from;
  for (
    let step = 0;
    step < ADJECTIVES && items[at]?.kind === 'word' && items[at]?.norm.startsWith('ال') === true;
    step += 1
  )
    at += 1;
  const link = items[at]?.kind;
  const skipsContainer = items[at]?.kind === 'preposition' && /^(?:في|ب)$/.test(items[at]?.norm ?? '');
  if (skipsContainer) {
    at += 1;
    while (at < end && (isKindWord(items[at]) || items[at]?.classes.has('fraction') === true)) at += 1;
    if (placeOf(items[at]) === undefined) return undefined;
    return nextInList(items, at + 1, end);
  }
  if (link !== 'conjunction' && link !== 'comma') return undefined;
  at += 1;
  if (items[at]?.kind === 'conjunction') at += 1;
  let next = at;
  while (next < end && (isKindWord(items[next]) || items[next]?.classes.has('fraction') === true)) next += 1;
  return next < end && placeOf(items[next]) !== undefined ? at : undefined;
}

const actorOf = (item: Item | undefined): ActorSpan | undefined =>
  item?.mark?.kind === 'actor' ? item.mark : undefined;
export const isForce = (item: Item | undefined): boolean => {
  const actor = actorOf(item);
  if (item?.mark?.kind === 'figure') return /^(?:fighters|soldiers)$/.test(item.mark.figure.unit);
  return actor === undefined ? item?.classes.has('troops') === true : actor.role !== 'speaker';
};
const VEHICLES = /^(?:buses|trucks|vehicles|convoys|batches)$/;
const isPeople = (item: Item): boolean =>
  item.figure !== undefined ||
  item.mark?.kind === 'figure' ||
  item.classes.has('people') ||
  item.classes.has('vehicle');
const isVehicle = (item: Item): boolean =>
  item.classes.has('vehicle') || (item.mark?.kind === 'figure' && VEHICLES.test(item.mark.figure.unit));

/** Can the item be the head of what a role wants? */
export function fits({ is }: Role): (item: Item) => boolean {
  switch (is) {
    case 'force':
    case 'party':
      return isForce;
    case 'people':
      return isPeople;
    case 'vehicle':
      return isVehicle;
    case 'place':
    case 'spot':
      return (item) => item.mark?.kind === 'place';
    default:
      return (item) => item.classes.has(is);
  }
}

/** What a role found: items that fill it. */
export interface Filled {
  readonly role: Role;
  readonly items: readonly Item[];
  readonly where?: Where;
}

const NP_REACH = 6;

/** Items of the phrase from `first` on: up to a preposition, a verb or a mark of the clause. */
export function phraseEnd(items: readonly Item[], first: number, end: number): number {
  let at = first;
  for (; at < end; at += 1) {
    const kind = items[at]?.kind;
    if (kind === 'preposition' || kind === 'verb' || kind === 'aux' || kind === 'be') break;
    if (kind === 'sub' || kind === 'rel' || kind === 'comp' || kind === 'break' || kind === 'condition')
      break;
  }
  return at;
}

/** The phrase at `first` as a role wants it; nothing when it is something else. */
export function fill(
  items: readonly Item[],
  first: number,
  end: number,
  role: Role,
  provisional: Provisional,
): Filled | undefined {
  const stop = Math.min(phraseEnd(items, first, end), first + NP_REACH * 2);
  if (role.is === 'place' || role.is === 'spot') {
    const where = placesAt(items, first, end, provisional);
    return where && { role, items: [], where };
  }
  const wanted = fits(role);
  const near = items.slice(first, Math.min(stop, first + NP_REACH));
  const found = role.field === 'none' ? headOf(near, role) : near.findIndex(wanted);
  const head = items[first + found];
  if (found < 0 || head === undefined) return undefined;
  if (role.is === 'force' || role.is === 'party')
    return { role, items: withOthers(items, first + found, stop) };
  return {
    role,
    items: role.field === 'people' ? items.slice(first + found, stop).filter(isPeople) : [head],
  };
}

/** Index of the phrase's first noun when it is what the role wants; "the deal of a truce" is a truce. */
function headOf(items: readonly Item[], role: Role): number {
  const wanted = fits(role);
  const head = items.findIndex(
    (item) =>
      wanted(item) || (item.kind === 'noun' && !item.classes.has('agreement')) || item.kind === 'comma',
  );
  const item = items[head];
  return item !== undefined && wanted(item) ? head : -1;
}

/** "A and B": the parties that follow the first. */
function withOthers(items: readonly Item[], first: number, end: number): Item[] {
  const found = [items[first]].filter((item): item is Item => item !== undefined);
  for (let at = first + 1; at + 1 < end; at += 2) {
    const next = items[at + 1];
    if (items[at]?.kind !== 'conjunction' || next === undefined || !isForce(next)) break;
    found.push(next);
  }
  return found;
}

/** The figure of what moves: people before vehicles. */
export function figureOf(items: readonly Item[]): FigureSpan | undefined {
  const figures = items.flatMap((item) =>
    item.figure !== undefined ? [item.figure] : item.mark?.kind === 'figure' ? [item.mark] : [],
  );
  return figures.find((span) => !VEHICLES.test(span.figure.unit)) ?? figures[0];
}
