import type { DateSpan } from '../../model/reading.ts';
import { isOld } from '../refine/age.ts';
import type { Item } from './items.ts';

/** Cost from which on a date belongs to another clause. */
const FAR = 12;

function costOf(items: readonly Item[], at: number, date: number): number {
  const [first, last] = date < at ? [date, at] : [at, date];
  let cost = date < at ? 1 : 0;
  for (let i = first + 1; i < last; i += 1) {
    const item = items[i];
    cost += 0.1;
    if (item?.kind === 'verb' || item?.kind === 'aux') cost += item.effect === undefined ? 9 : 3;
    else if (item?.kind === 'rel' || item?.kind === 'break') cost += 8;
    else if (item?.kind === 'sub') cost += 6;
  }
  return cost;
}

/** The date that goes with the trigger at item `at`: the nearest, clause words in between weighing. */
export function dateFor(items: readonly Item[], at: number): DateSpan | undefined {
  let best: { readonly date: DateSpan; readonly cost: number } | undefined;
  items.forEach((item, index) => {
    if (item.mark?.kind !== 'date') return;
    const date = item.mark;
    const cost = costOf(items, at, index);
    // A date of another clause may be this one's too, but never makes it old.
    const fits = cost < FAR || (!isOld(date) && date.since !== true);
    if (fits && (best === undefined || cost < best.cost)) best = { date, cost };
  });
  return best?.date;
}
