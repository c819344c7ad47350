import type { ActorMention } from '../../model/actor.ts';
import type { PlaceMention } from '../../model/place.ts';
import type { Figure } from '../../model/statement.ts';
import type { Context } from '../propose/context.ts';
import { sameSide } from './alliances.ts';
import type { Draft, Trace } from './draft.ts';

const current = (draft: Draft): string =>
  draft.status === 'happened' || draft.status === 'ongoing' ? 'current' : draft.status;

export const samePlace = (a: PlaceMention, b: PlaceMention): boolean =>
  a.id !== undefined && b.id !== undefined ? a.id === b.id : a.text.toLowerCase() === b.text.toLowerCase();

/** Whether two lists of actors can be the same: one is empty, or they share one. */
export function compatible(a: readonly ActorMention[], b: readonly ActorMention[]): boolean {
  if (a.length === 0 || b.length === 0) return true;
  return a.some((x) => b.some((y) => (x.id ?? x.text) === (y.id ?? y.text)));
}

const shares = (a: readonly ActorMention[], b: readonly ActorMention[]): boolean =>
  a.some((x) => b.some((y) => (x.id ?? x.text) === (y.id ?? y.text)));

/** "rebels" and the rebel group that the report names, "insurgents" and "Islamist fighters": one may be meant by the other. */
const mayBeOne = ({ actors }: Context, a: readonly ActorMention[], b: readonly ActorMention[]): boolean =>
  compatible(a, b) ||
  a.some((x) =>
    b.some(
      (y) =>
        (isBloc(actors, x) || isBloc(actors, y)) &&
        x.id !== undefined &&
        y.id !== undefined &&
        sameSide(actors, x.id, y.id),
    ),
  );

const isBloc = (actors: Context['actors'], { id }: ActorMention): boolean =>
  id !== undefined && actors.get(id)?.kind === 'bloc';

const MOVES = new Set(['evacuation', 'withdrawal', 'displacement']);

/** "evacuated from the city's south", then from the quarter by name; or told of no place at all. */
const within = (context: Context, wide: Draft['proposal'], narrow: Draft['proposal']): boolean =>
  wide.how === 'topic' ||
  (wide.how === 'container' &&
    wide.places.every((place) => narrow.places.every((inner) => context.contains(place, inner))));

/** "evacuations from the four towns" sums up, beside "2,200 left A and B", which has a count and a way of its own. */
const sumsUp = (all: Draft['proposal'], one: Draft['proposal']): boolean =>
  all.how === 'anaphor' && one.how === 'named' && all.places.length > one.places.length;

const isLifted = ({ phase }: Draft['proposal']): boolean => phase === 'broken' || phase === 'eased';

function repeats(context: Context, a: Draft, b: Draft): boolean {
  const x = a.proposal;
  const y = b.proposal;
  if (x.type !== y.type || current(a) !== current(b)) return false;
  if (x.type === 'agreement' && x.phase !== y.phase && (current(a) !== 'current' || isBreak(x, y)))
    return false;
  // "had been besieged for a year. The siege was lifted"
  if (x.type === 'siege' && isLifted(x) !== isLifted(y)) return false;
  if (x.part !== y.part && x.how === 'named' && y.how === 'named' && x.type === 'control') return false;
  // Won by one and lost by the same one are two changes.
  if (x.type === 'control' && (shares(x.to, y.from) || shares(x.from, y.to))) return false;
  if (a.date !== undefined && b.date !== undefined && Math.abs(a.date.daysAgo - b.date.daysAgo) > 3)
    return false;
  // Who acts is asked last: it takes a look into who stands with whom.
  return (
    isAtOne(context, x, y) &&
    mayBeOne(context, x.to, y.to) &&
    (x.type === 'control' || mayBeOne(context, x.from, y.from))
  );
}

/** "the truce was extended, but both sides accused each other of breaking it": two changes, of one truce. */
const isBreak = (x: Draft['proposal'], y: Draft['proposal']): boolean =>
  x.phase === 'violated' || y.phase === 'violated';

function isAtOne(context: Context, x: Draft['proposal'], y: Draft['proposal']): boolean {
  if (MOVES.has(x.type) && (within(context, x, y) || within(context, y, x))) return true;
  const [small, big] = x.places.length <= y.places.length ? [x, y] : [y, x];
  if (MOVES.has(x.type) && sumsUp(big, small)) return false;
  return small.places.every((place) => big.places.some((other) => samePlace(place, other)));
}

/** How much a draft says: the fullest of several repetitions is kept. */
function fullness({ proposal, date, by, title }: Draft): number {
  const fields = [proposal.to, proposal.from, proposal.toPlaces, proposal.parties].filter(
    (list) => list.length > 0,
  ).length;
  return (
    proposal.places.length * 2 +
    fields +
    (date ? 1 : 0) +
    (by ? 1 : 0) +
    (proposal.people ? 1 : 0) +
    proposal.confidence +
    (proposal.how === 'named' ? 1 : 0) -
    (title ? 3 : 0)
  );
}

const VAGUE = /\b(?:dozens|scores|hundreds|thousands)\b/i;

/** "hundreds", in the report's own voice, where it also says "around 600". */
function isVagueFor({ proposal: { people: vague }, by }: Draft, { proposal: { people } }: Draft): boolean {
  if (vague?.low === undefined || people?.low === undefined || by !== undefined) return false;
  return (
    VAGUE.test(vague.text) &&
    !VAGUE.test(people.text) &&
    people.low >= vague.low &&
    people.low < vague.low * 10
  );
}

