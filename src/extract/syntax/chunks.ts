import type { TokenSpan } from '../../model/reading.ts';
import { type Chunk, isLink, type VerbGroup } from './chunk.ts';
import { type Ground, spanAt } from './ground.ts';
import { adverb, fixed, type Step } from './links.ts';
import {
  insideQuote,
  isPronoun,
  nounPhrase,
  startsMeasure,
  startsNew,
  startsParty,
  startsSpeaker,
} from './noun-phrase.ts';
import { type Before, mayOpenVerb, verbGroup } from './verbs.ts';

/** Cuts one sentence into noun phrases, verb groups, links and dates. Linear. */
export function chunk(ground: Ground, sentence: TokenSpan): Chunk[] {
  const chunks: Chunk[] = [];
  let open: number | undefined;
  const close = (at: number): void => {
    if (open !== undefined && open < at) chunks.push(nounPhrase(ground, open, at));
    open = undefined;
  };
  for (let i = sentence.first; i < sentence.last;) {
    const next =
      fixed(ground, i, sentence.last, open) ??
      verb(ground, i, sentence.last, open, chunks) ??
      adverb(ground, i, open);
    if (next !== undefined) {
      const from = next.chunk?.kind === 'date' && open !== undefined ? turnOf(ground, i, open) : i;
      // A quotation mark inside a phrase ends nothing: a "safe zone".
      if (next.chunk !== undefined || open === undefined || !insideQuote(ground, i, open)) close(from);
      if (next.chunk !== undefined) push(chunks, from === i ? next.chunk : { ...next.chunk, first: from });
      i = next.last;
      continue;
    }
    const span = spanAt(ground, i);
    if (
      open !== undefined &&
      (startsNew(ground, i, open) ||
        startsSpeaker(ground, i) ||
        startsMeasure(ground, i, open) ||
        startsParty(ground, i, open, chunks))
    )
      close(i);
    open ??= i;
    i = span === undefined ? i + 1 : Math.max(i + 1, Math.min(span.last, sentence.last));
  }
  close(sentence.last);
  return chunks;
}

/** Where a date's own words begin, some of which are read as the end of the noun phrase before it: "took A last May". */
function turnOf({ tokens }: Ground, at: number, open: number): number {
  let first = at;
  while (first > open && TURN.test(tokens[first - 1]?.norm ?? '')) first -= 1;
  return first;
}

const TURN = /^(?:last|next|early|late|mid|the|this|that|same|-)$/;

const BEFORE_DATES = /^(?:on|in|at|during|of)$/;

/** Adds a chunk; a preposition right before a date goes into the date, a denial into its verb. */
function push(chunks: Chunk[], chunk: Chunk): void {
  const last = chunks.at(-1);
  if (chunk.kind === 'date' && isLink(last, 'preposition') && BEFORE_DATES.test(last.word))
    chunks[chunks.length - 1] = { ...chunk, first: last.first };
  else if (chunk.kind === 'vg' && isLink(last, 'negation') && last.last === chunk.first)
    chunks[chunks.length - 1] = { ...denying(chunk, last.word), first: last.first };
  else if (
    isLink(chunk, 'negation') &&
    last?.kind === 'vg' &&
    last.lemma === 'be' &&
    last.last === chunk.first
  )
    chunks[chunks.length - 1] = { ...denying(last, chunk.word), last: chunk.last };
  else chunks.push(chunk);
}

/** "no longer holds", "is no longer": the verb group takes the words in that deny it. */
const denying = (group: VerbGroup, word: string): VerbGroup => ({
  ...group,
  negated: true,
  adverbs: [...group.adverbs, word],
});

function verb(
  ground: Ground,
  at: number,
  last: number,
  open: number | undefined,
  chunks: readonly Chunk[],
): Step | undefined {
  if (!mayOpenVerb(ground, at) || spanAt(ground, at) !== undefined) return undefined;
  const group = verbGroup(ground, at, last, before(ground, at, open, chunks));
  return group && { chunk: group, last: group.last };
}

function before(ground: Ground, at: number, open: number | undefined, chunks: readonly Chunk[]): Before {
  const previous = chunks.findLast((chunk) => chunk.kind !== 'date' && chunk.kind !== 'aside');
  const link = previous?.kind === 'link' ? previous : undefined;
  const pronoun = open !== undefined && open === at - 1 && isPronoun(ground, open);
  return {
    open,
    governed: link?.is === 'preposition',
    struck:
      previous?.kind === 'vg' &&
      ground.lexicon.verbFrames(previous.lemma).some(({ object }) => object?.is === 'assault'),
    afterVerb: open === undefined && previous?.kind === 'vg',
    acts:
      open === undefined
        ? link?.is === 'adverb' && canAct(ground, chunks)
        : ground.actorAt[at - 1] !== undefined || bandOwner(ground, at - 1) || pronoun,
    verbal:
      pronoun ||
      (open === undefined &&
        link !== undefined &&
        (link.is === 'relative' ||
          (link.word === 'that' && chunks.at(-2)?.kind === 'np') ||
          (link.is === 'conjunction' && chunks.at(-2)?.kind !== 'link'))),
  };
}

/** "they now control", "the rebels still hold": who acts stands before the adverb. */
function canAct(ground: Ground, chunks: readonly Chunk[]): boolean {
  const last = chunks.findLastIndex((chunk) => chunk.kind !== 'link' || chunk.is !== 'adverb');
  // "the rebels, who took the town, still hold the port"
  const relative = isLink(chunks[last], 'comma')
    ? chunks.findLastIndex((chunk) => isLink(chunk, 'relative'))
    : -1;
  const np = chunks[relative > 1 && isLink(chunks[relative - 1], 'comma') ? relative - 2 : last];
  return np?.kind === 'np' && (np.pronoun || ground.actorAt[np.head] !== undefined);
}

/** "rebels", "the army": a party by itself, although the word behind it could make a compound of it. */
const bandOwner = ({ ownerAt, tokens }: Ground, at: number): boolean =>
  ownerAt[at] !== undefined && /(?:s|army|military|militia|men)$/.test(tokens[at]?.norm ?? '');
