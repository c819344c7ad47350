import { isLink } from './chunk.ts';
import { type Argument, type Clauses, skip } from './clause.ts';
import { coordinated } from './coordination.ts';

/** "the fourth city to fall": the phrase, and what the sentence says that it is. */
export interface Ordinal {
  /** What the infinitive is said of: "A" of "A, the fourth city to fall", else the phrase itself. */
  readonly who: readonly Argument[];
  /** The verb that makes it so: "is", "became", "making"; -1 without one. */
  readonly verb: number;
  /** "the next city to fall": it has not. */
  readonly next: boolean;
}

const COUNTS =
  /^(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th)|last|latest|only|next)$/;
const IS = /^(?:be|become|remain|make)$/;
/** Prepositional phrases between the count and the infinitive: "the last town in the north to fall". */
const HOPS = 3;

/** The phrase with an ordinal that the infinitive at `at` hangs on: nobody plans to fall fourth. */
export function ordinalBefore(clauses: Clauses, at: number): Ordinal | undefined {
  const { chunks, ground } = clauses;
  let i = skip(chunks, at - 1, -1);
  for (let hops = 0; hops <= HOPS; hops += 1) {
    const np = chunks[i];
    if (np?.kind !== 'np') return undefined;
    // "the latest attempt to take the town": whatever came of it.
    if (ground.lexicon.nounEffect(ground.tokens[np.head]?.norm ?? '') !== undefined) return undefined;
    const words = ground.tokens.slice(np.first, np.last).map(({ norm }) => norm);
    if (words.some((word) => COUNTS.test(word)))
      return { ...owner(clauses, i), next: words.includes('next') };
    const prep = skip(chunks, i - 1, -1);
    if (!isLink(chunks[prep], 'preposition')) return undefined;
    i = skip(chunks, prep - 1, -1);
  }
  return undefined;
}

function owner(clauses: Clauses, at: number): Pick<Ordinal, 'who' | 'verb'> {
  const { chunks } = clauses;
  const own = coordinated(clauses, at);
  const left = skip(chunks, at - 1, -1);
  const before = chunks[left];
  if (before?.kind === 'vg' && IS.test(before.lemma))
    return { who: subjectBefore(clauses, left) ?? own, verb: left };
  // "making A the fourth city to fall"
  const verb = skip(chunks, left - 1, -1);
  const makes = chunks[verb];
  if (before?.kind === 'np' && makes?.kind === 'vg' && makes.lemma === 'make')
    return { who: coordinated(clauses, left), verb };
  // "A, the fourth city to fall"
  const name = isLink(before, 'comma') ? chunks[verb] : undefined;
  return name?.kind === 'np' && name.places.length > 0
    ? { who: coordinated(clauses, verb), verb: -1 }
    : { who: own, verb: -1 };
}

function subjectBefore(clauses: Clauses, verb: number): readonly Argument[] | undefined {
  const at = skip(clauses.chunks, verb - 1, -1);
  return clauses.chunks[at]?.kind === 'np' ? coordinated(clauses, at) : undefined;
}
