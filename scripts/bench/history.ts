import type { Learnt } from '../../src/app/knowledge.ts';
import type { Place } from '../../src/model/place.ts';
import { seeded } from '../../test/support/samples.ts';

export const DAY_MS = 86_400_000;
/** Happenings of one sort at one place are so far apart that they are none but themselves (`link.ts`: 14 days at most). */
const APART_DAYS = 20;
/** The story that begins first is followed by the others at its place so many days later each. */
const AFTER_DAYS = 4;
const FIRST_DAY = Date.UTC(2012, 0, 1) / DAY_MS;
const DAYS = 365 * 14;

/** One happening of the history: which story, at which place, from which day on (days since 1970). */
export interface Happening {
  readonly story: number;
  readonly place: number;
  readonly on: number;
}

/** What has happened, and what is told next: of the last months, as reports are. */
export interface History {
  readonly past: readonly Happening[];
  readonly next: readonly Happening[];
}
const LAST_SLOTS = 6;

/** Happenings spread over places as war is: a few towns have hundreds, most have some. */
export function history(
  { past, next }: { readonly past: number; readonly next: number },
  places: number,
  stories: number,
): History {
  const random = seeded(11);
  const slots = Math.floor(DAYS / APART_DAYS);
  const taken = new Set<number>();
  const draw = (count: number, first: number): readonly Happening[] => {
    const found: Happening[] = [];
    while (found.length < count) {
      const place = Math.floor(places * random() ** 2);
      const slot = first + Math.floor((slots - first) * random());
      const story = found.length % stories;
      const key = (place * slots + slot) * stories + story;
      if (taken.has(key)) continue;
      taken.add(key);
      found.push({ story, place, on: FIRST_DAY + slot * APART_DAYS + story * AFTER_DAYS });
    }
    return found;
  };
  return { past: draw(past, 0), next: draw(next, slots - LAST_SLOTS) };
}

const COUNTRIES = ['sy', 'iq', 'ye', 'ua', 'sd', 'so'];

/** Real towns and villages that the history is about, in the order in which much happens there. */
export const placesOfHistory = ({ reader }: Learnt, count: number): readonly Place[] =>
  [...reader.gazetteer.places()]
    .filter(
      ({ kind, within, name }) =>
        (kind === 'town' || kind === 'village' || kind === 'city') &&
        within.length > 1 &&
        COUNTRIES.includes(within.at(-1) ?? '') &&
        /^[\p{L} '-]+$/u.test(name),
    )
    .toSorted((a, b) => COUNTRIES.indexOf(a.within.at(-1) ?? '') - COUNTRIES.indexOf(b.within.at(-1) ?? ''))
    .slice(0, count);
