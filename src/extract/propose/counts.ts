import type { Figure } from '../../model/statement.ts';
import { isFinite } from '../syntax/chunk.ts';
import { reduced } from '../syntax/clause.ts';
import type { Context } from './context.ts';
import type { Proposal } from './proposal.ts';

const COUNTED = new Set(['withdrawal', 'evacuation', 'displacement', 'return']);
/** What carries people rather than being moved itself. */
const CARRIERS = /^(?:buses|ambulances|trucks|vehicles|convoys|boats)$/;
/** Counted beside a move, yet no part of it. */
const UNMOVED = /^(?:homes|buildings)$/;
/** "the two towns", "killed 30": counts of other things, told by the words before them. */
const OTHER = /^(?:killed|killing|dead|wounded|injured|injuring|kill)$/;

const ONE =
  /^(?:man|woman|girl|boy|child|baby|infant|toddler|teenager|patient|civilian|journalist|doctor|nurse|priest|nun)$/;
/** How many words on "a" the noun may stand. */
const ONE_MOST = 7;

/**
 * The figures that go with a movement, people before vehicles: "45 buses carrying 3,000 people left" counts 3,000
 * people, and 45 buses beside them.
 */
export function countMovers(context: Context, proposal: Proposal): Proposal {
  if (!COUNTED.has(proposal.type)) return proposal;
  const carried = proposal.people !== undefined && CARRIERS.test(proposal.people.unit);
  const near = figuresIn(context, proposal, carried);
  const people = near.find(({ unit }) => !CARRIERS.test(unit));
  const own = proposal.people;
  const chosen =
    own === undefined || CARRIERS.test(own.unit)
      ? (people ?? own ?? near[0] ?? onePerson(context, proposal) ?? grown(context, proposal))
      : own;
  if (chosen === undefined) return proposal;
  const beside = near.filter((figure) => figure !== chosen && CARRIERS.test(figure.unit));
  return { ...proposal, people: chosen, ...(beside.length > 0 && { beside }) };
}

/** "a 10-year-old girl was evacuated". */
function onePerson({ reading: { body, tokens } }: Context, { span }: Proposal): Figure | undefined {
  const end = span.first + ONE_MOST;
  if (!/^an?$/.test(tokens[span.first]?.norm ?? '')) return undefined;
  for (let at = span.first + 1; at < Math.min(span.last, end); at += 1) {
    const token = tokens[at];
    // "a chance to the civilian population"
    if (token === undefined || /^(?:to|of|for|by|from|in|with|and)$/.test(token.norm)) return undefined;
    if (!ONE.test(token.norm)) continue;
    const text = body.slice(tokens[span.first]?.start ?? 0, token.end);
    return { low: 1, high: 1, unit: 'people', text };
  }
  return undefined;
}

const GROWS =
  /^(?:rise|reach|exceed|pass|surpass|top|grow|climb|increase|swell|stand|total|double|triple|surge|jump)$/;

const RAISES = /^(?:bring|take|raise|push)$/;

/** "the number of people displaced has risen to 40,000", "that brought the number of people displaced to 40,000". */
function grown(context: Context, { sentence, at, span }: Proposal): Figure | undefined {
  const chunks = context.sentences[sentence]?.chunks ?? [];
  const raises = chunks.findLastIndex(
    (chunk, i) => i < at && chunk.kind === 'vg' && RAISES.test(chunk.lemma),
  );
  if (raises >= 0) {
    const total = chunks.find(
      (chunk, i) =>
        i > raises &&
        chunk.kind === 'np' &&
        chunk.figures.length > 0 &&
        (chunk.last <= span.first || chunk.first >= span.last),
    );
    return total?.kind === 'np' ? total.figures[0]?.figure : undefined;
  }
  const main = chunks.findIndex((chunk, index) => index > at && chunk.kind === 'vg' && isFinite(chunk));
  const verb = chunks[main];
  if (verb?.kind !== 'vg' || !GROWS.test(verb.lemma)) return undefined;
  const count = chunks.slice(main).find((chunk) => chunk.kind === 'np' && chunk.figures.length > 0);
  return count?.kind === 'np' ? count.figures[0]?.figure : undefined;
}

/** Figures in the words of the statement, and right before them in the same clause. */
function figuresIn(context: Context, proposal: Proposal, onwards: boolean): Figure[] {
  const { reading } = context;
  const [first, last] = clauseOf(context, proposal, onwards);
  const marks = new Set(context.ground.figureAt.slice(first, last).filter((mark) => mark !== undefined));
  return [...marks]
    .filter(
      ({ first: at, last: end, figure }) =>
        end <= last && !UNMOVED.test(figure.unit) && !OTHER.test(reading.tokens[at - 1]?.norm ?? ''),
    )
    .map(({ figure }) => figure);
}

/** Tokens from behind the verb before the trigger to the end of the statement, or to the next verb. */
function clauseOf(
  context: Context,
  { sentence, at, span }: Proposal,
  onwards: boolean,
): readonly [number, number] {
  const clauses = context.sentences[sentence];
  let first = span.first;
  // "60 buses left, carrying 1,580 people": whom they carry may follow.
  let last = onwards ? (context.reading.sentences[sentence]?.last ?? span.last) : span.last;
  const trigger = clauses?.chunks[at];
  // "had been stuck after leaving": what goes with the verb before goes with the gerund too.
  const own = trigger?.kind !== 'vg' || isFinite(trigger);
  clauses?.chunks.forEach((chunk, index) => {
    if (chunk.kind !== 'vg' || !isFinite(chunk) || reduced(clauses, index)) return;
    if (index < at && own) first = Math.max(first, chunk.last);
    if (index > at) last = Math.min(last, chunk.first);
  });
  return [Math.min(first, clauses?.chunks[at]?.first ?? first), last];
}
