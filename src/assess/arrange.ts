import type { Incident } from '../model/incident.ts';
import { withoutIdle } from './contrary.ts';
import { ascending } from './id.ts';
import { daysApart, isTied, JOIN, likeness, linkStrength, MAYBE } from './link.ts';
import { isReversal, parted, parts, reversalsIn, type Reversals } from './reversal.ts';
import { keptApart, type Rulings } from './rulings.ts';
import type { Knowledge } from './types.ts';
import { unitsIn, type Unit } from './unit.ts';

/** How a new unit came to its happening: by the likest account of it that was there. */
export interface Likest {
  readonly score: number;
  readonly days: number;
  readonly place: string;
}

/** One happening as it is with the report: what it is made of, and which incidents it was before. */
export interface Happening {
  readonly units: readonly Unit[];
  /** Those of `units` that the report brings. */
  readonly news: readonly Unit[];
  /** Incidents that it was, or was a part of, the one that goes on first. */
  readonly was: readonly Incident[];
  /** Set when it was part of an incident that goes on without it. */
  readonly partedFrom?: Incident;
  /** An incident that had gone up in that one, and goes on by itself again. */
  readonly resumes?: Incident;
  /** Of what was there, what is likest to `news`. */
  readonly likest?: Likest;
  /** A happening of its own that may be the same, and how like it is. */
  readonly maybe?: Likest & { readonly incident: Incident };
}

/** What stays together whatever the report brings: an incident, or what is left of one whose links it cuts. */
interface Piece {
  readonly units: readonly Unit[];
  readonly of?: Incident;
  /** The part that the incident goes on as. */
  readonly kept: boolean;
  /** One of several parts of its incident. */
  readonly cut: boolean;
}

/** What links are made by. */
interface Ground {
  readonly reversals: Reversals;
  readonly rulings: Rulings;
  readonly knowledge: Knowledge;
}

/** What a person put together is one, whatever it looks like. */
function strengthOf(a: Unit, b: Unit, { reversals, rulings, knowledge }: Ground): number {
  const ruled = rulings.of(a, b);
  if (ruled !== undefined) return ruled === 'same' ? Infinity : 0;
  const strength = linkStrength(a, b, knowledge);
  return strength > 0 && !isTied(a, b) && parted(a, b, reversals, knowledge) ? 0 : strength;
}

const linked = (a: Unit, b: Unit, ground: Ground): boolean => strengthOf(a, b, ground) > 0;

/** Connected parts of `all`, each in the order of the whole. */
function components<T>(all: readonly T[], connected: (a: T, b: T) => boolean): readonly (readonly T[])[] {
  const left = new Set(all);
  return all.flatMap((first) => {
    if (!left.delete(first)) return [];
    const group = new Set([first]);
    for (const one of group)
      for (const other of left)
        if (connected(one, other)) {
          left.delete(other);
          group.add(other);
        }
    return [all.filter((one) => group.has(one))];
  });
}

const oldest = (units: readonly Unit[]): string => units.map(({ at }) => at).sort()[0] ?? '';

/** The incident in one piece, unless a reversal that the report brings cuts links in it. */
function piecesOf(incident: Incident, news: readonly Unit[], ground: Ground): readonly Piece[] {
  const units = unitsIn(incident);
  const cut = news
    .filter(isReversal)
    .some((reversal) =>
      units.some((a, i) => units.slice(i + 1).some((b) => parts(reversal, a, b, ground.knowledge))),
    );
  if (!cut) return [{ units, of: incident, kept: true, cut: false }];
  const parted = components(units, (a, b) => linked(a, b, ground));
  return [...parted]
    .sort((a, b) => ascending(oldest(a), oldest(b)))
    .map((group, i, { length }) => ({ units: group, of: incident, kept: i === 0, cut: length > 1 }));
}

/** What was told goes on before what was not, then the oldest. */
const goesOn = (a: Incident, b: Incident): number =>
  Number(a.revision === 0) - Number(b.revision === 0) ||
  ascending(a.opened, b.opened) ||
  ascending(a.id, b.id);

/** Put together by a person, an account of the one with an account of the other. */
const toldSame = (a: Piece, b: Piece, rulings: Rulings): boolean =>
  !rulings.none && a.units.some((one) => b.units.some((other) => rulings.of(one, other) === 'same'));

interface Compared extends Likest {
  readonly incident: Incident;
}

/** How like each new unit is to what was there, the likest first; what lies beyond a reversal is not like it. */
function comparisons(
  news: readonly Unit[],
  pieces: readonly Piece[],
  reversals: Reversals,
  knowledge: Knowledge,
): readonly (Compared & { readonly unit: Unit; readonly piece: Piece })[] {
  return news
    .flatMap((unit) =>
      pieces.flatMap((piece) =>
        piece.units.flatMap((other) => {
          const score = likeness(unit, other, knowledge);
          if (piece.of === undefined || score < MAYBE || parted(unit, other, reversals, knowledge)) return [];
          const place = (other.places[0] ?? other.toPlaces[0])?.name ?? '';
          return [{ unit, piece, incident: piece.of, score, days: daysApart(unit, other), place }];
        }),
      ),
    )
    .toSorted(
      (a, b) =>
        b.score - a.score ||
        ascending(b.incident.lastActivity, a.incident.lastActivity) ||
        ascending(a.incident.id, b.incident.id),
    );
}

