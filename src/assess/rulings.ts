import { accountKey, type Ruled, type RulingKind } from '../model/ruling.ts';
import { ascending } from './id.ts';
import type { Unit } from './unit.ts';

/** What people decided of pairs of accounts. */
export interface Rulings {
  /** Nothing was decided of any account that is looked at. */
  readonly none: boolean;
  /** What was decided last of the two. The same both ways round. */
  of(a: Unit, b: Unit): RulingKind | undefined;
  /** It was set apart from what is told in its thread. */
  leaves(unit: Unit): boolean;
}

interface Side {
  readonly kind: RulingKind;
  readonly against: ReadonlySet<string>;
}

/** @param all oldest first */
export function rulingsOf(all: readonly Ruled[] = []): Rulings {
  const sides = new Map<string, Side[]>();
  const add = (kind: RulingKind, mine: readonly string[], theirs: readonly string[]): void => {
    const against = new Set(theirs);
    for (const key of mine) sides.set(key, [...(sides.get(key) ?? []), { kind, against }]);
  };
  for (const { kind, ones, others } of all) {
    add(kind, ones, others);
    add(kind, others, ones);
  }
  const left = new Set(all.flatMap(({ kind, ones }) => (kind === 'apart' ? ones : [])));
  return {
    none: all.length === 0,
    of: (a, b) => {
      const other = accountKey(b);
      return sides.get(accountKey(a))?.findLast(({ against }) => against.has(other))?.kind;
    },
    leaves: (unit) => left.has(accountKey(unit)),
  };
}

const hasApart = (units: readonly Unit[], rulings: Rulings): boolean =>
  units.some((a, i) => units.slice(i + 1).some((b) => rulings.of(a, b) === 'apart'));

/**
 * What is linked, without what a person set apart. The strongest links are made first, and none that would bring together
 * what is to stay apart: so the same accounts give the same groups, in whatever order they came. Each in the order of `units`.
 * @param strength how strong the link of two is; 0: none
 */
export function keptApart(
  units: readonly Unit[],
  strength: (a: Unit, b: Unit) => number,
  rulings: Rulings,
): readonly (readonly Unit[])[] {
  if (rulings.none || !hasApart(units, rulings)) return [units];
  const keys = new Map(units.map((unit) => [unit, accountKey(unit)]));
  const keyOf = (unit: Unit): string => keys.get(unit) ?? '';
  const sorted = [...units].sort((a, b) => ascending(keyOf(a), keyOf(b)));
  const links = sorted
    .flatMap((a, i) => sorted.slice(i + 1).map((b) => ({ a, b, by: strength(a, b) })))
    .filter(({ by }) => by > 0)
    .sort((x, y) => y.by - x.by);
  const groups = new Map(units.map((unit) => [unit, new Set([unit])]));
  for (const { a, b } of links) {
    const [one, other] = [groups.get(a), groups.get(b)];
    if (!one || !other || one === other) continue;
    const joined = new Set([...one, ...other]);
    if ([...one].some((x) => [...other].some((y) => rulings.of(x, y) === 'apart'))) continue;
    for (const unit of joined) groups.set(unit, joined);
  }
  return [...new Set(groups.values())].map((group) => units.filter((unit) => group.has(unit)));
}
