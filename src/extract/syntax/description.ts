import { type Chunk, isLink } from './chunk.ts';
import { capitalised } from './ground.ts';
import { type Clauses, skip } from './walk.ts';

/** Words that single a place out: with one of them "the town" behind a comma tells what the place before is. */
const SINGLED =
  /^(?:last|only|first|second|third|fourth|fifth|main|key|strategic|former|capital|stronghold|bastion|home|birthplace|gateway|hub|centre|center|heart|site|seat|de|\p{L}+est)$/u;

/**
 * Index of the place's name that the noun phrase at `at` describes behind a comma ("Mosul, Iraq's second city"), or nothing
 * when it is a place of its own ("Mosul, the airport and the dam").
 */
export function describedBy({ chunks, ground }: Clauses, at: number): number | undefined {
  const np = chunks[at];
  if (np?.kind !== 'np' || !isLink(chunks[at - 1], 'comma')) return undefined;
  const left = skip(chunks, at - 2, -1);
  const name = chunks[left];
  if (name?.kind !== 'np') return undefined;
  const { tokens, lexicon, placeAt } = ground;
  const isName = capitalised(tokens[name.last - 1]?.text ?? '') && name.actors.length === 0;
  if (!isName && !name.places.some((span) => span.last === name.last)) return undefined;
  const head = tokens[np.head]?.norm ?? '';
  if (placeAt[np.head] !== undefined) return undefined;
  const classes = lexicon.nounClasses(head);
  if (!classes.has('settlement') && !classes.has('site') && !classes.has('stronghold')) return undefined;
  const words = tokens.slice(np.first, np.last).map(({ norm }) => norm);
  // "A and B, two towns on the road": both of them.
  if (head.endsWith('s')) {
    const paired = isLink(chunks[skip(chunks, left - 1, -1)], 'conjunction');
    return paired && classes.has('settlement') && /^(?:two|both|twin)$|s$/.test(words[0] ?? '')
      ? left
      : undefined;
  }
  if (/^an?$/.test(words[0] ?? '')) return left;
  const owned = np.places.some((span) => span.first === np.first) || /^(?:its|their)$/.test(words[0] ?? '');
  const singled =
    words.some((word) => SINGLED.test(word)) || (words[0] === 'the' && isCommaAfter(chunks, at));
  return owned || singled ? left : undefined;
}

/** "the town, a border post in the north, fell" */
const isCommaAfter = (chunks: readonly Chunk[], at: number): boolean =>
  isLink(chunks[skip(chunks, at + 1)], 'comma');

/** Index of the first chunk behind a description and the prepositional phrases in it. */
export function behindDescription({ chunks }: Clauses, at: number): number {
  let i = skip(chunks, at + 1);
  while (isLink(chunks[i], 'preposition') && chunks[skip(chunks, i + 1)]?.kind === 'np') {
    i = skip(chunks, skip(chunks, i + 1) + 1);
    if (
      isLink(chunks[i], 'conjunction') &&
      chunks[skip(chunks, i + 1)]?.kind === 'np' &&
      !isLink(chunks[i - 1], 'comma')
    )
      i = skip(chunks, skip(chunks, i + 1) + 1);
  }
  return i;
}