/**
 * Pieces that are linked, unless that would bring together what a person set apart. What is set apart may have held the rest
 * together, so each account finds its place anew. An incident goes on with what was not set apart, then where most of it is.
 */
function obedient(group: readonly Piece[], ground: Ground): readonly (readonly Piece[])[] {
  const parts = keptApart(
    group.flatMap(({ units }) => units),
    (a, b) => strengthOf(a, b, ground),
    ground.rulings,
  );
  if (parts.length === 1) return [group];
  const leaving = (units: readonly Unit[]): number =>
    units.filter((unit) => ground.rulings.leaves(unit)).length / units.length;
  const mine = (piece: Piece) =>
    parts
      .map((part) => part.filter((unit) => piece.units.includes(unit)))
      .map((units, index) => ({ units, index }))
      .filter(({ units }) => units.length > 0)
      .sort(
        (a, b) =>
          leaving(a.units) - leaving(b.units) ||
          b.units.length - a.units.length ||
          ascending(oldest(a.units), oldest(b.units)),
      );
  const pieces = group.flatMap((piece) =>
    mine(piece).map(({ units, index }, i, { length }) => ({
      index,
      piece: { ...piece, units, kept: piece.kept && i === 0, cut: piece.cut || length > 1 },
    })),
  );
  return parts.map((_, n) => pieces.flatMap(({ index, piece }) => (index === n ? [piece] : [])));
}

const likestOf = ({ score, days, place }: Likest): Likest => ({ score, days, place });

/** Who says that he withdrew from a place confirms the other's capture, and tells of what may be the same happening. */
function withAdmitted(happenings: readonly Happening[]): readonly Happening[] {
  return happenings.map((happening) => {
    if (happening.was.length > 0 || happening.maybe) return happening;
    const said = new Set(happening.news.map(({ statement }) => statement));
    const taken = happenings.find(
      ({ news, was }) => was.length > 0 && news.some((unit) => unit.implied && said.has(unit.statement)),
    );
    const [incident] = taken?.was ?? [];
    return incident && taken?.likest ? { ...happening, maybe: { ...taken.likest, incident } } : happening;
  });
}

/**
 * Where what a report says goes: which incidents it joins, merges and splits, and which it opens. `incidents`: all those in
 * the report's blocks. The same accounts give the same happenings, in whatever order they come. Without news: what becomes of
 * the incidents by what people decided.
 */
export function arrange(
  news: readonly Unit[],
  incidents: readonly Incident[],
  rulings: Rulings,
  knowledge: Knowledge,
): readonly Happening[] {
  const reversals = reversalsIn([...incidents.flatMap(unitsIn), ...news]);
  const ground: Ground = { reversals, rulings, knowledge };
  const pieces = incidents.flatMap((incident) => piecesOf(incident, news, ground));
  const likest = comparisons(news, pieces, reversals, knowledge);
  const fresh = news.map((unit): Piece => ({ units: [unit], kept: false, cut: false }));
  const joined = new Map(news.map((unit) => [unit, new Set<Piece>()]));
  for (const { unit, piece, score } of likest) if (score >= JOIN) joined.get(unit)?.add(piece);
  const connected = (a: Piece, b: Piece): boolean => {
    const [one] = a.units;
    const [other] = b.units;
    if (!one || !other) return false;
    if (!a.of && !b.of) return linked(one, other, ground);
    if (toldSame(a, b, rulings)) return true;
    if (a.of && b.of) return false;
    return (a.of ? joined.get(other)?.has(a) : joined.get(one)?.has(b)) ?? false;
  };
  const happenings = components([...pieces, ...fresh], connected)
    .flatMap((group) => obedient(group, ground))
    .filter(
      (group) =>
        group.some(({ of, cut }) => of === undefined || cut) || new Set(group.map(({ of }) => of)).size > 1,
    )
    .map((group): Happening => {
      const units = withoutIdle(
        group.flatMap((piece) => piece.units),
        knowledge,
      );
      const brought = group
        .flatMap((piece) => (piece.of ? [] : piece.units))
        .filter((unit) => units.includes(unit));
      const was = [...new Set(group.flatMap(({ of, kept }) => (of && kept ? [of] : [])))].sort(goesOn);
      const partedFrom = group.find(({ of, kept }) => of && !kept && !was.includes(of))?.of;
      const mine = likest.filter(({ unit }) => brought.includes(unit));
      const here = mine.find(({ piece }) => group.includes(piece));
      const maybe = was.length === 0 ? mine.find(({ piece }) => !group.includes(piece)) : undefined;
      return {
        units,
        news: brought,
        was,
        ...(partedFrom && { partedFrom }),
        ...(here && { likest: likestOf(here) }),
        ...(maybe && { maybe: { ...likestOf(maybe), incident: maybe.incident } }),
      };
    })
    .filter(({ units }) => units.length > 0);
  return withAdmitted(happenings);
}
