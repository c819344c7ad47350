import type { PlaceMention } from '../../model/place.ts';
import type { Draft, Trace } from '../refine/draft.ts';
import { compatible, samePlace } from '../refine/merge.ts';

const current = ({ status }: Draft): string =>
  status === 'happened' || status === 'ongoing' ? 'current' : status;

const keyOf = (draft: Draft): string => `${draft.proposal.type} ${current(draft)}`;

const spots = ({ proposal }: Draft): readonly PlaceMention[] =>
  proposal.places.length > 0 ? proposal.places : proposal.toPlaces;

function repeats(a: Draft, b: Draft): boolean {
  const x = a.proposal;
  const y = b.proposal;
  if (!compatible(x.to, y.to) || !compatible(x.from, y.from)) return false;
  if (a.date !== undefined && b.date !== undefined && Math.abs(a.date.daysAgo - b.date.daysAgo) > 3)
    return false;
  if (x.part !== y.part && x.type === 'control') return false;
  const [small, big] = spots(a).length <= spots(b).length ? [spots(a), spots(b)] : [spots(b), spots(a)];
  return small.every((place) => big.some((other) => samePlace(place, other)));
}

const fullness = ({ proposal, date, by }: Draft): number =>
  (proposal.places.length > 0 ? proposal.places : proposal.toPlaces).length * 2 +
  [proposal.to, proposal.from, proposal.toPlaces, proposal.parties].filter((list) => list.length > 0).length +
  [date, by, proposal.people].filter((one) => one !== undefined).length +
  proposal.confidence;

function absorb(keep: Draft, other: Draft): Draft {
  const date = keep.date ?? other.date;
  const by = keep.by ?? other.by;
  const a = keep.proposal;
  const b = other.proposal;
  const people = a.people ?? b.people;
  const first = <T>(x: readonly T[], y: readonly T[]): readonly T[] => (x.length > 0 ? x : y);
  return {
    ...keep,
    ...(date !== undefined && { date }),
    ...(by !== undefined && { by }),
    proposal: {
      ...a,
      to: first(a.to, b.to),
      from: first(a.from, b.from),
      parties: first(a.parties, b.parties),
      toPlaces: first(a.toPlaces, b.toPlaces),
      ...(people !== undefined && { people }),
    },
  };
}

/** Repetitions looked at for each new statement: reports repeat what they have just said. */
const REACH = 40;

/** One statement for each change, at its fullest; a plan to take what was taken is none. */
export function mergeArabic(drafts: readonly Draft[], trace: Trace): Draft[] {
  const kept = new Map<string, Draft[]>();
  for (const draft of drafts) {
    const bucket = kept.get(keyOf(draft)) ?? [];
    kept.set(keyOf(draft), bucket);
    const at = bucket.findLastIndex(
      (other, index) => index >= bucket.length - REACH && repeats(other, draft),
    );
    const twin = bucket[at];
    if (twin === undefined) {
      bucket.push(draft);
      continue;
    }
    const [keep, drop] = fullness(draft) > fullness(twin) ? [draft, twin] : [twin, draft];
    bucket[at] = absorb(keep, drop);
    trace.dropped(drop.proposal, 'merge', `repeats ${keep.proposal.rule}`);
  }
  const taken = new Set(
    (kept.get('control current') ?? []).flatMap((draft) =>
      spots(draft).map((place) => place.id ?? place.text),
    ),
  );
  return [...kept.values()].flat().filter((draft) => {
    const overtaken =
      keyOf(draft) === 'control planned' && spots(draft).every((place) => taken.has(place.id ?? place.text));
    if (overtaken) trace.dropped(draft.proposal, 'overtaken', 'the report also says that it was taken');
    return !overtaken;
  });
}
