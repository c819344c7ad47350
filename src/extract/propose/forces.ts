import type { ActorMention } from '../../model/actor.ts';
import type { ActorSpan } from '../../model/reading.ts';
import { type Argument, type Clauses, rightSide } from '../syntax/clause.ts';
import { capitalised } from '../syntax/ground.ts';
import type { Context } from './context.ts';

/** Whether phrases can be an armed party: they are, they may be (a name nobody knows, a pronoun), they are not. */
export interface Forces {
  readonly are: 'forces' | 'maybe' | 'not';
  readonly actors: readonly ActorMention[];
}

const NOT: Forces = { are: 'not', actors: [] };
const MAYBE: Forces = { are: 'maybe', actors: [] };

export function mention(context: Context, span: ActorSpan): ActorMention {
  const tokens = context.reading.tokens;
  const text = context.reading.body.slice(tokens[span.first]?.start ?? 0, tokens[span.last - 1]?.end ?? 0);
  const name = span.id === undefined ? undefined : context.actors.get(span.id)?.name;
  return { text, ...(span.id !== undefined && { id: span.id }), ...(name !== undefined && { name }) };
}

/** The parties among coordinated phrases. */
export function forcesOf(context: Context, clauses: Clauses, list: readonly Argument[], depth = 0): Forces {
  const found = list.map((argument) => forceOf(context, clauses, argument, depth));
  const actors = dedupe(found.flatMap((force) => force.actors));
  if (found.some((force) => force.are === 'forces')) return { are: 'forces', actors };
  if (found.some((force) => force.are === 'maybe')) return { are: 'maybe', actors };
  return NOT;
}

function dedupe(actors: readonly ActorMention[]): ActorMention[] {
  return actors.filter(
    (actor, index) =>
      actors.findIndex((other) => (other.name ?? other.text) === (actor.name ?? actor.text)) === index,
  );
}

/** Prepositions that lead from a word for fighters to whose they are. */
const WHOSE = /^(?:of|from|belonging to|including|for|with)$/;

function forceOf(context: Context, clauses: Clauses, argument: Argument, depth: number): Forces {
  const { np, at } = argument;
  const { ground, lexicon } = context;
  const head = ground.tokens[np.head];
  if (head === undefined || depth > 2) return NOT;
  if (np.pronoun) {
    if (!/^(?:it|they|them|themselves|who)$/.test(head.norm)) return MAYBE;
    const back = partyBefore(context, np.first);
    return back === undefined ? MAYBE : { are: 'forces', actors: [mention(context, back)] };
  }
  const span = ground.actorAt[np.head] ?? ground.ownerAt[np.head];
  const classes = lexicon.nounClasses(head.norm);
  if (span !== undefined && span.role !== 'speaker') {
    const whose = span.generic ? ownersOf(context, clauses, argument, depth) : undefined;
    if (whose !== undefined) return whose;
    const parties = np.actors.filter((actor) => actor.role !== 'speaker');
    if (parties.length === 0) return { are: 'forces', actors: [mention(context, span)] };
    return { are: 'forces', actors: parties.map((actor) => mention(context, actor)) };
  }
  if (span !== undefined) return NOT;
  if (classes.has('troops') || classes.has('fraction') || np.figures.length > 0) {
    if (np.actors.some((actor) => actor.role !== 'speaker'))
      return {
        are: 'forces',
        actors: np.actors.filter((actor) => actor.role !== 'speaker').map((actor) => mention(context, actor)),
      };
    for (const { prep, args } of rightSide(clauses, at, false).adjuncts) {
      if (!WHOSE.test(prep)) continue;
      const inner = forcesOf(context, clauses, args, depth + 1);
      if (inner.are === 'forces') return inner;
    }
    return classes.has('troops') ? { are: 'forces', actors: [] } : NOT;
  }
  if (classes.has('custody') && np.actors.length + np.owners.length > 0)
    return { are: 'forces', actors: [...np.actors, ...np.owners].map((actor) => mention(context, actor)) };
  if (classes.size > 0) return NOT;
  if (
    capitalised(head.text) &&
    ground.placeAt[np.head] === undefined &&
    np.last - np.first >= 2 &&
    np.first !== 0
  )
    return {
      are: 'maybe',
      actors: [{ text: ground.body.slice(nameStart(context, np.first, np.head), head.end) }],
    };
  return NOT;
}

/** "fighters from the Free Army", "insurgents including the Front": whose they are. */
function ownersOf(context: Context, clauses: Clauses, argument: Argument, depth: number): Forces | undefined {
  for (const { prep, args } of rightSide(clauses, argument.at, false).adjuncts) {
    if (!WHOSE.test(prep) || prep === 'with' || prep === 'for') return undefined;
    const inner = forcesOf(context, clauses, args, depth + 1);
    if (inner.are === 'forces') return inner;
  }
  return undefined;
}

/** Offset at which the capitalised run that ends at `head` starts. */
function nameStart({ ground }: Context, first: number, head: number): number {
  let at = head;
  while (
    at > first &&
    (capitalised(ground.tokens[at - 1]?.text ?? '') ||
      /^(?:al|el|-)$/.test(ground.tokens[at - 1]?.norm ?? ''))
  )
    at -= 1;
  return ground.tokens[at]?.start ?? 0;
}

/** The party last named before a token, in its sentence or the one before. */
export function partyBefore(context: Context, before: number): ActorSpan | undefined {
  const sentence = context.reading.tokens[before]?.sentence ?? 0;
  let found: ActorSpan | undefined;
  for (const mark of context.reading.marks) {
    if (mark.first >= before) break;
    if (
      mark.kind === 'actor' &&
      mark.role !== 'speaker' &&
      (context.reading.tokens[mark.first]?.sentence ?? 0) >= sentence - 1
    )
      found = mark;
  }
  return found;
}
