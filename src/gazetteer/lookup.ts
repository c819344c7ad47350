import type { Place } from '../model/place.ts';
import type { Entry } from './assemble.ts';
import { foldWord, isArticle, otherFolds, plain, squash } from './fold.ts';
import type { NameIndex } from './names.ts';
import { isSettlement } from './row.ts';
import { DEAD } from './trie.ts';
import { kindsOf } from './words.ts';

/** What a name that a person typed stands for. */
export type PlaceLookup =
  | { readonly kind: 'found'; readonly place: Place }
  /** Several places bear it and none stands out; the likeliest first. */
  | { readonly kind: 'ambiguous'; readonly choices: readonly Place[] }
  /** Nothing bears it; places whose names come near it, nearest first, possibly none. */
  | { readonly kind: 'unknown'; readonly suggestions: readonly Place[] };

const MAX_CHOICES = 8;
/** An entry this much weightier than the next (see `Entry.weight`) is meant without asking. */
const CLEARLY = 2.5;

/** Weight of a town of some 100,000. */
const KNOWN = 6;

const words = (text: string): string[] => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];

const ARABIC_KINDS: Readonly<Record<string, string>> = {
  محافظه: 'governorate',
  مدينه: 'city',
  بلده: 'town',
  قريه: 'village',
  مخيم: 'camp',
  حي: 'neighborhood',
  ريف: 'countryside',
  منطقه: 'district',
  ناحيه: 'subdistrict',
};

interface Query {
  readonly words: readonly string[];
  readonly kinds?: readonly Place['kind'][];
}

/** The query as typed, then without a kind word at its ends: "Daraa governorate", "city of Homs", "محافظة درعا". */
function readings(text: string): Query[] {
  const all = words(text);
  const kept = all.filter((word) => word !== 'of' && word !== 'the');
  const first = kept[0] ?? '';
  const last = kept.at(-1) ?? '';
  const found: Query[] = [{ words: all }];
  const add = (word: string, rest: readonly string[]): void => {
    const kinds = kindsOf(ARABIC_KINDS[word] ?? word)?.kinds;
    if (kinds !== undefined && rest.length > 0) found.push({ words: rest, kinds });
  };
  add(last, kept.slice(0, -1));
  add(first, kept.slice(1));
  return found;
}

function entriesFor(names: NameIndex, query: Query): Entry[] {
  const kept = query.words.filter((word) => !isArticle(word));
  const used = kept.length > 0 ? kept : query.words;
  const head = used[0] ?? '';
  const written = squash(used.join(' '));
  const rest = used.slice(1).map(foldWord).join('');
  for (const form of [foldWord(head), ...otherFolds(head, false)]) {
    const node = names.trie.walk(form + rest);
    if (form + rest === '' || node === DEAD) continue;
    const bearers = names
      .bearers(node, written)
      .filter((bearer) => !bearer.borrowed || query.kinds?.includes(bearer.entry.place.kind) === true);
    const exact = bearers.filter((bearer) => bearer.exact);
    const chosen = (exact.length > 0 ? exact : bearers).map((bearer) => bearer.entry);
    const fitting =
      query.kinds === undefined ? chosen : chosen.filter((e) => query.kinds?.includes(e.place.kind) === true);
    if (fitting.length > 0) return fitting;
  }
  return [];
}

const holds = (container: Place, place: Place): boolean => place.within.includes(container.id);

/**
 * A governorate stands for its city of the same name, since it contains it; a town stands for the district or
 * subdistrict that is called after it, and a district for such a subdistrict.
 */
function withoutNamesakes(entries: readonly Entry[]): Entry[] {
  const kept = entries.filter(
    ({ place }) =>
      !entries.some(
        (other) =>
          ((other.place.kind === 'governorate' || other.place.kind === 'country') &&
            holds(other.place, place)) ||
          (place.kind === 'subdistrict' && other.place.kind === 'district' && holds(other.place, place)) ||
          ((place.kind === 'district' || place.kind === 'subdistrict') &&
            isSettlement(other.place.kind) &&
            holds(place, other.place)),
      ),
  );
  return kept.length > 0 ? kept : [...entries];
}

/** A small town of the world in bulk does not make a curated place of its name doubtful. */
function withoutObscure(entries: readonly Entry[]): readonly Entry[] {
  return entries.some((entry) => entry.curated)
    ? entries.filter((entry) => entry.curated || entry.weight >= KNOWN)
    : entries;
}

function decide(entries: readonly Entry[]): PlaceLookup | undefined {
  const sorted = withoutNamesakes(withoutObscure(entries)).sort(
    (a, b) => b.weight - a.weight || (a.place.id < b.place.id ? -1 : 1),
  );
  const [first, second] = sorted;
  if (first === undefined) return undefined;
  if (second === undefined || first.weight - second.weight >= CLEARLY)
    return { kind: 'found', place: first.place };
  return { kind: 'ambiguous', choices: sorted.slice(0, MAX_CHOICES).map((entry) => entry.place) };
}

/** Looks a typed name up: any spelling or script, with a kind word, or with what it lies in after a comma. */
export function lookupName(
  names: NameIndex,
  query: string,
  suggest: (text: string) => readonly Place[],
): PlaceLookup {
  const [name = '', ...containers] = query.split(/[,،]/).map((part) => part.trim());
  const around = containers.flatMap((text) =>
    readings(text).flatMap((reading) => entriesFor(names, reading)),
  );
  for (const reading of readings(name)) {
    const entries = entriesFor(names, reading).filter(
      ({ place }) => containers.length === 0 || around.some((container) => holds(container.place, place)),
    );
    const decided = decide(entries);
    if (decided !== undefined) return decided;
  }
  return { kind: 'unknown', suggestions: suggest(name) };
}
