import { isFinite, isLink, type NounPhrase } from './chunk.ts';
import { behindDescription, describedBy } from './description.ts';
import { nounsAt } from './ground.ts';
import { isWide, startsWithParty } from './phrase-kind.ts';
import { type Argument, type Clauses, reduced, skip, transparent } from './walk.ts';

export { type Argument, type Clauses, reduced, skip } from './walk.ts';

/** A preposition with the noun phrases that it governs. */
export interface Adjunct {
  readonly prep: string;
  readonly args: readonly Argument[];
}

export interface RightSide {
  readonly objects: readonly Argument[];
  readonly adjuncts: readonly Adjunct[];
  /** Index of the first chunk that does not belong to it. */
  readonly end: number;
}

/** Whether the noun phrase at `at` is the subject of a finite verb right behind it. */
function startsClause(clauses: Clauses, at: number): boolean {
  const { chunks } = clauses;
  let i = skip(chunks, at + 1);
  // Prepositional phrases between subject and verb: "fighters of the group entered".
  for (let hops = 0; hops < 3; hops += 1) {
    const link = chunks[i];
    if (!isLink(link, 'preposition') || chunks[skip(chunks, i + 1)]?.kind !== 'np') break;
    if (!/^(?:of|from|including|in|for)$/.test(link.word)) break;
    i = skip(chunks, skip(chunks, i + 1) + 1);
  }
  const next = chunks[i];
  return next?.kind === 'vg' && isFinite(next) && !reduced(clauses, i);
}

/** How far back a clause is looked for. */
const CLAUSE_REACH = 12;

/** Whether no verb stands before the noun phrase at `at` in its clause. */
function opensClause({ chunks }: Clauses, at: number): boolean {
  for (let i = at - 1; i >= Math.max(0, at - CLAUSE_REACH); i -= 1) {
    const chunk = chunks[i];
    if (chunk?.kind === 'vg') return false;
    if (isLink(chunk, 'break', 'complementizer', 'subordinator', 'relative')) return true;
  }
  return at <= CLAUSE_REACH;
}

/** Skips "held by the group" behind a noun phrase. */
function skipReduced(clauses: Clauses, at: number): number {
  const { chunks } = clauses;
  let i = skip(chunks, at + 1);
  while (isLink(chunks[i], 'preposition') && chunks[skip(chunks, i + 1)]?.kind === 'np') {
    const link = chunks[i];
    if (isLink(link, 'preposition') && link.word !== 'by') break;
    i = skip(chunks, skip(chunks, i + 1) + 1);
  }
  return i;
}

/** Whether the verb at `at` is what a noun is for: "a plan to evacuate them". */
function isAim({ chunks, ground: { lexicon, tokens } }: Clauses, at: number): boolean {
  const [noun, verb] = [chunks[at - 1], chunks[at]];
  if (noun?.kind !== 'np' || verb?.kind !== 'vg' || verb.form !== 'infinitive') return false;
  return lexicon.nounEffect(tokens[noun.head]?.norm ?? '')?.effect === 'open';
}

