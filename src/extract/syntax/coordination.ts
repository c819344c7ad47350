import { isFinite, isLink } from './chunk.ts';
import { type Argument, type Clauses, skip } from './clause.ts';
import { isWide } from './phrase-kind.ts';

/** Noun phrases joined with the one at `at`, from the left: "A, B and C". */
export function coordinated(clauses: Clauses, at: number): Argument[] {
  const { chunks } = clauses;
  const found: Argument[] = [];
  let i = at;
  for (;;) {
    const np = chunks[i];
    if (np?.kind !== 'np') break;
    found.unshift({ np, at: i });
    let link = skip(chunks, i - 1, -1);
    const joining = chunks[link];
    if (isLink(joining, 'conjunction') && /^(?:but|yet)$/.test(joining.word)) break;
    if (
      !isLink(joining, 'conjunction', 'comma') &&
      !(isLink(joining, 'preposition') && joining.word === 'including')
    )
      break;
    if (isLink(joining, 'comma') && found.length === 1) break;
    link = skip(chunks, link - 1, -1);
    if (isLink(chunks[link], 'comma')) link = skip(chunks, link - 1, -1);
    link = parallel(clauses, link, found[0]);
    const left = chunks[link];
    if (left?.kind !== 'np') break;
    // "left A and B and about 200 left C": the places behind the verb go with it.
    if (objectOf(clauses, link)) {
      while (found.length > 1 && isPlace(found[0])) found.shift();
      break;
    }
    if (isLink(joining, 'conjunction') && found.length === 1 && endsClause(clauses, link, at)) break;
    i = link;
  }
  return withoutWhole(clauses, found);
}

/** "five villages and hills including A and B": A and B. */
function withoutWhole({ chunks }: Clauses, list: Argument[]): Argument[] {
  const from = list.findIndex(({ at }) => {
    const link = chunks[skip(chunks, at - 1, -1)];
    return isLink(link, 'preposition') && link.word === 'including';
  });
  const [whole, named] = [list.slice(0, Math.max(0, from)), list.slice(Math.max(0, from))];
  const unnamed = whole.every(({ np }) => np.places.length + np.actors.length + np.owners.length === 0);
  return whole.length > 0 && unnamed && named.every(isPlace) ? named : list;
}

/** "the village of A in X and B in Y fell": B goes with the village, not with what holds it. */
function parallel({ chunks }: Clauses, left: number, right: Argument | undefined): number {
  const container = chunks[left];
  if (container?.kind !== 'np' || right === undefined || !isWide(container) || isWide(right.np)) return left;
  let holder = left;
  for (let hops = 0; hops < 2; hops += 1) {
    const prep = chunks[skip(chunks, holder - 1, -1)];
    const above = skip(chunks, skip(chunks, holder - 1, -1) - 1, -1);
    if (
      !isLink(prep, 'preposition') ||
      !/^(?:in|of|near|within)$/.test(prep.word) ||
      chunks[above]?.kind !== 'np'
    )
      break;
    holder = above;
  }
  return holder;
}

export const isPlace = (argument: Argument | undefined): boolean =>
  argument !== undefined && argument.np.places.length > 0 && argument.np.actors.length === 0;

/** Whether the noun phrase at `at` is the object of a verb to its left, so that what follows "and" is a new clause. */
function objectOf({ chunks, ground: { lexicon } }: Clauses, at: number): boolean {
  const left = chunks[skip(chunks, at - 1, -1)];
  if (left?.kind !== 'vg' || left.lemma === 'be') return false;
  // "the army said A and B had been taken": what is said has a subject of its own.
  return left.passive || lexicon.verbEffect(left.lemma)?.effect !== 'say';
}

/** "withdrew from A, and B fell": A belongs to a verb of its own, and B to the one behind it. */
function endsClause({ chunks }: Clauses, left: number, right: number): boolean {
  const comma = isLink(chunks[skip(chunks, left + 1)], 'comma');
  const next = chunks[skip(chunks, right + 1)];
  const prep = chunks[skip(chunks, left - 1, -1)];
  const owner = chunks[skip(chunks, skip(chunks, left - 1, -1) - 1, -1)];
  return (
    comma &&
    next?.kind === 'vg' &&
    isFinite(next) &&
    isLink(prep, 'preposition') &&
    owner?.kind === 'vg' &&
    isFinite(owner)
  );
}