/** The count that is told with its speaker: the first that the report gives, and of a word and a number the number. */
function counts(keep: Draft, drop: Draft): Pick<Draft, 'figures' | 'by'> & { readonly people?: Figure } {
  const [first, second] = keep.proposal.sentence <= drop.proposal.sentence ? [keep, drop] : [drop, keep];
  const [one, other] = [first.proposal.people, second.proposal.people];
  if (one === undefined || other === undefined) {
    const people = one ?? other;
    return people === undefined ? {} : { people };
  }
  if (isVagueFor(first, second)) return { people: other, ...(second.by !== undefined && { by: second.by }) };
  const same = isVagueFor(second, first) || (other.low === one.low && other.unit === one.unit);
  const figure = { ...other, ...(second.by !== undefined && { by: second.by }) };
  if (same) return { people: one };
  return { people: one, ...(first.by !== undefined && { by: first.by }), figures: [figure] };
}

/** The day rather than the month. */
const finer = (own: Draft['date'], other: Draft['date']): Draft['date'] =>
  own === undefined || (own.precision !== 'day' && other?.precision === 'day') ? (other ?? own) : own;

/** A speaker that is known by name rather than "a witness". */
const known = (own: Draft['by'], other: Draft['by']): Draft['by'] =>
  own === undefined || (own.id === undefined && other?.id !== undefined) ? (other ?? own) : own;

function absorb(keep: Draft, other: Draft): Draft {
  const a = keep.proposal;
  const b = other.proposal;
  const date = finer(keep.date, other.date);
  // Of a title's speakers those that are known: it shortens names.
  const named = known(keep.by, other.title && other.by?.id === undefined ? undefined : other.by);
  const { people, by = named, figures: more = [] } = counts(keep, other);
  const figures = [...(keep.figures ?? []), ...more, ...(other.figures ?? [])];
  const first = <T>(x: readonly T[], y: readonly T[]): readonly T[] => (x.length > 0 ? x : y);
  return {
    ...keep,
    ...(date !== undefined && { date }),
    ...(by !== undefined && { by }),
    ...(figures.length > 0 && { figures }),
    proposal: {
      ...a,
      to: first(a.to, b.to),
      from: first(a.from, b.from),
      parties: first(a.parties, b.parties),
      toPlaces: first(a.toPlaces, b.toPlaces),
      viaPlaces: first(a.viaPlaces, b.viaPlaces),
      ...(people !== undefined && { people }),
    },
  };
}

/** At the very same places: nearer than one at some of them. */
const isAtSame = ({ proposal: { places: a } }: Draft, { proposal: { places: b } }: Draft): boolean =>
  a.length === b.length && a.every((place) => b.some((other) => samePlace(place, other)));

/** One statement for each change, however often the report repeats it. */
export function mergeRepetitions(drafts: readonly Draft[], context: Context, trace: Trace): Draft[] {
  const kept: Draft[] = [];
  for (const draft of drafts) {
    const same = kept.findIndex((other) => isAtSame(other, draft) && repeats(context, other, draft));
    const at = same < 0 ? kept.findIndex((other) => repeats(context, other, draft)) : same;
    const twin = kept[at];
    if (twin === undefined) {
      kept.push(draft);
      continue;
    }
    const [keep, drop] = fullness(draft) > fullness(twin) ? [draft, twin] : [twin, draft];
    kept[at] = absorb(keep, drop);
    trace.dropped(drop.proposal, 'merge', `repeats ${keep.proposal.rule}`);
  }
  return kept.filter((draft) => {
    const told = isToldApart(draft, kept);
    if (told) trace.dropped(draft.proposal, 'merge', 'sums up what is told of each place');
    return !told;
  });
}

/** A move from several towns of each of which another draft tells. */
function isToldApart(draft: Draft, kept: readonly Draft[]): boolean {
  const { proposal } = draft;
  if (!MOVES.has(proposal.type) || proposal.how !== 'anaphor' || proposal.places.length < 2) return false;
  const parts = kept.filter(
    (other) =>
      other.proposal.type === proposal.type &&
      current(other) === current(draft) &&
      sumsUp(proposal, other.proposal),
  );
  return proposal.places.every((place) =>
    parts.some((other) => other.proposal.places.some((one) => samePlace(place, one))),
  );
}

/**
 * An operation to take a place is no news beside the report that it was taken, nor is that a force got there where the same
 * sentence says that it took it.
 */
export function dropOvertaken(drafts: readonly Draft[], trace: Trace): Draft[] {
  const taken = drafts.filter(
    ({ proposal, status }) => proposal.type === 'control' && status === 'happened' && !proposal.part,
  );
  return drafts.filter(({ proposal, status }) => {
    // "took the last town that the group held": it holds it no more.
    const lost =
      proposal.type === 'held' &&
      taken.some(
        ({ proposal: other }) =>
          other.sentence === proposal.sentence &&
          shares(other.from, proposal.to) &&
          !shares(other.to, proposal.to) &&
          proposal.places.every((place) => other.places.some((there) => samePlace(place, there))),
      );
    if (lost) {
      trace.dropped(proposal, 'overtaken', 'the sentence also says that it was lost');
      return false;
    }
    const got = proposal.type === 'advance' && (status === 'happened' || status === 'ongoing');
    if (!got && (proposal.type !== 'control' || status !== 'planned')) return true;
    const done = taken.some(
      ({ proposal: other }) =>
        (!got || (other.sentence === proposal.sentence && shares(other.to, proposal.to))) &&
        compatible(other.to, proposal.to) &&
        // "lost the town and vowed to retake it"
        !(shares(other.from, proposal.to) && !shares(other.to, proposal.to)) &&
        proposal.places.every((place) => other.places.some((there) => samePlace(place, there))),
    );
    if (done) trace.dropped(proposal, 'overtaken', 'the report also says that it was taken');
    return !done;
  });
}
