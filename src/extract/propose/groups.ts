import type { PlaceSpan } from '../../model/reading.ts';
import type { NounPhrase } from '../syntax/chunk.ts';
import { before, sameId, sentenceAt, SETTLEMENTS } from './anaphora.ts';
import type { Context } from './context.ts';

export const COUNT: Readonly<Record<string, number>> = {
  two: 2,
  both: 2,
  three: 3,
  four: 4,
  five: 5,
  2: 2,
  3: 3,
  4: 4,
  5: 5,
};

/** "the two towns", "the besieged cities": the last list of places before it that has as many, else the last so many. */
export function groupBefore(context: Context, np: NounPhrase): readonly PlaceSpan[] {
  const words = context.ground.tokens.slice(np.first, np.last).map((token) => COUNT[token.norm]);
  const count = words.find((value) => value !== undefined);
  const candidates = before(context, np.first).filter(({ mention: { kind } }) =>
    kind === undefined || kind === 'camp' || kind === 'quarter' ? true : SETTLEMENTS.includes(kind),
  );
  const listed = runsOf(context, candidates).findLast((run) =>
    count === undefined ? run.length > 1 : run.length === count,
  );
  if (listed !== undefined && isOvertaken(context, listed, np)) return [];
  if (listed !== undefined || count === undefined) return listed ?? [];
  const last: PlaceSpan[] = [];
  for (const span of [...candidates].reverse()) {
    if (last.some((one) => sameId(one, span) || one.mention.text === span.mention.text)) continue;
    last.unshift(span);
    if (last.length === count) return last;
  }
  return [];
}

const SOME = /^(?:some|several|many|few|other)$/;

/** "A and B … three villages east of A. The villages": those that have no name, and were spoken of since. */
function isOvertaken({ ground: { tokens } }: Context, listed: readonly PlaceSpan[], np: NounPhrase): boolean {
  const noun = tokens[np.head]?.norm;
  const from = listed.at(-1)?.last ?? np.first;
  return tokens.slice(from, np.first).some(({ norm }, i) => {
    const said = tokens.slice(Math.max(from, from + i - 3), from + i);
    return norm === noun && said.some((word) => COUNT[word.norm] !== undefined || SOME.test(word.norm));
  });
}

/** Cuts a list of places wherever two neighbours do not belong together. */
function runsOf(context: Context, spans: readonly PlaceSpan[]): PlaceSpan[][] {
  const runs: PlaceSpan[][] = [];
  for (const span of spans) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run !== undefined && last !== undefined && together(context, last, span)) run.push(span);
    else runs.push([span]);
  }
  return runs;
}

/** "A and B", "A in the north and B", "A B". */
function together(context: Context, a: PlaceSpan, b: PlaceSpan): boolean {
  if (sentenceAt(context, a.first) !== sentenceAt(context, b.first)) return false;
  const between = context.ground.tokens.slice(a.last, b.first);
  // "A and B in C": what holds them is none of them.
  if (
    between.some(({ norm }) => /^(?:in|of|near|within|at)$/.test(norm)) &&
    context.contains(b.mention, a.mention)
  )
    return false;
  return (
    between.length <= 1 ||
    (between.length <= 6 && between.some((token) => /^(?:and|or|,|&)$/.test(token.norm)))
  );
}