/** What stands right of the verb group or noun phrase at `at`: objects, then prepositional phrases. */
export function rightSide(clauses: Clauses, at: number, objectsAllowed: boolean): RightSide {
  const { chunks, ground } = clauses;
  const objects: Argument[] = [];
  const adjuncts: { prep: string; args: Argument[] }[] = [];
  let target: Argument[] | undefined = objectsAllowed ? objects : undefined;
  let linked = objectsAllowed;
  // "who control most of the town said": the relative pronoun is the subject, so what follows is the object.
  const subjectIsRelative = isLink(chunks[skip(chunks, at - 1, -1)], 'relative');
  const verb = chunks[at];
  const untensed =
    verb?.kind === 'vg' && (verb.form === 'infinitive' || (verb.form === 'gerund' && !verb.progressive));
  // "residents of A and B arrived": it is the residents who arrived, B did not.
  const subjectList = (index: number): boolean => {
    const np = chunks[index];
    return (
      verb?.kind === 'np' &&
      target !== undefined &&
      target !== objects &&
      adjuncts.length > 0 &&
      np?.kind === 'np' &&
      isGround(clauses, np) &&
      opensClause(clauses, at)
    );
  };
  let i = at + 1;
  for (; i < chunks.length;) {
    const chunk = chunks[i];
    if (chunk === undefined || transparent(chunk)) {
      i += 1;
      continue;
    }
    if (chunk.kind === 'np') {
      // "the attempt to take A failed": a bare place acts on nothing; "the attempt to evacuate them failed": it did, not they.
      const acted = isGround(clauses, chunk) || nounsAt(ground, chunk.head).has('siege');
      const owned = subjectIsRelative || (untensed && (acted || isAim(clauses, at)));
      const clause = startsClause(clauses, i) && !(owned && objects.length === 0 && target === objects);
      // "besieging the people there"
      if (
        chunk.pronoun &&
        verb?.kind === 'vg' &&
        ground.tokens[chunk.head]?.norm === 'there' &&
        (!linked || target === objects) &&
        !startsClause(clauses, i)
      ) {
        adjuncts.push({ prep: 'in', args: [{ np: chunk, at: i }] });
        target = undefined;
        i += 1;
        continue;
      }
      if (linked && subjectList(i)) {
        target?.push({ np: chunk, at: i });
        linked = false;
        i += 1;
        continue;
      }
      if (clause && (target === objects || !isLink(chunks[skip(chunks, i - 1, -1)], 'preposition'))) break;
      // "liberated from the group the rest of the town": a long object may stand last.
      if (!linked && objectsAllowed && isHeld(adjuncts) && objects.length === 0) target = objects;
      else if (!linked && !(target === objects && continues(clauses, i))) break;
      target?.push({ np: chunk, at: i });
      linked = false;
      i += 1;
    } else if (isLink(chunk, 'preposition')) {
      const after = chunks[i + 1];
      if (after?.kind === 'date') {
        i += 2;
        continue;
      }
      const next = chunks[skip(chunks, i + 1)];
      // "in near the city", "from inside"
      if (isLink(next, 'preposition')) {
        i += 1;
        continue;
      }
      if (next?.kind !== 'np') break;
      target = [];
      adjuncts.push({ prep: chunk.word, args: target });
      linked = true;
      i += 1;
    } else if (isLink(chunk, 'conjunction', 'comma')) {
      const next = skip(chunks, i + 1);
      const after = chunks[next];
      if (isLink(after, 'conjunction', 'comma') || isLink(after, 'preposition')) {
        i = next;
        continue;
      }
      // "took A in the east of X as well as B"
      if (
        isLink(chunk, 'conjunction') &&
        /^(?:as well as|along with|in addition to)$/.test(chunk.word) &&
        objects.length > 0
      )
        target = objects;
      // "a truce between A and B held": B is a side, and no subject.
      // "took A in X and B in Y"
      if (
        after?.kind === 'np' &&
        objects.length > 0 &&
        target !== objects &&
        /^(?:in|near|within|of)$/.test(adjuncts.at(-1)?.prep ?? '') &&
        isWide(target?.at(-1)?.np) &&
        !isWide(after) &&
        isGround(clauses, after)
      )
        target = objects;
      const isSecondSide = adjuncts.at(-1)?.prep === 'between' && target?.length === 1 && target !== objects;
      if (
        after?.kind !== 'np' ||
        (startsClause(clauses, next) && !isSecondSide && !subjectList(next)) ||
        target === undefined ||
        target.length === 0
      )
        break;
      // "the crossing between A and B, C": C is its name.
      if (
        isLink(chunk, 'comma') &&
        adjuncts.at(-1)?.prep === 'between' &&
        target.length === 2 &&
        target !== objects
      )
        break;
      // "the army holds A and B, the rebels most of C": who holds C is another.
      if (
        target === objects &&
        isLink(chunk, 'comma') &&
        startsWithParty(after) &&
        isGround(clauses, objects[0]?.np)
      )
        break;
      // "took A, the country's second city, on Monday": the second tells what the first is.
      if (describedBy(clauses, next) !== undefined) {
        i = behindDescription(clauses, next);
        continue;
      }
      linked = true;
      i = next;
    } else if (chunk.kind === 'vg' && reduced(clauses, i) && (objects.length > 0 || adjuncts.length > 0)) {
      const past = skipReduced(clauses, i);
      if (past <= i) break;
      i = past;
      linked = false;
    } else break;
  }
  return { objects, adjuncts, end: i };
}

/** A place by name or by kind, with nobody in the phrase who could act. */
export function isGround({ ground }: Clauses, np: NounPhrase | undefined): boolean {
  if (np === undefined || np.actors.length > 0) return false;
  const classes = nounsAt(ground, np.head);
  return np.places.length > 0 || classes.has('settlement') || classes.has('site');
}

const isHeld = (adjuncts: readonly Adjunct[]): boolean =>
  adjuncts.length === 1 && adjuncts[0]?.prep === 'from';

/** A place name that follows another without a comma: "the districts of Nebabile Zahra". */
function continues({ chunks }: Clauses, at: number): boolean {
  const chunk = chunks[at];
  return chunk?.kind === 'np' && (chunk.places.length > 0 || chunk.definite || !chunk.pronoun);
}
